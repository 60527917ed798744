package names

import (
	_ "embed"
	"slices"
	"strings"
)

// nicknameText groups given names that stand for one another, a group a line: short forms, the forms of one name in several languages,
// and usual ways to romanise one name. A name may stand in several groups ("ted" is Theodore and Edward), which does not make Theodore an
// Edward. It was written by hand in 2026 from general knowledge of names; words stand as they are after folding.
//
//go:embed nicknames.txt
var nicknameText string

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

// oneGroup reports whether two names stand in a group together.
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
