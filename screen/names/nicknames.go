package names

import (
	"slices"
	"strings"
)

// parseNicknames gives to each name the numbers of its groups, in order.
func parseNicknames(table string) map[string][]uint16 {
	out := map[string][]uint16{}
	n := uint16(0)
	for line := range strings.Lines(table) {
		for _, w := range strings.Fields(line) {
			if !slices.Contains(out[w], n) {
				out[w] = append(out[w], n)
			}
		}
		n++
	}
	return out
}

// OneGroup reports whether two names stand in a group together.
func OneGroup(a, b []uint16) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			return true
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return false
}
