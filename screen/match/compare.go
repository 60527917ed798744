package match

import (
	"slices"

	"entitywatch/screen/names"
)

// Score is how alike two names are.
type Score struct {
	Value   float64  // 0 to 1; 1 is the same name
	Reasons []string // why, in words
}

// Compare says how alike two names are. It is symmetric and gives the same answer every time. It knows nothing of any list: the weights
// of words are the built-in ones.
func Compare(a, b string) Score {
	if b < a {
		a, b = b, a
	}
	m := &matcher{enough: enough, acronym: 3}
	best := m.compare(a, b, false)
	for _, reading := range names.Respellings(a) {
		best = better(best, m.compare(reading, b, true))
	}
	for _, reading := range names.Respellings(b) {
		best = better(best, m.compare(a, reading, true))
	}
	return best
}

// compare compares two names as they stand, or as one of them is respelt.
func (m *matcher) compare(a, b string, respelt bool) Score {
	r := names.NewReader()
	na := builtinName(r.Read(a))
	nb := builtinName(r.Read(b))
	na.respelt = respelt
	v := m.judge(&na, &nb)
	return Score{Value: tidy(v.score), Reasons: m.reasons(&na, &nb, v)}
}

func better(a, b Score) Score {
	if b.Value > a.Value {
		return b
	}
	return a
}

// builtinName gives a reading the built-in weights.
func builtinName(r *names.Reading) name {
	n := nameOf(r)
	n.toks = make([]token, len(r.Parts))
	for i, p := range r.Parts {
		n.toks[i] = makeToken(p)
	}
	return n
}

// sortedByPlace orders pairs as the words stand in the first name.
func sortedByPlace(pairs []pairing) []pairing {
	out := slices.Clone(pairs)
	slices.SortFunc(out, func(p, q pairing) int { return p.a0 - q.a0 })
	return out
}
