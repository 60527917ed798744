package records

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
)

func TestOpen(t *testing.T) {
	for _, tt := range []struct{ name, body, reason string }{
		{"nothing", "", "empty"},
		{"white space", " \r\n\t", "empty"},
		{"a byte order mark", "\ufeff", "empty"},
		{"HTML", "\n<!DOCTYPE HTML PUBLIC>", "HTML"},
		{"XHTML behind a declaration and a comment", "<?xml version=\"1.0\"?><!-- x --><html>", "HTML"},
		{"gzip", "\x1f\x8b\x08", "compressed"},
		{"zip", "PK\x03\x04", "compressed"},
		{"CSV", "a,b", ""},
		{"XML", "<?xml version=\"1.0\"?><htmlish/>", ""},
		{"a long run of spaces, then text", strings.Repeat(" ", 5000) + "x", ""},
	} {
		r, err := Open(strings.NewReader(tt.body))
		var refused *diff.Refused
		switch {
		case tt.reason == "" && err != nil, tt.reason != "" && (!errors.As(err, &refused) || !strings.Contains(refused.Reason, tt.reason)):
			t.Errorf("%s: %v", tt.name, err)
		case err == nil:
			if b, _ := io.ReadAll(r); string(b) != tt.body {
				t.Errorf("%s: %d bytes of %d are left", tt.name, len(b), len(tt.body))
			}
		}
	}
	r, err := Open(strings.NewReader("\ufeffname"))
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := io.ReadAll(r); string(b) != "name" {
		t.Errorf("the byte order mark stays: %q", b)
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{"plain": "plain", "Zürich": "Zürich", "Z\xfcrich \x93x\x94": "Zürich “x”"} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCSV(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		rows       []string
		unread     int
		cut        bool
	}{
		{"whole", "a,b\n1,2\n3,4\n", []string{"a|b", "1|2", "3|4"}, 0, false},
		{"a short row in the middle", "a,b\n1\n3,4\n", []string{"a|b", "3|4"}, 1, false},
		{"a broken quote in the middle", "a,b\n\"x\"y,2\n3,4\n", []string{"a|b", "3|4"}, 1, false},
		{"a short row at the end", "a,b\n1,2\n3\n", []string{"a|b", "1|2"}, 0, true},
		{"an open quote at the end", "a,b\n1,2\n3,\"4", []string{"a|b", "1|2"}, 0, true},
		{"line breaks inside a cell", "a,b\r\n\"1\r\n1\",2\r\n", []string{"a|b", "1\n1|2"}, 0, false},
	} {
		var log Log
		in := NewCSV(strings.NewReader(tt.body), 0, &log)
		var rows []string
		for row := in.Next(); row != nil; row = in.Next() {
			rows = append(rows, strings.Join(row, "|"))
		}
		if d := cmp.Diff(tt.rows, rows); d != "" || log.Unread != tt.unread || (in.Cut() != "") != tt.cut || in.Err() != nil {
			t.Errorf("%s: %d unread, cut %q, %v\n%s", tt.name, log.Unread, in.Cut(), in.Err(), d)
		}
		if log.Rows != len(rows)+log.Unread {
			t.Errorf("%s: counted %d rows", tt.name, log.Rows)
		}
	}
}

// breaking is a stream that a decompressor gives up on.
type breaking struct{ r io.Reader }

func (b breaking) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func TestABrokenStreamIsACut(t *testing.T) {
	var log Log
	in := NewCSV(breaking{strings.NewReader("a,b\n1,2\n")}, 0, &log)
	for in.Next() != nil {
		continue
	}
	if in.Cut() == "" {
		t.Error("CSV: not seen")
	}
	x := NewXML(breaking{strings.NewReader("<a><b/></a>")})
	var err error
	for err == nil {
		_, err = x.Next()
	}
	if !errors.Is(err, ErrCut) {
		t.Errorf("XML: %v", err)
	}
}

func TestJSON(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		elements   []string
		total      int
		err        string
	}{
		{"under its key", `{"total":2, "results":[{"a":"]}"}, {"b":[1,{"c":"\"}"}]}], "x":{}}`, []string{`{"a":"]}"}`, `{"b":[1,{"c":"\"}"}]}`}, 2, ""},
		{"the total behind", `{"results":[1,"two",null],"total":3}`, []string{"1", `"two"`, "null"}, 3, ""},
		{"a bare array", `[ {} ,{} ]`, []string{"{}", "{}"}, 0, ""},
		{"empty", `{"results":[]}`, nil, 0, ""},
		{"no such key", `{"data":[1]}`, nil, 0, "no array"},
		{"the key twice", `{"results":[1],"results":[2]}`, []string{"1"}, 0, "twice"},
		{"cut in an element", `{"results":[{"a":1},{"b`, []string{`{"a":1}`}, 0, "ends before"},
		{"cut behind an element", `{"results":[{"a":1}`, []string{`{"a":1}`}, 0, "ends before"},
		{"cut behind the array", `{"results":[{"a":1}]`, []string{`{"a":1}`}, 0, "ends before"},
		{"no JSON", `hello`, nil, 0, "not JSON"},
		{"no key", `{results:[]}`, nil, 0, "not JSON"},
		{"no colon", `{"results" []}`, nil, 0, "colon"},
	} {
		in := NewJSON(strings.NewReader(tt.body), "results")
		var got []string
		var err error
		for err == nil {
			var raw []byte
			if raw, err = in.Next(); err == nil {
				got = append(got, string(raw))
			}
		}
		if err == io.EOF {
			err = nil
		}
		total := 0
		in.Field("total", &total)
		if d := cmp.Diff(tt.elements, got); d != "" || total != tt.total || (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
			t.Errorf("%s: total %d, %v\n%s", tt.name, total, err, d)
		}
	}
}

func TestJSONNamesWhatStandsBesideTheArray(t *testing.T) {
	large := `"` + strings.Repeat("x", 5000) + `"`
	in := NewJSON(strings.NewReader(`{"total":1,"moon":`+large+`,"none":null,"results":[1],"sun":[{}]}`), "results")
	for {
		if _, err := in.Next(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff([]string{"moon", "sun"}, in.Others("total")); d != "" {
		t.Error(d)
	}
}

func TestFurtherColumns(t *testing.T) {
	var log Log
	header := []string{"name", "", "title", "title", "moon", ""}
	columns := FurtherColumns(header, func(name string) bool { return name == "name" || name == "title" })
	got := log.Further(columns, []string{"A", "b", "c", "d", "e", " "}, "line 2")
	want := []diff.Attribute{
		{Type: "column 2", Value: "b", Unknown: true}, {Type: "title (column 4)", Value: "d", Unknown: true},
		{Type: "moon", Value: "e", Unknown: true},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if p := log.Problems(); len(p) != 3 || diff.NeedsHuman(p) {
		t.Errorf("%+v", p)
	}
}

func TestNodeListsWhatWasNotAsked(t *testing.T) {
	x := NewXML(strings.NewReader(`<r xmlns="urn:x"><e id="1" mark="2"><a>one
		two</a><b><c>deep</c></b><d/><uid>9</uid></e></r>`))
	if _, err := x.Next(); err != nil {
		t.Fatal(err)
	}
	s, err := x.Next()
	if err != nil || s.Path != "r/e" || s.Attr("id") != "1" {
		t.Fatalf("%+v, %v", s, err)
	}
	n, err := x.Node(s)
	if err != nil || n.Get("a") != "one two" || n.Attr("id") != "1" || n.Get("none", "there") != "" || n.Kid("none").Text() != "" {
		t.Fatalf("%+v, %v", n, err)
	}
	if d := cmp.Diff([]Part{{"@mark", "2"}, {"b", "c: deep"}}, n.Rest(map[string]bool{"uid": true})); d != "" {
		t.Error(d)
	}
	if _, err := x.Next(); err != io.EOF {
		t.Errorf("the end: %v", err)
	}
}

func TestLog(t *testing.T) {
	log := Log{Rows: 20}
	log.Miss(diff.UnreadRecord{}, "line 3", "bad")
	if err := log.Verdict("x", false); err != nil {
		t.Errorf("1 of 20: %v", err)
	}
	log.Miss(diff.UnreadRecord{}, "line 4", "bad")
	log.Miss(diff.UnreadRecord{}, "line 5", "bad")
	var refused *diff.Refused
	if err := log.Verdict("x", false); !errors.As(err, &refused) || !strings.Contains(refused.Reason, "line 3") {
		t.Errorf("3 of 20: %v", err)
	}
	if err := log.Verdict("x", true); err != nil {
		t.Errorf("3 of 20, partially: %v", err)
	}
	for range 100 {
		log.Miss(diff.UnreadRecord{}, "line 6", "bad")
	}
	if p := log.Problems(); len(p) != maxListed+1 || !strings.Contains(p[maxListed].Text, "53 further") {
		t.Errorf("%d problems, the last %v", len(p), p[len(p)-1])
	}
}

func TestIsIdentifier(t *testing.T) {
	for kind, want := range map[string]bool{
		"Passport": true, "Tax ID No.": true, "SWIFT/BIC": true, "Digital Currency Address - XBT": true, "MMSI": true, "ISIN": true,
		"Gender": false, "Secondary sanctions risk:": false, "Listing Date (CMIC)": false, "Website": false,
		"Executive Order 13662 Directive Determination -": false,
	} {
		if got := IsIdentifier(kind); got != want {
			t.Errorf("IsIdentifier(%q) = %v", kind, got)
		}
	}
}
