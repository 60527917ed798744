package fetch

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"entitywatch/diff"
)

// twoFiles is a source of two files on a server that knows no validators, and the looks at it.
type twoFiles struct {
	t      *testing.T
	bodies map[string]string // by path; "" is not found
	read   []string          // by the parser, since it was asked last
	now    time.Time
	source *ListSource
	client *Client
	cursor Cursor // as the last look stored it
}

func newTwoFiles(t *testing.T) *twoFiles {
	s := &twoFiles{t: t, bodies: map[string]string{"/sdn": "a", "/others": "b"},
		now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.bodies[r.URL.Path] == "" {
			w.WriteHeader(http.StatusNotFound)
		}
		io.WriteString(w, s.bodies[r.URL.Path])
	}))
	t.Cleanup(server.Close)
	file := func(path string, list diff.ListID) ListFile {
		return ListFile{Path: path, Timeout: time.Minute, Lists: []diff.ListID{list},
			Parse: func(r io.Reader, _ diff.ReadOptions) ([]diff.Snapshot, error) {
				text, err := io.ReadAll(r)
				s.read = append(s.read, string(text))
				if strings.Contains(string(text), "refused") {
					return nil, &diff.Refused{Reason: "no list"}
				}
				return []diff.Snapshot{{List: list, Complete: true}}, err
			}}
	}
	now := func() time.Time { return s.now }
	s.client = New(Options{Trusted: []string{server.URL}, Rate: rate.Inf, Attempts: 1, Now: now})
	s.source = List{Name: "two", URL: server.URL, Files: []ListFile{file("/sdn", diff.SDN),
		file("/others", diff.SSI)}}.New(ListOptions{Now: now})
	return s
}

// look reads once, and stores the cursor where it is to be kept.
func (s *twoFiles) look(keep bool, wantRead string, o ...Option) Answers {
	s.t.Helper()
	s.now = s.now.Add(time.Minute)
	session := s.client.Begin(s.cursor)
	defer session.Close()
	got, err := s.source.ReadAll(context.Background(), session, o...)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, x := range session.Exchanges() {
		if x.NotModified {
			s.t.Errorf("on record %s is not modified, but it was sent with %d", x.URL, x.Status)
		}
	}
	if read := strings.Join(s.read, " "); read != wantRead {
		s.t.Errorf("read %q, want %q", read, wantRead)
	}
	if s.read = nil; keep {
		s.cursor = session.Next()
	}
	return got
}

func TestTheBodyThatWasTakenInIsNotReadAgain(t *testing.T) {
	s := newTwoFiles(t)
	s.look(false, "a b")
	s.look(true, "a b") // the look before stored nothing
	if got := s.look(true, ""); !got.Kept(diff.SDN) || !got.Kept(diff.SSI) || len(got.Snapshots)+len(got.Lacks) > 0 {
		t.Errorf("%+v", got)
	}
	s.bodies["/others"] = "c"
	if got := s.look(true, "c"); !got.Kept(diff.SDN) || got.Kept(diff.SSI) || len(got.Snapshots) != 1 {
		t.Errorf("%+v", got)
	}
	s.bodies["/others"] = "b" // from before the last one
	s.look(true, "b")
	s.look(true, "a b", Fresh())
	s.look(true, "")
	s.bodies["/sdn"] = ""
	if got := s.look(true, ""); len(got.Lacks) != 1 || !got.Kept(diff.SSI) || got.Kept(diff.SDN) {
		t.Errorf("%+v", got)
	}
	s.bodies["/sdn"] = "refused"
	for range 2 { // what was refused is none that was taken in
		s.look(true, "refused")
	}
	s.bodies["/sdn"] = "a"
	s.look(true, "a")
	s.cursor = s.cursor.Forgetful()
	s.look(true, "a b")
	s.cursor.Anew = true
	s.look(true, "a b")
	s.look(true, "")
	s.source = s.source.List.New(s.source.ListOptions) // another process, program or config
	s.look(true, "a b")
}

func TestTheSameBodyIsReadAnewEachDay(t *testing.T) {
	s := newTwoFiles(t)
	s.look(true, "a b")
	s.now = s.now.Add(22 * time.Hour)
	s.look(true, "")
	s.now = s.now.Add(time.Hour)
	s.look(true, "a b") // another day: a file without a date is as of that
	s.look(true, "")
	day := s.now
	s.source.Now = func() time.Time { return day } // as a scenario's clock may stand still
	s.now = s.now.Add(believed)
	s.look(true, "a b")
	s.look(true, "")
}
