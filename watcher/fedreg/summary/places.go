package summary

import (
	"slices"

	"entitywatch/lawtext"
)

// word reads the words that lead to destinations.
func (s *sentence) word(i int) int {
	switch s.t[i].low {
	case "including", "comprising", "consisting", "namely", "i.e.", "i.e", "specifically", "consist", "consists",
		"comprise", "comprises":
		s.parts = true
	case "of":
		if i+1 < len(s.t) && s.t[i+1].low == "which" {
			s.parts = true
		}
	case "destination", "destinations":
		if at := s.placeStart(i); at > 0 {
			return s.destinations(at, 0, false)
		}
	case "under", "in":
		at := i + 1
		if at+1 < len(s.t) && s.t[at].low == "the" {
			at++
		}
		if !s.at(at).place() {
			return i
		}
		if s.t[i].low == "under" || s.numbered(at) { // "in Belarus (24) and Russia (96)"; "located in China" says no number
			return s.destinations(at, 0, false)
		}
	}
	return i
}

func (s *sentence) numbered(at int) bool {
	found, _ := s.group(at)
	for _, d := range found {
		if d.n > 0 {
			return true
		}
	}
	return false
}

// placeStart is where the first country behind "destination(s) of" stands.
func (s *sentence) placeStart(i int) int {
	if i+2 < len(s.t) && (s.t[i+1].low == "of" || s.t[i+1].low == "for" || s.t[i+1].text == ":") {
		if s.t[i+2].text == ":" {
			return i + 3
		}
		return i + 2
	}
	return 0
}

// ownPlace reads the destination right behind a part of what was counted, which is that part's alone ("consisting of
// revisions to one entry under France, one entry under Iran"), and the country where all that was counted is located,
// where there is but one. It returns the last token read, or 0.
func (s *sentence) ownPlace(at int, m mention) int {
	located := at+1 < len(s.t) && s.t[at+1].low == "located"
	if !m.part && !located || len(s.found) == 0 {
		return 0
	}
	j := at + 1
	if located {
		j++
	}
	if j >= len(s.t) || !s.t[j].is("under", "in", "from") {
		return 0
	}
	to := s.afterUnder(j)
	if to == 0 {
		return 0
	}
	places, end := s.group(to)
	if len(places) != 1 || places[0].n > 0 {
		return 0
	}
	last := s.found[len(s.found)-1]
	if last.verb == lawtext.NoVerb {
		return 0
	}
	s.places = append(s.places, place{last.subject, places[0].country, last.n, m.of})
	s.pending = nil
	if m.part { // it breaks down by destination what was counted
		s.found[len(s.found)-1].of, s.mentions[len(s.mentions)-1].of = true, true
	}
	return end
}

// current is what a number without a noun is about: the last count of the sentence, else of the sentences before.
func (s *sentence) current(i int) subject {
	if len(s.found) > 0 {
		return s.found[len(s.found)-1].subject
	}
	if v := s.verbFor(i); v != lawtext.NoVerb && v != lawtext.Moves {
		return subject{s.listFor(i), v}
	}
	if len(s.last) > 0 {
		return s.last[len(s.last)-1].subject
	}
	return subject{}
}

// each finds "one each under the destinations of".
func (s *sentence) each(i int) int {
	if i+1 >= len(s.t) || s.t[i+1].low != "each" {
		return 0
	}
	return s.bareUnder(i + 1)
}

// bareUnder finds the destination of a number without a noun: "27 under the destination of", "five are under", "56 will
// be listed on the Entity List under". It returns where the country begins, or 0.
func (s *sentence) bareUnder(i int) int {
	for j := s.ofThem(i + 1); j < len(s.t) && j < i+14; j++ {
		t := s.t[j]
		switch {
		case t.low == "under" || t.low == "in" || t.low == "from":
			return s.afterUnder(j)
		case t.kind == tWord && t.is(bareWords...), t.kind == tList, t.kind == tVerb && t.past, t.text == ",":
		default:
			return 0
		}
	}
	return 0
}

// ofThem skips "of the entities", "of these 18 persons" at i, which say again what a number without a noun counts.
func (s *sentence) ofThem(i int) int {
	if i+1 >= len(s.t) || s.t[i].low != "of" {
		return i
	}
	for j := i + 1; j < len(s.t) && j <= i+4; j++ {
		switch t := s.t[j]; {
		case t.kind == tNoun:
			return j + 1
		case t.kind == tNum, t.is("the", "these", "those", "added", "new"):
		default:
			return i
		}
	}
	return i
}

var bareWords = []string{"are", "is", "will", "be", "being", "been", "listed", "located", "also", "other", "each",
	"to", "on", "the",
	"which", "of", "them", "existing", "new", "additional", "from", "based"}

func (s *sentence) afterUnder(j int) int {
	for k := j + 1; k < len(s.t) && k < j+6; k++ {
		switch t := s.t[k]; {
		case t.kind == tCountry:
			return k
		case t.is("the", "destination", "destinations", "of", "heading", "headings", "country", "countries"):
		case s.t[k-1].low == "of" || s.t[k-1].low == "the" && s.t[k-2].is("destination", "destinations"):
			return k
		default:
			return 0
		}
	}
	return 0
}

// adjective reads the country out of "forty-five Russian entities", "two new Russia entities".
func (s *sentence) adjective(i, at, n int) {
	for _, t := range s.t[i+1 : at] {
		if t.place() {
			s.assign(s.pending, t.text, n, false)
			s.pending = nil
		}
	}
	named := at + 2 // "two entities of Singapore", "China: 12 entities"
	if !s.t[min(at+1, len(s.t)-1)].is("of", "from") {
		named = i - 2
		if named < 0 || s.t[i-1].text != ":" {
			return
		}
	}
	if named < len(s.t) && s.t[named].kind == tCountry && len(s.pending) > 0 {
		s.assign(s.pending, s.t[named].text, n, false)
		s.pending = nil
	}
}

type destination struct {
	country string
	n       int
}

// destinations reads a list of countries from at, each perhaps with its number in parentheses, and gives each what is
// certain. n is a number that stands before the list, 0 for none; each says that it is meant for every one of them. It
// returns the last token read.
func (s *sentence) destinations(at, n int, each bool) int {
	found, end := s.group(at)
	defer func() { s.pending = nil }()
	if s.lost {
		return end
	}
	who, again := s.whose(at, n, each, found)
	if len(who) == 0 {
		return end
	}
	numbered := false
	for _, d := range found {
		if d.n > 0 {
			numbered = true
			s.assign(who, d.country, d.n, again)
		}
	}
	switch {
	case numbered || len(found) == 0:
	case each:
		for _, d := range found {
			s.assign(who, d.country, n, again)
		}
	case len(found) == 1 && n > 0:
		s.assign(who, found[0].country, n, again)
	case s.crossReferred() && s.numberSoon(end): // "with cross references under Hong Kong for two of them"
	case len(found) == 1 && !s.partly(at):
		s.whole(who, found[0].country, again)
	}
	return end
}

// whose are the counts that the destinations found at a place are about; again says that they are of an earlier
// sentence, and may have been given theirs already.
func (s *sentence) whose(at, n int, each bool, found []destination) (who []mention, again bool) {
	switch who = s.pending; {
	case len(s.found) > 0 && (each || len(who) == 0):
		who = s.found
	case len(who) == 0 && n == 0:
		who, again = meant(s.last, found), true
	case len(who) == 0:
		who = s.last
	}
	return s.only(who, at), again
}

// only are those of the mentions that a destination at a place is about, where a word without a number says so: "and
// four addresses, the addresses being listed under".
func (s *sentence) only(who []mention, at int) []mention {
	for j := at - 1; j >= 0 && (len(s.found) == 0 || j > s.found[len(s.found)-1].at); j-- {
		if what := s.t[j].noun; s.t[j].kind == tNoun && (what == addressNoun || what == aliasNoun) {
			return slices.DeleteFunc(slices.Clone(who), func(m mention) bool { return m.noun != what })
		}
	}
	return who
}

// meant are the mentions of the sentence before that "these entities are listed under …" means: of the act whose count
// the numbers make up, else what was added, else what was said last.
func meant(who []mention, found []destination) []mention {
	sum := 0
	for _, d := range found {
		sum += d.n
	}
	var about subject
	for _, m := range who {
		if m.n == sum || about == (subject{}) && m.verb == lawtext.Adds {
			about = m.subject
		}
	}
	var out []mention
	for _, m := range who {
		if m.subject == about {
			out = append(out, m)
		}
	}
	if len(out) == 0 {
		return who
	}
	return out
}

// assign gives a number to a destination, for every act that the mentions are about.
func (s *sentence) assign(who []mention, country string, n int, again bool) {
	if len(who) == 0 {
		return
	}
	done := map[subject]bool{}
	for _, m := range who {
		if !done[m.subject] && s.together(who, m) && m.noun != aliasNoun {
			done[m.subject] = true
			s.places = append(s.places, place{m.subject, country, n, again || m.of})
		}
	}
}
