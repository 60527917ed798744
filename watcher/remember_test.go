package watcher_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

// looksAndReads polls the list, and says how often that read the file that the source shows.
func (b *bench) looksAndReads(want ...string) (reads int) {
	b.t.Helper()
	before := b.list.parsed
	b.want(b.poll("entity-list"), want...)
	return b.list.parsed - before
}

// The body that was sent at the last good look is not read again: on the same day, by the same process, as it was
// configured. What was told and stored is as if it had been.
func TestTheSameBodyIsReadOnce(t *testing.T) {
	b := newBench(t)
	b.now = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	b.list.lists(undated(listOf("2026-03-02", "Old Foe")))
	if n := b.looksAndReads(); n != 1 {
		t.Fatalf("the first look read %d times", n)
	}
	for range 5 {
		if n := b.looksAndReads(); n != 0 {
			t.Errorf("the same body was read %d times", n)
		}
		if s := b.status("entity-list"); s.Health != watcher.OK || !s.SucceededAt.Equal(b.now) {
			t.Errorf("%s, succeeded %s, now %s", s.Health, s.SucceededAt, b.now)
		}
	}
	b.w = b.watcher(b.db) // as an edited config makes it, or a later version of the program
	if n := b.looksAndReads(); n != 1 {
		t.Errorf("under another config it was read %d times", n)
	}
	b.looksAndReads()
	b.restart()
	if n := b.looksAndReads(); n != 1 {
		t.Errorf("after a restart it was read %d times", n)
	}
	b.now = b.now.Add(20 * time.Hour)
	b.list.lists(undated(listOf("2026-03-02", "Old Foe"))) // the same body, of the next day
	if n := b.looksAndReads(); n != 1 {
		t.Errorf("on the next day it was read %d times", n)
	}
	b.list.lists(undated(listOf("2026-03-02", "Old Foe", "New Foe")))
	if n := b.looksAndReads("added New Foe [without a rule]"); n != 1 {
		t.Errorf("a changed body was read %d times", n)
	}
	if n := b.looksAndReads(); n != 0 {
		t.Errorf("after the change the same body was read %d times", n)
	}
}

// While an answer is held, each look reads it: a second look that still says so counts, and what a person or an act
// lets through is taken.
func TestAHeldBodyIsReadAtEachLook(t *testing.T) {
	half := listOf("2026-02-27")
	half.Entries = half.Entries[:30]
	held := func(t *testing.T) *bench {
		b := baselined(t)
		b.looksAndReads()
		b.list.lists(half)
		for i, want := range [][]string{{"notice held entity-list"}, {}, {}} {
			if n := b.looksAndReads(want...); n != 1 {
				t.Errorf("look %d at a held answer read it %d times", i, n)
			}
		}
		return b
	}
	t.Run("and ends with the good one", func(t *testing.T) {
		b := held(t)
		b.list.lists(listOf("2026-02-27", "Old Foe"))
		b.looksAndReads("notice recovered entity-list")
		if n := b.looksAndReads(); n > 1 {
			t.Errorf("read %d times", n)
		}
		if n := b.looksAndReads(); n != 0 {
			t.Errorf("the good answer is read %d times for ever", n)
		}
	})
	t.Run("and is taken when a person lets it through", func(t *testing.T) {
		b := held(t)
		if _, err := b.w.ReleaseSource(context.Background(), "entity-list", "ada"); err != nil {
			t.Fatal(err)
		}
		b.looksAndReads("notice missing entity-list", "notice recovered entity-list")
		for range 3 { // entries are missing: an act may explain them
			if n := b.looksAndReads(); n != 1 {
				t.Errorf("with entries missing it is read %d times", n)
			}
		}
		b.acts.documents(act("2026-00001", "2026-03-03", "2026-03-03", remove("Old Foe")))
		if told := b.poll(); !slices.Contains(told, "removed Old Foe") {
			t.Errorf("told %q", told)
		}
	})
	t.Run("and is believed when it is shown for as long as is asked for", func(t *testing.T) {
		b := held(t)
		b.specs[1].AcceptAfter = 2 * time.Hour
		b.w = b.watcher(b.db)
		b.looksAndReads("notice missing entity-list", "notice recovered entity-list")
	})
}

// While the source has a trouble that lasts, its end is noticed by reading.
func TestABodyBesideATroubleIsReadAtEachLook(t *testing.T) {
	b := baselined(t)
	s := listOf("2026-02-27", "Old Foe")
	b.list.put(diff.Reading{Snapshots: []diff.Snapshot{s},
		Problems: []diff.Problem{{Kind: diff.Unread, Text: "its history cannot be read"}}}, nil)
	b.looksAndReads("notice problem entity-list")
	for range 2 {
		if n := b.looksAndReads(); n != 1 {
			t.Errorf("it is read %d times", n)
		}
	}
	b.list.lists(s)
	b.looksAndReads("notice recovered entity-list")
	b.looksAndReads()
	if n := b.looksAndReads(); n != 0 {
		t.Errorf("it is read %d times for ever", n)
	}
}

// What flaps, is damaged, or could not be read in a part is read at each look until it is well.
func TestAnUnsettledBodyIsReadAtEachLook(t *testing.T) {
	good := undated(listOf("2026-02-27", "Zürich Handel"))
	damaged, blind := undated(listOf("2026-02-27", "Zürich Handel")), undated(listOf("2026-02-27", "Zürich Handel"))
	damaged.Entries[60].Addresses = []string{"Z?rich Handel Road 1, Beijing, China"}
	blind.Entries, blind.Unread = blind.Entries[:60], []diff.UnreadRecord{diff.UnreadOf("", "no name")}
	newer := undated(listOf("2026-02-27", "Zürich Handel", "New Foe"))
	for name, c := range map[string]struct {
		shown  []diff.Snapshot // each at one look, the last again and again
		begins [][]string
	}{
		"damaged": {[]diff.Snapshot{good, damaged}, [][]string{nil, {"notice problem entity-list"}}},
		"unread":  {[]diff.Snapshot{good, blind}, [][]string{nil, {"notice partly entity-list"}}},
		"flapping": {[]diff.Snapshot{good, newer, good, newer},
			[][]string{nil, {"added New Foe [without a rule]"}, {"notice held entity-list"}, nil}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			for i, s := range c.shown {
				b.list.lists(s)
				b.looksAndReads(c.begins[i]...)
			}
			for range 3 {
				if n := b.looksAndReads(); n != 1 {
					t.Errorf("it is read %d times", n)
				}
			}
		})
	}
}
