package rule

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"entitywatch/diff"
)

// CheckDeclared compares what an act says of itself with the Amendments read from it, in total and by country, list by
// list. Each difference is a problem (kind surprise) on the act. It may be called again after Declared or Amendments
// have changed: it adds no problem twice.
func CheckDeclared(a *diff.Act) {
	for _, list := range []diff.ListID{diff.EntityList, diff.UnverifiedList, diff.MilitaryEndUserList} {
		c, ok := a.Declared[list]
		if !ok && len(a.Declared) == 0 {
			continue
		}
		t := tallyOf(a, list)
		if t.republished {
			continue
		}
		checkAction(a, list, "added", t.added, t.either, said{c.AddedEntities, c.AddedEntries, c.AddedAddresses,
			c.AddedByCountry})
		checkAction(a, list, "removed", t.removed, nil, said{c.RemovedEntities, c.RemovedEntries, nil, c.RemovedByCountry})
		checkAction(a, list, "revised", t.revised, t.either,
			said{c.RevisedEntities, c.RevisedEntries, nil, c.RevisedByCountry})
		checkParts(a, list, c, t)
		if c.RemovedEntities == nil && c.RemovedEntries == nil && len(t.removed) > 0 {
			disagree(a, list, "it does not say that entries are removed, but %d are: %s", len(t.removed), names(t.removed))
		}
		if c.AddedEntities == nil && c.AddedEntries == nil && c.AddedAddresses == nil && len(t.added) > 0 {
			disagree(a, list, "it does not say that entries are added, but %d are: %s", len(t.added), names(t.added))
		}
	}
}

// tally sorts a list's amendments by what they do.
type tally struct {
	added, removed, revised, either []*diff.Amendment
	republished                     bool // what the text does to the list is seen when it is applied
}

func tallyOf(a *diff.Act, list diff.ListID) tally {
	var t tally
	for i := range a.Amendments {
		am := &a.Amendments[i]
		if am.List != list || isPart(am) {
			continue
		}
		switch am.Action {
		case diff.Add:
			t.added = append(t.added, am)
		case diff.Remove:
			t.removed = append(t.removed, am)
		case diff.AddOrRevise:
			t.either = append(t.either, am)
		case diff.Republish:
			t.republished = true
		default:
			t.revised = append(t.revised, am)
		}
	}
	return t
}

// isPart reports whether an amendment is of a party named inside another's row: the act's numbers do not count it. A
// group of the Military End-User List is no such parent: it has no key.
func isPart(am *diff.Amendment) bool {
	return am.Entry != nil && strings.HasPrefix(am.Entry.Parent, string(am.List)+"/")
}

// said is what an act says of one action.
type said struct {
	entities, entries, addresses *int
	byCountry                    map[string]int
}

func checkAction(a *diff.Act, list diff.ListID, word string, sure, either []*diff.Amendment, s said) {
	addresses := 0
	for _, am := range sure {
		if am.Entry != nil && am.Entry.Kind == diff.Address {
			addresses++
		}
	}
	low, high := len(sure), len(sure)+len(either)
	if n := s.entries; n != nil && (*n < low || *n > high) {
		disagree(a, list, "%d entries are %s by its own count, but %s were read", *n, word, span(low, high))
	}
	if n := s.addresses; n != nil && *n > addresses+len(either) {
		disagree(a, list, "%d addresses are %s by its own count, but %d were read", *n, word, addresses)
	}
	if n := s.entities; n != nil {
		distinct := distinctNames(sure)
		if s.addresses != nil {
			low -= addresses
		}
		if *n > high || *n < distinct-slack(s, addresses) || s.entries == nil && *n < distinct {
			disagree(a, list, "%d entities are %s by its own count, but %s were read", *n, word, span(min(low, distinct), high))
		}
	}
	checkCountries(a, list, word, sure, either, s)
}

// slack is by how much the names may outnumber the entities: addresses have no name of their own.
func slack(s said, addresses int) int {
	if s.addresses != nil || s.entries != nil {
		return addresses
	}
	return 0
}

func span(low, high int) string {
	if low == high {
		return fmt.Sprint(low)
	}
	return fmt.Sprintf("%d to %d", low, high)
}

// distinctNames counts parties: one listed under two countries is one entity.
func distinctNames(ams []*diff.Amendment) int {
	seen := map[string]bool{}
	for _, am := range ams {
		seen[diff.Normalise(am.Name)] = true
	}
	return len(seen)
}

// checkCountries compares by country. Where the numbers stated make up the total, a country that is not named has none.
func checkCountries(a *diff.Act, list diff.ListID, word string, sure, either []*diff.Amendment, s said) {
	if len(s.byCountry) == 0 {
		return
	}
	stated, sum := map[string]int{}, 0
	for c, n := range s.byCountry {
		stated[diff.FoldCountry(c)] += n
		sum += n
	}
	whole := s.entries != nil && sum == *s.entries || s.entities != nil && sum >= *s.entities
	read, maybe, label := map[string]int{}, map[string]int{}, map[string]string{}
	for _, am := range sure {
		read[diff.FoldCountry(am.Country)]++
		label[diff.FoldCountry(am.Country)] = am.Country
	}
	for _, am := range either {
		maybe[diff.FoldCountry(am.Country)]++
	}
	for _, c := range slices.Sorted(maps.Keys(s.byCountry)) {
		f := diff.FoldCountry(c)
		if n := stated[f]; n < read[f] || n > read[f]+maybe[f] {
			disagree(a, list, "%d are %s under %s by its own count, but %s were read", n, word, c,
				span(read[f], read[f]+maybe[f]))
		}
	}
	for _, f := range slices.Sorted(maps.Keys(read)) {
		if _, ok := stated[f]; !ok && whole {
			disagree(a, list, "it names no entry %s under %s, but %d were read", word, label[f], read[f])
		}
	}
}

// checkParts compares the aliases and addresses that are removed, where instructions state them one by one.
func checkParts(a *diff.Act, list diff.ListID, c diff.Counts, t tally) {
	for _, p := range []struct {
		field string
		n     *int
	}{{"aliases", c.RemovedAliases}, {"addresses", c.RemovedAddresses}} {
		if p.n == nil {
			continue
		}
		got, whole := 0, len(t.either) > 0
		for _, am := range t.revised {
			whole = whole || am.Action == diff.Revise
			for _, e := range am.Edits {
				if e.Field == p.field && e.Op == diff.EditRemove {
					got++
				}
			}
		}
		for _, am := range t.removed {
			if am.Entry != nil && am.Entry.Kind == diff.Address || strings.HasPrefix(am.Name, "Address ") {
				got++
			}
		}
		if got != *p.n && !(whole && got < *p.n) {
			disagree(a, list, "%d %s are removed by its own count, but %d were read", *p.n, p.field, got)
		}
	}
}

func disagree(a *diff.Act, list diff.ListID, format string, args ...any) {
	surprise(a, list.Title()+": "+fmt.Sprintf(format, args...), ownNumbers)
}

func names(ams []*diff.Amendment) string {
	var out []string
	for i, am := range ams {
		if i == 5 {
			out = append(out, "…")
			break
		}
		out = append(out, am.Name)
	}
	return strings.Join(out, "; ")
}
