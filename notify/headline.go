package notify

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// changeOrder is the order in which kinds of change are told.
var changeOrder = []diff.ChangeKind{diff.Added, diff.Removed, diff.Amended, diff.Renamed, diff.Discrepancy}

// countriesInHeadline are named before the rest is summed up.
const countriesInHeadline = 6

// CountChanges counts Changes by list, kind and country: lists in the order of diff.Lists, kinds in the order of telling, countries
// with the most first.
func CountChanges(changes []diff.Change) []Count {
	n := map[Count]int{}
	for _, c := range changes {
		n[Count{List: c.List, Change: c.Change, Country: CountryName(c.Country)}]++
	}
	var out []Count
	for k, v := range n {
		k.N = v
		out = append(out, k)
	}
	lists := diff.Lists()
	slices.SortFunc(out, func(a, b Count) int {
		if d := slices.Index(lists, a.List) - slices.Index(lists, b.List); d != 0 {
			return d
		}
		if d := slices.Index(changeOrder, a.Change) - slices.Index(changeOrder, b.Change); d != 0 {
			return d
		}
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Country, b.Country)
	})
	return out
}

// Headline is what happened in one line, and which country had which: "Entity List: 28 added (China)", "Entity List: 3 added (China 2,
// Iran 1), 1 removed (Iran)". A single Change names its party. Corrections come after what is new: they add and remove nothing.
func Headline(changes []diff.Change) string {
	if s := correctionHeadline(changes); s != "" {
		return s
	}
	right, rest := apartBy(changes, func(c diff.Change) bool { return c.Correction != nil })
	if len(right) > 0 {
		return Headline(rest) + "; " + Headline(right)
	}
	if len(changes) == 1 {
		return single(changes[0])
	}
	counts := CountChanges(changes)
	var parts []string
	for len(counts) > 0 {
		n := slices.IndexFunc(counts, func(c Count) bool { return c.List != counts[0].List })
		if n < 0 {
			n = len(counts)
		}
		parts = append(parts, listHeadline(counts[:n]))
		counts = counts[n:]
	}
	return strings.Join(parts, "; ")
}

func single(c diff.Change) string {
	s := fmt.Sprintf("%s: 1 %s: %s", c.List.Title(), changeWord(c.Change, 1), quoted(Clean(c.Name), maxName))
	if c.Country != "" {
		s += " (" + CountryName(c.Country) + ")"
	}
	return s
}

func listHeadline(counts []Count) string {
	var kinds []string
	for rest := counts; len(rest) > 0; {
		i := slices.IndexFunc(rest, func(c Count) bool { return c.Change != rest[0].Change })
		if i < 0 {
			i = len(rest)
		}
		n, byCountry := 0, map[string]int{}
		for _, c := range rest[:i] {
			n += c.N
			byCountry[c.Country] += c.N
		}
		kinds = append(kinds, fmt.Sprintf("%d %s", n, changeWord(rest[0].Change, n))+where(byCountry))
		rest = rest[i:]
	}
	return counts[0].List.Title() + ": " + strings.Join(kinds, ", ")
}

// where is " (China)" of one country, whose number stands before it, and " (China 5, Russia 3)" of several.
func where(n map[string]int) string {
	countries := countriesOf(n)
	if len(n) == 1 {
		for c := range n {
			countries = c
		}
	}
	if countries == "" {
		return ""
	}
	return " (" + countries + ")"
}

// countriesOf is "China 5, Russia 3, Canada 2", most first.
func countriesOf(n map[string]int) string {
	var names []string
	for c := range n {
		if c != "" {
			names = append(names, c)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if n[a] != n[b] {
			return n[b] - n[a]
		}
		return strings.Compare(a, b)
	})
	var parts []string
	for i, c := range names {
		if i == countriesInHeadline && len(names) > countriesInHeadline+1 {
			parts = append(parts, fmt.Sprintf("%d more countries", len(names)-i))
			break
		}
		parts = append(parts, fmt.Sprintf("%s %d", c, n[c]))
	}
	return strings.Join(parts, ", ")
}

func changeWord(k diff.ChangeKind, n int) string {
	if k != diff.Discrepancy {
		return string(k)
	}
	if n == 1 {
		return "discrepancy between sources"
	}
	return "discrepancies between sources"
}

// apartBy divides Changes, in their order, by whether they are so.
func apartBy(changes []diff.Change, so func(diff.Change) bool) (are, others []diff.Change) {
	for _, c := range changes {
		if so(c) {
			are = append(are, c)
			continue
		}
		others = append(others, c)
	}
	return are, others
}
