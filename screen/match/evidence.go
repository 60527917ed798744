package match

import (
	"entitywatch/screen/names"
)

// What speaks against a pair of names beside their letters: that only one short word agrees, and that the names are of things of
// different kinds. The figures were chosen on the names of listed companies in ../shared/data/names/companies.csv.gz, nearly all of them
// innocent, beside the recall of mistyped names; docs/PERFORMANCE.md has both.
const (
	costLoneLetters = 0.92 // by the letters of the only word of its own that agrees, where it is not quite the same: 0.92/6 for six letters
	costFirstLetter = 0.05 // where it begins with another letter, as slips hardly ever do
	costOtherWord   = 0.06 // where the word of ours is an everyday word, so no slip of the listed one
	costLoneSound   = 0.35 // of all this, where both sound alike
	costLoneJoin    = 1.60 // and where one of them is several words
	costBeing       = 0.20 // for a company against a person, vessel or aircraft of one name only
	costBeings      = 0.05 // and against one of more names
	costVessel      = 0.16 // and, where the company has a legal form, against a vessel or aircraft of more names
	costLoneBeing   = 0.08 // for the single name of a person or vessel against a name of which nothing says what it is, where letters differ
	costNickname    = 0.04 // for each letter that a nickname has fewer than longBeing, against the same word without its article
	besideHalves    = 4.7  // the evidence beside it that halves all this
	genericBeside   = 0.35 // of the evidence of a generic word, which every third company has
	particleBeside  = 2.0  // of an article or title that agrees ("El Quorva")
	legalInfo       = 4.0  // the evidence of a legal form that agrees
	liabilityInfo   = 1.5  // and of an LLC, as which those of many countries are translated
	limitedInfo     = 0.5  // and of one that companies of half the world have
	oneLetter       = 1.16 // what a slip of one letter costs at most, listedPenalty included
	longJoin        = 10   // letters from which several words are hardly by chance one
	shortWord       = 4    // letters of a word in which a slip always makes another
	costForms       = 0.03 // where a form that half the world has stands against one of a few countries
	costFormsShort  = 0.05 // and, where the word is the same, for each letter that it has fewer than shortForms
	shortForms      = 6
	costAllEveryday = 0.07 // where all words of its own that agree are everyday ones, and others or their order do not
	costVesselWords = 0.16 // for a vessel that is named with everyday words, written with other spaces
)

// loneSlip is what a slip costs in the only word of its own that two names share: one letter of five is another name. A single
// slip costs less beside generic words, places and a legal form that agree.
func (m *matcher) loneSlip(a, b *name, v *verdict, unmatched int) float32 {
	var lone *pairing
	beside := float32(0)
	if a.legal != 0 && a.legal == b.legal {
		beside = legalInfoOf(a.legal)
	}
	for i := range m.chosen {
		p := &m.chosen[i]
		if p.how == byInitial || !cutInitial(a, b, p) && (!ownWords(a.toks[p.a0:p.a1]) || !ownWords(b.toks[p.b0:p.b1])) {
			_, ia, _ := span(a.toks[p.a0:p.a1])
			_, ib, _ := span(b.toks[p.b0:p.b1])
			if x, y := &a.toks[p.a0], &b.toks[p.b0]; p.how != byInitial && (x.role == names.GenericWord || y.role == names.GenericWord) {
				beside += genericBeside * min(ia, ib)
			} else if x.role == names.Particle || x.role == names.Title {
				beside += particleBeside
			} else {
				beside += min(ia, ib)
			}
			continue
		}
		if lone != nil {
			return 0
		}
		lone = p
	}
	if lone == nil || unmatched > 0 {
		return 0
	}
	x, y := a.toks[lone.a0:lone.a1], b.toks[lone.b0:lone.b1]
	v.lone = max(lettersOf(x), lettersOf(y))
	forms := float32(0)
	if a.legal != 0 && b.legal != 0 && names.Worldwide(a.legal) != names.Worldwide(b.legal) {
		forms = costForms
		if lone.sim == 1 {
			forms = costFormsShort * float32(max(0, shortForms-v.lone))
		}
	}
	switch lone.how {
	case byMeaning, byNickname, byAcronym, byConsonants:
		return 0
	}
	if lone.sim == 1 {
		return forms
	}
	loss := m.otherWord(x, y, lone, v.lone)
	if (1-lone.sim)*float32(v.lone) > oneLetter || v.lone < shortWord {
		return loss + forms // more than a slip, whatever stands beside it
	}
	return loss/(1+beside/besideHalves) + forms
}

// legalInfo is what it proves that two names have legal form id.
func legalInfoOf(id uint8) float32 {
	switch {
	case names.Worldwide(id):
		return limitedInfo
	case id == names.LegalForm("llc"):
		return liabilityInfo
	}
	return legalInfo
}

// otherWord is what a slip in the only word costs where nothing else agrees.
func (m *matcher) otherWord(x, y []token, p *pairing, letters int) float32 {
	loss := max(1-p.sim, costLoneLetters/float32(letters))
	switch {
	case p.how == bySound && letters > 4:
		loss *= costLoneSound
	case p.how == byJoining && letters < longJoin:
		loss *= costLoneJoin
	}
	if s, t := x[0].s, y[0].s; s[0] != t[0] && !(len(s) > 1 && len(t) > 1 && s[0] == t[1] && s[1] == t[0]) {
		if loss += costFirstLetter; letters >= longBeing {
			loss -= costFirstLetter / 2
		}
	}
	if p.how != bySound && (names.IsEveryday(x[0].s) || !m.listed && names.IsEveryday(y[0].s)) {
		loss += costOtherWord
	}
	return loss
}

// cutInitial reports whether a word of two letters was taken for a single letter.
func cutInitial(a, b *name, p *pairing) bool {
	return p.how == bySpelling && (a.toks[p.a0].role == names.InitialLetter || b.toks[p.b0].role == names.InitialLetter)
}

// ownWords reports whether any of the words is more than a generic word, a place or a small word.
func ownWords(toks []token) bool {
	for i := range toks {
		if toks[i].role == names.Distinctive || toks[i].role == names.CommonName {
			return true
		}
	}
	return false
}

func lettersOf(toks []token) int {
	n := 0
	for i := range toks {
		n += len(toks[i].s)
	}
	return n
}

// longBeing is how many letters the single name of a person or vessel has that is hardly another's.
const longBeing = 8

// kinds is what it costs that one name is a company's and the other a person's, a vessel's or an aircraft's.
func (m *matcher) kinds(a, b *name, v *verdict) float32 {
	if !kindsDiffer(a, b) {
		return 0
	}
	being, other := a, b
	if b.being {
		being, other = b, a
	}
	company := other.legal != 0 || other.firm && !being.firm
	switch {
	case !company && v.alone && v.lone > 0 && (v.typo > 0 || v.extraA+v.extraB > 0):
		return costLoneBeing * min(1, max(0, float32(longBeing-v.lone)/3))
	case !company && v.alone && v.lone > 0 && nicknamed(being) && !nicknamed(other):
		v.being = true
		return costNickname * float32(max(0, longBeing-v.lone))
	case !company:
		return 0
	}
	v.being = true
	switch {
	case v.alone:
		return costBeing
	case being.vessel && other.legal != 0:
		return costVessel
	}
	return costBeings
}

// nicknamed reports whether a name begins with a Spanish article, as nicknames do that companies have without it ("El Quorv").
func nicknamed(n *name) bool {
	if len(n.toks) == 0 {
		return false
	}
	switch n.toks[0].s {
	case "el", "la", "los", "las":
		return true
	}
	return false
}

// kindsDiffer reports whether one name is a person's, a vessel's or an aircraft's by its list, and nothing says that the other is.
func kindsDiffer(a, b *name) bool {
	return a.being && !b.being && !(a.vessel && b.vessel) || b.being && !a.being && !(a.vessel && b.vessel)
}

// everydayWords reports whether a vessel's name is made of everyday words only.
func everydayWords(a, b *name) bool {
	for _, n := range []*name{a, b} {
		if !n.vessel {
			continue
		}
		for i := range n.toks {
			if !names.IsEveryday(n.toks[i].s) {
				return false
			}
		}
		return len(n.toks) > 0
	}
	return false
}

// respelt is what it costs that a name was read from another romanisation.
func respelt(a, b *name) float32 {
	if a.respelt || b.respelt {
		return costRespelt
	}
	return 0
}

// forgiveLegalWords takes the words out of u that belong to the legal form of the other name and stand where none is looked for
// ("Trading S.A. Tarvelli", "Liability Company Limited").
func (m *matcher) forgiveLegalWords(a, b *name, u *unmatched) {
	if b.legal == 0 || len(a.toks) > maxTokens {
		return
	}
	used := m.usedA[:]
	if u.second {
		used = m.usedB[:]
	}
	words := names.FormWords(b.legal)
	for i := range a.toks {
		t := &a.toks[i]
		if used[i] || !words[t.s] || t.role == names.Numeral {
			continue
		}
		used[i] = true
		switch t.role {
		case names.InitialLetter:
			u.initials--
			continue
		case names.Distinctive, names.CommonName:
			u.names--
		}
		w := t.w
		if t.paren {
			w *= 0.5
		}
		u.forgiven = true
		u.w = max(0, u.w-w)
		u.cost = max(0, u.cost-w*u.rate(t))
		if t.role != names.PlaceWord || !u.org {
			u.hard = max(0, u.hard-w)
		}
	}
}
