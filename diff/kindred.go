package diff

import (
	"slices"
	"strings"
)

func profileOf(e *Entry) *profile {
	f := &profile{
		country: FoldCountry(e.Country), name: letters(e.Name), words: strings.Fields(Normalise(e.Name)),
		names: map[string]bool{}, addrs: map[string]bool{},
	}
	if f.name != "" && e.Kind != Address {
		f.names[f.name] = true
	}
	for _, s := range e.OtherNames() {
		if k := letters(s); k != "" {
			f.names[k] = true
		}
	}
	for _, s := range e.Addresses {
		if k := letters(s); k != "" {
			f.addrs[k] = true
		}
	}
	f.grams = bigrams(f.name)
	return f
}

func (f *profile) each(visit func(string)) {
	for k := range f.names {
		visit("n" + k)
	}
	for k := range f.addrs {
		visit("a" + k)
	}
}

// kindred scores how near two names are by themselves: 3 for a typo in one word, 2 for nearly the same letters, 1 for half of them.
// Names whose numbers differ (Institute 58, Institute 59) are never kindred.
func kindred(o, n *profile) int {
	if o.name == "" || n.name == "" || digitsOf(o.name) != digitsOf(n.name) {
		return 0
	}
	if typo(o.words, n.words) {
		return 3
	}
	switch d := dice(o.grams, n.grams); {
	case d >= 0.9:
		return 2
	case d >= 0.5:
		return 1
	}
	return 0
}

// typo reports whether the names differ in one long word only, by a letter or two: not North and South, not A and B.
func typo(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	wrong := -1
	for i := range a {
		if a[i] != b[i] {
			if wrong >= 0 {
				return false
			}
			wrong = i
		}
	}
	if wrong < 0 {
		return true
	}
	x, y := []rune(a[wrong]), []rune(b[wrong])
	short := min(len(x), len(y))
	return short >= 5 && EditDistance(x, y) <= 1 || short >= 8 && EditDistance(x, y) <= 2
}

// EditDistance is the number of characters to be left out, put in or changed to make b of a. It takes the product of their lengths: the
// caller bounds them.
func EditDistance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal, row[j+1] = row[j+1], min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// bigrams are the pairs of neighboring letters, sorted.
func bigrams(s string) []uint32 {
	r := []rune(s)
	var g []uint32
	for i := 1; i < len(r); i++ {
		g = append(g, uint32(r[i-1])<<16^uint32(r[i]))
	}
	slices.Sort(g)
	return g
}

// dice is twice the common share of two sorted multisets: 1 for equal ones.
func dice(a, b []uint32) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}
