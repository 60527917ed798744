package rule

import (
	"regexp"

	"entitywatch/lawtext"
)

// underAt finds where a country may follow in an instruction: "under X", "heading for X", "destination of X".
var underAt = regexp.MustCompile(`(?i)\b(?:under|headings?(?:\s+(?:for|of))?|destinations?\s+(?:of|for)` +
	`|country\s+of)\s+(?:the\s+)?(?:(?:heading|destination|country)s?\s+(?:of\s+|for\s+)?(?:the\s+)?)?`)

// countryIn finds the last country of a text that "under" or "heading for" introduces, as the text writes it. A
// capitalised text in its place that is no country is returned too, so that a garbled heading is seen.
func countryIn(text string) (string, bool) {
	found, ok := "", false
	for _, m := range underAt.FindAllStringIndex(text, -1) {
		if c := lawtext.CountryPrefix(text[m[1]:]); c != "" {
			found, ok = c, true
		}
	}
	return found, ok
}
