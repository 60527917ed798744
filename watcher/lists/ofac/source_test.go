package ofac

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
)

var _ watcher.Source = (*Source)(nil)

// service is a Sanctions List Service that a test moves on.
type service struct {
	*httptest.Server
	pages  map[string]string
	status map[string]int
	hits   map[string]int
	now    time.Time
}

func newService(t *testing.T) *service {
	s := &service{
		pages: map[string]string{
			"/changes/history/2025":          `[{"publicationID":500,"datePublished":"2025-03-01T10:30:00.123"}]`,
			"/api/download/SDN.XML":          string(permute.Fixture(t, "sdn.xml")),
			"/api/download/CONSOLIDATED.XML": string(permute.Fixture(t, "consolidated.xml")),
		},
		status: map[string]int{}, hits: map[string]int{}, now: time.Date(2025, 3, 12, 16, 0, 0, 0, time.UTC),
	}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.hits[r.URL.Path]++
		if code := s.status[r.URL.Path]; code != 0 {
			http.Error(w, "no", code)
			return
		}
		page, ok := s.pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		etag := `"` + diff.HashID("e", page) + `"`
		w.Header().Set("ETag", etag)
		w.Header().Set("Content-Type", "application/xml")
		if strings.Contains(r.URL.Path, "history") {
			w.Header().Set("Content-Type", "application/json")
		}
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if _, err := w.Write([]byte(page)); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *service) look(t *testing.T, cur fetch.Cursor) (diff.Reading, fetch.Cursor, error) {
	t.Helper()
	clear(s.hits)
	client := fetch.New(fetch.Options{
		Trusted: []string{s.URL}, Now: func() time.Time { return s.now }, Attempts: 1,
		Sleep: func(context.Context, time.Duration) error { return nil },
	})
	session := client.Begin(cur)
	r, err := New(fetch.ListOptions{BaseURL: s.URL, Now: func() time.Time { return s.now }}, 0).Read(context.Background(), session)
	return r, session.Next(), err
}

// publish adds a publication to the history, with a delta.
func (s *service) publish(id int, delta string) {
	p := fmt.Sprintf(`{"publicationID":%d,"datePublished":"2025-03-12T10:01:44.740051"}`, id)
	s.pages["/changes/history/2025"] = strings.Replace(s.pages["/changes/history/2025"], "[", "["+p+",", 1)
	s.pages[fmt.Sprintf("/changes/%d", id)] = delta
}

func deltaOf(entities string) string {
	return `<?xml version="1.0"?><sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0"><publicationInfo>` +
		`<datePublished>2025-03-12T00:00:00-04:00</datePublished></publicationInfo><entities>` + entities + `</entities></sanctionsData>`
}

// put adds an entry to SDN.XML.
func (s *service) put(uid int, name string) {
	e := fmt.Sprintf("<sdnEntry><uid>%d</uid><lastName>%s</lastName><sdnType>Entity</sdnType></sdnEntry></sdnList>", uid, name)
	xml := strings.Replace(s.pages["/api/download/SDN.XML"], "</sdnList>", e, 1)
	s.pages["/api/download/SDN.XML"] = strings.Replace(xml, "<Record_Count>3", "<Record_Count>4", 1)
}

func begin(t *testing.T, s *service) fetch.Cursor {
	t.Helper()
	r, cur, err := s.look(t, fetch.Cursor{})
	if err != nil || len(r.Snapshots) != 7 || len(r.Problems) != 0 || cur.Marks["publication"] != "500" || s.hits["/changes/500"] != 0 {
		t.Fatalf("first look: %d snapshots, problems %v, marks %v, hits %v, %v", len(r.Snapshots), r.Problems, cur.Marks, s.hits, err)
	}
	return cur
}

func TestNothingPublishedReadsNothing(t *testing.T) {
	s := newService(t)
	cur := begin(t, s)
	s.now = s.now.Add(time.Hour)
	r, cur, err := s.look(t, cur)
	if err != nil || len(r.Snapshots) != 0 || s.hits["/api/download/SDN.XML"] != 0 {
		t.Errorf("%+v, hits %v, %v", r, s.hits, err)
	}
	s.now = s.now.Add(24 * time.Hour)
	r, _, err = s.look(t, cur)
	if err != nil || s.hits["/api/download/SDN.XML"] != 1 || s.hits["/api/download/CONSOLIDATED.XML"] != 1 {
		t.Errorf("a day later the full files are checked: %d snapshots, hits %v, %v", len(r.Snapshots), s.hits, err)
	}
}

func TestAskedAnewReadsTheFullFiles(t *testing.T) {
	s := newService(t)
	cur := begin(t, s)
	cur.Anew = true
	if r, next, err := s.look(t, cur); err != nil || len(r.Snapshots) != 7 || next.Anew {
		t.Errorf("%d snapshots, anew again %v, %v", len(r.Snapshots), next.Anew, err)
	}
}

func TestAPublicationIsWalkedAndTheFullFilesRead(t *testing.T) {
	s := newService(t)
	cur := begin(t, s)
	s.publish(502, deltaOf(`<entity id="80003" action="modify"/>`))
	s.publish(501, deltaOf(`<entity id="80010" action="add"/>`))
	s.put(80010, "SUNDAL ROBOTICS")
	r, cur, err := s.look(t, cur)
	if err != nil || len(r.Snapshots) != 7 || len(r.Problems) != 0 || cur.Marks["publication"] != "502" {
		t.Fatalf("%d snapshots, problems %v, marks %v, %v", len(r.Snapshots), r.Problems, cur.Marks, err)
	}
	if s.hits["/changes/501"] != 1 || s.hits["/changes/502"] != 1 || len(r.Snapshots[0].Evidence) != 3 {
		t.Errorf("hits %v, evidence %v", s.hits, r.Snapshots[0].Evidence)
	}
	if n := len(r.Snapshots[0].Entries); r.Snapshots[0].List != diff.SDN || n != 4 {
		t.Errorf("%s has %d entries", r.Snapshots[0].List, n)
	}
}

func TestAFullListThatLagsIsAskedAgain(t *testing.T) {
	s := newService(t)
	cur := begin(t, s)
	s.publish(501, deltaOf(`<entity id="80010" action="add"/><entity id="80001" action="remove"/>`))
	r, cur, err := s.look(t, cur)
	if err != nil || len(r.Problems) != 2 || r.Problems[0].Kind != diff.Surprise || cur.Marks["publication"] != "500" {
		t.Fatalf("problems %v, marks %v, %v", r.Problems, cur.Marks, err)
	}
	s.put(80010, "SUNDAL ROBOTICS")
	s.pages["/api/download/SDN.XML"] = strings.Replace(s.pages["/api/download/SDN.XML"], "<uid>80001<", "<uid>80099<", 1)
	if r, cur, err = s.look(t, cur); err != nil || len(r.Problems) != 0 || cur.Marks["publication"] != "501" {
		t.Errorf("problems %v, marks %v, %v", r.Problems, cur.Marks, err)
	}
}

func TestAPartyThatCameAndWentBetweenTwoLooksIsTold(t *testing.T) {
	s := newService(t)
	cur := begin(t, s)
	s.publish(501, deltaOf(`<entity id="80010" action="add"/>`))
	s.publish(502, deltaOf(`<entity id="80010" action="delete"/>`))
	r, cur, err := s.look(t, cur)
	if err != nil || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text, "added by publication 501 and removed by 502") || cur.Marks["publication"] != "502" {
		t.Errorf("problems %v, marks %v, %v", r.Problems, cur.Marks, err)
	}
}

func TestADeltaThatCannotBeReadMakesAFullCheck(t *testing.T) {
	s := newService(t)
	cur := begin(t, s)
	s.publish(501, deltaOf("")[:120])
	s.put(80010, "SUNDAL ROBOTICS")
	r, _, err := s.look(t, cur)
	if err != nil || len(r.Snapshots) == 0 || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text, "publication 501") {
		t.Errorf("%d snapshots, problems %v, %v", len(r.Snapshots), r.Problems, err)
	}
}

func TestAHistoryThatCannotBeReadMakesAFullCheck(t *testing.T) {
	s := newService(t)
	cur := begin(t, s)
	s.pages["/changes/history/2025"] = `{"error":"x"}`
	s.put(80010, "SUNDAL ROBOTICS")
	r, next, err := s.look(t, cur)
	if err != nil || len(r.Snapshots) == 0 || len(r.Problems) != 1 || next.Marks["publication"] != "500" {
		t.Errorf("%d snapshots, problems %v, marks %v, %v", len(r.Snapshots), r.Problems, next.Marks, err)
	}
}

func TestForbiddenSaysSo(t *testing.T) {
	s := newService(t)
	s.status["/changes/history/2025"] = http.StatusForbidden
	_, _, err := s.look(t, fetch.Cursor{})
	var refused *fetch.StatusError
	if !errors.As(err, &refused) || refused.Status != http.StatusForbidden || !strings.Contains(err.Error(), "User-Agent") {
		t.Errorf("got %v", err)
	}
}

func TestOneFileThatIsRefusedStopsOnlyItself(t *testing.T) {
	s := newService(t)
	s.pages["/api/download/CONSOLIDATED.XML"] = "<sdnList><sdnEntry>"
	r, cur, err := s.look(t, fetch.Cursor{})
	if err != nil || len(r.Snapshots) != 1 || len(r.Lacks) != 1 || cur.Marks["full"] != "" || cur.Marks["publication"] != "" {
		t.Errorf("%d snapshots, problems %v, marks %v, %v", len(r.Snapshots), r.Lacks, cur.Marks, err)
	}
	// the other file did not change: the look is no better for it, and no failure either
	r, cur, err = s.look(t, cur)
	if err != nil || len(r.Snapshots) != 0 || len(r.Lacks) != 1 || cur.Marks["full"] != "" {
		t.Errorf("%d snapshots, lacks %v, marks %v, %v", len(r.Snapshots), r.Lacks, cur.Marks, err)
	}
	s.pages["/api/download/SDN.XML"] = ""
	var refused *diff.Refused
	if _, _, err = s.look(t, fetch.Cursor{}); !errors.As(err, &refused) {
		t.Errorf("both refused: %v", err)
	}
}

// Where one file changed and the other did not, the lists of the other have not vanished; they may later.
func TestListsOfAnUnmodifiedFileHaveNotVanished(t *testing.T) {
	for _, name := range []string{"SDN.XML", "CONSOLIDATED.XML"} {
		s := newService(t)
		cur := begin(t, s)
		path := "/api/download/" + name
		s.pages[path] = strings.Replace(s.pages[path], "SUNDAL", "SUNDEN", 1)
		s.status["/changes/history/2025"] = 500 // the full files are asked instead, whether anything has changed in them
		s.now = s.now.Add(time.Hour)
		r, cur, err := s.look(t, cur)
		if err != nil || len(r.Snapshots) == 0 {
			t.Fatalf("%s: %d snapshots, %v", name, len(r.Snapshots), err)
		}
		for _, snap := range r.Snapshots {
			if len(snap.Entries) == 0 || (snap.List == diff.SDN) != (name == "SDN.XML") {
				t.Errorf("%s changed alone: a snapshot of %s with %d entries", name, snap.List, len(snap.Entries))
			}
		}
		if lists := strings.Fields(cur.Marks["lists"]); len(lists) != 7 {
			t.Errorf("%s changed alone: the lists known are %q", name, lists)
		}
	}
}

func TestAListThatVanishesIsAnEmptySnapshot(t *testing.T) {
	s := newService(t)
	cur := begin(t, s)
	xml := s.pages["/api/download/CONSOLIDATED.XML"]
	xml = strings.ReplaceAll(xml, "UKRAINE-EO13662", "CMIC-EO13959")
	s.pages["/api/download/CONSOLIDATED.XML"] = xml
	s.now = s.now.Add(25 * time.Hour)
	r, _, err := s.look(t, cur)
	if err != nil {
		t.Fatal(err)
	}
	for _, snap := range r.Snapshots {
		if snap.List == diff.SSI {
			if len(snap.Entries) != 0 || !snap.Complete || len(snap.Problems) != 1 {
				t.Errorf("SSI: %+v", snap)
			}
			return
		}
	}
	t.Error("no snapshot of SSI")
}
