package un

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/internal/require"
	"entitywatch/watcher/fetch"
)

func load(t testing.TB) []byte { return permute.Fixture(t, "consolidated.xml") }

func parse(t testing.TB, body []byte) diff.Snapshot {
	t.Helper()
	return permute.Only(t, body, diff.ReadOptions{}, Parse)
}

func TestParse(t *testing.T) {
	s := parse(t, load(t))
	if s.List != diff.UNSC || s.AsOf != "2025-03-12" || !s.Complete || s.Rows != 2 || len(s.Problems) != 0 {
		t.Fatalf("%+v", s)
	}
	want := []diff.Entry{{
		List: diff.UNSC, Key: "un-sc/CDi.901", Kind: diff.Person, Countries: []string{"CD"}, Name: "IVAN PETROVICH MARSHOLM",
		Aliases: []string{"Иван Марсхольм", "Ivan Marsh"}, WeakAliases: []string{"Vanya"},
		Addresses: []string{"5 Canal Road, Goma, Democratic Republic of the Congo (as of June 2016)"}, Programs: []string{"DRC"},
		IDs: []diff.ID{{Type: "Passport", Value: "AB1, Rwanda, issued 2013-04-05 (expired)"}},
		Attributes: []diff.Attribute{
			{Type: "listed_on", Value: "2012-12-31"}, {Type: "gender", Value: "Male"}, {Type: "title", Value: "Dr."},
			{Type: "designation", Value: "Director"}, {Type: "nationality", Value: "Rwanda"},
			{Type: "birth", Value: "between 1965 and 1969"}, {Type: "birth", Value: "1966-07-24 (reported)"},
			{Type: "birth_place", Value: "Bunagana, Uganda"},
		},
		Notes: []string{"Ivan Marsh: born 1969-02-05, Tunis; passport 12"}, Remarks: "Left in 2013. Lives abroad.",
	}, {
		List: diff.UNSC, Key: "un-sc/CDe.901", Kind: diff.Organization, Countries: []string{"CD"}, Name: "TARNOW AIRLINES",
		Aliases: []string{"TAL"}, FormerNames: []string{"TARNOW AVIATION"},
		Addresses: []string{"PO BOX 315, Goma, Democratic Republic of the Congo"}, Programs: []string{"DRC"},
		Attributes: []diff.Attribute{{Type: "listed_on", Value: "2007-03-29"}},
	}}
	if d := cmp.Diff(want, s.Entries); d != "" {
		t.Error(d)
	}
}

func TestNewNumbersAndDatesAreNoChange(t *testing.T) {
	body := string(load(t))
	for _, r := range [][2]string{{"<DATAID>1<", "<DATAID>77<"}, {"<VERSIONNUM>1<", "<VERSIONNUM>9<"}, {"2016-10-13", "2025-03-01"}} {
		if !strings.Contains(body, r[0]) {
			t.Fatalf("the fixture has no %s", r[0])
		}
		body = strings.ReplaceAll(body, r[0], r[1])
	}
	if c := diff.Compare(parse(t, load(t)), parse(t, []byte(body))).Changes; len(c) != 0 {
		t.Errorf("changes: %+v", c)
	}
}

func TestHalfAListIsNotComplete(t *testing.T) {
	body := string(load(t))
	start, end := strings.Index(body, "<ENTITY>"), strings.Index(body, "</ENTITIES>")
	if s := parse(t, []byte(body[:start]+body[end:])); s.Complete || !diff.NeedsHuman(s.Problems) {
		t.Errorf("%+v", s)
	}
}

func TestARecordWithoutItsNumber(t *testing.T) {
	body := string(load(t))
	var many strings.Builder
	for i := range 12 {
		many.WriteString("<ENTITY><FIRST_NAME>X</FIRST_NAME><REFERENCE_NUMBER>CDe.8" + strings.Repeat("0", i) + "</REFERENCE_NUMBER></ENTITY>")
	}
	body = strings.Replace(body, "<ENTITY>", many.String()+"<ENTITY>", 1)
	s := parse(t, []byte(strings.Replace(body, "CDi.901", " ", 1)))
	if len(s.Unread) != 1 || s.Unread[0].Key != "" || len(s.Entries) != 13 || len(s.Problems) != 1 || s.Problems[0].Where != "line 4" {
		t.Errorf("%d entries, complete %v, problems %+v", len(s.Entries), s.Complete, s.Problems)
	}
}

func TestRefused(t *testing.T) {
	for name, body := range map[string]string{
		"empty": "", "HTML": "<!DOCTYPE html><html></html>", "another list": "<sdnList></sdnList>", "nothing in it": "<CONSOLIDATED_LIST/>",
		"broken": "<CONSOLIDATED_LIST><INDIVIDUALS></ENTITIES></CONSOLIDATED_LIST>",
	} {
		permute.Refused(t, name, body, "", Parse)
	}
}

func TestEveryCutIsSeen(t *testing.T) { permute.Cuts(t, load(t), 3, Parse) }

func TestReferencePair(t *testing.T) {
	read := func(name string) diff.Snapshot {
		s, err := Parse(bytes.NewReader(require.File(t, "un/"+name)), diff.ReadOptions{})
		if err != nil || len(s[0].Problems) != 0 || !s[0].Complete {
			t.Fatalf("%+v, %v", s, err)
		}
		return s[0]
	}
	before, after := read("un_2025-11-20.xml.gz"), read("un_2026-02-27.xml.gz")
	if len(before.Entries) != 1000 || len(after.Entries) != 1003 || before.AsOf != "2025-11-20" || after.AsOf != "2026-02-27" {
		t.Fatalf("%d and %d entries, %s and %s", len(before.Entries), len(after.Entries), before.AsOf, after.AsOf)
	}
	got := map[string]diff.ChangeKind{}
	for _, c := range diff.Compare(before, after).Changes {
		got[strings.TrimPrefix(c.Key, "un-sc/")] = c.Change
	}
	want := map[string]diff.ChangeKind{
		"SDi.007": diff.Added, "SDi.008": diff.Added, "SDi.009": diff.Added, "SDi.010": diff.Added, "IQi.074": diff.Removed,
		"HTi.006": diff.Amended, "SOi.022": diff.Amended,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestSource(t *testing.T) {
	body, asked := load(t), ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Path
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/xml")
		if _, err := w.Write(body); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()
	client := fetch.New(fetch.Options{Trusted: []string{server.URL}, Attempts: 1})
	src := List().New(fetch.ListOptions{BaseURL: server.URL, Now: func() time.Time { return time.Date(2025, 3, 13, 0, 0, 0, 0, time.UTC) }})
	first := client.Begin(fetch.Cursor{})
	r, err := src.Read(context.Background(), first)
	if err != nil || len(r.Snapshots) != 1 || len(r.Snapshots[0].Evidence) != 1 || asked != "/resources/xml/en/consolidated.xml" {
		t.Fatalf("asked %s: %+v, %v", asked, r, err)
	}
	if r, err = src.Read(context.Background(), client.Begin(first.Next())); err != nil || len(r.Snapshots) != 0 {
		t.Errorf("unchanged: %+v, %v", r, err)
	}
	body = body[:len(body)/2]
	cut := client.Begin(fetch.Cursor{})
	if _, err = src.Read(context.Background(), cut); err == nil || len(cut.Next().Validators) != 0 {
		t.Errorf("a cut file: %v, validators %v", err, cut.Next().Validators)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(load(f))
	f.Fuzz(func(t *testing.T, body []byte) { permute.Sound(t, body, Parse) })
}
