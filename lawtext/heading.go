package lawtext

import (
	"strings"

	"entitywatch/diff"
)

// headingSpelling are the headings that the supplements of 15 CFR part 744 do not write as the plain name of the country, by
// diff.FoldCountry. The lists differ: Supplement No. 4 writes TURKEY, Supplement No. 6 TÜRKIYE since 89 FR 55033 (2024-07-03).
var headingSpelling = map[diff.ListID]map[string]string{
	diff.EntityList:          {"CN": "CHINA, PEOPLE'S REPUBLIC OF", "UA-43": "CRIMEA REGION OF UKRAINE"},
	diff.UnverifiedList:      {"CN": "CHINA, PEOPLE'S REPUBLIC OF", "TR": "TÜRKIYE"},
	diff.MilitaryEndUserList: {"CN": "CHINA, PEOPLE'S REPUBLIC OF"},
}

// Heading is how a list heads the entries of a country that a text names in any of its ways; false where the text names no country.
// Whether the list has that heading depends on the day, since rules add and remove them ("also removes the country name Russia from
// the UVL"): that is the state's to say, not the document's.
func Heading(list diff.ListID, country string) (string, bool) {
	id := diff.FoldCountry(country)
	if own, ok := headingSpelling[list][id]; ok {
		return own, true
	}
	name, ok := diff.CountryOfCode(id)
	return strings.ToUpper(name), ok
}
