package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/notify"
)

// stuckStore reads the lists for ever, whatever its context says.
type stuckStore struct {
	enrichStore
	release chan struct{}
}

func (s stuckStore) InForce(context.Context, diff.Date, func(diff.Entry)) (int64, error) {
	<-s.release
	return 0, context.Canceled
}

func TestChangeIsToldWithoutHitsWhateverHappensInside(t *testing.T) {
	r := newPressroom(t)
	file := filepath.Join(t.TempDir(), "vendors.csv")
	if err := os.WriteFile(file, []byte("id,name\n1,Tarnow Semiconductor Works\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	release := make(chan struct{})
	defer close(release)
	start := r.now // the loops' clock stands: they are stuck for good, and only the router's goes on
	e := &engine{
		db: r.db, now: func() time.Time { return start }, log: slog.New(slog.DiscardHandler), changed: make(chan struct{}, 1), unread: make(chan struct{}, 1),
		noticed: make(chan struct{}, 1),
	}
	e.enricher = enrich.New(enrich.Options{
		Store: stuckStore{enrichStore{r.db}, release}, Files: []enrich.File{{Name: "vendors", File: file, Threshold: 0.9}}, Press: true, Now: e.now, Log: e.log,
	})
	r.router.Wait = wait
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{}, 2)
	for _, loop := range []func(context.Context) error{e.enrichAlways, e.readAlways} {
		go func() { _ = loop(ctx); ended <- struct{}{} }()
	}
	for told := 0; told == 0; {
		if r.now.Sub(start) > wait {
			t.Fatal("the Change was not told after two minutes")
		}
		r.now = r.now.Add(10 * time.Second)
		dels, err := r.router.Route(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range dels {
			if d.Kind == notify.KindAlert {
				told++
			}
		}
	}
	stop()
	<-ended
	<-ended
}

func TestProcessThatDoesNotEndIsLeftBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, signal := context.WithCancel(t.Context())
		codes := make(chan int, 1)
		start := time.Now()
		leaveAfter(ctx, func() {}, func(code int) { codes <- code })
		<-time.After(time.Hour) // nothing happens before the signal
		if len(codes) > 0 {
			t.Fatal("it was left without a signal")
		}
		signal()
		if code := <-codes; code == exitDone || time.Since(start) > time.Hour+10*time.Second {
			t.Errorf("left with code %d after %v", code, time.Since(start)-time.Hour)
		}
	})
}
