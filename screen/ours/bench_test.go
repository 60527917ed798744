package ours_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/screentest"
	"entitywatch/screen/match"
	"entitywatch/screen/ours"
)

// madeUp is n counterparties: most of words recombined from the lists, one in a hundred a listed name with a slip.
// truth holds the entry of the latter.
func madeUp(entries []diff.Entry, n int) (rows []string, truth map[int]int) {
	names, owner := screentest.NamesOf(entries)
	r := rand.New(rand.NewPCG(7, 8))
	truth = map[int]int{}
	for i := range n {
		if i%100 == 0 {
			k := r.IntN(len(names))
			for screentest.Letters(names[k]) < 8 {
				k = r.IntN(len(names))
			}
			rows, truth[i] = append(rows, screentest.Mistype(names[k], r)), owner[k]
			continue
		}
		words := make([]string, 2+r.IntN(3))
		for k := range words {
			w := strings.Fields(names[r.IntN(len(names))])
			words[k] = strings.Trim(w[r.IntN(len(w))], ",.;()\"'")
			if r.IntN(3) == 0 {
				words[k] = strings.ToLower(screentest.Mistype(words[k]+"aeb", r))
			}
		}
		rows = append(rows, strings.Join(words, " "))
	}
	return rows, truth
}

// BenchmarkScreen sets counterparties against the whole Consolidated Screening List, load included, and prints the
// recall of the mistyped ones with the speed.
func BenchmarkScreen(b *testing.B) {
	entries := screentest.ScreeningList(b)
	for _, n := range []int{10_000, 100_000} {
		rows, truth := madeUp(entries, n)
		file := csvOf(rows)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				start := screentest.CPUTime()
				cps, _, err := ours.ReadCounterparties(strings.NewReader(file), ours.ReadOptions{})
				if err != nil {
					b.Fatal(err)
				}
				load := screentest.CPUTime()
				ix := match.NewIndex(entries, match.Options{})
				built := screentest.CPUTime()
				hits, err := cps.Screen(context.Background(), ix, match.DefaultThreshold, 10, nil)
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
				b.ReportMetric((screentest.CPUTime() - built).Seconds(), "cpu-s/screen")
				b.ReportMetric(100*float64(found)/float64(len(truth)), "%recall")
				b.ReportMetric(float64(len(hits)), "hits")
				b.ReportMetric(screentest.Heap(), "MB-heap")
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

// BenchmarkTouched sets a change of 28 entries against a million loaded counterparties, and prints how many of those
// that Screen finds for the same entries are found.
func BenchmarkTouched(b *testing.B) {
	entries := screentest.ScreeningList(b)
	full := match.NewIndex(entries, match.Options{})
	var changed []diff.Entry
	for i := 0; len(changed) < 28; i += 917 {
		changed = append(changed, entries[i%len(entries)])
	}
	rows, _ := madeUp(entries, touchedRows)
	r := rand.New(rand.NewPCG(11, 12))
	for i := range 500 { // some of the counterparties are the changed entries, with slips
		rows[i*1999] = screentest.Mistype(changed[i%len(changed)].Name, r)
	}
	before := screentest.Heap()
	start := screentest.CPUTime()
	cps, _, err := ours.ReadCounterparties(strings.NewReader(csvOf(rows)), ours.ReadOptions{Watch: true})
	if err != nil {
		b.Fatal(err)
	}
	load := screentest.CPUTime() - start
	size := screentest.Heap() - before
	want, err := cps.Screen(context.Background(), match.NewIndex(changed, match.Options{Weights: full.Weights()}),
		match.DefaultThreshold, 0, nil)
	if err != nil {
		b.Fatal(err)
	}
	var got []match.Hit
	start = screentest.CPUTime()
	for b.Loop() {
		if got, err = cps.Touched(context.Background(), changed, full.Weights(), match.DefaultThreshold); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric((screentest.CPUTime()-start).Seconds()/float64(b.N), "cpu-s/change")
	b.ReportMetric(load.Seconds(), "cpu-s/load")
	b.ReportMetric(size, "MB-counterparties")
	b.ReportMetric(float64(len(got)), "hits")
	b.ReportMetric(float64(len(want)), "hits-without-shortcut")
	runtime.KeepAlive(cps)
}
