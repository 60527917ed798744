package csl

import (
	"bytes"
	"encoding/json"
	"io"
	"syscall"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch/records"
)

// BenchmarkDecoder reports the CPU time of reading each record of the whole list by encoding/json, which passes over fields that are new,
// as a multiple ("json/quick") of the CPU time of the decoder of this package, which keeps them. The decoder stays for as long as that is
// at least 1.5.
func BenchmarkDecoder(b *testing.B) {
	body := shared(b, full)
	quick := func(g *gather, raw []byte) bool { return g.quick(raw, &g.rec, func() string { return "" }) }
	plain := func(g *gather, raw []byte) bool { return json.Unmarshal(raw, &g.rec) == nil }
	var all [][]byte
	in := records.NewJSON(bytes.NewReader(body), "results")
	raw, err := in.Next()
	for ; err == nil; raw, err = in.Next() {
		all = append(all, bytes.Clone(raw))
	}
	if err != io.EOF {
		b.Fatal(err)
	}
	var spent [2]time.Duration
	for b.Loop() {
		for i, decode := range []func(*gather, []byte) bool{quick, plain} {
			g := newGather(diff.ReadOptions{})
			g.known = knownKeys()
			start := processorTime(b)
			for _, raw := range all {
				g.rec = jsonRow{}
				if !decode(g, raw) {
					b.Fatalf("not read: %s", raw)
				}
			}
			spent[i] += processorTime(b) - start
		}
	}
	b.ReportMetric(float64(spent[1])/float64(spent[0]), "json/quick")
}

func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
