package screen

import (
	"slices"

	"entitywatch/diff"
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
	for _, reading := range respellings(a) {
		best = better(best, m.compare(reading, b, true))
	}
	for _, reading := range respellings(b) {
		best = better(best, m.compare(a, reading, true))
	}
	return best
}

// compare compares two names as they stand, or as one of them is respelt.
func (m *matcher) compare(a, b string, respelt bool) Score {
	r := newReader()
	na := builtinName(r.read(a))
	nb := builtinName(r.read(b))
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

// nameOf is what a reading says of a name as a whole.
func nameOf(r *reading) name {
	return name{
		key: r.key, compact: r.compact, chars: r.chars, han: r.han, legal: r.legal, class: r.class, org: r.org, firm: r.firm, vessel: r.vessel,
		kind: kindOf(diff.UnknownKind, r.person), bare: r.bare,
	}
}

// builtinName gives a reading the built-in weights.
func builtinName(r *reading) name {
	lex := theLexicon()
	n := nameOf(r)
	n.toks = make([]token, len(r.parts))
	for i, p := range r.parts {
		n.toks[i] = makeToken(lex, p)
	}
	return n
}

// maxWeight is the number of letters that count fully: a long word is no better proof than a longish one.
const maxWeight = 14

func makeToken(lex *lexicon, p part) token {
	t := token{
		s: p.s, canon: p.canon, role: p.role, abjad: p.abjad, paren: p.paren, id: -1,
		info: evidence(p.role), nick: lex.nickname[p.s],
		w: float32(min(len(p.s), maxWeight)) * lex.share(p.s, p.role),
	}
	t.known = p.role != distinctive
	t.snd = string(sound(p.s, nil))
	return t
}

// sortedByPlace orders pairs as the words stand in the first name.
func sortedByPlace(pairs []pairing) []pairing {
	out := slices.Clone(pairs)
	slices.SortFunc(out, func(p, q pairing) int { return p.a0 - q.a0 })
	return out
}
