package fedreg

import (
	"regexp"
	"strings"

	"entitywatch/diff"
)

// underAt finds where a country may follow in an instruction: "under X", "heading for X", "destination of X".
var underAt = regexp.MustCompile(`(?i)\b(?:under|headings?(?:\s+(?:for|of))?|destinations?\s+(?:of|for)|country\s+of)\s+(?:the\s+)?(?:(?:heading|destination|country)s?\s+(?:of\s+|for\s+)?(?:the\s+)?)?`)

// countryIn finds the last country of a text that "under" or "heading for" introduces, as the text writes it. A capitalised text in
// its place that is no country is returned too, so that a garbled heading is seen.
func countryIn(text string) (string, bool) {
	found, ok := "", false
	for _, m := range underAt.FindAllStringIndex(text, -1) {
		if c := countryPrefix(text[m[1]:]); c != "" {
			found, ok = c, true
		}
	}
	return found, ok
}

var countryWord = regexp.MustCompile(`^[\s,]*[\p{L}\p{M}.'’()-]+`)

// countryPrefix is the longest country that a text begins with; else its run of capitalised words up to a comma.
func countryPrefix(s string) string {
	best, end := "", 0
	for range 8 {
		m := countryWord.FindString(s[end:])
		if m == "" {
			break
		}
		end += len(m)
		if c := strings.TrimRight(s[:end], " ,"); isHeading(c) {
			best = strings.TrimSpace(c)
		}
	}
	if best != "" {
		return best
	}
	return strings.TrimSpace(capitalRun.FindString(s))
}

func isHeading(s string) bool {
	if before, inside, ok := strings.Cut(s, "("); ok && (!strings.HasSuffix(s, ")") || strings.TrimSpace(before) == "" || strings.Contains(inside, "(")) {
		return false
	}
	if before, after, ok := strings.Cut(s, ","); ok && len(strings.Fields(after)) > 4 || ok && strings.TrimSpace(before) == "" {
		return false
	}
	if behindArticle.MatchString(s) {
		return false
	}
	_, ok := diff.CountryCode(s)
	return ok
}

// behindArticle finds the article of what follows a country: "Under ICELAND, the entry for …", "BAHAMAS, THE" being no heading of the lists.
var behindArticle = regexp.MustCompile(`(?i),?\s+the$`)

var capitalRun = regexp.MustCompile(`^\p{Lu}[\p{L}\p{M}.'’-]*(?:,?\s+(?:OF|of|AND|and|THE|the|\p{Lu}[\p{L}\p{M}.'’-]*))*`)
