package fedreg

import "entitywatch/diff"

// sentence is one sentence being read, token by token.
type sentence struct {
	*declaredReader
	t       []token
	did     verb      // the verb in force
	pending []mention // counts since the last destination
	found   []mention
	parts   bool // behind "including"
}

func (r *declaredReader) sentence(text string) {
	s := &sentence{declaredReader: r, t: tokens(text)}
	for i := 0; i < len(s.t); i++ {
		switch t := s.t[i]; t.kind {
		case tVerb:
			s.verb(i)
		case tNum:
			i = s.number(i)
		case tWord:
			i = s.word(i)
		case tPunct:
			if t.text == ";" {
				s.parts = false
			}
		}
	}
	for _, t := range s.t {
		if t.kind == tList {
			r.list, r.known = t.list, true
		}
	}
	if len(s.found) > 0 {
		r.last = s.found
	}
}

// verb takes a verb into force. "were added" tells of the past, and "amend" revises only where entries follow.
func (s *sentence) verb(i int) {
	t := s.t[i]
	if t.past && i > 0 && has([]string{"was", "were", "been", "previously", "had", "have"}, s.t[i-1].low) {
		s.did = noVerb
		return
	}
	if t.past && t.verb != noVerb && s.participle(i) {
		return
	}
	s.did, s.parts = t.verb, false
	if i+1 < len(s.t) && has([]string{"them", "it", "these", "those", "both"}, s.t[i+1].low) && len(s.found) > 0 && t.verb != noVerb &&
		!s.counts(i+2) {
		s.pronoun(i, t.verb)
	}
	purpose := i > 0 && s.t[i-1].low == "to" && len(s.found) > 0 // "removes two entities to remove a duplicate listing"
	if n, at := s.article(i + 1); at > 0 && t.verb != noVerb && !purpose {
		s.count(at, 1, n, mention{})
	}
}

// participle reports whether a past form belongs to what stands before it ("9 persons being removed", "persons added to …"): it
// starts no new count.
func (s *sentence) participle(i int) bool {
	for _, t := range s.t[:i] {
		if t.kind == tVerb && t.verb != noVerb && !t.past {
			return true
		}
	}
	return len(s.found) > 0
}

// counts reports whether a number or noun stands at i, so that "these" before it is no pronoun.
func (s *sentence) counts(i int) bool {
	return i < len(s.t) && (s.t[i].kind == tNum || s.t[i].kind == tNoun)
}

// pronoun handles "removing 9 persons from the UVL and adding them to the Entity List".
func (s *sentence) pronoun(i int, v verb) {
	for _, m := range s.found {
		if m.noun == entityNoun || m.noun == entryNoun {
			m.subject = subject{s.listFor(i), v}
			s.keep(m)
		}
	}
}

// article reads "an entity", "an inadvertently omitted entity", "another entry" right behind a verb.
func (s *sentence) article(i int) (noun, int) {
	if i >= len(s.t) || !has([]string{"a", "an", "another"}, s.t[i].low) {
		return 0, 0
	}
	return s.nounAfter(i)
}

// nounAfter finds the noun that a number at i counts, past at most five adjectives.
func (s *sentence) nounAfter(i int) (noun, int) {
	for j := i + 1; j < len(s.t) && j <= i+6; j++ {
		switch t := s.t[j]; {
		case t.kind == tNoun:
			return t.noun, j
		case t.kind == tCountry, t.kind == tWord && !has(stopWords, t.low), t.text == "-", t.text == ",", t.text == "'", t.text == "’":
		case t.kind == tVerb && t.past:
		case t.low == "of" && j == i+1 && i > 0 && s.t[i-1].kind == tVerb && j+1 < len(s.t): // "removing two of the entities"
			j++
		default:
			return 0, 0
		}
	}
	return 0, 0
}

var stopWords = []string{"of", "in", "on", "under", "to", "from", "for", "with", "by", "that", "and", "or", "is", "are", "will", "the", "each",
	"these", "those", "which", "who", "as", "at", "percent", "errors", "error", "aliases"}

// number reads one number: a count of something, or of entries under a destination.
func (s *sentence) number(i int) int {
	n := s.t[i].num
	if noun, at := s.nounAfter(i); at > 0 {
		if s.owner(i) {
			return at
		}
		s.count(at, n, noun, s.manner(i))
		s.adjective(i, at, n)
		return at
	}
	if s.each(i) > 0 {
		return s.destinations(s.each(i), n, true)
	}
	if at := s.bareUnder(i); at > 0 {
		s.pending = []mention{{subject: s.current(i), n: n, noun: entryNoun}}
		return s.destinations(at, n, false)
	}
	return i
}

// owner reports whether the number at i counts whose aliases or addresses were counted before it: "two addresses associated with
// one entity" neither adds nor removes that entity.
func (s *sentence) owner(i int) bool {
	if i < 2 || s.did == reviseVerb || !has([]string{"with", "of", "for"}, s.t[i-1].low) || len(s.found) == 0 {
		return false
	}
	before := s.t[i-2]
	part := before.kind == tNoun && (before.noun == addressNoun || before.noun == aliasNoun)
	return part || before.low == "associated" || before.low == "belonging"
}

// manner is how a number is introduced.
func (s *sentence) manner(i int) mention {
	m := mention{part: s.parts || s.inParens(i)}
	low := func(k int) string {
		if k < 0 {
			return ""
		}
		return s.t[k].low
	}
	switch before := low(i - 1); {
	case has([]string{"the", "these", "those", "all", "both", "said", "such"}, before):
		m.of = true
	case before == "of" && low(i-2) == "total":
		m.total = true
	case before == "of":
		m.of = s.said(s.t[i].num)
	}
	return m
}

// said reports whether the number has already been read: "the bona fides of 9 persons" says it again.
func (s *sentence) said(n int) bool {
	for _, m := range s.mentions {
		if m.n == n {
			return true
		}
	}
	return false
}

func (s *sentence) inParens(i int) bool {
	depth := 0
	for _, t := range s.t[:i] {
		switch t.text {
		case "(":
			depth++
		case ")":
			depth--
		}
	}
	return depth > 0 && len(s.found) > 0
}

// count keeps a mention: whose list, by which verb.
func (s *sentence) count(at, n int, what noun, m mention) {
	m.n, m.noun = n, what
	v := s.verbFor(at)
	if v == moveVerb {
		from, to := s.moved(at)
		m.subject = subject{from, removeVerb}
		s.keep(m)
		m.subject = subject{to, addVerb}
		s.keep(m)
		return
	}
	m.subject = subject{s.listFor(at), v}
	if v != noVerb {
		s.keep(m)
	}
}

func (s *sentence) keep(m mention) {
	s.mentions = append(s.mentions, m)
	s.found = append(s.found, m)
	s.pending = append(s.pending, m)
}

// verbFor is the verb in force, or, at the beginning of a sentence, the one to come.
func (s *sentence) verbFor(at int) verb {
	if s.did != noVerb {
		return s.did
	}
	for _, t := range s.t[:at] {
		if t.kind == tVerb {
			return amendedEntries(s.t, at)
		}
	}
	for i := at + 1; i < len(s.t); i++ {
		if t := s.t[i]; t.kind == tVerb {
			if i > 0 && has([]string{"was", "were", "been"}, s.t[i-1].low) {
				return noVerb
			}
			return t.verb
		}
	}
	return amendedEntries(s.t, at)
}

// amendedEntries makes "amends the entries for the two entities" a revision; "amends the Regulations" is none.
func amendedEntries(t []token, at int) verb {
	for i := at - 1; i >= 0; i-- {
		if has([]string{"amends", "amending", "amend"}, t[i].low) {
			for _, n := range t[i+1 : at+1] {
				if n.kind == tList || n.kind == tPunct {
					continue
				}
				if n.low == "regulations" {
					return noVerb
				}
			}
			return reviseVerb
		}
	}
	return noVerb
}

// listFor is the list that a count at a place is about: the next one named before another verb, else the last one named.
func (s *sentence) listFor(at int) diff.ListID {
	for i := at + 1; i < len(s.t); i++ {
		t := s.t[i]
		if t.kind == tList {
			return t.list
		}
		if t.kind == tVerb && !t.past || t.text == ";" {
			break
		}
	}
	for i := at - 1; i >= 0; i-- {
		if s.t[i].kind == tList {
			return s.t[i].list
		}
	}
	if s.known {
		return s.list
	}
	for _, t := range s.t[at:] {
		if t.kind == tList {
			return t.list
		}
	}
	return s.fallback
}

// moved reads "from the A List to the B List" behind a count.
func (s *sentence) moved(at int) (from, to diff.ListID) {
	for i := at + 1; i < len(s.t); i++ {
		if s.t[i].kind != tList {
			continue
		}
		switch s.preposition(i) {
		case "from":
			from = s.t[i].list
		case "to":
			to = s.t[i].list
		}
		if from != "" && to != "" {
			break
		}
	}
	return from, to
}

func (s *sentence) preposition(i int) string {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		if has([]string{"from", "to", "off", "onto"}, s.t[j].low) {
			return s.t[j].low
		}
	}
	return ""
}
