package match

import (
	"slices"

	"entitywatch/screen/names"
)

// how says in what way two words were found to be one.
type how uint8

const (
	byEqual how = iota
	bySpelling
	bySound
	byMeaning // the same generic word, written in another way or language
	byNickname
	byInitial
	byConsonants // one side comes from a script without vowels
	byJoining    // two or three words on one side are one word on the other
	byAcronym    // the first letters of several words
)

// pairing says that words a0..a1 of one name are words b0..b1 of the other.
type pairing struct {
	a0, a1, b0, b1 int
	sim            float32
	gain           float32
	how            how
}

// matcher compares names. It holds buffers and is not safe for concurrent use.
type matcher struct {
	pairs        []pairing
	chosen       []pairing
	usedA, usedB [64]bool
	skA, skB     []byte
	joined       []byte
	joinedSound  []byte
	listed       bool    // the second name is a list's, the first is ours
	firms        bool    // one of the names is a company's, which no given name's short form stands in
	respelt      bool    // one of the names is read from another romanisation, whose syllables have no slips
	enough       float32 // the evidence that a match with extra words needs
	acronym      int     // letters of the shortest abbreviation that may stand for words
}

// maxTokens is how many words of a name are compared; names of lists have fewer.
const maxTokens = 32

// align pairs the words of a with the words of b, best pairs first; what it chose is in m.chosen.
func (m *matcher) align(a, b []token) {
	a, b = a[:min(len(a), maxTokens)], b[:min(len(b), maxTokens)]
	m.pairs, m.chosen = m.pairs[:0], m.chosen[:0]
	clear(m.usedA[:len(a)])
	clear(m.usedB[:len(b)])
	for i := range a {
		for j := range b {
			if sim, h := m.tokenSim(&a[i], &b[j]); sim > 0 {
				gain := sim * sim * (min(a[i].w, b[j].w) + 0.1)
				if i == j {
					gain *= 1.001
				}
				m.pairs = append(m.pairs, pairing{i, i + 1, j, j + 1, sim, gain, h})
			}
		}
	}
	if !m.settled(len(a), len(b)) {
		m.addJoins(a, b, false)
		m.addJoins(b, a, true)
		m.addAcronyms(a, b, false)
		m.addAcronyms(b, a, true)
	}
	slices.SortFunc(m.pairs, func(p, q pairing) int {
		switch {
		case p.gain > q.gain:
			return -1
		case p.gain < q.gain:
			return 1
		case p.a0 != q.a0:
			return p.a0 - q.a0
		}
		return p.b0 - q.b0
	})
	for _, p := range m.pairs {
		if m.free(p) {
			m.take(p)
		}
	}
}

// settled reports whether every word of the shorter name already has an equal, so that joining words cannot help.
func (m *matcher) settled(la, lb int) bool {
	if la != lb {
		return false
	}
	equal := 0
	for _, p := range m.pairs {
		if p.sim == 1 && p.how == byEqual {
			equal++
		}
	}
	return equal >= la
}

func (m *matcher) free(p pairing) bool {
	for i := p.a0; i < p.a1; i++ {
		if m.usedA[i] {
			return false
		}
	}
	for j := p.b0; j < p.b1; j++ {
		if m.usedB[j] {
			return false
		}
	}
	return true
}

func (m *matcher) take(p pairing) {
	for i := p.a0; i < p.a1; i++ {
		m.usedA[i] = true
	}
	for j := p.b0; j < p.b1; j++ {
		m.usedB[j] = true
	}
	m.chosen = append(m.chosen, p)
}

// addJoins looks for two or three neighbors in many that are one word in one.
func (m *matcher) addJoins(many, one []token, swapped bool) {
	for i := 0; i+1 < len(many); i++ {
		m.joined = append(m.joined[:0], many[i].s...)
		w := many[i].w
		for k := i + 1; k < len(many) && k < i+4; k++ {
			m.joined = append(m.joined, many[k].s...)
			w += many[k].w
			if many[k].role == names.Numeral || many[i].role == names.Numeral {
				break
			}
			m.joinWith(span2{i, k + 1}, w, one, swapped)
		}
	}
}

// span2 is a run of words.
type span2 struct{ from, to int }

func (m *matcher) joinWith(run span2, w float32, one []token, swapped bool) {
	n := len(m.joined)
	for j := range one {
		t := &one[j]
		if t.role == names.Numeral || t.role == names.InitialLetter || n > len(t.s)+2 || n+2 < len(t.s) || n < 3 {
			continue
		}
		if m.joined[0] != t.s[0] && (n < 8 || n != len(t.s) && m.joined[1] != t.s[0] && m.joined[0] != t.s[1]) {
			continue
		}
		s := string(m.joined)
		m.joinedSound = names.Sound(s, m.joinedSound)
		sim := wordSim(s, t.s, string(m.joinedSound), t.snd)
		if sim < 0.75 || n < 5 && sim < 1 || m.betterAlone(run, j, sim, swapped) {
			continue
		}
		p := pairing{run.from, run.to, j, j + 1, sim, sim * sim * (min(w, t.w) + 0.2), byJoining}
		if swapped {
			p.a0, p.a1, p.b0, p.b1 = p.b0, p.b1, p.a0, p.a1
		}
		m.pairs = append(m.pairs, p)
	}
}

// betterAlone reports whether one word of the run is about as much like word j as the whole run is.
func (m *matcher) betterAlone(run span2, j int, sim float32, swapped bool) bool {
	for _, p := range m.pairs {
		if p.a1-p.a0 > 1 || p.b1-p.b0 > 1 {
			continue
		}
		i, k := p.a0, p.b0
		if swapped {
			i, k = k, i
		}
		if k == j && i >= run.from && i < run.to && p.sim > sim-0.1 && sim < 1 {
			return true
		}
	}
	return false
}

// addAcronyms looks for words of one that are the first letters of neighbors in many.
func (m *matcher) addAcronyms(one, many []token, swapped bool) {
	for i := range one {
		t := &one[i]
		if len(t.s) < 2 || len(t.s) > 6 || t.role != names.Distinctive || len(t.s) < m.acronym && (len(one) < 2 || len(t.s) > 2) || len(t.s) > len(many) {
			continue
		}
		for j := range many {
			end := spells(many, j, t.s)
			if end == 0 {
				continue
			}
			p := pairing{i, i + 1, j, end, 0.9, t.w, byAcronym}
			if swapped {
				p.a0, p.a1, p.b0, p.b1 = p.b0, p.b1, p.a0, p.a1
			}
			m.pairs = append(m.pairs, p)
		}
	}
}

// spells returns where the words from j on end whose first letters are s, 0 where they are not. Particles may be left out.
func spells(toks []token, j int, s string) int {
	k := 0
	for i := j; i < len(toks); i++ {
		t := &toks[i]
		switch {
		case t.s[0] == s[k] && t.role != names.Numeral && len(t.s) > 1:
			k++
		case t.role == names.Particle && k > 0:
			continue
		default:
			return 0
		}
		if k == len(s) {
			return i + 1
		}
	}
	return 0
}

// knownPenalty makes differences between two words that are both in use count more.
const (
	knownPenalty  = 1.5
	listedPenalty = 1.15 // where both words stand in lists, however rarely
)

// tokenSim is how alike two words of names are, and in what way.
func (m *matcher) tokenSim(a, b *token) (float32, how) {
	if a.id >= 0 && a.id == b.id || a.s == b.s {
		return 1, byEqual
	}
	if a.role == names.Numeral || b.role == names.Numeral {
		if a.role == b.role && a.canon == b.canon {
			return 1, byMeaning
		}
		return 0, byEqual
	}
	if a.role == names.InitialLetter || b.role == names.InitialLetter {
		if a.role != b.role && a.s[0] == b.s[0] && a.role != names.Particle && b.role != names.Particle {
			return 0.9, byInitial
		}
		if long := a.s + b.s; len(long) == 3 && (a.s[0] == b.s[len(b.s)-1] || b.s[0] == a.s[len(a.s)-1]) {
			return minSim, bySpelling // a word of two letters that lost its first
		}
		return 0, byEqual
	}
	if a.canon == b.canon && a.role == b.role {
		return 0.98, byMeaning
	}
	if len(a.nick) > 0 && !m.firms && names.OneGroup(a.nick, b.nick) {
		return 0.96, byNickname
	}
	if digitsDiffer(a.s, b.s) {
		return 0, byEqual
	}
	if a.abjad || b.abjad {
		if sim := m.consonantSim(a, b); sim > 0 {
			return sim, byConsonants
		}
	}
	if !names.MayMatch(a.s, b.s) {
		return 0, byEqual
	}
	if m.respelt && max(len(a.s), len(b.s)) < 3 {
		return 0, byEqual // "xu" is no slip of "lu"
	}
	sim := wordSim(a.s, b.s, a.snd, b.snd)
	if a.snd == b.snd && sim > 0 {
		return sim, bySound
	}
	if sim > 0 && a.known && b.known && !plural(a.s, b.s) { // a slip makes no other word that people use
		if sim = 1 - knownPenalty*(1-sim); sim < minSim {
			return 0, bySpelling
		}
	}
	if sim > minSim && !(a.known && b.known) && a.id >= 0 && b.id >= 0 && len(a.s) > 3 && len(b.s) > 3 { // so do the lists
		sim = max(minSim, 1-listedPenalty*(1-sim))
	}
	return sim, bySpelling
}

// plural reports whether one word is the other with an "s".
func plural(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 3 && len(b) == len(a)+1 && b[len(a)] == 's' && b[:len(a)] == a
}

// digitsDiffer reports whether two words both hold digits, and different ones ("mig29", "mig31").
func digitsDiffer(a, b string) bool {
	if !names.HasDigit(a) || !names.HasDigit(b) {
		return false
	}
	return digitsOf(a) != digitsOf(b)
}

func digitsOf(s string) string {
	var d []byte
	for i := range len(s) {
		if s[i] <= '9' {
			d = append(d, s[i])
		}
	}
	return string(d)
}

// consonantSim compares words of which one was written without vowels.
func (m *matcher) consonantSim(a, b *token) float32 {
	m.skA, m.skB = names.Skeleton(a.snd, m.skA), names.Skeleton(b.snd, m.skB)
	sa, sb := m.skA, m.skB
	if len(sa) < 2 || len(sb) < 2 {
		return 0
	}
	if string(sa) == string(sb) {
		return 0.93
	}
	long := max(len(sa), len(sb))
	if c := names.EditCost(string(sa), string(sb), 1); c <= 1 && (long >= 3 || c <= 0.7) {
		return 1 - c/float32(long)
	}
	return 0
}
