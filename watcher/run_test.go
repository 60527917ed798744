package watcher_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"entitywatch/diff"
	"entitywatch/store"
	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
)

// daemon runs a Watcher inside a bubble of simulated time, where the clock of schedules and of what is stored is the same.
type daemon struct {
	t    *testing.T
	db   *store.DB
	w    *watcher.Watcher
	stop context.CancelFunc
	done chan error
}

func startDaemon(t *testing.T, path string, specs ...watcher.Spec) *daemon {
	t.Helper()
	db, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	w, err := watcher.New(watcher.Options{Store: db, Specs: specs, Client: fetch.New(fetch.Options{}), Log: slog.New(slog.DiscardHandler), Random: func() float64 { return 0.5 }})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	d := &daemon{t: t, db: db, w: w, stop: stop, done: make(chan error, 1)}
	go func() { d.done <- w.Run(ctx) }()
	synctest.Wait()
	return d
}

func (d *daemon) end() {
	d.t.Helper()
	d.stop()
	if err := <-d.done; err != nil {
		d.t.Error(err)
	}
	d.db.Close()
}

func every(t *testing.T, spec string) watcher.Schedule {
	t.Helper()
	s, err := watcher.ParseSchedule(spec, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRunKeepsToTheScheduleAndCatchesUp(t *testing.T) {
	path := t.TempDir() + "/ew.db"
	synctest.Test(t, func(t *testing.T) {
		a := &answers{}
		spec := watcher.Spec{Name: "entity-list", Kind: "ecfr", Source: a, Schedule: every(t, "@every 30m"), Lists: []diff.ListID{diff.EntityList}, Primary: []diff.ListID{diff.EntityList}}
		a.lists(listOf("2000-01-01", "Old Foe"))
		d := startDaemon(t, path, spec)
		if a.looks() != 1 {
			t.Fatalf("%d looks at the start, want 1", a.looks())
		}
		time.Sleep(2 * time.Hour) // simulated
		synctest.Wait()
		if n := a.looks(); n < 4 || n > 5 {
			t.Errorf("%d looks in two hours at every 30 minutes, want 4 or 5", n)
		}
		d.end()
		seen := a.looks()
		time.Sleep(5 * time.Hour) // down: ten looks are missed
		d = startDaemon(t, path, spec)
		if a.looks() != seen+1 {
			t.Errorf("%d looks to catch up, want 1", a.looks()-seen)
		}
		d.end()
		seen = a.looks()
		time.Sleep(time.Minute)
		d = startDaemon(t, path, spec)
		if a.looks() != seen {
			t.Error("a look was made that was not due")
		}
		d.end()
	})
}

func TestRunLeavesOutWhatIsStillRunningAndSurvivesAPanic(t *testing.T) {
	path := t.TempDir() + "/ew.db"
	synctest.Test(t, func(t *testing.T) {
		slow, bad := &answers{}, &answers{panics: "no"}
		running, most := 0, 0
		slow.during = func() {
			running++
			most = max(most, running)
			time.Sleep(7 * time.Minute)
			running--
		}
		d := startDaemon(t, path,
			watcher.Spec{Name: "slow", Kind: "news", Source: slow, Schedule: every(t, "@every 2m")},
			watcher.Spec{Name: "bad", Kind: "news", Source: bad, Schedule: every(t, "@every 2m")})
		time.Sleep(29 * time.Minute)
		synctest.Wait()
		if most != 1 {
			t.Errorf("%d looks at once at one source", most)
		}
		if n := slow.looks(); n < 3 || n > 5 {
			t.Errorf("%d looks of 7 minutes in 29 minutes, want 3 to 5", n)
		}
		if n := bad.looks(); n < 10 {
			t.Errorf("a source that panics was looked at %d times, want at least 10: one bad source stops nobody, itself included", n)
		}
		d.end()
	})
}

func TestRunAnnouncesEffectiveDatesByItself(t *testing.T) {
	path := t.TempDir() + "/ew.db"
	synctest.Test(t, func(t *testing.T) {
		a := &answers{}
		d := startDaemon(t, path, watcher.Spec{Name: "register", Kind: "federal-register", Source: a, Schedule: every(t, "@every 10m")})
		a.documents(act("2000-00001", "2000-01-01", "2000-01-03", add("New Foe"))) // the bubble begins on 2000-01-01
		time.Sleep(time.Hour)
		synctest.Wait()
		stage := func() time.Time {
			f, _, err := d.db.CaseFile(context.Background(), diff.ActCaseID("2000-00001"))
			if err != nil {
				t.Fatal(err)
			}
			return f.Case.Stages[diff.Effective]
		}
		if !stage().IsZero() {
			t.Error("announced before the day")
		}
		time.Sleep(48 * time.Hour)
		synctest.Wait()
		if got := stage(); got.Format(time.DateOnly) != "2000-01-03" {
			t.Errorf("in force since %s, want 2000-01-03", got)
		}
		d.end()
	})
}

func TestStopDuringALookStoresNothingAndFreesTheSource(t *testing.T) {
	b := baselined(t)
	ctx, stop := context.WithCancel(context.Background())
	b.list.during = func() { stop() }
	b.list.lists(listOf("2026-03-04", "Old Foe", "New Foe"))
	if r, err := b.w.Poll(ctx, "entity-list"); err == nil || len(lines(r)) != 0 {
		t.Fatalf("a stopped poll: %q, %v", lines(r), err)
	}
	if got := b.status("entity-list"); got.Health != watcher.OK || got.Polls != 1 {
		t.Errorf("a stop is not a failure of the source: %+v", got)
	}
	b.list.during = nil
	b.want(b.poll(), "added New Foe [without a rule]")
}

func TestRunWithoutASchedule(t *testing.T) {
	b := newBench(t)
	if err := b.w.Run(context.Background()); err == nil {
		t.Fatal("a daemon with nothing to do runs")
	}
}

// A look that never ends is seen from outside, and so is a store that takes nothing; the other sources go on.
func TestWhatHangsIsSaid(t *testing.T) {
	path := t.TempDir() + "/ew.db"
	synctest.Test(t, func(t *testing.T) {
		hung, good, end := &answers{}, &answers{}, make(chan struct{})
		hung.during = func() { <-end }
		d := startDaemon(t, path,
			watcher.Spec{Name: "hung", Kind: "news", Source: hung, Schedule: every(t, "@every 2m")},
			watcher.Spec{Name: "good", Kind: "news", Source: good, Schedule: every(t, "@every 2m")})
		time.Sleep(9 * time.Minute)
		synctest.Wait()
		if got := d.w.Stuck(); len(got) != 0 {
			t.Errorf("within the time of a look: %q", got)
		}
		seen := good.looks()
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := d.w.Stuck(); len(got) != 1 || !strings.HasPrefix(got[0], "hung: its look has not ended for 1h9m") {
			t.Errorf("a look that hangs: %q", got)
		}
		if n := good.looks() - seen; n < 25 {
			t.Errorf("%d looks at the other source in an hour", n)
		}
		close(end)
		synctest.Wait()
		if got := d.w.Stuck(); len(got) != 0 {
			t.Errorf("after its end: %q", got)
		}
		d.end()
		time.Sleep(2 * time.Minute)
		if got := d.w.Stuck(); len(got) != 1 || !strings.Contains(got[0], "no schedule was looked at") {
			t.Errorf("a loop that does not turn: %q", got)
		}
	})
}

// With a full disk not even the failure of a look can be stored: it is logged, and seen from outside until there is room again.
func TestAStoreThatTakesNothingIsSaid(t *testing.T) {
	full := false
	b := newBench(t, store.WithFault(func(string) error {
		if full {
			return errors.New("database or disk is full")
		}
		return nil
	}))
	b.list.lists(listOf("2026-02-27", "Old Foe"))
	b.poll()
	full = true
	b.now = b.now.Add(time.Hour)
	if _, err := b.w.Poll(context.Background()); err == nil {
		t.Error("the polls went well")
	}
	want := []string{"calendar: nothing can be stored", "entity-list: nothing can be stored", "register: nothing can be stored"}
	if got := b.w.Stuck(); !slices.EqualFunc(got, want, strings.HasPrefix) || !strings.Contains(got[0], "disk is full") {
		t.Errorf("stuck %q, want %q", got, want)
	}
	full = false
	b.poll()
	if got := b.w.Stuck(); len(got) != 0 {
		t.Errorf("with room again: %q", got)
	}
}

// An answer that cannot be stored is that source's failure, and is told as such.
func TestAnAnswerThatCannotBeStoredIsAFailedLook(t *testing.T) {
	bad := false
	b := newBench(t, store.WithFault(func(query string) error {
		if bad && strings.Contains(query, "INTO source_entries") {
			return errors.New("no such row")
		}
		return nil
	}))
	b.list.lists(listOf("2026-02-27", "Old Foe"))
	b.poll()
	bad = true
	b.list.lists(listOf("2026-02-28", "Old Foe", "New Foe"))
	if _, err := b.w.Poll(context.Background()); err == nil {
		t.Error("the poll went well")
	}
	if got := b.status("entity-list"); got.Health != watcher.Failed || !strings.Contains(got.Reason, "could not be stored") {
		t.Errorf("%s: %s", got.Health, got.Reason)
	}
	if got := b.w.Stuck(); len(got) != 0 {
		t.Errorf("one source's fault stops the daemon: %q", got)
	}
	bad = false
	b.want(b.poll(), "added New Foe [without a rule]", "notice recovered entity-list")
}
