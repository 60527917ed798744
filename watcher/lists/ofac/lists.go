package ofac

import (
	"cmp"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/watcher/fetch/records"
)

// nonSDN are programs that put a party on a list other than the SDN List.
var nonSDN = []struct {
	program string // or the beginning of one, with a *
	list    diff.ListID
}{
	{"NS-PLC", diff.PLC}, {"561-Related", diff.CAPTA}, {"CMIC*", diff.CMIC}, {"NS-CMIC*", diff.CMIC},
	{"UKRAINE-EO13662", diff.SSI},
	{"FSE-*", diff.FSE},
}

// ListsOf tells on which lists an entry of the consolidated file is. Facts are the types of its ids: an entry listed
// under directive 1a or 3 of Executive Order 14024 is on the menu-based list, beside the sectoral one if need be, and
// so is whatever no program places.
func ListsOf(programs, facts []string) []diff.ListID {
	var out []diff.ListID
	for _, n := range nonSDN {
		if slices.ContainsFunc(programs, func(p string) bool {
			return matches(p, n.program)
		}) && !slices.Contains(out, n.list) {
			out = append(out, n.list)
		}
	}
	menu := slices.ContainsFunc(facts, func(f string) bool {
		return strings.HasPrefix(f, "Listing Date (EO 14024 Directive 1a)") ||
			strings.HasPrefix(f, "Listing Date (EO 14024 Directive 3)")
	})
	dual := slices.Contains(programs, "RUSSIA-EO14024") && menu
	if len(out) == 0 || dual && slices.Equal(out, []diff.ListID{diff.SSI}) {
		out = append(out, diff.MBS)
	}
	return out
}

func matches(program, pattern string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(program, prefix)
	}
	return program == pattern
}

// marked reports whether a program of the entry stands for a list other than the SDN List.
func marked(programs []string) bool {
	for _, n := range nonSDN {
		if slices.ContainsFunc(programs, func(p string) bool { return matches(p, n.program) }) {
			return true
		}
	}
	return false
}

// namedLists are the names that the enhanced schema gives the lists.
var namedLists = map[string]diff.ListID{
	"sdn list": diff.SDN, "sectoral sanctions identifications list": diff.SSI,
	"non-sdn menu-based sanctions list": diff.MBS,
	"non-sdn cmic list":                 diff.CMIC, "capta list": diff.CAPTA, "fse list": diff.FSE,
	"non-sdn palestinian legislative council list": diff.PLC,
}

// umbrella is the name that stands for all the lists other than the SDN List.
const umbrella = "consolidated list"

// kindOf is the kind that a file gives; one that gives none stands for an organization.
func kindOf(word string) diff.Kind {
	return records.KindOf(cmp.Or(strings.TrimSpace(word), "entity"))
}

// ownCountries are names of countries as only OFAC writes them.
var ownCountries = map[string]string{"Palestinian": "PS", "Cote d Ivoire": "CI"}

// addCountry adds the ISO code of a country's name, where it has one.
func addCountry(e *diff.Entry, name string) {
	code, ok := ownCountries[name]
	if !ok {
		code, _ = diff.CountryCode(strings.TrimPrefix(name, "Region: "))
	}
	records.AddCountry(&e.Countries, code)
}
