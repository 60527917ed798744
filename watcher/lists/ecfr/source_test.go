package ecfr_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
	"entitywatch/watcher/lists/ecfr"
)

// versioner is an upstream on a real socket that answers as the eCFR's versioner does.
type versioner struct {
	t        *testing.T
	issued   string // latest_issue_date of title 15
	asOf     string // up_to_date_as_of
	busy     bool
	versions []string // "issue_date date", of supplement 4
	full     func(day string) (status int, body string)
	asked    []string // paths with queries, since the last look
	page     int      // versions on a page; 0: all
}

func (v *versioner) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.asked = append(v.asked, r.URL.Path)
	switch {
	case r.URL.Path == "/api/versioner/v1/titles.json":
		body := fmt.Sprintf(`{"titles":[{"number":14,"name":"Aeronautics and Space","latest_amended_on":"2025-01-02","latest_issue_date":"2025-01-02","up_to_date_as_of":"2025-01-02","reserved":false},`+
			`{"number":15,"name":"Commerce and Foreign Trade","latest_amended_on":%q,"latest_issue_date":%q,"up_to_date_as_of":%q,"reserved":false,"processing_in_progress":%t},`+
			`{"number":35,"name":"Panama Canal","latest_amended_on":null,"latest_issue_date":null,"up_to_date_as_of":null,"reserved":true}],"meta":{"date":%q,"import_in_progress":false}}`,
			v.issued, v.issued, v.asOf, v.busy, v.asOf)
		tag := fmt.Sprintf(`W/"%x"`, len(body)) + v.issued + v.asOf
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, body)
	case r.URL.Path == "/api/versioner/v1/versions/title-15.json" && r.FormValue("part") == "744":
		v.serveVersions(w, r)
	case strings.HasPrefix(r.URL.Path, "/api/versioner/v1/full/") && r.FormValue("part") == "744":
		day := strings.Split(r.URL.Path, "/")[5]
		status, body := v.full(day)
		if status == http.StatusServiceUnavailable {
			w.Header().Set("Retry-After", "600")
		}
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(status)
		io.WriteString(w, body)
	default:
		v.t.Errorf("asked for %s", r.URL)
		http.NotFound(w, r)
	}
}

func (v *versioner) serveVersions(w http.ResponseWriter, r *http.Request) {
	var all []string
	for _, s := range v.versions {
		issued, date, _ := strings.Cut(s, " ")
		if issued >= r.FormValue("issue_date[gte]") {
			all = append(all, fmt.Sprintf(`{"date":%q,"amendment_date":%q,"issue_date":%q,"identifier":"Supplement No. 4 to Part 744 (%d)","name":"…","part":"744","substantive":false,"removed":false,"subpart":null,"title":"15","type":"appendix"}`, date, date, issued, len(all)))
		}
	}
	count := len(all)
	if v.page > 0 {
		n := 1
		fmt.Sscan(r.FormValue("page"), &n)
		all = all[min(len(all), (n-1)*v.page):min(len(all), n*v.page)]
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"content_versions":[%s],"meta":{"title":"15","result_count":"%d","latest_issue_date":%q}}`, strings.Join(all, ","), count, v.issued)
}

// watch is a source with its upstream and its stored cursor.
type watch struct {
	*versioner
	source *ecfr.Source
	client *fetch.Client
	cursor fetch.Cursor
	later  time.Duration // how far the client's clock is ahead
}

func newWatch(t *testing.T, lists ...diff.ListID) *watch {
	v := &versioner{t: t, issued: "2026-03-24", asOf: "2026-03-25", versions: []string{"2026-03-24 2026-03-24"}}
	v.full = func(string) (int, string) { return 200, small() }
	srv := httptest.NewServer(v)
	t.Cleanup(srv.Close)
	w := &watch{versioner: v, source: ecfr.New(fetch.ListOptions{BaseURL: srv.URL + "/api/versioner/v1/"}, lists...)}
	w.client = fetch.New(fetch.Options{
		Now:   func() time.Time { return time.Now().Add(w.later) },
		Sleep: func(context.Context, time.Duration) error { return nil }, Trusted: []string{srv.URL}, Attempts: 2,
	})
	return w
}

// look reads once; the cursor is stored only where the look succeeded, as the poll does.
func (w *watch) look() (diff.Reading, error) {
	w.asked = nil
	s := w.client.Begin(w.cursor)
	r, err := w.source.Read(context.Background(), s)
	if err == nil {
		w.cursor = s.Next()
	}
	return r, err
}

// sees looks once and wants snapshots with so many entries, in the order of the lists.
func (w *watch) sees(t *testing.T, when string, want ...int) diff.Reading {
	t.Helper()
	r, err := w.look()
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	var got []int
	for _, s := range r.Snapshots {
		got = append(got, len(s.Entries))
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%s: snapshots of %v entries; want %v (asked for %v)", when, got, want, w.asked)
	}
	return r
}

func TestSourceReads(t *testing.T) {
	w := newWatch(t)
	r := w.sees(t, "first look", 2, 1, 1)
	for _, s := range r.Snapshots {
		if !s.Complete || s.AsOf != "2026-03-25" || len(s.Evidence) != 1 || len(s.Evidence[0].SHA256) != 64 || !strings.HasSuffix(s.Evidence[0].URL, "/full/2026-03-25/title-15.xml?part=744") {
			t.Errorf("%s: complete %v as of %s, evidence %+v", s.List, s.Complete, s.AsOf, s.Evidence)
		}
	}
	w.sees(t, "unchanged")
	if want := []string{"/api/versioner/v1/titles.json"}; !slices.Equal(w.asked, want) {
		t.Errorf("unchanged titles: asked for %v", w.asked)
	}
	w.asOf = "2026-03-26"
	w.sees(t, "another day without an issue")
	w.issued = "2026-03-26"
	w.sees(t, "an issue of another part")
	w.versions = append(w.versions, "2026-03-26 2026-03-24")
	w.asOf = "2026-03-27"
	if r := w.sees(t, "the same amendment issued again, not substantive", 2, 1, 1); r.Snapshots[0].AsOf != "2026-03-27" {
		t.Errorf("as of %s", r.Snapshots[0].AsOf)
	}
	w.versions = append(w.versions, "2026-03-26 2026-03-24")
	w.asOf = "2026-03-28"
	w.sees(t, "issued twice on one day", 2, 1, 1)
	w.asOf = "2026-03-29"
	w.sees(t, "nothing since")
	w.cursor.Anew = true
	w.sees(t, "asked anew", 2, 1, 1)
	w.sees(t, "and nothing since")
}

func TestSourceWaitsForTheText(t *testing.T) {
	w := newWatch(t)
	w.sees(t, "first look", 2, 1, 1)
	w.versions, w.issued = append(w.versions, "2026-03-26 2026-03-27"), "2026-03-26"
	w.sees(t, "announced before the part has caught up")
	w.asOf = "2026-03-27"
	w.sees(t, "caught up", 2, 1, 1)
}

func TestSourceProcessing(t *testing.T) {
	w := newWatch(t)
	w.busy = true
	w.sees(t, "processing")
	w.busy = false
	w.sees(t, "processed", 2, 1, 1)

	w.versions, w.asOf = append(w.versions, "2026-03-26 2026-03-26"), "2026-03-26"
	w.full = func(string) (int, string) { return http.StatusServiceUnavailable, "title is being processed" }
	if r := w.sees(t, "503 with Retry-After"); len(r.Problems) != 1 || r.Problems[0].Kind != diff.SourceSlip {
		t.Errorf("problems %v", r.Problems)
	}
	w.full = func(string) (int, string) { return 200, small() }
	if r := w.sees(t, "before the time that it asked for"); len(r.Problems) != 1 || slices.ContainsFunc(w.asked, func(p string) bool { return strings.Contains(p, "/full/") }) {
		t.Errorf("problems %v, asked for %v", r.Problems, w.asked)
	}
	w.later = 11 * time.Minute
	w.sees(t, "the same titles again", 2, 1, 1)
}

func TestSourceFails(t *testing.T) {
	for name, answer := range map[string]struct {
		status int
		body   string
		reason string
	}{
		"404":    {404, `{"error":"not available"}`, "404"},
		"500":    {500, "oops", "500"},
		"HTML":   {200, "<!DOCTYPE html><html><body>Request Access</body></html>", "HTML"},
		"empty":  {200, "", "empty"},
		"cut":    {200, small()[:len(small())-40], ""},
		"no744":  {200, "<?xml version=\"1.0\"?><DIV5 N=\"745\" TYPE=\"PART\"></DIV5>", "no Supplement No. 4"},
		"norows": {200, part(appendix(4, 5, "")), "no table rows"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWatch(t, diff.EntityList)
			w.full = func(string) (int, string) { return answer.status, answer.body }
			if r, err := w.look(); err == nil || len(r.Snapshots) > 0 || !strings.Contains(err.Error(), answer.reason) {
				t.Errorf("%v, %v; want an error with %q", r.Snapshots, err, answer.reason)
			} else if refused := (*diff.Refused)(nil); answer.status == 200 && !errors.As(err, &refused) {
				t.Errorf("%v is no refusal", err)
			}
			w.full = func(string) (int, string) { return 200, small() }
			w.sees(t, "the next good look", 2)
		})
	}
}

func TestSourceVanishedSupplement(t *testing.T) {
	w := newWatch(t)
	without := part(appendix(4, 5, "", entry("IRAN", "Cedar Gate, Tehran, Iran")), appendix(6, 3, ""))
	w.full = func(string) (int, string) { return 200, without }
	if r := w.sees(t, "never there", 1); len(r.Lacks) != 2 {
		t.Errorf("lacks %v", r.Lacks)
	}
	if r, err := w.look(); err != nil || len(r.Snapshots) != 0 || len(r.Lacks) != 2 {
		t.Errorf("nothing new, and no less absent: %+v, %v", r, err)
	}
	w.full = func(string) (int, string) { return 200, small() }
	w.versions, w.asOf = append(w.versions, "2026-03-26 2026-03-26"), "2026-03-26"
	if r := w.sees(t, "all there", 2, 1, 1); len(r.Lacks) != 0 {
		t.Errorf("lacks %v", r.Lacks)
	}
	w.full = func(string) (int, string) { return 200, without }
	w.versions, w.asOf = append(w.versions, "2026-03-27 2026-03-27"), "2026-03-27"
	r := w.sees(t, "two vanished", 1, 0, 0)
	for _, s := range r.Snapshots[1:] {
		if !s.Complete || len(s.Problems) != 1 || s.Problems[0].Kind != diff.Unread {
			t.Errorf("%s: complete %v, problems %v", s.List, s.Complete, s.Problems)
		}
	}
}

func TestSourcePages(t *testing.T) {
	w := newWatch(t)
	w.versions, w.page = nil, 1000
	for i := range 2345 {
		w.versions = append(w.versions, fmt.Sprintf("2026-03-24 2026-%02d-%02d", 1+i/1000, 1+i%28))
	}
	w.sees(t, "three pages", 2, 1, 1)
	if want := 1 + 3 + 1; len(w.asked) != want {
		t.Errorf("asked %d times; want %d", len(w.asked), want)
	}
	w.versions = append(w.versions, "2026-03-24 2026-03-20")
	w.asOf = "2026-03-26"
	w.sees(t, "one more, at the end of the last page", 2, 1, 1)
}

func TestSourceRefusesTitles(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"titles":[{"number":14}],"meta":{}}`)
	}))
	defer srv.Close()
	client := fetch.New(fetch.Options{Trusted: []string{srv.URL}})
	_, err := ecfr.New(fetch.ListOptions{BaseURL: srv.URL}).Read(context.Background(), client.Begin(fetch.Cursor{}))
	var refused *diff.Refused
	if !errors.As(err, &refused) || !cmp.Equal(refused.Reason, "the answer has no title 15") {
		t.Errorf("%v", err)
	}
}
