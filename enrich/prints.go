package enrich

import (
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/ours"
)

// PartyPrint changes with everything about a counterparty that screening looks at.
func PartyPrint(c ours.Counterparty) string {
	return diff.HashID("pty", append([]string{c.Name, c.Country, c.Address}, c.Aliases...)...)
}

// EntryPrint changes with a substantive change of an entry, and with no editorial one.
func EntryPrint(e diff.Entry) string {
	var parts []string
	for _, name := range printFields {
		f, _ := diff.FieldNamed(name)
		var folded []string
		for _, s := range f.Texts(&e) {
			folded = append(folded, diff.Normalise(s))
		}
		slices.Sort(folded)
		parts = append(parts, strings.Join(folded, "\x1e"))
	}
	return diff.HashID("prt", parts...)
}

// printFields are the fields that screening looks at or tells, in the order in which prints that are stored were made
// of them.
var printFields = []string{"name", "country", "license_requirement", "aliases", "weak_aliases", "former_names",
	"addresses"}

// silenced reports whether a person has found that the pair are two parties, and neither has changed since.
func silenced(dismissed []Dismissal, file string, party ours.Counterparty, e *diff.Entry) bool {
	return slices.ContainsFunc(dismissed, func(d Dismissal) bool {
		return d.Counterparty == file+"/"+party.ID && d.EntryID == e.EntryID && d.PartyPrint == PartyPrint(party) &&
			d.EntryPrint == EntryPrint(*e)
	})
}
