package ours

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// A file that makes one chain of all its owners, with a circle at each of them, is read in the memory that its rows
// need: a circle is named by the parties at its ends.
func TestLargeCirclesOfOwnersAreNamedByTheirEnds(t *testing.T) {
	const n = 10_000
	var b strings.Builder
	b.WriteString("id,owner_id,percent\n")
	for i := range n {
		fmt.Fprintf(&b, "p%d,p%d,1\n", i, i+1)
	}
	for i := range n {
		fmt.Fprintf(&b, "p%d,p%d,0.001\n", n, i)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	o, errs, err := ReadOwners(strings.NewReader(b.String()))
	runtime.ReadMemStats(&after)
	if err != nil || len(o.Stakes()) != 2*n {
		t.Fatalf("%d stakes, %v", len(o.Stakes()), err)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 100 {
		t.Errorf("%d MB were allocated", used)
	}
	if len(errs) != maxRowErrors+1 {
		t.Errorf("%d problems", len(errs))
	}
	const first = "a circle of owners: p0 owns p10000 owns p9999 owns p9998 owns p9997 owns p9996 owns p9995 owns " +
		"p9994 owns p9993 owns p9992 owns p9991 " +
		"owns … owns p9 owns p8 owns p7 owns p6 owns p5 owns p4 owns p3 owns p2 owns p1 owns p0"
	if errs[0].Text != first || errs[0].Line != n+2 {
		t.Errorf("line %d: %s", errs[0].Line, errs[0].Text)
	}
}
