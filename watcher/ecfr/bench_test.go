package ecfr_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/ecfr"
)

// BenchmarkParse reports how long reading the Entity List to entries takes as a ratio of the time that encoding/xml takes to merely
// tokenise the same file, both measured in this one run.
func BenchmarkParse(b *testing.B) {
	doc := part744(b, "2026-03-25")
	b.SetBytes(int64(len(doc)))
	var tokenise, parse time.Duration
	for b.Loop() {
		start := time.Now()
		tokeniseAll(b, doc)
		middle := time.Now()
		if _, err := ecfr.Parse(bytes.NewReader(doc), diff.ReadOptions{}, diff.EntityList); err != nil {
			b.Fatal(err)
		}
		tokenise += middle.Sub(start)
		parse += time.Since(middle)
	}
	b.ReportMetric(float64(parse)/float64(tokenise), "parse/tokenise")
	b.ReportMetric(float64(parse.Milliseconds())/float64(b.N), "ms/parse")
	b.ReportMetric(float64(tokenise.Milliseconds())/float64(b.N), "ms/tokenise")
}

func tokeniseAll(b *testing.B, doc []byte) {
	d := xml.NewDecoder(bytes.NewReader(doc))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}
