package screen_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/screen"
)

// madeUp is n counterparties: most of words recombined from the lists, one in a hundred a listed name with a slip. truth holds the
// entry of the latter.
func madeUp(entries []diff.Entry, n int) (rows []string, truth map[int]int) {
	names, owner := namesOf(entries)
	r := rand.New(rand.NewPCG(7, 8))
	truth = map[int]int{}
	for i := range n {
		if i%100 == 0 {
			k := r.IntN(len(names))
			for letters(names[k]) < 8 {
				k = r.IntN(len(names))
			}
			rows, truth[i] = append(rows, mistype(names[k], r)), owner[k]
			continue
		}
		words := make([]string, 2+r.IntN(3))
		for k := range words {
			w := strings.Fields(names[r.IntN(len(names))])
			words[k] = strings.Trim(w[r.IntN(len(w))], ",.;()\"'")
			if r.IntN(3) == 0 {
				words[k] = strings.ToLower(mistype(words[k]+"aeb", r))
			}
		}
		rows = append(rows, strings.Join(words, " "))
	}
	return rows, truth
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// heap is what is in use after a collection, in megabytes.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// BenchmarkScreen sets counterparties against the whole Consolidated Screening List, load included, and prints the recall of the
// mistyped ones with the speed.
func BenchmarkScreen(b *testing.B) {
	entries := cslEntries(b)
	for _, n := range []int{10_000, 100_000} {
		rows, truth := madeUp(entries, n)
		file := csvOf(rows)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				start := cpuTime()
				cps, _, err := screen.ReadCounterparties(strings.NewReader(file), screen.ReadOptions{})
				if err != nil {
					b.Fatal(err)
				}
				load := cpuTime()
				ix := screen.NewIndex(entries, screen.Options{})
				built := cpuTime()
				hits, err := cps.Screen(context.Background(), ix, screen.DefaultThreshold, 10, nil)
				if err != nil {
					b.Fatal(err)
				}
				found := 0
				for _, h := range hits {
					if want, ok := truth[h.Counterparty]; ok && want == h.Entry {
						found++
					}
				}
				b.ReportMetric((load - start).Seconds(), "cpu-s/load")
				b.ReportMetric((built - load).Seconds(), "cpu-s/build")
				b.ReportMetric((cpuTime() - built).Seconds(), "cpu-s/screen")
				b.ReportMetric(100*float64(found)/float64(len(truth)), "%recall")
				b.ReportMetric(float64(len(hits)), "hits")
				b.ReportMetric(heap(), "MB-heap")
				runtime.KeepAlive(ix)
			}
		})
	}
}

func csvOf(names []string) string {
	var b strings.Builder
	b.WriteString("id,name\n")
	for i, n := range names {
		fmt.Fprintf(&b, "C%d,\"%s\"\n", i, strings.ReplaceAll(n, `"`, `""`))
	}
	return b.String()
}

// touchedRows is how many counterparties BenchmarkTouched has.
const touchedRows = 1_000_000

// BenchmarkTouched sets a change of 28 entries against a million loaded counterparties, and prints how many of those that Screen finds for
// the same entries are found.
func BenchmarkTouched(b *testing.B) {
	entries := cslEntries(b)
	full := screen.NewIndex(entries, screen.Options{})
	var changed []diff.Entry
	for i := 0; len(changed) < 28; i += 917 {
		changed = append(changed, entries[i%len(entries)])
	}
	rows, _ := madeUp(entries, touchedRows)
	r := rand.New(rand.NewPCG(11, 12))
	for i := range 500 { // some of the counterparties are the changed entries, with slips
		rows[i*1999] = mistype(changed[i%len(changed)].Name, r)
	}
	before := heap()
	start := cpuTime()
	cps, _, err := screen.ReadCounterparties(strings.NewReader(csvOf(rows)), screen.ReadOptions{Watch: true})
	if err != nil {
		b.Fatal(err)
	}
	load := cpuTime() - start
	size := heap() - before
	want, err := cps.Screen(context.Background(), screen.NewIndex(changed, screen.Options{Weights: full.Weights()}), screen.DefaultThreshold, 0, nil)
	if err != nil {
		b.Fatal(err)
	}
	var got []screen.Hit
	start = cpuTime()
	for b.Loop() {
		if got, err = cps.Touched(context.Background(), changed, full.Weights(), screen.DefaultThreshold); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric((cpuTime()-start).Seconds()/float64(b.N), "cpu-s/change")
	b.ReportMetric(load.Seconds(), "cpu-s/load")
	b.ReportMetric(size, "MB-counterparties")
	b.ReportMetric(float64(len(got)), "hits")
	b.ReportMetric(float64(len(want)), "hits-without-shortcut")
	runtime.KeepAlive(cps)
}
