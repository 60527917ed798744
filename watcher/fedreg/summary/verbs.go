package summary

import (
	"strings"

	"entitywatch/lawtext"
)

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

// didOnce reports whether a verb says what the agency did, perhaps in another document: "in 2019, BIS added 28
// entities".
func (s *sentence) didOnce(i int) bool {
	return s.t[i].past && i > 0 && s.t[i-1].is("bis", "commerce", "bureau", "committee", "erc")
}

// object counts what stands right behind a verb without a number: "removes them", "removes this entity", "adds an
// entity".
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

// nominal reports whether the noun at i names a change to something counted: "the removal of six Indian entities", "the
// addition of three entities to", "a correction to the address of one person". "A request for removal" and "removal of
// license requirements" are none.
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
var partWords = []string{"name", "names", "address", "addresses", "spelling", "entry", "entries", "alias", "aliases",
	"license", "listing"}

// sameParty reads "removes this entity from the Unverified List": a party counted before, of which another list loses
// or gets its entry.
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

// participle reports whether a past form belongs to what stands before it ("9 persons being removed", "persons added to
// …"): it starts no new count.
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
		// "adding an entity and restoring it" is one change
		if (m.noun == entityNoun || m.noun == entryNoun) && m.subject != about {
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
