package summary

import (
	"strings"

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

// mark reads a mark: the end of a clause, or the beginning of destinations in parentheses. It returns the last token read.
func (s *sentence) mark(i int) int {
	switch {
	case s.t[i].is(";"):
		s.parts = false
		if s.did == lawtext.NoVerb {
			s.did = s.because
		}
	case s.t[i].is("(") && i+2 < len(s.t) && s.t[i+1].place() && s.numbered(i+1): // "twelve persons (Hong Kong (4), India (1), UAE (7))"
		return s.destinations(i+1, 0, false)
	}
	return i
}

// verb takes a verb into force. "were added" tells of the past, and "amend" revises only where entries follow.
func (s *sentence) verb(i int) {
	t := s.t[i]
	s.row = nil
	s.denied = false
	if once := s.didOnce(i); t.verb != lawtext.NoVerb && (once || s.unreal(i)) {
		s.did, s.denied, s.once = lawtext.NoVerb, true, s.once || once
		return
	}
	if s.told(i) {
		s.did = lawtext.NoVerb
		return
	}
	if t.past && t.verb != lawtext.NoVerb && s.participle(i) {
		return
	}
	if !t.nominal || s.did != t.verb { // "modifies four entries, consisting of revisions to one entry …"
		s.did, s.parts = t.verb, false
	}
	s.object(i)
}

// told reports whether a verb tells of the past: "were added", "the rule of March 8, which added".
func (s *sentence) told(i int) bool {
	return s.t[i].past && i > 0 && s.t[i-1].is("was", "were", "been", "previously", "had", "have", "which", "that")
}

// didOnce reports whether a verb says what the agency did, perhaps in another document: "in 2019, BIS added 28 entities".
func (s *sentence) didOnce(i int) bool {
	return s.t[i].past && i > 0 && s.t[i-1].is("bis", "commerce", "bureau", "committee", "erc")
}

// object counts what stands right behind a verb without a number: "removes them", "removes this entity", "adds an entity".
func (s *sentence) object(i int) {
	v := s.t[i].verb
	counted := v != lawtext.NoVerb && len(s.found) > 0
	if counted && i+1 < len(s.t) && s.t[i+1].is("them", "it", "these", "those", "both") && !s.counts(i+2) {
		s.pronoun(i, v)
	}
	if s.sameParty(i) {
		return
	}
	purpose := i > 0 && s.t[i-1].low == "to" && len(s.found) > 0 // "removes two entities to remove a duplicate listing"
	if n, at := s.article(s.pastPart(i + 1)); at > 0 && v != lawtext.NoVerb && !purpose {
		s.count(at, 1, n, mention{})
	}
}

// nominal reports whether the noun at i names a change to something counted: "the removal of six Indian entities", "the addition of three
// entities to", "a correction to the address of one person". "A request for removal" and "removal of license requirements" are none.
func (s *sentence) nominal(i int) bool {
	if s.t[i].nominal && i > 0 && i+1 < len(s.t) && s.t[i-1].is("these", "the", "all") {
		if s.t[i+1].is("consist", "comprise", "include", "are") { // "these removals consist of four entries"
			return true
		}
	}
	if !s.t[i].nominal || i+2 >= len(s.t) || !s.t[i+1].is("of", "to", "in") {
		return false
	}
	at := s.pastPart(i + 2)
	if at >= len(s.t) {
		return false
	}
	if s.t[at].kind == tNum {
		if s.takenBack(i) {
			s.undone = at
			return false
		}
		_, noun := s.nounAfter(at)
		return noun > 0
	}
	_, noun := s.article(at)
	return noun > 0
}

// pastPart skips "the address of", "a listing for" at a place: what stands behind it is whose entry changes.
func (s *sentence) pastPart(at int) int {
	if at+3 >= len(s.t) || !s.t[at+1].is(partWords...) || !s.t[at+2].is("of", "for") {
		return at
	}
	if s.t[at].low == "the" || s.t[at].is("a", "an") && s.t[at+1].noun != entryNoun { // "an entry for" counts itself
		return at + 3
	}
	return at
}

// partWords are the parts of an entry that a correction may be about: "the address of one person".
var partWords = []string{"name", "names", "address", "addresses", "spelling", "entry", "entries", "alias", "aliases", "license", "listing"}

// sameParty reads "removes this entity from the Unverified List": a party counted before, of which another list loses or gets its entry.
func (s *sentence) sameParty(i int) bool {
	v := s.t[i].verb
	if v != lawtext.Adds && v != lawtext.Removes || i+2 >= len(s.t) || !s.t[i+1].is("this", "that", "it", "such") {
		return false
	}
	at := i + 2
	if s.t[i+1].low == "it" {
		at = i + 1
	} else if s.t[at].kind != tNoun || s.t[at].noun != entityNoun {
		return false
	}
	list := s.listFor(at)
	for _, m := range s.mentions {
		if m.list == list && m.verb == v {
			return false // this list's change of it was counted
		}
	}
	s.keep(mention{subject: subject{list, v}, n: 1, noun: entityNoun})
	return true
}

// participle reports whether a past form belongs to what stands before it ("9 persons being removed", "persons added to …"): it
// starts no new count.
func (s *sentence) participle(i int) bool {
	for _, t := range s.t[:i] {
		if t.kind == tVerb && t.verb != lawtext.NoVerb && !t.past {
			return true
		}
	}
	return len(s.found) > 0
}

// counts reports whether a number or noun stands at i, so that "these" before it is no pronoun.
func (s *sentence) counts(i int) bool {
	for i < len(s.t) && s.t[i].is("same", "said", "very", "other") { // "those same five entities"
		i++
	}
	return i < len(s.t) && (s.t[i].kind == tNum || s.t[i].kind == tNoun)
}

// pronoun handles "removing 9 persons from the UVL and adding them to the Entity List".
func (s *sentence) pronoun(i int, v lawtext.Verb) {
	for _, m := range s.found {
		about := subject{s.listFor(i), v}
		if (m.noun == entityNoun || m.noun == entryNoun) && m.subject != about { // "adding an entity and restoring it" is one change
			m.subject = about
			s.keep(m)
		}
	}
}

// article reads "an entity", "an inadvertently omitted entity", "another entry" right behind a verb.
func (s *sentence) article(i int) (noun, int) {
	sole := i+1 < len(s.t) && s.t[i].low == "the" && s.t[i+1].is("last", "only", "sole", "single") // "the only entity"
	if i >= len(s.t) || !sole && !s.t[i].is("a", "an", "another") {
		return 0, 0
	}
	n, at := s.nounAfter(i)
	if low := s.t[at].low; at > 0 && strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "ss") && low != "alias" {
		return 0, 0 // "a dozen entries", "a few persons"
	}
	return n, at
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
		if s.t[j].is("from", "to", "off", "onto") {
			return s.t[j].low
		}
	}
	return ""
}
