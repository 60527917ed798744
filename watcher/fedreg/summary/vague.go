package summary

import (
	"slices"
	"strings"

	"entitywatch/lawtext"
)

// What follows tells numbers that count a change from those that do not say how many, or of what: they are no numbers
// of the document's, and a person reads the sentence.

// vague reports whether the number at i only bounds or rounds a count ("more than 50 of the entities", "all but one
// under"), stands behind a verb that is not known here ("consolidating two entries"), or counts a change that is taken
// back.
func (s *sentence) vague(i int) bool {
	if i == 0 {
		return false
	}
	if i == s.undone || s.denied {
		return true
	}
	if _, at := s.nounAfter(i); at == 0 && s.bareUnder(i) == 0 && !s.someOf(i) {
		return false
	}
	before, two := s.t[i-1], s.at(i-2)
	return before.is(rounding...) || two.is(bounds[before.low]...) ||
		two.kind == tNum && before.is("to", "or", "-", "–") || // "10 to 12 entities"
		s.strangeVerb(i-1)
}

var rounding = strings.Fields("nearly almost about approximately around roughly over some")

// bounds are words before a number that only bounds a count, with the words before them: "more than", "at least", "all
// but", "as many as".
var bounds = map[string][]string{
	"than": {"more", "fewer", "less", "other"}, "least": {"at"}, "most": {"at"}, "as": {"many", "few"},
	"but": {"all", "any"},
	"to":  append([]string{"up"}, references...), "for": references, "of": references,
}

var references = []string{"reference", "references", "cross-reference", "cross-references"}

// strangeVerb reports whether the word at i is a verb that is not known here, of which what follows is the object.
func (s *sentence) strangeVerb(i int) bool {
	for i > 0 && s.t[i].is("the", "existing") {
		i--
	}
	t := s.t[i]
	if t.kind != tWord || t.nominal || capital(t.text) || s.did == lawtext.NoVerb {
		return false
	}
	if strings.HasSuffix(t.low, "ing") {
		return !t.is(plainWords...)
	}
	joined := i > 0 && s.t[i-1].is("and", ",", "also", "rule", "bis")
	return joined && strings.HasSuffix(t.low, "s") && !t.is(plainWords...)
}

// plainWords may stand before a number that is counted by another verb.
var plainWords = strings.Fields("including following remaining comprising consisting totaling totalling containing " +
	"covering " +
	"representing encompassing involving being amends amending is as its this includes comprises totals " +
	"contains covers represents")

// takenBack reports whether the noun of a change at i stands behind a word that undoes it: "revokes the addition of
// two entities".
func (s *sentence) takenBack(i int) bool {
	for _, t := range s.t[max(0, i-3):i] {
		for _, w := range []string{"revok", "rescind", "revers", "cancel", "suspend", "delay", "postpon", "withdr"} {
			if strings.HasPrefix(t.low, w) {
				return true
			}
		}
	}
	return false
}

// unreal reports whether the verb at i tells of no change: "is not adding", "proposes to add", "would remove".
func (s *sentence) unreal(i int) bool {
	for i--; i > 0 && s.t[i].is("to", "be", "also", "hereby"); i-- {
	}
	return i >= 0 && s.t[i].is(unrealWords...) && (i+1 >= len(s.t) || s.t[i+1].low != "only")
}

var unrealWords = strings.Fields("not never nor propose proposes proposing proposed consider considers considering " +
	"would might could intends plans")

// amendsEntries reports whether the word at i amends entries, not a regulation: "removes one entry and amends three
// entries".
func (s *sentence) amendsEntries(i int) bool {
	if !s.t[i].is("amends", "amending", "amend") || s.did == lawtext.NoVerb || i+1 >= len(s.t) {
		return false
	}
	at := i + 1
	for at < len(s.t)-1 && s.t[at].is("the", "existing") {
		at++
	}
	_, noun := s.nounAfter(at)
	_, one := s.article(at)
	if s.t[at].kind != tNoun && (s.t[at].kind != tNum || noun == 0) && one == 0 {
		return false
	}
	s.t[i].verb = lawtext.Revises
	return true
}

var leadingToPlaces = strings.Fields("under in from on the destination of")

// passive is what is done to the count whose noun stands at a place, where its own clause says so: "three entities are
// added to".
func (s *sentence) passive(at int) lawtext.Verb {
	aux := false
	for j := at + 1; j < len(s.t) && j <= at+10; j++ {
		switch t := s.t[j]; {
		case t.is("is", "are", "will", "be", "being", "also", "hereby"):
			aux = true
		case t.kind == tVerb && t.past && aux:
			return t.verb
		case t.low == "amended" && aux: // no verb of its own, since "amends the Regulations" changes no entry
			return lawtext.Revises
		case !aux && (t.place() || t.kind == tList || t.is(leadingToPlaces...)):
		default:
			return lawtext.NoVerb
		}
	}
	return lawtext.NoVerb
}

// ofPart reports whether the preposition at i leads from addresses or aliases to those whose they are: "aliases for
// two persons", "three addresses to two entries", "aliases to the entries of two entities".
func (s *sentence) ofPart(i int) bool {
	for i > 0 && s.t[i].is("with", "of", "for", "to", "from") {
		i--
		if i > 0 && s.t[i].is("each", "all", "both") { // "aliases to each of five entities"
			i--
			continue
		}
		for i > 0 && (s.t[i].kind == tVerb && s.t[i].past || s.t[i].is("is", "are", "be", "being", "will", "also")) {
			i-- // "an alias is added to the entry of one person"
		}
		switch t := s.t[i]; {
		case t.kind != tNoun:
			return false
		case t.noun == addressNoun || t.noun == aliasNoun:
			return true
		}
		for i--; i > 0 && s.t[i].is("the", "existing"); i-- {
		}
	}
	return false
}

var someWords = strings.Fields("including most mostly primarily mainly largely chiefly predominantly principally " +
	"partly several many " +
	"but except")

// partly reports whether only some of what was counted stands under the destination at a place: "most of them under",
// "including the entry for one under".
func (s *sentence) partly(at int) bool {
	from := 0
	if len(s.found) > 0 {
		from = s.found[len(s.found)-1].at
	}
	for _, t := range s.t[from:at] {
		if t.is(someWords...) {
			return true
		}
	}
	return false
}

// breakdown takes the counts of a sentence for parts of an earlier one where they make it up: "adding sixteen
// entities. Fourteen entities are added under China and two under Singapore".
func (s *sentence) breakdown() {
	sums, parts := map[subject]int{}, map[subject]int{}
	for _, m := range s.found {
		if m.of || m.part || m.total {
			return
		}
		if m.noun == entityNoun {
			sums[m.subject] += m.n
			parts[m.subject]++
		}
	}
	for _, p := range s.bare {
		sums[p.subject] += p.n
		parts[p.subject]++
	}
	for about, sum := range sums {
		if parts[about] < 2 || s.further(len(s.t)) || s.elsewhere(0, about) {
			continue
		}
		for _, e := range s.mentions[:s.before] {
			if e.subject == about && e.noun == entityNoun && e.n == sum {
				s.isPart(about)
			}
		}
	}
}

// isPart marks the counts of a subject in this sentence as said before.
func (s *sentence) isPart(about subject) {
	for _, all := range [][]mention{s.found, s.mentions[s.before:]} {
		for i := range all {
			if all[i].subject == about && all[i].noun == entityNoun {
				all[i].of = true
			}
		}
	}
}

// begins reads the destination right behind a count that is the first of a row, and returns the last token read, or 0.
func (s *sentence) begins(at int, m mention) int {
	j := at + 1
	if j < len(s.t) && s.t[j].is("located", "listed", "based") {
		j++
	}
	s.row = nil
	if m.part || m.of || m.total || len(s.found) == 0 || j >= len(s.t) || !s.t[j].is("under", "in", "from") {
		return 0
	}
	to := s.afterUnder(j)
	if to == 0 {
		return 0
	}
	places, end := s.group(to)
	first := s.found[len(s.found)-1]
	if len(places) != 1 || places[0].n > 0 || first.at != at || first.of || !s.another(end) {
		return 0
	}
	s.row = &first
	s.places = append(s.places, place{first.subject, places[0].country, first.n, false})
	s.pending = nil
	return end
}

// another reports whether a further count with its destination follows behind the place that ends at end: ", and two
// under".
func (s *sentence) another(end int) bool {
	k := end + 1
	for k+2 < len(s.t) && s.t[k].is("to", "from", "on") { // "under China to the Entity List and five under"
		for k++; k < len(s.t)-1 && (s.t[k].low == "the" || s.t[k].kind == tList); k++ {
		}
		end = k - 1
	}
	for k < len(s.t)-1 && s.t[k].is(",", "and") {
		k++
	}
	if s.at(k+1).is("of") && s.at(k+2).is("which", "whom", "them") {
		return false // ", one of which is also listed under" is one of those that stand before
	}
	return k > end+1 && s.at(k).kind == tNum && (s.bareUnder(k) > 0 || s.each(k) > 0)
}

// next counts a further one of a row.
func (s *sentence) next(n int) {
	m := *s.row
	m.n = n
	s.keep(m)
	s.pending = []mention{m}
	s.bare = nil
}

// specifies reports whether the sentence goes into what an earlier one counted: "revising six entries. Specifically,
// it amends three entries".
func (s *sentence) specifies(m mention) bool {
	counted := func(e mention) bool { return e.subject == m.subject && e.noun == m.noun }
	return s.t[0].is("specifically", "namely", "particularly") && slices.ContainsFunc(s.mentions[:s.before], counted)
}
