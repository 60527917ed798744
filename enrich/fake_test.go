package enrich

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"entitywatch/diff"
)

// fakeStore keeps in memory what an Enricher reads and writes.
type fakeStore struct {
	mu      sync.Mutex
	waiting []diff.Change
	hits    map[string][]Hit
	notices map[string]Notice
	news    []diff.NewsItem
	scanned map[string]bool
	alerts  []Alert
	cases   map[string]diff.Case

	entries  map[string]diff.Entry // in force, by entry id
	moved    []string              // entry ids, in the order of their versions
	wholes   int                   // how often everything was read
	dismiss  []Dismissal
	recently []diff.Change
	files    []FileState
	related  map[string][]Report // by case
	most     int                 // Changes that were read at once
}

func newFakeStore() *fakeStore {
	return &fakeStore{
		hits: map[string][]Hit{}, notices: map[string]Notice{}, scanned: map[string]bool{}, cases: map[string]diff.Case{}, entries: map[string]diff.Entry{}, related: map[string][]Report{},
	}
}

func (s *fakeStore) put(e diff.Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries[e.EntryID] = e
	s.moved = append(s.moved, e.EntryID)
}

func (s *fakeStore) drop(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.entries, id)
	s.moved = append(s.moved, id)
}

func (s *fakeStore) StateVersion(context.Context) (int64, error) { return int64(len(s.moved)), nil }

func (s *fakeStore) InForce(_ context.Context, _ diff.Date, f func(diff.Entry)) (int64, error) {
	s.wholes++
	for _, e := range s.entries {
		f(e)
	}
	return int64(len(s.moved)), nil
}

func (s *fakeStore) MovedSince(_ context.Context, version int64, _, _ diff.Date) (Moved, error) {
	m := Moved{Version: int64(len(s.moved)), IDs: s.moved[version:]}
	for _, id := range m.IDs {
		if e, ok := s.entries[id]; ok {
			m.Entries = append(m.Entries, e)
		}
	}
	return m, nil
}

func (s *fakeStore) Unenriched(context.Context) (out []Reading, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.waiting {
		if _, done := s.hits[c.ID]; !done {
			out = append(out, readingOf(c))
		}
	}
	return out, nil
}

func (s *fakeStore) Readings(_ context.Context, of ...Reading) (out []diff.Change, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.most = max(s.most, len(of))
	for _, c := range s.waiting {
		if slices.Contains(of, readingOf(c)) {
			out = append(out, c)
		}
	}
	return out, nil
}

func (s *fakeStore) SaveHits(_ context.Context, _ time.Time, found ...Found) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range found {
		s.hits[f.Change] = f.Hits
	}
	return nil
}

func (s *fakeStore) Dismissals(context.Context) ([]Dismissal, error) { return s.dismiss, nil }

func (s *fakeStore) SaveFile(_ context.Context, f FileState) error {
	s.files = append(s.files, f)
	return nil
}

func (s *fakeStore) FileStates(context.Context) ([]FileState, error) {
	last := map[string]FileState{}
	for _, f := range s.files {
		last[f.Name] = f
	}
	return slices.Collect(maps.Values(last)), nil
}

func (s *fakeStore) Tell(_ context.Context, n Notice) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notices[n.ID] = n
	return nil
}

func (s *fakeStore) UnscannedNews(context.Context) (out []diff.NewsItem, err error) {
	for _, item := range s.news {
		if !s.scanned[item.ID] {
			out = append(out, item)
		}
	}
	return out, nil
}

func (s *fakeStore) NewsSince(context.Context, time.Time) ([]diff.NewsItem, error) {
	return append([]diff.NewsItem(nil), s.news...), nil
}

func (s *fakeStore) MarkScanned(_ context.Context, _ time.Time, ids ...string) error {
	for _, id := range ids {
		s.scanned[id] = true
	}
	return nil
}

func (s *fakeStore) ChangesSince(_ context.Context, _ time.Time, f func(diff.Change)) error {
	for _, c := range s.recently {
		f(c)
	}
	return nil
}

func (s *fakeStore) SaveCaseNews(_ context.Context, caseID string, r Report, _ time.Time) error {
	s.related[caseID] = append(s.related[caseID], r)
	return nil
}

func (s *fakeStore) SaveNewsAlert(_ context.Context, a Alert, _ time.Time) error {
	s.alerts = append(s.alerts, a)
	return nil
}

func (s *fakeStore) Cases(_ context.Context, f func(Cases) error) error { return f(fakeCases{s}) }

type fakeCases struct{ *fakeStore }

func (c fakeCases) Case(id string) (diff.Case, bool, error) {
	got, ok := c.cases[id]
	return got, ok, nil
}
func (c fakeCases) SaveCase(k diff.Case) error                        { c.cases[k.ID] = k; return nil }
func (fakeCases) AddStage(string, time.Time, string, time.Time) error { return nil }
func (fakeCases) Audit(time.Time, string, any) error                  { return nil }

// change is an addition of a party.
func change(n int, name string) diff.Change {
	e := &diff.Entry{List: diff.EntityList, Key: name, EntryID: fmt.Sprint("ent-", n), Name: name, Country: "IRAN"}
	return diff.Change{ID: fmt.Sprint("chg-", n), Change: diff.Added, List: e.List, EntryID: e.EntryID, Key: e.Key, Name: name, Entry: e, After: e, Case: "case-1"}
}

// vendors writes a file of counterparties.
func vendors(t testing.TB, rows string) File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "vendors.csv")
	write(t, path, rows)
	return File{Name: "vendors", File: path, Threshold: 0.9}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func newTest(s *fakeStore, files ...File) *Enricher {
	return New(Options{
		Store: s, Files: files, Press: true, Mention: 0.75, Now: time.Now, Log: slog.New(slog.DiscardHandler), Line: func(h Hit) string { return h.Name },
	})
}
