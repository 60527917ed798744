package summary

import (
	"entitywatch/diff"
	"entitywatch/lawtext"
)

// sentence is one sentence being read, token by token.
type sentence struct {
	*declaredReader
	t       []token
	did     lawtext.Verb // the verb in force
	pending []mention    // counts since the last destination
	found   []mention
	parts   bool         // behind "including"
	read    map[int]bool // the numbers, by their place in t, that were understood
	bare    []mention    // numbers without a noun of their own
	row     *mention     // the first of a row, each of its own destination: "ten entities in China and five in Russia"
	unsure  map[int]bool // the numbers, by their place, that say no exact count of a change known here
	lost    bool         // the last number was one of those: a destination behind it is of no count
	because lawtext.Verb // the verb that was in force before "because"
	denied  bool         // the verb in force tells of no change: it is proposed, or not done
	undone  int          // the number of a change that is taken back, by its place; 0 for none
	once    bool         // it says what the agency did, perhaps in another document
}

func (r *declaredReader) sentence(text string) {
	s := &sentence{declaredReader: r, t: tokens(text), read: map[int]bool{}, unsure: map[int]bool{}}
	for i := 0; i < len(s.t); i++ {
		switch t := s.t[i]; t.kind {
		case tVerb:
			s.verb(i)
		case tNum:
			i = s.number(i)
		case tWord:
			if s.nominal(i) || s.amendsEntries(i) {
				s.verb(i)
				continue
			}
			if t.is("because", "although", "whereas") {
				s.because, s.did = s.did, lawtext.NoVerb // what follows explains, to the end of its clause
			}
			i = s.word(i)
		case tPunct:
			i = s.mark(i)
		}
	}
	s.breakdown()
	s.unread(text)
	for _, t := range s.t {
		if t.kind == tList {
			r.list, r.known = t.list, true
		}
	}
	if len(s.found) > 0 {
		r.last = s.found
	}
}

// mark reads a mark: the end of a clause, or the beginning of destinations in parentheses. It returns the last token
// read.
func (s *sentence) mark(i int) int {
	switch {
	case s.t[i].is(";"):
		s.parts = false
		if s.did == lawtext.NoVerb {
			s.did = s.because
		}
	// "twelve persons (Hong Kong (4), India (1), UAE (7))"
	case s.t[i].is("(") && i+2 < len(s.t) && s.t[i+1].place() && s.numbered(i+1):
		return s.destinations(i+1, 0, false)
	}
	return i
}

// count keeps a mention: whose list, by which verb.
func (s *sentence) count(at, n int, what noun, m mention) {
	m.n, m.noun, m.at = n, what, at
	v := s.verbFor(at)
	if v == lawtext.Moves {
		from, to := s.moved(at)
		m.subject = subject{from, lawtext.Removes}
		s.keep(m)
		m.subject = subject{to, lawtext.Adds}
		s.keep(m)
		return
	}
	m.subject = subject{s.listFor(at), v}
	if v != lawtext.NoVerb {
		m.of = m.of || s.again(at, m)
		m.part = m.part || s.specifies(m)
		s.keep(m)
	}
}

func (s *sentence) keep(m mention) {
	s.lost = false
	m.in, m.more = s.before, s.further(len(s.t))
	s.mentions = append(s.mentions, m)
	s.found = append(s.found, m)
	s.pending = append(s.pending, m)
}

// verbFor is the verb in force, or, at the beginning of a sentence, the one to come.
func (s *sentence) verbFor(at int) lawtext.Verb {
	if v := s.passive(at); v != lawtext.NoVerb {
		return v
	}
	if s.did != lawtext.NoVerb {
		return s.did
	}
	for _, t := range s.t[:at] {
		if t.kind == tVerb {
			return amendedEntries(s.t, at)
		}
	}
	for i := at + 1; i < len(s.t); i++ {
		if t := s.t[i]; t.kind == tVerb {
			if i > 0 && s.t[i-1].is("was", "were", "been") {
				return lawtext.NoVerb
			}
			return t.verb
		}
	}
	return amendedEntries(s.t, at)
}

// amendedEntries makes "amends the entries for the two entities" a revision; "amends the Regulations" is none.
func amendedEntries(t []token, at int) lawtext.Verb {
	for i := at - 1; i >= 0; i-- {
		if t[i].is("amends", "amending", "amend") {
			for _, n := range t[i+1 : at+1] {
				if n.kind == tList || n.kind == tPunct {
					continue
				}
				if n.low == "regulations" || n.low == "ear" {
					return lawtext.NoVerb
				}
			}
			return lawtext.Revises
		}
	}
	return lawtext.NoVerb
}

// listFor is the list that a count at a place is about: the next one named before another verb, else the last one
// named.
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
		if s.t[j].is("from", "to", "off", "onto") {
			return s.t[j].low
		}
	}
	return ""
}
