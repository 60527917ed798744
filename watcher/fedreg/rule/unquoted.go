package rule

import (
	"regexp"
	"strconv"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// counted compares the instruction's own number with the names it gives: "one entry for “A” and two entries for “B” and
// “C”".
func (c *clauseReader) counted(text string, got int) {
	n, sum := statedCount(text), 0
	for _, m := range countedRule.FindAllStringSubmatch(text, -1) {
		k, _ := lawtext.ReadNumber(strings.Fields(strings.ToLower(m[1])))
		sum += k
	}
	if n > 0 && n != got && sum != got {
		c.in.problem(diff.Surprise, "the instruction says "+strconv.Itoa(n)+" but names "+strconv.Itoa(got)+": "+c.text,
			c.where)
	}
}

// statedCount is the number of entries that an instruction says it has ("six Afghan entities"); 0 where it does not
// say.
func statedCount(text string) int {
	for _, m := range countedRule.FindAllStringSubmatch(text, -1) {
		if n, taken := lawtext.ReadNumber(strings.Fields(strings.ToLower(m[1]))); taken > 0 {
			return n
		}
	}
	return 0
}

// unquoted reads a clause that names no entry: rows named only in the table, headings, or text that concerns no entry.
func (c *clauseReader) unquoted(cl clause) {
	if country, ok := countryIn(cl.text); ok {
		c.country(country)
	}
	n := statedCount(cl.text)
	switch {
	case benignRule.MatchString(cl.text):
		c.done = true
	case cl.verb == lawtext.Moves:
		c.in.problem(diff.Unread, "a heading or entry gets another place or name: "+c.text, c.where)
		c.done = true
	case headingRule.MatchString(cl.text) && !entryWords.MatchString(headingRule.ReplaceAllString(cl.text, "")):
		c.done = true
	case n > 0 && cl.verb != lawtext.Removes, unnamedRule.MatchString(cl.text) && cl.verb != lawtext.Removes:
		c.op(op{action: unnamedAction(cl.verb), unnamed: true, count: n})
	case c.here.opens && strings.Trim(cl.text, " ,:;.—") == "" || c.here.opens && announces.MatchString(cl.text):
		c.here.action = cl.verb
		c.done = true
	}
}

var (
	unnamedRule = regexp.MustCompile(`(?i)\b(?:the\s+following|new|certain)\s+(?:[\p{L}-]+\s+){0,3}?(?:entries|entry` +
		`|entities|entity|persons?)\b|\bentries\b[^\x01]*\bread\s+as\s+follows`)
	announces = regexp.MustCompile(`(?i)^[\s,]*(?:in\s+alphabetical\s+order[\s,]*)?(?:(?:the` +
		`|an?)\s+)?(?:following\s+)?(?:entr(?:y|ies)|entit(?:y|ies)|persons?)?[\s,]*(?:for|under` +
		`|in\s+alphabetical\s+order)*[\s,:—]*$`)
)

// unnamedAction: whether a row named only in the table is new depends on the state; a row under "revising" is a
// revision.
func unnamedAction(v lawtext.Verb) diff.Action {
	if v == lawtext.Adds {
		return diff.AddOrRevise
	}
	return diff.Revise
}
