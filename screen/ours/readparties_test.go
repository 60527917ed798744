package ours_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"entitywatch/screen/ours"
)

func gzipped(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.String()
}

func utf16le(s string) string {
	b := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func TestReadCounterparties(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       []string // id|name|country|address|aliases
		errs       []string
	}{
		{"plain", "id,name\n1,Acme\n", []string{"1|Acme|||"}, nil},
		{"columns in any order", "Country;Aliases;NAME;Id;Address\nDE;\"Acme Ltd; Akme\";Acme;7;\"Hauptstr. 1; Bonn\"\n",
			[]string{"7|Acme|DE|Hauptstr. 1; Bonn|Acme Ltd,Akme"}, nil},
		{"gzip", gzipped("id,name\n1,Acme\n"), []string{"1|Acme|||"}, nil},
		{"byte order mark and CRLF", "\xEF\xBB\xBFid,name\r\n1,Acme\r\n\r\n2,Bolt\r\n", []string{"1|Acme|||", "2|Bolt|||"},
			nil},
		{"UTF-16", utf16le("id\tname\n1\tMüller\n"), []string{"1|Müller|||"},
			[]string{"line 1: the file is UTF-16; it was read as such"}},
		{"Windows-1252", "id,name\n1,Acme\n2,M\xFCller \x80\n", []string{"1|Acme|||", "2|Müller €|||"}, []string{
			"line 3: this line is not UTF-8; it was read as Windows-1252. Save the file as UTF-8 to be sure of its names"}},
		{"a comma without quotes", "id,name,country\n1,Acme, Inc,US\n2,Bolt,US\n", []string{"2|Bolt|US||"},
			[]string{`line 2: 4 cells where the header has 3: a cell with a ',' in it must stand in quotation marks`}},
		{"an open quote", "id,name\n1,\"Acme\n2,Bolt\n3,\"Two\nlines\"\n4,Say \"what\" Ltd\n",
			[]string{"2|Bolt|||", "3|Two lines|||", "4|Say \"what\" Ltd|||"},
			[]string{`line 2: a quotation mark is opened and not closed: "1,\"Acme"`}},
		{"no name", "id,name\n1,\n2,Bolt\n", []string{"2|Bolt|||"}, []string{"line 2: the row has no name"}},
		{"no id", "id,name\n,Acme\n", []string{"line 2|Acme|||"},
			[]string{"line 2: the row has no id; its line stands for it"}},
		{"a doubled id", "id,name\n1,Acme\n2,Bolt\n1,Corf\n", []string{"1|Acme|||", "2|Bolt|||", "1|Corf|||"},
			[]string{`line 4: the id "1" stands in line 2 already; both rows are screened`}},
		{"a formula", "id,name\n1,\"=HYPERLINK(\"\"http://x.example\"\",\"\"Acme\"\")\"\n",
			[]string{`1|=HYPERLINK("http://x.example","Acme")|||`},
			[]string{"line 2: the name is a spreadsheet formula; it is screened as the text that it is"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cps, errs, err := ours.ReadCounterparties(strings.NewReader(c.file), ours.ReadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got, gotErrs []string
			for i := range cps.Len() {
				p := cps.At(i)
				got = append(got, strings.Join([]string{p.ID, p.Name, p.Country, p.Address, strings.Join(p.Aliases, ",")}, "|"))
			}
			for _, e := range errs {
				gotErrs = append(gotErrs, e.Error())
			}
			if !slices.Equal(got, c.want) || !slices.Equal(gotErrs, c.errs) {
				t.Errorf("got %q, errors %q\nwant %q, errors %q", got, gotErrs, c.want, c.errs)
			}
		})
	}
}

// TestOpenQuote guards against a slip that swallows the rest of the file.
func TestOpenQuote(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,name\n1,\"Acme\n")
	for i := 2; i <= 100; i++ {
		fmt.Fprintf(&b, "%d,Party %d\n", i, i)
	}
	cps, errs, err := ours.ReadCounterparties(strings.NewReader(b.String()), ours.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if cps.Len() != 99 || len(errs) != 1 || errs[0].Line != 2 || errs[0].Loaded {
		t.Errorf("%d rows, errors %v", cps.Len(), errs)
	}
}

func TestRefusedFiles(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "empty"},
		{"a web page", "<!DOCTYPE html><html>", "web page"},
		{"a spreadsheet", "PK\x03\x04rest", "save it as CSV"},
		{"no header", "1,Acme\n2,Bolt\n", "must name the columns"},
		{"NUL bytes", "id,name\x00\x01\x02", "NUL"},
	} {
		_, _, err := ours.ReadCounterparties(strings.NewReader(c.file), ours.ReadOptions{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	whole := gzipped("id,name\n" + strings.Repeat("1,Acme and its daughters\n", 5000))
	cps, _, err := ours.ReadCounterparties(strings.NewReader(whole[:len(whole)/2]), ours.ReadOptions{})
	if !errors.Is(err, io.ErrUnexpectedEOF) || cps == nil {
		t.Errorf("a cut file: %v", err)
	}
}
