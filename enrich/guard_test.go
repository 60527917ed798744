package enrich

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"entitywatch/diff"
)

// evils are the ways in which work on an item may go wrong. Each waits for release where it does not end.
var evils = map[string]func(release <-chan struct{}){
	"panics":       func(<-chan struct{}) { panic("no such letter") },
	"never ends":   func(release <-chan struct{}) { <-release },
	"panics below": func(<-chan struct{}) { var e *diff.Entry; e.Name = "x" },
}

func TestOneBadChangeKeepsNoOtherBackAndIsNamed(t *testing.T) {
	for how, evil := range evils {
		file := vendors(t, "id,name\n1,Tarvelli Works\n2,Qorvane Optics\n")
		synctest.Test(t, func(t *testing.T) {
			store := newFakeStore()
			store.waiting = []diff.Change{change(1, "Tarvelli Works"), change(2, "Poison Mills"), change(3, "Qorvane Optics")}
			e := newTest(store, file)
			release := make(chan struct{})
			var tried atomic.Int32
			e.touch = func(ctx context.Context, s *searcher, entries []diff.Entry) (map[int][]Hit, error) {
				for _, entry := range entries {
					if entry.Name == "Poison Mills" {
						tried.Add(1)
						evil(release)
					}
				}
				return s.touched(ctx, entries)
			}
			start := time.Now()
			for range 3 {
				if err := e.Changes(t.Context()); err != nil {
					t.Errorf("%s: %v", how, err)
				}
			}
			if took := time.Since(start); took > 2*time.Minute {
				t.Errorf("%s: it took %v", how, took)
			}
			if len(store.hits) != 2 || len(store.hits["chg-1"]) != 1 || len(store.hits["chg-3"]) != 1 {
				t.Errorf("%s: hits %+v", how, store.hits)
			}
			if tried.Load() != 2 { // with the others, and by itself
				t.Errorf("%s: tried %d times", how, tried.Load())
			}
			named := 0
			for _, n := range store.notices {
				if strings.Contains(n.Text, "Poison Mills") && strings.Contains(n.Text, "chg-2") {
					named++
				}
			}
			if named != 1 || len(store.notices) != 1 {
				t.Errorf("%s: the operators hear %+v", how, store.notices)
			}
			close(release)
		})
	}
}

func TestOneBadReportKeepsNoOtherBackAndIsNamed(t *testing.T) {
	for how, evil := range evils {
		synctest.Test(t, func(t *testing.T) {
			store := newFakeStore()
			store.put(*change(1, "Tarvelli Works").Entry)
			store.news = []diff.NewsItem{
				{ID: "n-1", Feed: "wire", Title: "A headline that cannot be read at all", Links: []string{"https://a.example/1"}},
				{ID: "n-2", Feed: "wire", Title: "Tarvelli Works is in trouble again today", Links: []string{"https://a.example/2"}},
			}
			e := newTest(store)
			release := make(chan struct{})
			e.search = func(item diff.NewsItem, scan *scanners) reportRead {
				if item.ID == "n-1" {
					evil(release)
				}
				return readReport(item, scan)
			}
			for range 2 {
				if err := e.Background(t.Context()); err != nil {
					t.Errorf("%s: %v", how, err)
				}
			}
			if len(store.alerts) != 1 || store.alerts[0].Report.ID != "n-2" || !store.scanned["n-1"] {
				t.Errorf("%s: alerts %+v, searched %v", how, store.alerts, store.scanned)
			}
			if len(store.notices) != 1 {
				t.Errorf("%s: the operators hear %+v", how, store.notices)
			}
			for _, n := range store.notices {
				if !strings.Contains(n.Text, "A headline that cannot be read at all") {
					t.Errorf("%s: the operators hear %q", how, n.Text)
				}
			}
			close(release)
		})
	}
}

func TestTurnEndsAtOnceWhenItIsToldTo(t *testing.T) {
	file := vendors(t, "id,name\n1,Tarvelli Works\n")
	synctest.Test(t, func(t *testing.T) {
		store := newFakeStore()
		store.waiting = []diff.Change{change(1, "Tarvelli Works"), change(2, "Qorvane Optics")}
		e := newTest(store, file)
		release := make(chan struct{})
		e.touch = func(context.Context, *searcher, []diff.Entry) (map[int][]Hit, error) { <-release; return nil, nil }
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		start := time.Now()
		_ = e.Changes(ctx)
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("told to stop after 3 seconds, it ended after %v", took)
		}
		if len(store.hits)+len(store.notices) > 0 {
			t.Errorf("hits %v and notices %v of what was only interrupted", store.hits, store.notices)
		}
		close(release)
	})
}

func TestNothingIsBegunBesideTooMuchThatDoesNotEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &guard{most: 2, grace: time.Second}
		release := make(chan struct{})
		work := func(context.Context) (int, error) { <-release; return 1, nil }
		for range 2 {
			if _, err := within(t.Context(), g, time.Second, "work", work); !errors.Is(err, errEndless) {
				t.Fatalf("endless work: %v", err)
			}
		}
		if _, err := within(t.Context(), g, time.Second, "work", work); !errors.Is(err, errTooMany) || givenUp(err) {
			t.Errorf("further work: %v", err)
		}
		close(release)
		synctest.Wait()
		if n, err := within(t.Context(), g, time.Second, "work", work); n != 1 || err != nil {
			t.Errorf("after all has ended: %d, %v", n, err)
		}
	})
}

// Of a mass of Changes only some are held at once, all are screened, and reports are related to all of them.
func TestAMassOfChangesIsReadInParts(t *testing.T) {
	const n = 5*atOnce + 7
	store := newFakeStore()
	for i := range n {
		store.waiting = append(store.waiting, change(i, "Tarvelli Works"))
	}
	last := &store.waiting[n-1]
	last.Name, last.Case = "Qorvane Optics Limited", "case-last"
	last.Entry = &diff.Entry{List: last.List, Key: last.Key, Name: last.Name}
	store.news = []diff.NewsItem{{ID: "news-1", Feed: "wire", Title: "Qorvane Optics Limited was sanctioned", Published: time.Now()}}
	e := newTest(store, vendors(t, "id,name\n1,Tarvelli Works\n"))
	e.Options.Press = true
	if err := e.Changes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(store.hits) != n || store.most > atOnce {
		t.Errorf("%d of %d screened, %d held at once", len(store.hits), n, store.most)
	}
	if len(store.related["case-last"]) != 1 {
		t.Errorf("reports by case: %v", store.related)
	}
}
