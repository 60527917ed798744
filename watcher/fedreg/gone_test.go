package fedreg

import "testing"

// What a list of filings lacks is said as people count.
func TestMissingFilingsAreCountedInWords(t *testing.T) {
	for want, n := range map[string][2]int{"the only one that is": {1, 1}, "all 4 that are": {4, 4}, "5 of the 12 that are": {5, 12}} {
		if got := lacking(n[0], n[1]); got != want {
			t.Errorf("%d of %d: %q", n[0], n[1], got)
		}
	}
}
