package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// The daemon keeps about 100 MB for all lists and 100,000 counterparties, and needs as much again while it reads the
// largest list. Go would let that become twice as much before it collects; with a soft limit it collects more often
// while such a list is read, and as before otherwise. The limit follows what is live after each collection: a book of
// millions of counterparties may need more than any number that could stand here, and a limit below what is live would
// have the collector run all the time. What it saves and what it costs is in docs/PERFORMANCE.md, "Memory".
const (
	leastLimit = 184 << 20
	overhead   = 8 << 20 // of the runtime beside the heap
)

// limitFor is the soft limit of a process of which live bytes of the heap are in use.
func limitFor(live uint64) int64 {
	return max(leastLimit, int64(live+live/4)+overhead)
}

// holdHeap sets the soft limit, and has it follow the heap until release is called. Who sets GOGC or GOMEMLIMIT decides
// instead.
func holdHeap(getenv func(string) string) (release func()) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	done := make(chan struct{})
	follow := func() bool {
		select {
		case <-done:
			return false
		default:
		}
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		debug.SetMemoryLimit(limitFor(live[0].Value.Uint64()))
		return true
	}
	before := debug.SetMemoryLimit(limitFor(0))
	var again func(*[16]byte)
	again = func(s *[16]byte) { // runs after each collection, as nobody else holds s
		if follow() {
			runtime.SetFinalizer(s, again)
		}
	}
	runtime.SetFinalizer(new([16]byte), again)
	return func() { close(done); debug.SetMemoryLimit(before) }
}
