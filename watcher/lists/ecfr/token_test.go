package ecfr

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/permute"
)

// FuzzTokens holds the tokeniser to encoding/xml: what that reads whole, ours reads as the same elements, attributes and text. Ours is
// more lenient, so nothing is asked of documents that encoding/xml refuses, but that they end.
func FuzzTokens(f *testing.F) {
	for _, seed := range []string{
		`<a>x</a>`, `<a b="1" c='&lt;"'>x &amp; y<br/>z</a>`, `<?xml version="1.0"?><!-- <b> --><a><![CDATA[<&]]></a>`, `<a`, `<a></b>`, `<a>&#x2014;&#8212;&apos;&quot;</a>`,
		`<TR><TD class="left"> </TD><TD/></TR>`, `<a b="x>y"/>`, `<a  b = "1" />`, `<a></a  >`, `&bad;`, `<!DOCTYPE a><a/>`, "<a>\r\n</a>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		want, err := standardTokens(doc)
		got, gotErr := ownTokens(doc)
		if err != nil {
			return
		}
		if gotErr != nil {
			t.Fatalf("encoding/xml reads it, ours does not: %v", gotErr)
		}
		if got != want {
			t.Fatalf("ours     %q\nstandard %q", got, want)
		}
	})
}

// standardTokens writes the document's tokens as encoding/xml sees them; documents with names and directives that the eCFR has not are
// refused.
func standardTokens(doc string) (string, error) {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(doc))
	for {
		tok, err := d.RawToken()
		if err == io.EOF {
			return b.String(), wellFormed(doc)
		}
		if err != nil {
			return "", err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if tok.Name.Space != "" {
				return "", errors.New("a name space")
			}
			b.WriteString("<" + tok.Name.Local)
			if len(tok.Attr) > 0 && tok.Attr[0].Name.Space == "" {
				b.WriteString(" " + tok.Attr[0].Name.Local + "=" + newlines(tok.Attr[0].Value))
			}
			b.WriteString(">")
		case xml.EndElement:
			b.WriteString("</" + tok.Name.Local + ">")
		case xml.CharData:
			b.WriteString(newlines(string(tok)))
		case xml.Directive:
			return "", errors.New("a directive")
		}
	}
}

// wellFormed reads the document once more with nesting checked.
func wellFormed(doc string) error {
	d := xml.NewDecoder(strings.NewReader(doc))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func ownTokens(doc string) (string, error) {
	var b strings.Builder
	t := tokens{doc: doc}
	for {
		tok, ok, err := t.next()
		if err != nil || !ok {
			return b.String(), err
		}
		switch tok.kind {
		case startTag:
			b.WriteString("<" + tok.name)
			if key, _, ok := strings.Cut(tok.attrs, "="); ok {
				key = strings.TrimSpace(key)
				b.WriteString(" " + key + "=" + newlines(tok.attr(key)))
			}
			b.WriteString(">")
		case endTag:
			b.WriteString("</" + tok.name + ">")
		case text:
			b.WriteString(newlines(tok.text))
		}
	}
}

func newlines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// FuzzParse asks of any document that it is read or refused as permute.Sound has it, and that no row is an entry twice.
func FuzzParse(f *testing.F) {
	f.Add(`<DIV5><DIV9 N="Supplement No. 4 to Part 744"><TABLE><TR><TD>IRAN</TD><TD>A, a.k.a., the following one alias:<br/>&#x2014;B.<br/> <br/>1 Road, Iran</TD><TD>x</TD><TD>y</TD><TD>79 FR 44683, 8/1/14</TD></TR><TR><TD/><TD>Subordinate institution<br/>C</TD><TD/><TD/><TD/></TR></TABLE></DIV9></DIV5>`)
	f.Add(`<DIV5><DIV9 N="Supplement No. 7 to Part 744"><TR><TD>CHINA</TD><TD>[Reserved]</TD><TD/></TR></DIV9>`)
	f.Fuzz(func(t *testing.T, doc string) {
		permute.Sound(t, []byte(doc), func(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
			all, err := Parse(r, o)
			for _, s := range all {
				if s.Rows > len(s.Entries) {
					t.Fatalf("%d rows, %d entries", s.Rows, len(s.Entries))
				}
			}
			return all, err
		})
	})
}
