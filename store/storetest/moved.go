package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

// moves follows the legal state by its version and by the calendar, with a clock that runs backwards.
func moves(t *testing.T, r *rig) {
	inForce := func(day diff.Date) (names string, version int64) {
		t.Helper()
		version, err := r.store.InForce(r.ctx(), day, func(e diff.Entry) { names += e.Name })
		r.must(err)
		return names, version
	}
	moved := func(version int64, before, day diff.Date) string {
		t.Helper()
		m, err := r.store.MovedSince(r.ctx(), version, before, day)
		r.must(err)
		names := make([]string, len(m.Entries))
		for i, e := range m.Entries {
			names[i] = e.Name
		}
		slices.Sort(names)
		return strings.Join(m.IDs, ",") + ":" + strings.Join(names, "")
	}
	a, b, c := full("a"), full("b"), full("c")
	r.do(func(tx watcher.Tx) error {
		return tx.AddVersions(
			watcher.EntryVersion{ID: "va", Entry: a, RecordedFrom: r.now, Source: "ecfr"},
			watcher.EntryVersion{ID: "vb", Entry: b, ValidFrom: "2026-03-10", RecordedFrom: r.now, Source: "fr"})
	})
	names, first := inForce("2026-03-02")
	if names != "a" {
		t.Errorf("in force %q", names)
	}
	if got := moved(first, "2026-03-02", "2026-03-02"); got != ":" {
		t.Errorf("nothing moved: %q", got)
	}
	if got, want := moved(first, "2026-03-02", "2026-03-10"), b.EntryID+":b"; got != want {
		t.Errorf("by the calendar %q, want %q", got, want)
	}
	if got, want := moved(first, "2026-03-10", "2026-03-02"), b.EntryID+":"; got != want {
		t.Errorf("by a calendar set back %q, want %q", got, want)
	}
	earlier := r.now.Add(-time.Hour)
	r.do(func(tx watcher.Tx) error {
		r.must(tx.Disbelieve(earlier, "va"))
		return tx.AddVersions(watcher.EntryVersion{Entry: c, RecordedFrom: earlier, Source: "ecfr"})
	})
	ids := []string{a.EntryID, c.EntryID}
	slices.Sort(ids)
	if got, want := moved(first, "2026-03-02", "2026-03-02"), strings.Join(ids, ",")+":c"; got != want {
		t.Errorf("moved %q, want %q", got, want)
	}
	version, err := r.store.StateVersion(r.ctx())
	r.must(err)
	if _, now := inForce("2026-03-02"); version <= first || now != version {
		t.Errorf("the version was %d, is %d, and %d where all is read", first, version, now)
	}
	if got := moved(version, "2026-03-02", "2026-03-02"); got != ":" {
		t.Errorf("nothing moved since: %q", got)
	}
}
