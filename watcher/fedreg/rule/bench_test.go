package rule

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"entitywatch/diff"
)

// BenchmarkParseXML reads 88 FR 12170 and reports how its time compares with merely reading the file's tokens with
// encoding/xml.
func BenchmarkParseXML(b *testing.B) {
	doc, err := io.ReadAll(reference(b, "fr/2023-03929.xml"))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("parse", func(b *testing.B) {
		b.SetBytes(int64(len(doc)))
		for b.Loop() {
			if _, err := ParseXML(bytes.NewReader(doc), diff.ReadOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("tokens", func(b *testing.B) {
		b.SetBytes(int64(len(doc)))
		for b.Loop() {
			d := xml.NewDecoder(bytes.NewReader(doc))
			for {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func BenchmarkParseText(b *testing.B) {
	text := strings.Replace(typed, "Words.",
		strings.Repeat("Words and more words of a long preamble under the destination of China.\n", 5000), 1)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := ParseText(strings.NewReader(text), diff.ReadOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
