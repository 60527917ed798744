package summary

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// explains finds sentences that explain a number given before: "two entities are added under two destinations,
// accounting for the difference in the totals", "one entity, added under both, accounts for the additional entry".
var explains = regexp.MustCompile(`(?i)\baccount(?:s|ed|ing)?\s+for\b|\b(?:which|this|that)\s+(?:explains` +
	`|is\s+why)\b|\bexplain(?:s|ing)\s+(?:the|why)\b`)

// severalPlaces finds what is said of parties that have several entries: "in two destinations", "resulting in an
// additional entry".
var severalPlaces = regexp.MustCompile(`(?i)\b(?:under|in|at|on|has|have|having|with)\s+(?:more than one|multiple` +
	`|several|both|different|separate|two|three|four|five|six|\d+)\s+` +
	`(?:[a-z]+\s+)?(?:entry|entries|destinations?|countries|headings?|locations?)\b|\b(?:additional|extra|second` +
	`|further|third)\s+entr(?:y|ies)\b` +
	`|\bresult(?:s|ed|ing)?\s+in\b`)

// acts finds sentences that say what their document does, whatever they explain beside it.
var acts = regexp.MustCompile(`(?i)\b(?:this|the)\s+(?:\w+\s+){0,3}rule\b|\bBIS\b|\bBureau of Industry and Security\b`)

// onlyExplains reports whether a sentence says nothing but why numbers given before differ: it names no doer, and all
// that it counts is a part of what was counted before.
func (r *declaredReader) onlyExplains(text string) bool {
	if len(r.mentions) == 0 || acts.MatchString(text) {
		return false
	}
	if explains.MatchString(text) {
		return true
	}
	if !severalPlaces.MatchString(text) {
		return false
	}
	try := *r
	try.out, try.problems, try.before = diff.Declared{}, nil, len(r.mentions)
	try.mentions, try.places = slices.Clone(r.mentions), slices.Clone(r.places)
	try.sentence(text)
	for _, m := range try.mentions[try.before:] {
		part := func(e mention) bool { return e.subject == m.subject && e.noun == m.noun && e.n > m.n }
		if !m.of && !m.part && !slices.ContainsFunc(r.mentions, part) {
			return false
		}
	}
	return len(try.mentions) > try.before
}

// someOf reports whether the number at i is a part of what was counted before: "one of the three persons", "two of
// these entities".
func (s *sentence) someOf(i int) bool {
	if i+3 >= len(s.t) || s.t[i+1].low != "of" || !s.t[i+2].is("the", "these", "those", "them") {
		return false
	}
	if s.t[i+2].low == "them" {
		return len(s.mentions) > 0
	}
	for j := i + 3; j < len(s.t) && j < i+6; j++ {
		switch t := s.t[j]; {
		case t.kind == tNum:
			s.read[j] = s.said(t.num)
		case t.kind == tNoun:
			return len(s.mentions) > 0
		}
	}
	return false
}

// again reports whether a count repeats one of an earlier sentence: the same number of the same thing, without a word
// that says that these are further ones, and not under another destination.
func (s *sentence) again(at int, m mention) bool {
	if s.further(at) {
		return false
	}
	for _, e := range s.mentions[:s.before] {
		if e.subject == m.subject && e.noun == m.noun && e.n == m.n {
			return !s.elsewhere(at, e.subject)
		}
	}
	return false
}

// further finds "also", "additional", "another" before the number that ends at a place.
func (s *sentence) further(at int) bool {
	for _, t := range s.t[:at] {
		if t.is("also", "additional", "additionally", "another", "further", "more", "moreover", "lastly", "finally",
			"second") {
			return true
		}
	}
	return false
}

// elsewhere reports whether the sentence names a destination that the earlier count is not under.
func (s *sentence) elsewhere(at int, about subject) bool {
	known := map[string]bool{}
	for _, p := range s.places {
		if p.subject == about {
			known[diff.FoldCountry(p.country)] = true
		}
	}
	for _, t := range s.t[at:] {
		if t.place() && !known[diff.FoldCountry(t.text)] && len(known) > 0 {
			return true
		}
	}
	return false
}

// unread makes a problem of each number of a sentence about changes that no reading accounts for.
func (s *sentence) unread(text string) {
	if len(s.found) == 0 && s.undone == 0 && !s.once && !s.changes() {
		return
	}
	var left []string
	for i, t := range s.t {
		if t.kind == tNum && !s.read[i] && (s.unsure[i] || !s.otherNumber(i)) {
			left = append(left, t.text)
		}
	}
	if len(left) > 0 {
		s.problems = append(s.problems, diff.Problem{Kind: diff.Unread, Where: "summary",
			Text: fmt.Sprintf("cannot tell what is counted by %s in: %s", strings.Join(left, ", "), strings.TrimSpace(text))})
	}
}

// changes reports whether a sentence speaks of a change to a list of ours.
func (s *sentence) changes() bool {
	did, list := false, false
	for _, t := range s.t {
		did = did || t.kind == tVerb && t.verb != lawtext.NoVerb && !t.past
		list = list || t.kind == tList && t.list != "" || t.kind == tNoun && t.noun <= entryNoun
	}
	return did && list
}

// otherNumber reports whether the number at i is part of a date, a citation, a footnote, a share, or an amount.
func (s *sentence) otherNumber(i int) bool {
	t, before, after := s.t[i], s.at(i-1), strings.TrimRight(s.at(i+1).low, ".")
	switch {
	case t.num >= 1900 && t.num < 2100 && t.text == fmt.Sprint(t.num), s.otherThing(i),
		before.is(monthNames...), slices.Contains(monthNames, after), before.is(beforeOther...),
		slices.Contains(afterOther, after),
		strings.TrimRight(before.low, ".") == "u.s.c":
		return true
	}
	return before.is("(") && (after == ")" || s.at(i-2).is("footnote")) && len(s.found) > 0 && s.said(t.num)
}

// otherThing reports whether the number at i counts what is no entry: "two new foreign direct product rules", "three
// errors".
func (s *sentence) otherThing(i int) bool {
	for j := i + 1; j < len(s.t) && j <= i+8; j++ {
		switch t := s.t[j]; {
		case t.kind == tNoun, t.kind == tNum, slices.Contains(stopWords[:len(stopWords)-3], t.low), t.text == ".",
			t.text == ";":
			return false
		case t.kind == tWord && strings.HasSuffix(t.low, "s") && len(t.low) > 3:
			return !t.is("subsidiaries", "branches", "parents", "vessels", "ships", "others")
		}
	}
	return false
}

var (
	monthNames = strings.Fields("january february march april may june july august september october november december")
	// beforeOther and afterOther stand beside numbers that count no entries.
	beforeOther = strings.Fields("no nos part parts supplement section sections § §§ footnote footnotes group e.o " +
		"order title chapter paragraph page pages fr docket u.s.c phase step rin section subpart least")
	afterOther = strings.Fields("cfr u.s.c fr percent % days day years year months month million billion hours steps " +
		"countries destination destinations amendments parts sections footnotes")
)

// weigh compares the numbers by destination with the totals. Where they make up more than the entries stated, one was
// misread, and none is kept; where only entities are stated, an entity may stand under several destinations, which the
// document then leaves unsaid.
func (r *declaredReader) weigh() {
	for _, list := range slices.Sorted(maps.Keys(r.out)) {
		c := r.out[list]
		c.AddedByCountry = r.weighed("added", c.AddedEntities, c.AddedEntries, c.AddedByCountry)
		c.RemovedByCountry = r.weighed("removed", c.RemovedEntities, c.RemovedEntries, c.RemovedByCountry)
		c.RevisedByCountry = r.weighed("revised", c.RevisedEntities, c.RevisedEntries, c.RevisedByCountry)
		r.out[list] = c
	}
}

func (r *declaredReader) weighed(word string, entities, entries *int, by map[string]int) map[string]int {
	sum := 0
	for _, n := range by {
		sum += n
	}
	say := func(kind diff.ProblemKind, format string, args ...any) {
		r.problems = append(r.problems, diff.Problem{Kind: kind, Where: "summary", Text: fmt.Sprintf(format, args...)})
	}
	switch {
	case entries != nil && sum > *entries:
		say(diff.Unread, "%d entries are %s by destination, but %d in all: the numbers by destination are left out", sum,
			word, *entries)
		return nil
	case entries == nil && entities != nil && sum > *entities && !r.explained:
		say(diff.SourceSlip, "the numbers by destination make up %d %s, but %d entities are stated", sum, word, *entities)
	}
	return by
}
