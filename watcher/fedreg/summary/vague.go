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
	before, two := s.t[i-1], ""
	if i > 1 {
		two = s.t[i-2].low
	}
	switch {
	case slices.Contains(rounding, before.low),
		i > 1 && slices.Contains([]string{"for", "to", "of"}, before.low) && slices.Contains([]string{"reference", "references", "cross-reference", "cross-references"}, two),
		before.low == "than" && slices.Contains([]string{"more", "fewer", "less", "other"}, two),
		slices.Contains([]string{"least", "most"}, before.low) && two == "at",
		before.low == "to" && two == "up",
		i > 1 && s.t[i-2].kind == tNum && slices.Contains([]string{"to", "or", "-", "–"}, before.low), // "10 to 12 entities"
		before.low == "as" && slices.Contains([]string{"many", "few"}, two),
		before.low == "but" && slices.Contains([]string{"all", "any"}, two):
		return true
	}
	return s.strangeVerb(i - 1)
}

var rounding = strings.Fields("nearly almost about approximately around roughly over some")

// strangeVerb reports whether the word at i is a verb that is not known here, of which what follows is the object.
func (s *sentence) strangeVerb(i int) bool {
	for i > 0 && slices.Contains([]string{"the", "existing"}, s.t[i].low) {
		i--
	}
	t := s.t[i]
	if t.kind != tWord || t.nominal || capital(t.text) || s.did == lawtext.NoVerb {
		return false
	}
	if strings.HasSuffix(t.low, "ing") {
		return !slices.Contains(plainWords, t.low)
	}
	joined := i > 0 && slices.Contains([]string{"and", ",", "also", "rule", "bis"}, s.t[i-1].low)
	return joined && strings.HasSuffix(t.low, "s") && !slices.Contains(plainWords, t.low)
}

// plainWords may stand before a number that is counted by another verb.
var plainWords = strings.Fields("including following remaining comprising consisting totaling totalling containing covering " +
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
	for i--; i > 0 && slices.Contains([]string{"to", "be", "also", "hereby"}, s.t[i].low); i-- {
	}
	return i >= 0 && slices.Contains(unrealWords, s.t[i].low) && (i+1 >= len(s.t) || s.t[i+1].low != "only")
}

var unrealWords = strings.Fields("not never nor propose proposes proposing proposed consider considers considering would might could intends plans")

// amendsEntries reports whether the word at i amends entries, not a regulation: "removes one entry and amends three
// entries".
func (s *sentence) amendsEntries(i int) bool {
	if !slices.Contains([]string{"amends", "amending", "amend"}, s.t[i].low) || s.did == lawtext.NoVerb || i+1 >= len(s.t) {
		return false
	}
	at := i + 1
	for at < len(s.t)-1 && slices.Contains([]string{"the", "existing"}, s.t[at].low) {
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
		case slices.Contains([]string{"is", "are", "will", "be", "being", "also", "hereby"}, t.low):
			aux = true
		case t.kind == tVerb && t.past && aux:
			return t.verb
		case t.low == "amended" && aux: // no verb of its own, since "amends the Regulations" changes no entry
			return lawtext.Revises
		case !aux && (t.kind == tCountry || t.kind == tList || slices.Contains(leadingToPlaces, t.low)):
		default:
			return lawtext.NoVerb
		}
	}
	return lawtext.NoVerb
}

// ofPart reports whether the preposition at i leads from addresses or aliases to those whose they are: "aliases for
// two persons", "three addresses to two entries", "aliases to the entries of two entities".
func (s *sentence) ofPart(i int) bool {
	for i > 0 && slices.Contains([]string{"with", "of", "for", "to", "from"}, s.t[i].low) {
		i--
		if i > 0 && slices.Contains([]string{"each", "all", "both"}, s.t[i].low) { // "aliases to each of five entities"
			i--
			continue
		}
		for i > 0 && (s.t[i].kind == tVerb && s.t[i].past || slices.Contains([]string{"is", "are", "be", "being", "will", "also"}, s.t[i].low)) {
			i-- // "an alias is added to the entry of one person"
		}
		switch t := s.t[i]; {
		case t.kind != tNoun:
			return false
		case t.noun == addressNoun || t.noun == aliasNoun:
			return true
		}
		for i--; i > 0 && slices.Contains([]string{"the", "existing"}, s.t[i].low); i-- {
		}
	}
	return false
}

var someWords = strings.Fields("including most mostly primarily mainly largely chiefly predominantly principally partly several many " +
	"but except")

// partly reports whether only some of what was counted stands under the destination at a place: "most of them under",
// "including the entry for one under".
func (s *sentence) partly(at int) bool {
	from := 0
	if len(s.found) > 0 {
		from = s.found[len(s.found)-1].at
	}
	for _, t := range s.t[from:at] {
		if slices.Contains(someWords, t.low) {
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
	if j < len(s.t) && slices.Contains([]string{"located", "listed", "based"}, s.t[j].low) {
		j++
	}
	s.row = nil
	if m.part || m.of || m.total || len(s.found) == 0 || j >= len(s.t) || !slices.Contains([]string{"under", "in", "from"}, s.t[j].low) {
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

// another reports whether a further count with its destination follows behind the place that ends at end: ", and two under".
func (s *sentence) another(end int) bool {
	k := end + 1
	for k+2 < len(s.t) && slices.Contains([]string{"to", "from", "on"}, s.t[k].low) { // "under China to the Entity List and five under"
		for k++; k < len(s.t)-1 && (s.t[k].low == "the" || s.t[k].kind == tList); k++ {
		}
		end = k - 1
	}
	for k < len(s.t)-1 && (s.t[k].text == "," || s.t[k].low == "and") {
		k++
	}
	if k+2 < len(s.t) && s.t[k+1].low == "of" && slices.Contains([]string{"which", "whom", "them"}, s.t[k+2].low) {
		return false // ", one of which is also listed under" is one of those that stand before
	}
	return k > end+1 && k < len(s.t) && s.t[k].kind == tNum && (s.bareUnder(k) > 0 || s.each(k) > 0)
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
	return slices.Contains([]string{"specifically", "namely", "particularly"}, s.t[0].low) && slices.ContainsFunc(s.mentions[:s.before], counted)
}
