package summary

import (
	"slices"

	"entitywatch/diff"
)

// whole gives all that was counted to the one destination named.
func (s *sentence) whole(who []mention, country string, again bool) {
	done := map[subject]bool{}
	kinds := []noun{entryNoun, entityNoun}
	if s.crossReferred() { // one party's two entries stand under one destination each
		slices.Reverse(kinds)
	}
	for _, v := range kinds {
		for i := len(who) - 1; i >= 0; i-- {
			if m := who[i]; m.noun == v && !done[m.subject] && !partOf(who, m) && (len(who) == 1 || s.together(who, m)) {
				done[m.subject] = true
				if s.crossReferred() || s.room(m, country) {
					s.places = append(s.places, place{m.subject, country, m.n, again || m.of})
				}
			}
		}
	}
}

// room reports whether all of a count may stand under one destination more: not where others have taken some of it,
// "eleven under China, and the rest under Oman".
func (s *sentence) room(m mention, country string) bool {
	counts, taken := map[noun]int{}, 0
	for _, e := range s.mentions {
		if e.subject == m.subject && !e.of && !e.part {
			counts[e.noun] += e.n
		}
	}
	counts[m.noun] = max(counts[m.noun], m.n)
	for _, p := range s.places {
		if p.subject == m.subject && diff.FoldCountry(p.country) != diff.FoldCountry(country) {
			taken += p.n
		}
	}
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	return taken+m.n <= most
}

func (s *sentence) crossReferred() bool {
	for _, t := range s.t {
		if t.low == "cross-reference" || t.low == "cross-referenced" || t.low == "cross" {
			return true
		}
	}
	return false
}

// numberSoon reports whether a number stands right behind a place, as in "for two of them".
func (s *sentence) numberSoon(end int) bool {
	for _, t := range s.t[min(end+1, len(s.t)):min(end+4, len(s.t))] {
		if t.kind == tNum {
			return true
		}
	}
	return false
}

// partOf reports whether a mention only breaks another one down: "forty-four entities (eight entities and …)".
func partOf(who []mention, m mention) bool {
	for _, w := range who {
		if m.part && !w.part && w.noun == m.noun && w.subject == m.subject {
			return true
		}
	}
	return false
}

// together reports whether a mention shares the destination of the last one: the same act, or one party in two lists.
func (s *sentence) together(who []mention, m mention) bool {
	last := who[len(who)-1]
	return m.subject == last.subject || m.list != last.list && m.n == last.n && m.verb != last.verb
}
