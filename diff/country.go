package diff

import (
	"strings"
	"sync"
)

// CountryCode is the ISO 3166 alpha-2 code of a country as lists, rules and summaries write it: a heading ("CHINA, PEOPLE'S REPUBLIC
// OF"), a name in running text ("the People's Republic of China (China)", "United Arab Emirates (UAE)"), an abbreviation in an
// address ("U.A.E.", "P.R. China"). Regions have their country's code ("CRIMEA REGION OF UKRAINE" is UA), Hong Kong, Macau and
// Taiwan their own. A word that is no country gives false.
func CountryCode(name string) (string, bool) {
	id, ok := countryID(name)
	if !ok {
		return "", false
	}
	return id[:2], true
}

// SameCountry reports whether two texts name one heading: "TURKEY" and "Türkiye" do, "UKRAINE" and "CRIMEA REGION OF UKRAINE" do
// not, nor do China and Hong Kong. Texts that name no country we know are the same where only their layout differs.
func SameCountry(a, b string) bool {
	return FoldCountry(a) == FoldCountry(b)
}

// FoldCountry makes country names comparable: all names of one heading give one text. It is for keys of maps, not for display. The
// fold is the ISO code (with a region, as in "UA-43", where a region has a heading of its own), or the normal form of a word that
// is no country.
func FoldCountry(name string) string {
	if id, ok := countryID(name); ok {
		return id
	}
	return Normalise(name)
}

// AddressCountry is the ISO code of the country that an address ends with: "…, Kowloon, Hong Kong" gives HK, "Dubai 1234, UAE" AE.
// Notes and postal codes behind the country do not disturb it.
func AddressCountry(address string) (string, bool) {
	if i := strings.LastIndexByte(address, '('); i > 0 && strings.HasSuffix(strings.TrimRight(address, ". ;,"), ")") {
		if code, ok := AddressCountry(address[:i]); ok {
			return code, true
		}
	}
	for range 2 { // the last segment, then the one before it: "…, China, 518000"
		address = strings.TrimRight(address, " .;,")
		i := strings.LastIndexAny(address, ",;")
		if code, ok := tailCountry(address[i+1:]); ok {
			return code, true
		}
		if i < 0 || !hasDigit(address[i:]) {
			return "", false
		}
		address = address[:i]
	}
	return "", false
}

func tailCountry(segment string) (string, bool) {
	words := strings.Fields(Normalise(segment))
	for len(words) > 0 && hasDigit(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	for i := max(0, len(words)-6); i < len(words); i++ { // the longest tail wins: "south korea", not "korea"
		if id, ok := countryTable()[strings.Join(words[i:], " ")]; ok {
			return id[:2], true
		}
	}
	return "", false
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// countryID looks a name up as it stands, inverted at its comma, without its parenthesis, and by its parenthesis alone.
func countryID(name string) (string, bool) {
	if isCode(name) {
		return name, true
	}
	if id, ok := lookCountry(name); ok {
		return id, true
	}
	if before, after, ok := strings.Cut(name, ","); ok {
		if id, ok := lookCountry(after + " " + before); ok {
			return id, true
		}
	}
	before, rest, ok := strings.Cut(name, "(")
	if !ok {
		return "", false
	}
	if id, ok := countryID(before); ok {
		return id, true
	}
	inside, _, _ := strings.Cut(rest, ")")
	return lookCountry(inside)
}

// CountryOfCode is the plain name of an ISO 3166 code, in lower case: "germany" for DE.
func CountryOfCode(code string) (string, bool) {
	if !isCode(code) {
		return "", false
	}
	_, after, found := strings.Cut(countryNames, "\n"+code+" ")
	line, _, _ := strings.Cut(after, "\n")
	name, _, _ := strings.Cut(line, "|")
	return name, found
}

// isCode reports whether a text is an ISO code already, as some sources write countries.
func isCode(s string) bool {
	return len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z' && countryCodes()[s]
}

// countryCodes are the codes of the table.
var countryCodes = sync.OnceValue(func() map[string]bool {
	codes := map[string]bool{}
	for _, id := range countryTable() {
		codes[id[:2]] = true
	}
	return codes
})

func lookCountry(name string) (string, bool) {
	if len(name) == 2 && codes()[name] { // "CN" as a list's heading; "in" and "to" are no countries
		return name, true
	}
	n := Normalise(name)
	for _, lead := range []string{"the ", "under ", "destination of ", "destination "} {
		n = strings.TrimPrefix(n, lead)
	}
	id, ok := countryTable()[n]
	return id, ok
}

// codes are the ISO codes of the table.
var codes = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool, 256)
	for _, id := range countryTable() {
		set[id[:2]] = true
	}
	return set
})

// countryTable maps normalised names to codes. It is made once, of the constant below, and never changes.
var countryTable = sync.OnceValue(func() map[string]string {
	table := make(map[string]string, 512)
	for line := range strings.Lines(countryNames) {
		id, names, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		for name := range strings.SplitSeq(names, "|") {
			table[name] = id
		}
	}
	return table
})
