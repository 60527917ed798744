package main

import "testing"

// A soft limit that does not leave room above what is live has the collector run all the time.
func TestHeapLimitAlwaysLeavesRoom(t *testing.T) {
	for _, live := range []uint64{0, 50 << 20, 100 << 20, 150 << 20, 400 << 20, 4 << 30} {
		if room := limitFor(live) - int64(live); room < int64(live)/4 || room < 8<<20 {
			t.Errorf("%d MB live, and %d MB above", live>>20, room>>20)
		}
	}
	if most := limitFor(100 << 20); most > 200<<20 {
		t.Errorf("the usual daemon may take %d MB", most>>20)
	}
}
