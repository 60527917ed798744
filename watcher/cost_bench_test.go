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
	"entitywatch/internal/require"
	"entitywatch/store"
	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
	"entitywatch/watcher/lists/csl"
)

// file is a Source that parses the same bytes, or others, at each look.
type file struct{ body []byte }

// part is a Source of the Entity List as the eCFR has it.
type part []diff.Snapshot

func (p part) Read(context.Context, *fetch.Session) (diff.Reading, error) {
	return diff.Reading{Snapshots: p}, nil
}

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

// screening is a polling half that took in the whole screening list; behind the eCFR's Entity List where that stands beside it.
func screening(b *testing.B, beside bool) (*watcher.Watcher, *file) {
	b.Helper()
	db, err := store.Open(context.Background(), filepath.Join(b.TempDir(), "ew.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	_, rest, _ := strings.Cut(string(require.File(b, "csl/consolidated_2026-07-31_reshaped.json.gz")), string(head[1:]))
	src := &file{body: append(bytes.Clone(head), rest...)}
	now := time.Date(2026, 8, 3, 12, 0, 0, 0, time.UTC)
	specs := []watcher.Spec{{Name: "csl", Kind: "csl", Source: src, Lists: diff.Lists()}}
	if beside {
		lists := []diff.ListID{diff.EntityList}
		specs = append(specs, watcher.Spec{Name: "ecfr", Kind: "ecfr", Source: part(part744(b, "2026-07-18")), Lists: lists, Primary: lists})
	}
	w, err := watcher.New(watcher.Options{Store: db, Client: fetch.New(fetch.Options{}), Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { now = now.Add(time.Minute); return now }, Specs: specs})
	if err != nil {
		b.Fatal(err)
	}
	for i := range specs { // the eCFR first
		look(b, w, specs[len(specs)-1-i].Name)
	}
	return w, src
}

func look(b *testing.B, w *watcher.Watcher, source string) (changes int) {
	r, err := w.Poll(context.Background(), source)
	if err != nil {
		b.Fatal(err)
	}
	for _, l := range r.Looks {
		changes += len(l.Changes)
	}
	return changes
}

// BenchmarkOneNewEntry is the CPU time from the answer in hand to the committed Change, with one new entry among 26,000: on the Entity List
// alone and beside the eCFR, and on the largest one. parses is how many times that is of reading the file alone.
func BenchmarkOneNewEntry(b *testing.B) {
	const el, sdn = "Entity List (EL) - Bureau of Industry and Security", "Specially Designated Nationals (SDN) - Treasury Department"
	for name, list := range map[string]string{"EntityList": el, "EntityListBesideECFR": el, "SDN": sdn} {
		b.Run(name, func(b *testing.B) {
			w, src := screening(b, name == "EntityListBesideECFR")
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
				if got := look(b, w, "csl"); got != 1 {
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
	w, src := screening(b, false)
	src.body = nil
	start := cpu()
	n := 0
	for b.Loop() {
		n++
		look(b, w, "csl")
	}
	b.ReportMetric(float64((cpu()-start).Microseconds())/float64(n), "cpu-µs")
}
