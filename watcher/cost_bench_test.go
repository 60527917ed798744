package watcher_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/store"
	"entitywatch/watcher"
	"entitywatch/watcher/csl"
	"entitywatch/watcher/fetch"
)

// file is a Source that parses the same bytes, or others, at each look.
type file struct{ body []byte }

func (f *file) Read(context.Context, *fetch.Session) (diff.Reading, error) {
	if f.body == nil {
		return diff.Reading{}, nil
	}
	s, err := csl.ParseJSON(bytes.NewReader(f.body), diff.ReadOptions{AsOf: "2026-08-03"})
	return diff.Reading{Snapshots: s}, err
}

// head is how the file begins, without the number of its records.
var head = []byte(`{"results": [`)

// cpu is the time that all processors spent on this process.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// screening is a polling half that took in the whole screening list.
func screening(b *testing.B) (*watcher.Watcher, *file) {
	b.Helper()
	db, err := store.Open(context.Background(), filepath.Join(b.TempDir(), "ew.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	_, rest, _ := strings.Cut(permute.Shared(b, "csl/consolidated_2026-07-31_reshaped.json.gz"), string(head[1:]))
	src := &file{body: append(bytes.Clone(head), rest...)}
	now := time.Date(2026, 8, 3, 12, 0, 0, 0, time.UTC)
	w, err := watcher.New(watcher.Options{Store: db, Client: fetch.New(fetch.Options{}), Log: slog.New(slog.DiscardHandler),
		Now:   func() time.Time { now = now.Add(time.Minute); return now },
		Specs: []watcher.Spec{{Name: "csl", Kind: "csl", Source: src, Lists: diff.Lists()}}})
	if err != nil {
		b.Fatal(err)
	}
	look(b, w)
	return w, src
}

func look(b *testing.B, w *watcher.Watcher) (changes int) {
	r, err := w.Poll(context.Background(), "csl")
	if err != nil {
		b.Fatal(err)
	}
	for _, l := range r.Looks {
		changes += len(l.Changes)
	}
	return changes
}

// BenchmarkOneNewEntry is the CPU time from the answer in hand to the committed Change, with one new entry among 26,000: on the Entity List
// and on the largest one. parses is how many times that is of reading the file alone.
func BenchmarkOneNewEntry(b *testing.B) {
	for _, list := range []string{"Entity List (EL) - Bureau of Industry and Security", "Specially Designated Nationals (SDN) - Treasury Department"} {
		b.Run(list[:6], func(b *testing.B) {
			w, src := screening(b)
			var spent, parsing time.Duration
			n := 0
			for b.Loop() {
				n++
				added := fmt.Appendf(bytes.Clone(head), `{"source":%q,"name":"Newcomer %d","addresses":[],"entity_number":"99%d"},`, list, n, n)
				src.body = bytes.Replace(src.body, head, added, 1)
				start := cpu()
				if _, err := src.Read(context.Background(), nil); err != nil {
					b.Fatal(err)
				}
				parsing += cpu() - start
				start = cpu()
				if got := look(b, w); got != 1 {
					b.Fatalf("%d changes", got)
				}
				spent += cpu() - start
			}
			b.ReportMetric(float64(spent.Milliseconds())/float64(n), "cpu-ms")
			b.ReportMetric(float64(spent)/float64(parsing), "parses")
		})
	}
}

// BenchmarkUnchangedLook is the CPU time of a look that brings nothing, beyond the request.
func BenchmarkUnchangedLook(b *testing.B) {
	w, src := screening(b)
	src.body = nil
	start := cpu()
	n := 0
	for b.Loop() {
		n++
		look(b, w)
	}
	b.ReportMetric(float64((cpu()-start).Microseconds())/float64(n), "cpu-µs")
}
