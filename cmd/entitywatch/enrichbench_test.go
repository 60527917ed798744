package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/internal/require"
	"entitywatch/store"
	"entitywatch/watcher"
	"entitywatch/watcher/lists/csl"
	"entitywatch/watcher/lists/ecfr"
)

// allLists are the entries of the screening list and of part 744, each with an entry id.
func allLists(b *testing.B) (all []diff.Entry) {
	b.Helper()
	read := func(path string, parse func(*gzip.Reader) ([]diff.Snapshot, error)) {
		f, err := os.Open(filepath.Join(require.SharedData(b), path))
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			b.Fatal(err)
		}
		snapshots, err := parse(z)
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range snapshots {
			all = append(all, s.Entries...)
		}
	}
	read("csl/consolidated_2026-07-31_reshaped.json.gz", func(z *gzip.Reader) ([]diff.Snapshot, error) { return csl.ParseJSON(z, diff.ReadOptions{}) })
	read("ecfr/part-744_2026-07-18.xml.gz", func(z *gzip.Reader) ([]diff.Snapshot, error) {
		return ecfr.Parse(z, diff.ReadOptions{AsOf: "2026-07-18"})
	})
	for i := range all {
		all[i].EntryID = fmt.Sprint("ent-", i)
	}
	return all
}

// inventedVendors writes n parties of words recombined from the lists.
func inventedVendors(b *testing.B, entries []diff.Entry, n int) string {
	b.Helper()
	r := rand.New(rand.NewPCG(7, 8))
	var out strings.Builder
	out.WriteString("id\tname\tcountry\n")
	for i := range n {
		words := make([]string, 2+r.IntN(3))
		for k := range words {
			w := strings.Fields(entries[r.IntN(len(entries))].Name)
			words[k] = strings.Trim(w[r.IntN(len(w))], ",.;()\"'\t")
		}
		fmt.Fprintf(&out, "%d\t%s\tCN\n", i, strings.Join(words, " "))
	}
	path := filepath.Join(b.TempDir(), "vendors.csv")
	if err := os.WriteFile(path, []byte(out.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

func cpuSeconds() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// heapMB is what is in use after a collection.
func heapMB() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// BenchmarkEnriching prints, over all lists and 100,000 counterparties, what each thing that enriching does costs in CPU seconds of all
// cores, and what it keeps in memory.
func BenchmarkEnriching(b *testing.B) {
	all := allLists(b)
	vendors := inventedVendors(b, all, 100_000)
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "ew.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	now := time.Now().UTC()
	write := func(f func(watcher.Tx) error) {
		if err := db.Maintain(b.Context(), f); err != nil {
			b.Fatal(err)
		}
	}
	versions := make([]watcher.EntryVersion, len(all))
	for i := range all {
		versions[i] = watcher.EntryVersion{ID: fmt.Sprint("v-", i), Entry: all[i], RecordedFrom: now, Source: "csl"}
	}
	write(func(tx watcher.Tx) error {
		if err := tx.SaveCase(diff.Case{ID: "case-1", Status: diff.Open, OpenedAt: now}); err != nil {
			return err
		}
		return tx.AddVersions(versions...)
	})
	sample := all[100]
	all, versions = nil, nil //nolint:ineffassign // so that what was built of them is not measured with them
	before := heapMB()
	e := enrich.New(enrich.Options{
		Store: enrichStore{db}, Files: []enrich.File{{Name: "vendors", File: vendors, Threshold: 0.9}}, Press: true, Mention: 0.75, Now: time.Now,
		Log: slog.New(slog.DiscardHandler), Line: func(h enrich.Hit) string { return h.Name },
	})
	step := func(name string, f func() error) {
		start, wall := cpuSeconds(), time.Now()
		if err := f(); err != nil {
			b.Fatal(name, err)
		}
		b.Logf("%-52s %6.3f CPU-s, %6.3f s", name, cpuSeconds()-start, time.Since(wall).Seconds())
	}
	n := 0
	change := func() {
		n++
		x := sample
		x.Name, x.Key, x.EntryID = fmt.Sprintf("%s %c", sample.Name, 'A'+n), fmt.Sprint("new-", n), fmt.Sprint("new-", n)
		write(func(tx watcher.Tx) error {
			if err := tx.AddVersions(watcher.EntryVersion{Entry: x, RecordedFrom: now, Source: "csl"}); err != nil {
				return err
			}
			return tx.AddChange(watcher.StoredChange{RecordedAt: time.Now(), Change: diff.Change{
				ID: fmt.Sprint("chg-", n), Change: diff.Added, Substantive: true, List: x.List, Key: x.Key, EntryID: x.EntryID, Name: x.Name, Entry: &x, After: &x,
				Case: "case-1", Stage: diff.Listed, DetectedAt: now,
			}})
		})
	}
	report := func() {
		n++
		write(func(tx watcher.Tx) error {
			_, err := tx.AddNews("wire", time.Now(), false, []diff.NewsItem{{
				ID: fmt.Sprint("news-", n), Feed: "wire", Title: fmt.Sprint("Report number ", n, " speaks of ", sample.Name), Published: time.Now(),
				Links: []string{fmt.Sprint("https://a.example/", n)}, Text: strings.Repeat("Nobody else is named in this text of some length. ", 40),
			}})
			return err
		})
	}
	ctx := context.Background()
	for b.Loop() {
		change()
		step("first change: the lists and the file are read", func() error { return e.Changes(ctx) })
		b.Logf("%-52s %6.1f MB", "live: lists, index, 100,000 parties", heapMB()-before)
		report()
		step("first report: the lists are made findable in texts", func() error { return e.Background(ctx) })
		b.Logf("%-52s %6.1f MB", "live: all of it", heapMB()-before)
		change()
		step("a further change", func() error { return e.Changes(ctx) })
		step("nothing new", func() error { return errors.Join(e.Changes(ctx), e.Background(ctx)) })
		report()
		step("a report after a change of the lists", func() error { return e.Background(ctx) })
		report()
		step("a further report", func() error { return e.Background(ctx) })
		b.Logf("%-52s %6.1f MB", "live: all of it, after changes", heapMB()-before)
	}
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmHWM") {
			b.Log("peak of the whole benchmark, preparation included: ", strings.Join(strings.Fields(line)[1:], " "))
		}
	}
}
