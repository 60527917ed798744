package match

import (
	"math"

	"entitywatch/screen/names"
)

// DefaultThreshold is the score from which two names are to be looked at as one party: at 0.85, 0.4 % of innocent companies are told and 97 %
// of persons with every word mistyped are found; at 0.90 it is 0.3 % and 63 % (TestFalseAlarmsBesideRecall).
const DefaultThreshold = 0.85

// The parts of a score. Each is what it takes off 1; where a part is weighed, it is by its share of the names' weight.
const (
	costTypo       = 0.75  // of letters that differ within words that match
	costOneSlip    = 0.085 // of a single wrong letter, at most, where all else agrees
	costConflict   = 1.10  // of words that each side has in the other's place
	costExtra      = 0.50  // of distinctive words that only one side has, in the name of an organization
	costExtraAlone = 0.60  // of any words that only one side has, where a single word matches
	costExtraName  = 0.19  // of further given and family names that only one side has
	costExtraWord  = 0.50  // of further words that only one side has, where nothing says what is named
	costExtraWeak  = 0.32  // of generic words that only one side has
	costExtraPlace = 0.15  // of places that only one side has
	costLegal      = 0.16  // for legal forms of different kinds
	costLegalWay   = 0.01  // for a legal form that only one side has, or another of the same kind
	costOrder      = 0.02  // for words in another order
	costInitial    = 0.03  // for an initial that stands for a word
	costNoInitial  = 0.02  // for an initial that only one side has
	costLoneInit   = 0.14  // and for one beside a single word
	costWrongInit  = 0.20  // for initials that disagree
	costNumber     = 0.30  // for numbers that disagree
	costNoNumber   = 0.17  // for a number that only one side has
	costSpacing    = 0.01  // for the same letters with other spaces
	costCommon     = 0.16  // where nothing but generic words agrees, and legal forms or other words do not
	costEveryday   = 0.15  // for a name of one everyday word with another legal form
	costDangling   = 0.16  // for a connective that only one side has beside a single word
	costSlipToo    = 0.025 // for another legal form where the only word has a slip already
	costFaint      = 0.06  // for each point of evidence that is missing beside an initial that stands for a word
	costLonely     = 0.25  // at most, where one side is a company and what agrees is common
	costAllSlipped = 0.05  // where every word of an organization's name has a slip, as hands make one or two in a name
	costTwoSlips   = 1.7   // times as much as one slip does what is more than one in a word
	twoSlips       = 0.74  // the likeness below which a word has more than one slip: 0.75 is one letter of four
	faint          = 8.5   // the evidence that a single word needs for words on one side only to be forgiven
	lonely         = 7.0   // the evidence from which a legal form on one side only means nothing
	costHan        = 0.70  // of Han characters that are others, by their share
	costWriting    = 0.005 // for the same name in other characters: another script, another way to write a legal form
	costRespelt    = 0.04  // for a name read from another romanisation
	costThin       = 0.025 // for each point of evidence that is missing
	enough         = 12.0  // the evidence that a match with extra words needs where two names were not picked out of many
)

// verdict is a score with what it came from.
type verdict struct {
	score      float32
	same       bool    // the same name
	written    bool    // in other characters
	han        float32 // share of the Han characters that are others
	lone       int     // letters of the only word of its own that agrees; 0 where there are more or none
	spacing    bool    // the same letters
	typo       float32 // share of letters that differ
	conflict   float32
	extraA     float32 // weight of words only in a
	extraB     float32
	numbers    int8 // 0 agree, 1 only one side has one, 2 disagree
	initials   int8 // 0 fine, 1 only one side, 2 disagree
	stands     int8 // initials that stand for words
	reordered  bool
	legal      int8 // 0 same, 1 same kind or one missing, 2 conflict
	thin       float32
	org, alone bool
	common     bool // only generic words agree, or an initial and too little else
	everyday   bool // an everyday word with another legal form
	dangling   bool // a connective that only one side has
	mended     bool // a slip in a legal form was forgiven
	being      bool // a company's name against the single name of a person, vessel or aircraft
}

// judge compares two names. What was paired stays in m.chosen until the next call.
func (m *matcher) judge(a, b *name) verdict {
	v := verdict{score: 1, org: a.org || b.org, han: hanDiffer(a.han, b.han)}
	m.firms = a.firm || b.firm
	switch {
	case a.key == b.key && v.han == 0:
		m.chosen = m.chosen[:0]
		v.same, v.written = true, a.chars != b.chars
		if v.written {
			v.score = 1 - costWriting
		}
		v.score -= respelt(a, b)
		return v
	case a.compact == b.compact && a.legal == b.legal && v.han == 0:
		m.chosen = m.chosen[:0]
		v.spacing, v.score = true, 1-costSpacing-respelt(a, b)
		if kindsDiffer(a, b) && everydayWords(a, b) {
			v.being = true
			v.score -= costVesselWords
		}
		return v
	}
	m.respelt = a.respelt || b.respelt
	m.align(a.toks, b.toks)
	m.respelt = false // what a search remembers of words holds for all names
	m.weigh(a, b, &v)
	v.score = max(0, min(v.score-costHan*v.han-respelt(a, b), 1-costLegalWay))
	if a.bare || b.bare { // a legal form is nobody's likeness
		v.score /= 2
	}
	return v
}

// weigh turns the alignment into a score.
func (m *matcher) weigh(a, b *name, v *verdict) {
	var sum sums
	for _, p := range m.chosen {
		sum.add(p, a.toks, b.toks)
	}
	v.stands = sum.stands
	person := (a.kind == aPerson || b.kind == aPerson) && a.kind != noPerson && b.kind != noPerson
	ua, ub := unmatched{org: v.org, person: person}, unmatched{org: v.org, person: person, second: true}
	ua.collect(a.toks, m.usedA[:])
	ub.collect(b.toks, m.usedB[:])
	m.forgiveLegalWords(a, b, &ua)
	m.forgiveLegalWords(b, a, &ub)
	m.forgiveLegalSlip(a, b, &ua)
	m.forgiveLegalSlip(b, a, &ub)
	v.extraA, v.extraB = ua.w, ub.w
	v.alone = sum.words <= 1
	total := sum.w + max(ua.w, ub.w)
	if total <= 0 {
		total = 1
	}
	v.typo = sum.typo / total
	loss := costTypo * v.typo
	if sum.oneSlip() && ua.w+ub.w == 0 {
		loss = min(loss, costOneSlip)
	}
	loss = max(loss, m.loneSlip(a, b, v, ua.names+ub.names))
	if sum.spelt == sum.words && sum.words > 1 && v.org && !person {
		loss += costAllSlipped
	}
	conflict := min(ua.w, ub.w)
	v.conflict = conflict / total
	more := &ua
	if ub.w > ua.w {
		more = &ub
	}
	extra := more.w - conflict
	loss += costConflict * v.conflict
	if extra > 0 {
		loss += extra / total * more.costOf(v.alone && !(v.org && sum.info >= faint))
	}
	if short := m.enough - sum.info; short > 0 && max(ua.hard, ub.hard) > 0.12*total {
		v.thin = short
		loss += min(0.2, short*costThin)
	}
	loss += m.small(a, b, v, &ua, &ub, sum.info)
	loss += m.faint(a, b, v, &sum)
	v.score = 1 - loss
}

// forgiveLegalSlip takes a word out of u that is only a mistyped legal form of the other name: the first or the last word.
func (m *matcher) forgiveLegalSlip(a, b *name, u *unmatched) {
	if b.legal == 0 || u.names == 0 && u.w == 0 || len(a.toks) > maxTokens {
		return
	}
	used := m.usedA[:]
	if u.second {
		used = m.usedB[:]
	}
	for _, i := range [2]int{len(a.toks) - 1, 0} {
		t := &a.toks[i]
		if used[i] || t.id >= 0 && u.second || t.role == names.Numeral || t.w == 0 || len(a.toks) < 2 || !names.LegalSlip(t.s, b.legal, t.id >= 0 && t.known) {
			continue
		}
		u.forgiven = true
		u.w = max(0, u.w-0.9*t.w)
		u.hard = max(0, u.hard-t.w)
		u.cost = max(0, u.cost-0.9*t.w*u.rate(t))
		if t.role < names.GenericWord {
			u.names--
		}
		return
	}
}

// small adds up what does not depend on weights: numbers, initials, legal forms and order.
func (m *matcher) small(a, b *name, v *verdict, ua, ub *unmatched, info float32) float32 {
	var loss float32
	switch {
	case ua.numbers > 0 && ub.numbers > 0:
		v.numbers = 2
		loss += costNumber
	case ua.numbers+ub.numbers > 0:
		v.numbers = 1
		loss += costNoNumber * float32(min(2, ua.numbers+ub.numbers))
	}
	switch {
	case ua.initials > 0 && (ub.initials > 0 || ub.names > 0), ub.initials > 0 && ua.names > 0:
		v.initials = 2
		loss += costWrongInit
	case ua.initials+ub.initials > 0:
		v.initials = 1
		loss += costNoInitial
		if v.alone {
			loss += costLoneInit
			if a.legal != b.legal { // it may be what a slip has left of a legal form
				loss -= costNoInitial
			}
		}
	}
	loss += costInitial * float32(v.stands)
	switch {
	case ua.forgiven || ub.forgiven:
		v.legal, v.mended = 1, true
		loss += costLegalWay
	case a.legal != 0 && b.legal != 0 && a.class.Conflict(b.class):
		if v.legal, loss = 2, loss+costLegal; !v.alone {
			loss -= costLegal / 4
		}
	case a.legal != b.legal:
		v.legal = 1
		loss += costLegalWay
	}
	if a.legal != b.legal && info < lonely && !ua.forgiven && !ub.forgiven {
		loss += costLonely * (lonely - info) / lonely
	}
	loss += m.kinds(a, b, v)
	if v.reordered = m.outOfOrder(); v.reordered {
		loss += costOrder
	}
	return loss
}

// outOfOrder reports whether words that match stand in another order.
func (m *matcher) outOfOrder() bool {
	for i, p := range m.chosen {
		for _, q := range m.chosen[i+1:] {
			if (p.a0 < q.a0) != (p.b0 < q.b0) {
				return true
			}
		}
	}
	return false
}

// sums is what the pairs of an alignment come to.
type sums struct {
	w, typo, info float32
	slips         int     // pairs that are not equal
	spelt         int     // and of these those in which letters differ
	slipped       float32 // the letters that differ in them
	slipWeight    float32
	slipLetters   int
	words         int // pairs that are more than initials and particles
	stands        int8
}

func (s *sums) add(p pairing, a, b []token) {
	if p.how == byInitial {
		s.stands++
		s.w += 0.5
		s.info += 2
		return
	}
	wa, ia, na := span(a[p.a0:p.a1])
	wb, ib, nb := span(b[p.b0:p.b1])
	w := min(wa, wb)
	if p.sim <= 0.8 && p.a1-p.a0+p.b1-p.b0 == 2 && oneGeneric(&a[p.a0], &b[p.b0]) {
		w = max(wa, wb)
	}
	if p.how == byAcronym {
		ia, ib = 2.5*float32(min(p.a1-p.a0, p.b1-p.b0)+max(p.a1-p.a0, p.b1-p.b0)-1), 100
	}
	if p.sim == 1 {
		w = (wa + wb) / 2
	}
	s.w += w
	if p.sim < twoSlips && p.how == bySpelling && max(len(a[p.a0].s), len(b[p.b0].s)) > 3 {
		s.typo += w * (1 - p.sim) * costTwoSlips
	} else {
		s.typo += w * (1 - p.sim)
	}
	if p.sim < 1 {
		s.slips++
		if p.how == bySpelling || p.how == bySound {
			s.spelt++
		}
		s.slipLetters = max(len(a[p.a0].s), len(b[p.b0].s))
		s.slipped = (1 - p.sim) * float32(s.slipLetters)
		s.slipWeight = w
		if p.how != bySpelling || a[p.a0].known && b[p.b0].known {
			s.slips++
		}
	}
	s.info += min(ia, ib) * p.sim
	if na && nb {
		s.words++
		if p.a1-p.a0+p.b1-p.b0 > 2 {
			s.words++
		}
	}
}

// oneSlip reports whether a single letter is all that differs, in a word long enough, or beside enough that agrees.
func (s *sums) oneSlip() bool {
	if s.slips != 1 || s.slipped > 1.01 {
		return false
	}
	rest := s.w - s.slipWeight
	switch {
	case s.slipLetters >= 5:
		return true
	case s.slipLetters == 4:
		return rest >= 0.25*s.slipWeight
	}
	return rest >= 1.1*s.slipWeight
}

// span adds up the words of one side of a pair.
func span(toks []token) (w, info float32, counts bool) {
	for i := range toks {
		w += toks[i].w
		info += toks[i].info
		counts = counts || toks[i].role < names.Numeral
	}
	return w, info, counts
}

// tidy rounds a score for people: two names that are not the same never score 1.
func tidy(s float32) float64 { return math.Round(float64(s)*1000) / 1000 }
