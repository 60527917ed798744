package summary

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// countryAt reads the longest name of a country that begins at a byte of s: "the People's Republic of China (China)"
// from "People's".
func countryAt(s string, from, limit int) (token, bool) {
	r, _ := utf8.DecodeRuneInString(s[from:])
	if !unicode.IsUpper(r) {
		return token{}, false
	}
	best := longestCountry(s, from, limit)
	first := strings.ToLower(wordRule.FindString(s[from:limit]))
	if c, ok := lawtext.CountryOfAdjective(first); ok && best <= from+len(first) {
		return token{kind: tAdjective, text: c, start: from, end: from + len(first)}, true
	}
	if best == 0 {
		return token{}, false
	}
	text := withoutStop(s[from:best])
	return token{kind: tCountry, text: text, start: from, end: from + len(text)}, true
}

// withoutStop takes the full stop off a word; that of an abbreviation (U.S., U.A.E.) is its own.
func withoutStop(s string) string {
	if strings.Count(s, ".") == 1 {
		return strings.TrimSuffix(s, ".")
	}
	return s
}

// longestCountry is where the longest name of a country ends that begins at a byte of s; 0 where none does.
func longestCountry(s string, from, limit int) (best int) {
	end := from
	for range 9 {
		m := wordRule.FindStringIndex(s[end:limit])
		if m == nil || strings.TrimSpace(s[end:end+m[0]]) != "" {
			break
		}
		w := s[end+m[0] : end+m[1]]
		if w[0] >= '0' && w[0] <= '9' || len(w) == 1 && !unicode.IsLetter(rune(w[0])) && !strings.Contains(",()'", w) {
			break
		}
		end += m[1]
		if isCountry(s[from:end]) {
			best = end
		}
	}
	return best
}

// ofBehind ends a heading that is written the other way round: "CHINA, PEOPLE'S REPUBLIC OF".
var ofBehind = regexp.MustCompile(`(?i) of(?: the)?$`)

func isCountry(s string) bool {
	if len(s) == 2 && s != "UK" || strings.HasSuffix(s, ",") || strings.HasSuffix(s, "(") { // "89 FR 1234" is no France
		return false
	}
	before, inside, paren := strings.Cut(s, "(")
	head := strings.TrimSpace(before)
	if strings.Contains(before, ")") || strings.Contains(head, ",") && !ofBehind.MatchString(head) || paren &&
		!glosses(before, inside) {
		return false
	}
	code, ok := diff.CountryCode(s)
	return ok && code != "US"
}

// glosses reports whether what stands in parentheses behind a country's name may belong to it: not in "China (UAE)",
// nor in "France and the United Arab Emirates (UAE)", which are two, nor in "Japan (one)", which is a country and its
// number.
func glosses(name, behind string) bool {
	in, closed := strings.CutSuffix(behind, ")")
	_, number := lawtext.ReadNumber(strings.Fields(strings.ToLower(in)))
	if !closed || number > 0 || strings.ContainsAny(in, ",(") {
		return false
	}
	inner, ok := diff.CountryCode(in)
	if !ok {
		return true
	}
	outer, ok := diff.CountryCode(name)
	return ok && outer == inner || !ok && !strings.Contains(name, " and ")
}
