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
	parts := []string{e.Name, e.Country, e.LicenseRequirement}
	for _, list := range [][]string{e.Aliases, e.WeakAliases, e.FormerNames, e.Addresses} {
		folded := make([]string, len(list))
		for i, s := range list {
			folded[i] = diff.Normalise(s)
		}
		slices.Sort(folded)
		parts = append(parts, strings.Join(folded, "\x1e"))
	}
	for i := range parts[:3] {
		parts[i] = diff.Normalise(parts[i])
	}
	return diff.HashID("prt", parts...)
}

// silenced reports whether a person has found that the pair are two parties, and neither has changed since.
func silenced(dismissed []Dismissal, file string, party ours.Counterparty, e *diff.Entry) bool {
	return slices.ContainsFunc(dismissed, func(d Dismissal) bool {
		return d.Counterparty == file+"/"+party.ID && d.EntryID == e.EntryID && d.PartyPrint == PartyPrint(party) && d.EntryPrint == EntryPrint(*e)
	})
}
