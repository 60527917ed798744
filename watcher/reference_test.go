package watcher_test

import (
	"bytes"
	"context"
	"io"
	"slices"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/store"
	"entitywatch/watcher"
	"entitywatch/watcher/fedreg/rule"
	"entitywatch/watcher/lists/csl"
	"entitywatch/watcher/lists/ecfr"
)

// read opens a file of the reference data, unpacked.
func read(t testing.TB, name string) io.Reader {
	t.Helper()
	return bytes.NewReader(require.File(t, name))
}

func part744(t testing.TB, day diff.Date) []diff.Snapshot {
	t.Helper()
	all, err := ecfr.Parse(read(t, "ecfr/part-744_"+string(day)+".xml.gz"), diff.ReadOptions{AsOf: day}, diff.EntityList)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRealListThroughThePipeline takes the real Entity List of two days, between which not one letter or digit changed, through a look
// each, with a real rule of three years before, which the baseline shows already.
func TestRealListThroughThePipeline(t *testing.T) {
	b := newBench(t)
	b.now = time.Date(2026, 3, 27, 12, 0, 0, 0, time.UTC)
	b.list.lists(part744(t, "2026-03-25")...)
	rule, err := rule.ParseXML(read(t, "fr/2023-03929.xml"), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	rule.Status = diff.ActPublished
	b.acts.documents(rule)
	start := time.Now()
	b.want(b.poll())
	t.Logf("baseline of %d entries: %s", len(b.list.reading.Snapshots[0].Entries), time.Since(start))
	if n := len(b.inForce("2026-03-27")); n < 3411 {
		t.Errorf("%d entries in force", n)
	}
	b.now = time.Date(2026, 7, 20, 12, 0, 0, 0, time.UTC)
	b.list.lists(part744(t, "2026-07-18")...)
	start = time.Now()
	b.want(b.poll())
	t.Logf("second look: %s", time.Since(start))
	editorial, err := b.db.History(context.Background(), store.HistoryFilter{Editorial: true})
	if err != nil || len(editorial) < 50 {
		t.Errorf("%d editorial changes stored, %v", len(editorial), err)
	}
	t.Logf("%d editorial changes", len(editorial))
	b.want(b.poll())
}

// TestScreeningListBesideTheRealList lets the Consolidated Screening List come second: its first look is silent whatever it files
// differently, and the same again says nothing.
func TestScreeningListBesideTheRealList(t *testing.T) {
	b := newBench(t)
	b.now = time.Date(2026, 7, 31, 12, 0, 0, 0, time.UTC)
	b.specs = append(b.specs, watcher.Spec{Name: "screening-list", Kind: "csl", Source: b.second, Lists: []diff.ListID{diff.EntityList, diff.SDN}, Primary: []diff.ListID{diff.SDN}})
	b.w = b.watcher(b.db)
	b.list.lists(part744(t, "2026-07-18")...)
	b.want(b.poll("entity-list"))
	all, err := csl.ParseJSON(read(t, "csl/consolidated_2026-07-31_reshaped.json.gz"), diff.ReadOptions{AsOf: "2026-07-31"})
	if err != nil {
		t.Fatal(err)
	}
	b.second.lists(all...)
	start := time.Now()
	b.want(b.poll("screening-list"))
	t.Logf("baseline of %d lists: %s", len(all), time.Since(start))
	start = time.Now()
	b.want(b.poll("screening-list"))
	t.Logf("the same again: %s", time.Since(start))

	// one party less and one more, in a list of which this source is the primary one
	next := slices.Clone(all)
	for i := range next {
		if next[i].List != diff.SDN {
			continue
		}
		next[i].Entries = slices.Clone(next[i].Entries)
		e := next[i].Entries[7]
		gone := e.Name
		e.Name, e.Key, e.Aliases = "Wholly New Party", e.Key+"-new", nil
		next[i].Entries[7] = e
		b.second.lists(next...)
		start = time.Now()
		b.want(b.poll("screening-list"), "added Wholly New Party", "removed "+gone)
		t.Logf("one of %d entries changed: %s", len(next[i].Entries), time.Since(start))
	}
}
