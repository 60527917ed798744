package lawtext

import (
	"regexp"
	"strings"

	"entitywatch/diff"
)

var countryWord = regexp.MustCompile(`^[\s,]*[\p{L}\p{M}.'’()-]+`)

// CountryPrefix is the longest country that a text begins with; else its run of capitalised words up to a comma.
func CountryPrefix(s string) string {
	best, end := "", 0
	for range 8 {
		m := countryWord.FindString(s[end:])
		if m == "" {
			break
		}
		end += len(m)
		if c := strings.TrimRight(s[:end], " ,"); IsHeading(c) {
			best = strings.TrimSpace(c)
		}
	}
	if best != "" {
		return best
	}
	return strings.TrimSpace(capitalRun.FindString(s))
}

// IsHeading reports whether a text names a country, in any of its ways, and nothing else: the heading of a list's entries.
func IsHeading(s string) bool {
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
