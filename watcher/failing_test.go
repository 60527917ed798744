package watcher_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/watcher"
)

// tellAfter has the bench's watcher wait before it tells of a failure.
func tellAfter(b *bench, after watcher.TellAfter) {
	b.after = after
	b.w = b.watcher(b.db)
}

// comes lets so much time pass since the last poll, which itself takes the bench an hour.
func (b *bench) comes(step time.Duration) { b.now = b.now.Add(step - time.Hour) }

// lastNotice is the text of the newest notice.
func (b *bench) lastNotice() watcher.Notice {
	b.t.Helper()
	all, err := b.db.Notices(b.t.Context(), time.Time{})
	if err != nil || len(all) == 0 {
		b.t.Fatalf("%d notices, %v", len(all), err)
	}
	return slices.MaxFunc(all, func(x, y watcher.Notice) int { return x.At.Compare(y.At) })
}

// A source that fails for a look or two disturbs nobody; one that goes on is told once, and its end once.
func TestAFailureIsToldAfterSoManyLooksOrSoLong(t *testing.T) {
	for name, c := range map[string]struct {
		step time.Duration // between two looks
		told int           // the failing look with which the operators hear of it; 0 never
		fail int           // looks that fail
	}{
		"two short looks":    {time.Minute, 0, 2},
		"three short looks":  {time.Minute, 3, 5},
		"two looks far away": {40 * time.Minute, 2, 4},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			tellAfter(b, watcher.TellAfter{Looks: 3, Or: 30 * time.Minute})
			b.list.lists(listOf("2026-02-27", "Old Foe"))
			b.poll()
			b.list.err = errors.New("no route to host")
			for n := 1; n <= c.fail; n++ {
				b.comes(c.step)
				if n == c.told {
					b.want(b.poll(), "notice broken entity-list")
					continue
				}
				b.want(b.poll())
			}
			b.comes(c.step)
			b.list.err = nil
			if c.told == 0 {
				b.want(b.poll())
				return
			}
			b.want(b.poll(), "notice recovered entity-list")
			b.want(b.poll())
		})
	}
}

// A source that goes on showing an old copy (a cache, a mirror that is not fed any more) hides every change: the operators hear of it like of
// one that cannot be read, and of its end.
func TestASourceThatGoesOnShowingAnOldCopyIsTold(t *testing.T) {
	b := newBench(t)
	tellAfter(b, watcher.TellAfter{Looks: 3, Or: 30 * time.Minute})
	fresh := func() { b.list.lists(listOf("2026-02-27", "Old Foe")) }
	fresh()
	b.poll()
	b.list.lists(listOf("2026-02-20", "Old Foe"))
	for _, want := range [][]string{nil, nil, {"notice stale entity-list"}, nil} {
		b.comes(time.Minute)
		b.want(b.poll(), want...)
	}
	if n := b.lastNotice(); !strings.Contains(n.Text, "2026-02-20") || !strings.Contains(n.Text, "(since ") {
		t.Errorf("the message: %s", n.Text)
	}
	fresh()
	b.comes(time.Minute)
	b.want(b.poll(), "notice recovered entity-list")
	b.comes(time.Minute)
	b.want(b.poll())
}

// The calendar tells of a failure that lasts, where the next look is far away.
func TestALongFailureIsToldBetweenTwoLooks(t *testing.T) {
	b := newBench(t)
	tellAfter(b, watcher.TellAfter{Looks: 3, Or: 30 * time.Minute})
	b.list.err = errors.New("no route to host")
	b.want(b.poll())
	for minutes := 10; minutes <= 60; minutes += 10 {
		b.now = b.now.Add(10 * time.Minute)
		l, err := b.w.Tick(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		if minutes == 30 {
			want = 1
		}
		if len(l.Notices) != want {
			t.Errorf("after %d minutes: %d notices, want %d", minutes, len(l.Notices), want)
		}
	}
}

// Sources that fail together (the line is down) are one message, and so is their recovery.
func TestSourcesThatFailTogetherAreOneMessage(t *testing.T) {
	b := newBench(t)
	b.withSecond()
	tellAfter(b, watcher.TellAfter{Looks: 3, Or: 30 * time.Minute})
	b.list.lists(listOf("2026-02-27", "Old Foe"))
	b.second.lists(listOf("2026-02-27", "Old Foe"))
	b.poll()
	all := []*answers{b.list, b.second, b.acts}
	look := func(want ...string) {
		t.Helper()
		b.comes(time.Minute)
		b.want(b.poll(), want...)
	}
	for _, a := range all {
		a.err = errors.New("no route to host")
	}
	look()
	look()
	look("notice broken 3 sources")
	if n := b.lastNotice(); strings.Count(n.Text, "no route to host") != 3 {
		t.Errorf("the message: %s", n.Text)
	}
	look()
	b.list.err = nil
	look() // the others may be about to follow
	b.second.err, b.acts.err = nil, nil
	look("notice recovered 3 sources")
	look()
	// one stays down: the others' recovery is told after a while all the same
	for _, a := range all {
		a.err = errors.New("no route to host")
	}
	look()
	look()
	look("notice broken 3 sources")
	b.list.err, b.second.err = nil, nil
	look()
	b.comes(30*time.Minute + time.Hour)
	look("notice recovered 2 sources")
}
