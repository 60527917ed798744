package match

import (
	"entitywatch/screen/names"
)

// faint is what a score loses where what agrees could be anybody's: generic words only, an initial beside a common name, an everyday word
// with the legal form of another company, one word beside a connective that leads elsewhere.
func (m *matcher) faint(a, b *name, v *verdict, sum *sums) float32 {
	own, equal := 0, true // words that are more than generic, and whether no word was forgiven a slip
	everyday := true      // whether all of them are everyday words
	info := sum.info
	for _, p := range m.chosen {
		t, u := &a.toks[p.a0], &b.toks[p.b0]
		if p.how == byInitial {
			info -= initialInfo
			continue
		}
		equal = equal && (p.sim == 1 || p.how == byMeaning)
		if t.role == names.Distinctive || u.role == names.Distinctive || t.role == names.CommonName || u.role == names.CommonName {
			own++
			everyday = everyday && t.s == u.s && names.IsEveryday(t.s)
		}
	}
	var loss float32
	other := a.legal != b.legal && (a.legal == 0 || b.legal == 0 || a.class != b.class) // another legal form, not another way to write it
	switch {
	case own == 0 && equal && (sum.words <= 1 || other || v.initials+sum.stands > 0 || v.extraA+v.extraB > 0 && sum.words == 2):
		v.common = true
		loss = costCommon
	case sum.stands > 0 && info < m.enough-besides:
		v.common = true
		loss = costFaint * (m.enough - besides - info)
	}
	if own == 1 && equal && len(m.chosen) == 1 && a.legal != b.legal && a.legal != 0 && b.legal != 0 && names.IsEveryday(a.toks[m.chosen[0].a0].s) {
		v.everyday = true
		loss += costEveryday
	}
	if own > 0 && everyday && (v.extraA+v.extraB > 0 || v.reordered) {
		v.everyday = true
		loss += costAllEveryday
	}
	if v.alone && sum.slips > 0 && v.legal > 0 && a.legal != b.legal && !v.mended {
		loss += costSlipToo
	}
	if v.alone && own > 0 && (m.dangles(a, b, m.usedA[:]) || m.dangles(b, a, m.usedB[:])) {
		v.dangling = true
		loss += costDangling
	}
	return loss
}

// dangles reports whether a name has a connective, or a particle at its end, that the other lacks: one that
// may not be a mistyped legal form ("Luna" is not "De Luna", and "Matrix and" goes on).
func (m *matcher) dangles(a, b *name, used []bool) bool {
	toks := a.toks
	for i := range toks[:min(len(toks), maxTokens)] {
		if t := &toks[i]; !used[i] && t.role == names.Particle && (i > 0 && i == len(toks)-1 && a.legal == b.legal || names.LeadsOn(t.s)) {
			return true
		}
	}
	return false
}

const (
	initialInfo = 2   // the evidence of an initial that stands for a word
	besides     = 5.5 // how much less than enough evidence has to stand beside it
)

// oneGeneric reports whether exactly one of two words is a generic word or a place: a slip hardly ever makes one of a name.
func oneGeneric(a, b *token) bool {
	return (a.role == names.GenericWord || a.role == names.PlaceWord) != (b.role == names.GenericWord || b.role == names.PlaceWord)
}
