package summary

import (
	"slices"
	"strings"

	"entitywatch/lawtext"
)

// nounAfter finds the noun that a number at i counts, past at most five adjectives.
func (s *sentence) nounAfter(i int) (noun, int) {
	for j := i + 1; j < len(s.t) && j <= i+6; j++ {
		switch {
		case s.t[j].kind == tNoun:
			return s.t[j].noun, j
		case s.t[j].is("of") && j == i+1 && s.at(i-1).kind == tVerb && j+1 < len(s.t): // "removing two of the entities"
			j++
		case !s.leadsToNoun(i, j):
			return 0, 0
		}
	}
	return 0, 0
}

// leadsToNoun reports whether the token at j may stand between the number at i and its noun.
func (s *sentence) leadsToNoun(i, j int) bool {
	switch t := s.t[j]; t.kind {
	case tCountry, tAdjective:
		return true
	case tVerb:
		return t.past
	case tNum: // "removing two of the 37 entities"
		return j == i+3 && s.t[j-1].is(wholes...) && s.t[i+1].is("of") && !s.said(t.num)
	case tWord:
		return !t.is(stopWords...) || t.is("and", "or") && s.adjectives(i+1, j)
	default:
		return t.is("-", ",", "'", "’")
	}
}

// adjectives reports whether the word at j joins two adjectives before one noun: "28 governmental and commercial
// organizations".
func (s *sentence) adjectives(from, j int) bool {
	plain := func(k int) bool {
		return k < len(s.t) && s.t[k].kind == tWord && !s.t[k].is(stopWords...) && !capital(s.t[k].text)
	}
	return j == from+1 && plain(from) && plain(j+1) && j+2 < len(s.t) && s.t[j+2].kind == tNoun
}

var stopWords = []string{"dozen", "dozens", "of", "in", "on", "under", "to", "from", "for", "with", "by", "that",
	"and", "or", "is", "are", "will", "the", "each",
	"these", "those", "which", "who", "as", "at", "percent", "errors", "error", "aliases"}

// number reads one number: a count of something, or of entries under a destination.
func (s *sentence) number(i int) int {
	n := s.t[i].num
	if s.at(i - 1).is(labels...) { // "as footnote 4 entities"
		return i
	}
	if s.vague(i) {
		s.unsure[i], s.lost = true, true
		if s.strangeVerb(i - 1) {
			s.did = lawtext.NoVerb
		}
		return i
	}
	if noun, at := s.nounAfter(i); at > 0 {
		return s.counted(i, noun, at)
	}
	if s.ofWhom(i) {
		s.read[i] = true
		s.count(i+2, n, entityNoun, mention{})
		return i + 2
	}
	if noun, at := s.chained(i); at > 0 {
		s.read[i] = true
		s.count(at, n, noun, s.manner(i))
		s.adjective(i, i+2, n)
		return i + 1
	}
	if s.each(i) > 0 {
		s.read[i] = true
		if places, _ := s.group(s.each(i)); s.row != nil {
			s.next(n * len(places))
		}
		return s.destinations(s.each(i), n, true)
	}
	if at := s.bareUnder(i); at > 0 {
		s.read[i] = true
		s.pending = []mention{{subject: s.current(i), n: n, noun: entryNoun}}
		s.bare = append(s.bare, s.pending...)
		if s.row != nil {
			s.next(n)
		}
		return s.destinations(at, n, false)
	}
	s.read[i] = s.read[i] || s.someOf(i)
	s.lost = s.lost || !s.read[i] && !s.otherNumber(i)
	return i
}

// counted reads the number at i of the noun at a place, and the destination right behind it. It returns the last token
// read.
func (s *sentence) counted(i int, what noun, at int) int {
	if s.uncounted(i, at) {
		return at
	}
	for k := i; k < at; k++ {
		s.read[k] = true
	}
	if s.owner(i) {
		return at
	}
	m := s.manner(i)
	s.count(at, s.t[i].num, what, m)
	s.adjective(i, at, s.t[i].num)
	if to := s.begins(at, m); to > 0 {
		return to
	}
	if to := s.ownPlace(at, m); to > 0 {
		return to
	}
	return at
}

// wholes lead to the whole of which a part was counted: "two of its five aliases".
var wholes = []string{"the", "its", "their", "these", "those"}

// uncounted reports whether the number at i, of the noun at a place, counts no change of its own and is no number said
// before: the whole of which a part changes ("two of the 37 entities added in March are removed"), and what moves from
// one heading of a list to another.
func (s *sentence) uncounted(i, at int) bool {
	if i >= 3 && s.t[i-1].is(wholes...) && s.t[i-2].low == "of" && s.t[i-3].kind == tNum && !s.said(s.t[i].num) {
		s.undone = i
		return true
	}
	if s.verbFor(at) != lawtext.Moves {
		return false
	}
	from, to := s.moved(at)
	s.unsure[i] = from == "" || to == ""
	return s.unsure[i]
}

// labels stand before numbers that name and do not count.
var labels = strings.Fields("footnote footnotes group no nos part section supplement title tier")

// ofWhom reports whether the number at i counts some of those before: "removes three of them from the Unverified List".
func (s *sentence) ofWhom(i int) bool {
	return i > 0 && i+2 < len(s.t) && s.did != lawtext.NoVerb && s.t[i-1].kind == tVerb && s.t[i+1].low == "of" &&
		s.t[i+2].low == "them"
}

// chained finds the noun of the first numbers of "42 Chinese, eight Iranian and three Pakistani entities", where a
// country stands behind each number and the noun behind the last.
func (s *sentence) chained(i int) (noun, int) {
	for k := i; k+2 < len(s.t) && s.t[k].kind == tNum && s.t[k+1].place(); {
		j := k + 2
		if s.t[j].kind == tNoun {
			return s.t[j].noun, j
		}
		for j < len(s.t) && (s.t[j].text == "," || s.t[j].low == "and") {
			j++
		}
		if j == k+2 {
			return 0, 0
		}
		k = j
	}
	return 0, 0
}

// owner reports whether the number at i counts whose aliases or addresses were counted before it: "two addresses
// associated with one entity" neither adds nor removes that entity.
func (s *sentence) owner(i int) bool {
	if s.did != lawtext.Revises && s.ofPart(i-1) {
		return true
	}
	if i < 2 || len(s.found) == 0 {
		return false
	}
	if s.t[i-1].is("by", "with", "between", "among") { // "for their ownership by six entities already listed"
		return true
	}
	if !s.t[i-1].is("of", "for") {
		return false
	}
	before := s.t[i-2]
	if before.kind == tNoun && before.noun == entryNoun && s.found[len(s.found)-1].at == i-2 {
		return true // "correcting an entry for one entity"
	}
	if s.did == lawtext.Revises {
		return false
	}
	return before.low == "associated" || before.low == "belonging"
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
	case slices.Contains([]string{"the", "these", "those", "all", "both", "said", "such"}, before),
		low(i+1) == "remaining", low(i+1) == "other":
		m.of = true
	case before == "of" && low(i-2) == "total":
		m.total, m.sum = true, low(i-3) == "a" && low(i-4) == "for"
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
