package notify

import (
	"strings"
	"unicode"

	"entitywatch/diff"
)

// shortNames are headings whose short name is not simply the words before the comma.
var shortNames = map[string]string{
	"KOREA, NORTH":                      "North Korea",
	"KOREA, SOUTH":                      "South Korea",
	"KOREA, REPUBLIC OF":                "South Korea",
	"CONGO, DEMOCRATIC REPUBLIC OF THE": "DR Congo",
	"CONGO, REPUBLIC OF THE":            "Congo",
	"UAE":                               "United Arab Emirates",
	"UNITED STATES":                     "United States",
	"HONG KONG SPECIAL ADMINISTRATIVE REGION": "Hong Kong",
}

// small words keep their lower case inside a name.
var smallWords = map[string]bool{"of": true, "and": true, "the": true, "region": true, "de": true}

// CountryName is a list's country heading as a reader knows it: "CHINA, PEOPLE'S REPUBLIC OF" is China, and so is "CN".
// Text that is not in capitals stays as it is.
func CountryName(heading string) string {
	h := strings.TrimSpace(heading)
	if s, ok := shortNames[strings.ToUpper(h)]; ok {
		return s
	}
	if name, ok := diff.CountryOfCode(h); ok { // some sources give the code alone
		h = strings.ToUpper(name)
		if s, ok := shortNames[h]; ok {
			return s
		}
	}
	if len(h) <= 3 || h != strings.ToUpper(h) {
		return h
	}
	h, _, _ = strings.Cut(h, ",")
	words := strings.Fields(strings.ToLower(h))
	for i, w := range words {
		if i == 0 || !smallWords[w] {
			words[i] = capital(w)
		}
	}
	return strings.Join(words, " ")
}

func capital(w string) string {
	rs := []rune(w)
	up := true
	for i, r := range rs {
		if up && unicode.IsLetter(r) {
			rs[i] = unicode.ToUpper(r)
		}
		up = r == '-' || r == '('
	}
	return string(rs)
}
