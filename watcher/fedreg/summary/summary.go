// Package summary reads the numbers that a document states of itself: "BIS amends the EAR by adding ten entities under
// thirteen entries to the Entity List: two under Malta and eleven under Peru".
//
// A sentence is read token by token, from left to right: numbers, the nouns that they count (entities, entries,
// addresses, aliases), the verbs in force (add, remove, revise, move), the lists, and the countries. Each count becomes
// a mention; a mention that says again what was said, a part of it, or a total is not added a second time. Numbers
// under a destination are kept apart, and dropped with a problem where they come to more than the total.
//
// What it promises: no number is guessed. One that only bounds a count ("more than fifty"), that tells of another
// document or of what is merely proposed, or that no reading accounts for, is a problem of kind unread, and a person
// reads the sentence. What is not said stays absent, which is not zero.
package summary

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// Read reads what a SUMMARY or abstract says that its document does to the three lists: how many entities and entries
// are added, removed and revised, and under which destinations. What is not said stays absent; a document that changes
// none of the three lists gives nothing. A list that the text does not name is the Entity List where the text speaks of
// the Export Administration Regulations. The document's title, which may be empty, may be all that names the list
// ("Entity List Removal").
func Read(title, text string) (diff.Declared, []diff.Problem) {
	text = decodeBrackets(lawtext.Tidy(text))
	r := declaredReader{out: diff.Declared{}, fallback: listOfTitle(title, text)}
	if OfAnotherList(text) {
		return r.out, nil
	}
	for _, s := range lawtext.Sentences(text) {
		if r.onlyExplains(s) {
			r.explained = true
			continue
		}
		if !historyRule.MatchString(s) {
			r.before = len(r.mentions)
			r.sentence(s)
		}
	}
	r.settle()
	return r.out, r.problems
}

// bracketNames are the typesetter's names that abstracts of the API sometimes keep: "T[uuml]rkiye".
var bracketNames = strings.NewReplacer("[uuml]", "ü", "[Uuml]", "Ü", "[ouml]", "ö", "[auml]", "ä", "[eacute]", "é",
	"[ccedil]", "ç",
	"[iacute]", "í", "[oacute]", "ó", "[aacute]", "á", "[ocirc]", "ô", "[rsquo]", "’", "[ldquo]", "“", "[rdquo]", "”",
	"``", "“", "''", "”")

func decodeBrackets(s string) string { return bracketNames.Replace(s) }

// OfAnotherList reports whether the text is about the list of the Uyghur Forced Labor Prevention Act alone.
func OfAnotherList(text string) bool {
	return ufplaRule.MatchString(text) && !earRule.MatchString(text)
}

var (
	ufplaRule = regexp.MustCompile(`UFLPA|Uyghur Forced Labor Prevention Act`)
	earRule   = regexp.MustCompile(`Export Administration Regulations|Bureau of Industry and Security|\bEAR\b|\bBIS\b`)
	// historyRule finds sentences about earlier rules.
	historyRule = regexp.MustCompile(`(?i)^(?:that|(?:the|a|an) (?:previous|prior|earlier|\w+ \d{1,2}(?:, \d{4})?)) ` +
		`(?:\w+ ){0,3}(?:rule|action|notice)\b` +
		`|^(?:the )?(?:bureau of industry and security|bis|department of commerce)(?: \(bis\))? (?:previously |recently ` +
		`)?published\b` +
		`|^(?:this|the) (?:determination|decision) follows\b|^on \w+ \d{1,2}, \d{4}, .*\bpublished\b`)
)

func listOfTitle(title, text string) diff.ListID {
	if !earRule.MatchString(text) {
		return ""
	}
	return cmp.Or(ListIn(title), diff.EntityList)
}

// subject is what a count is about.
type subject struct {
	list diff.ListID
	verb lawtext.Verb
}

// mention is one count in the text.
type mention struct {
	subject
	noun  noun
	n     int
	of    bool // "these 57 entities": says again what was said
	total bool // "a total of 35 persons": what follows is part of it
	sum   bool // "…, for a total of nine persons": what stands before it is part of it
	part  bool // "(26 entities and 3 addresses)", "including two …"
	at    int  // where its noun stands in the sentence
	in    int  // how many counts stood in earlier sentences: which sentence it is of
	more  bool // its sentence says that these are further ones: "also", "an additional"
}

type declaredReader struct {
	out       diff.Declared
	problems  []diff.Problem
	fallback  diff.ListID
	list      diff.ListID // the list of the sentences before
	known     bool        // whether list was named
	mentions  []mention
	explained bool      // why entities and entries differ
	before    int       // how many mentions are of earlier sentences
	last      []mention // the mentions that "these entities" means
	places    []place
}

// place is a number of entries under one destination.
type place struct {
	subject
	country string
	n       int
	again   bool // from a sentence that only says again
}

// counted is what a number of changes is about.
type counted struct {
	subject
	noun noun
}

// runningSum is what the mentions of one thing come to.
type runningSum struct {
	n        int
	in       int  // the sentence of the last mention
	total    bool // that one was a total: what follows is part of it
	doubtful bool // counts of two sentences stand in it, of which none says that its are further ones
}

func (t *runningSum) add(m mention) {
	if m.sum {
		t.n = 0
	}
	t.doubtful = t.doubtful || m.in != t.in && !m.more
	t.n, t.in, t.total = t.n+m.n, m.in, m.total
}

// settle adds the mentions up.
func (r *declaredReader) settle() {
	sums := map[counted]*runningSum{}
	var order []counted
	for _, m := range r.mentions {
		k := counted{m.subject, m.noun}
		t, fresh := sums[k]
		if m.of || fresh && (t.total || m.part) {
			continue
		}
		if !fresh {
			t = &runningSum{in: m.in}
			sums[k], order = t, append(order, k)
		}
		t.add(m)
	}
	for _, m := range r.mentions { // "amends the entries for the two entities" is a count where nothing else is
		k := counted{m.subject, m.noun}
		if m.of && sums[k] == nil && sums[counted{m.subject, entryNoun}] == nil &&
			sums[counted{m.subject, entityNoun}] == nil {
			sums[k], order = &runningSum{n: m.n}, append(order, k)
		}
	}
	for _, k := range order {
		r.state(k, *sums[k])
	}
	r.settlePlaces()
	r.weigh()
}

// state writes down what the text states of one thing, or that this cannot be told.
func (r *declaredReader) state(k counted, t runningSum) {
	if k.list == "" {
		return
	}
	c := r.out[k.list]
	at := field(&c, k.verb, k.noun)
	switch {
	case at == nil:
	case t.doubtful:
		r.places = slices.DeleteFunc(r.places, func(p place) bool { return p.subject == k.subject })
		r.problems = append(r.problems, diff.Problem{Kind: diff.Unread, Where: "summary",
			Text: fmt.Sprintf("cannot tell whether several sentences count the same changes of the %s: they come to %d if "+
				"they do not",
				k.list.Title(), t.n)})
	default:
		*at = &t.n
		r.out[k.list] = c
	}
}

// field is where the number of a noun under a verb belongs; nil where Counts has no place for it.
func field(c *diff.Counts, v lawtext.Verb, n noun) **int {
	type change struct {
		verb lawtext.Verb
		noun noun
	}
	return map[change]**int{
		{lawtext.Adds, entityNoun}: &c.AddedEntities, {lawtext.Adds, entryNoun}: &c.AddedEntries,
		{lawtext.Adds, addressNoun}:   &c.AddedAddresses,
		{lawtext.Removes, entityNoun}: &c.RemovedEntities, {lawtext.Removes, entryNoun}: &c.RemovedEntries,
		{lawtext.Removes, addressNoun}: &c.RemovedAddresses, {lawtext.Removes, aliasNoun}: &c.RemovedAliases,
		{lawtext.Revises, entityNoun}: &c.RevisedEntities, {lawtext.Revises, entryNoun}: &c.RevisedEntries,
	}[change{v, n}]
}

func (r *declaredReader) settlePlaces() {
	seen := map[string]bool{} // subjects with a place from a first saying
	for _, p := range r.places {
		c, ok := r.out[p.list]
		if !ok || p.list == "" {
			continue
		}
		m := byCountry(&c, p.verb)
		if m == nil {
			continue
		}
		heading, known := lawtext.Heading(p.list, p.country)
		if !known {
			heading = p.country
		}
		id := string(p.list) + fmt.Sprint(p.verb) + heading
		if p.again && (*m)[heading] > 0 {
			continue
		}
		if !known && !seen[id] {
			r.problems = append(r.problems, diff.Problem{Kind: diff.Surprise, Where: "summary",
				Text: fmt.Sprintf("%q is no country that we know, and so no heading of the %s", p.country, p.list.Title())})
		}
		seen[id] = true
		if *m == nil {
			*m = map[string]int{}
		}
		(*m)[heading] += p.n
		r.out[p.list] = c
	}
}

func byCountry(c *diff.Counts, v lawtext.Verb) *map[string]int {
	switch v {
	case lawtext.Adds:
		return &c.AddedByCountry
	case lawtext.Removes:
		return &c.RemovedByCountry
	case lawtext.Revises:
		return &c.RevisedByCountry
	}
	return nil
}
