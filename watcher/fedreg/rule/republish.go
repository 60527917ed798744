package rule

import (
	"regexp"
	"strings"
	"unicode"

	"entitywatch/diff"
	"entitywatch/watcher/fedreg/summary"
)

// The Office of the Federal Register's drafting handbook asks, since 2025-06-09, for "revise and republish" where
// a document gives the whole new text of a unit instead of instructions on its parts. "Supplement No. 4 to part
// 744 is revised to read as follows" has always meant that.
var (
	republishRule = regexp.MustCompile(`(?i)\b(?:by\s+)?(?:(?:revis(?:e|es|ing|ed)|amend(?:ing|ed)?)\s+and\s+)?` +
		`republish(?:e[sd]|ing)?\b`)
	// wholeText finds a supplement that is itself revised, not something in it.
	wholeText = regexp.MustCompile(`(?i)^\s*(?:revise\s+)?supplement\s*(?:no\.?|number)?\s*\d+\s+to\s+part\s+\d{3}\s*` +
		`(?:\([^)]*\)\s*)?(?:,?\s*(?:in\s+its\s+entirety))?,?\s*` +
		`(?:—\s*\w+(?:\s+\w+)?\s+list\s+)?(?:(?:is|are)\s+(?:hereby\s+)?revised\s+)?(?:in\s+its\s+entirety\s+)?(?:to\s+read\s+)?as\s+follows\s*[:.]?\s*$`)
	// besideEntries finds parts of a supplement that hold no entries, somePart what is not the whole of a list's or a
	// country's entries.
	besideEntries = regexp.MustCompile(`(?i)\b(?:foot)?notes?\b`)
	somePart      = regexp.MustCompile(`(?i)\b(?:following|certain|some|first|last|listed|columns?|paragraphs?)\b`)
	namedEntry    = regexp.MustCompile("(?i)\\b(?:entry|entries|entity|entities|persons?)\\s+" +
		"(?:for|under|named)?\\s*[^\x01]{0,40}\x01")
)

// republish reads an instruction that gives the whole text of a list or of a country's entries anew, and returns
// what is left to be read as usual: nothing, or the instruction with "revise" in the place of "revise and
// republish" where it names or counts entries, or is about a part of them.
func (c *clauseReader) republish(masked string) string {
	found := republishRule.FindStringIndex(masked)
	if found == nil && !wholeText.MatchString(masked) {
		return masked
	}
	if found != nil && (namedEntry.MatchString(masked) || summary.CountsEntries(masked) || somePart.MatchString(masked)) {
		return revised(masked, found) // absence from the table says nothing
	}
	if benignRule.MatchString(masked) || besideEntries.MatchString(masked) {
		c.done = true
		if entryWords.MatchString(masked) {
			c.unread()
		}
		return ""
	}
	countries := c.countriesOf(masked)
	if len(countries) == 0 && c.here.country != "" {
		countries = []string{c.here.country}
	}
	if len(countries) == 0 {
		if beyondWhole(masked) {
			c.unread()
			return revised(masked, found)
		}
		countries = []string{""}
	}
	for _, country := range countries {
		c.op(op{action: diff.Republish, country: country})
	}
	return ""
}

// wholeWords are the words of an instruction that is about all entries of a list.
var wholeWords = regexp.MustCompile(`(?i)\b(?:supplement|nos?|number|to|part|title|cfr|the|this|its|their|entity` +
	`|unverified|military|end|users?|` +
	`lists?|uvl|meu|table|contents|text|all|whole|entire|entirety|entr(?:y|ies)|in|is|are|hereby|amend(?:ed|ing|s)?` +
	`|revis(?:e[ds]?|ing)|` +
	`republish(?:e[sd]|ing)?|by|and|of|on|read|as|follows?|set|forth|below)\b`)

// beyondWhole reports whether an instruction says more than that all of a list is given anew. That may be a part of the
// list, under a country that is not known here, say: who is absent from the table is then not removed.
func beyondWhole(masked string) bool {
	text := markRule.ReplaceAllString(masked, "")
	return strings.ContainsFunc(wholeWords.ReplaceAllString(text, ""), unicode.IsLetter)
}

// revised is an instruction with the usual words in the place of those found that revise and republish.
func revised(masked string, found []int) string {
	if found == nil {
		return masked
	}
	words := "revise"
	switch low := strings.ToLower(masked[found[0]:found[1]]); {
	case strings.HasSuffix(low, "republished"):
		words = "revised"
	case strings.HasSuffix(low, "ing"), strings.HasPrefix(low, "by "):
		words = "by revising"
	}
	return masked[:found[0]] + words + masked[found[1]:]
}

// countriesOf are the countries that an instruction names, quoted or not.
func (c *clauseReader) countriesOf(masked string) []string {
	text := quoteMark.ReplaceAllStringFunc(masked, func(q string) string { return c.quote(q[1 : len(q)-1]) })
	if m := supplement.FindStringIndex(text); m != nil {
		text = text[:m[0]] + " " + text[m[1]:]
	}
	return summary.CountriesIn(text)
}

// republished reports whether a row belongs to a text that is given anew as a whole.
func (m *matcher) republished(r *row) bool {
	for i := range m.ops {
		o := &m.ops[i]
		if o.action != diff.Republish || o.list != r.list {
			continue
		}
		if o.country == "" || diff.SameCountry(o.country, r.country) {
			return true
		}
	}
	return false
}
