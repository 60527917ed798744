package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// parties is a list of n parties with an id of their source each.
func partiesOf(list ListID, n int) []Entry {
	all := make([]Entry, n)
	for i := range all {
		all[i] = Entry{List: list, Key: MakeIDKey(list, fmt.Sprint(1000+i)), Name: fmt.Sprintf("Party %c%c%c", 'a'+i/676, 'a'+i/26%26, 'a'+i%26),
			Addresses: []string{fmt.Sprintf("Müllerstraße %d", i)}, Programs: []string{"SDGT"}}
	}
	return all
}

func TestCheckDifference(t *testing.T) {
	const n = 1000
	first := func(k int, f func(*Entry)) func([]Entry) []Entry {
		return func(all []Entry) []Entry {
			for i := range k {
				f(&all[i])
			}
			return all
		}
	}
	rename := func(e *Entry) { e.Name = strings.Replace(e.Name, "Party", "Group", 1) }
	move := func(e *Entry) { e.Addresses = []string{e.Addresses[0] + " Hinterhaus " + e.Name} }
	newcomers := func(k int) func([]Entry) []Entry {
		return func(all []Entry) []Entry {
			for i := range k {
				all = append(all, Entry{List: all[0].List, Key: MakeIDKey(all[0].List, fmt.Sprint(9000+i)), Name: fmt.Sprintf("Newcomer %c%c%c", 'a'+i/676, 'a'+i/26%26, 'a'+i%26)})
			}
			return all
		}
	}
	for name, c := range map[string]struct {
		list ListID
		do   func([]Entry) []Entry
		p    Plausible
		want string
	}{
		"as before":                      {SDN, first(0, nil), Plausible{}, ""},
		"a hundredth renamed":            {SDN, first(10, rename), Plausible{}, ""},
		"more renamed":                   {SDN, first(11, rename), Plausible{}, "renamed"},
		"a tenth edited":                 {SDN, first(100, move), Plausible{}, ""},
		"more edited":                    {SDN, first(101, move), Plausible{}, "edited"},
		"more edited, and that may be":   {SDN, first(101, move), Plausible{MaxEdited: 0.2}, ""},
		"one fact added to all":          {SDN, first(n, func(e *Entry) { e.Attributes = []Attribute{{Type: "risk", Value: "secondary sanctions"}} }), Plausible{}, ""},
		"one fact added to all, no rule": {EntityList, first(n, func(e *Entry) { e.Attributes = []Attribute{{Type: "risk", Value: "x"}} }), Plausible{}, "edited"},
		"one programme for another":      {SDN, first(250, func(e *Entry) { e.Programs = []string{"GLOMAG"} }), Plausible{}, ""},
		"one programme for all others":   {SDN, first(251, func(e *Entry) { e.Programs = []string{"GLOMAG"} }), Plausible{}, "edited"},
		"one address for all":            {SDN, first(n, func(e *Entry) { e.Addresses = []string{"Nowhere 1"} }), Plausible{}, "edited"},
		"half as many again":             {SDN, newcomers(500), Plausible{}, ""},
		"more than that":                 {SDN, newcomers(501), Plausible{}, "grown"},
		"other ids":                      {SDN, first(11, func(e *Entry) { e.Key += "9" }), Plausible{}, "moved"},
		"some other ids":                 {SDN, first(10, func(e *Entry) { e.Key += "9" }), Plausible{}, ""},
		"others in their places":         {SDN, first(21, func(e *Entry) { e.Key += "9"; e.Name = "X" + e.Name }), Plausible{}, "shrunk"},
		"layout": {EntityList, first(n, func(e *Entry) {
			e.Name, e.Addresses = strings.ToUpper(e.Name)+".", []string{strings.ReplaceAll(e.Addresses[0], " ", ",  ")}
		}), Plausible{}, ""},
		"two texts damaged":     {SDN, first(2, func(e *Entry) { e.Addresses = []string{strings.Replace(e.Addresses[0], "ü", "?", 1)} }), Plausible{}, "characters"},
		"a single one":          {SDN, first(1, func(e *Entry) { e.Addresses = []string{strings.Replace(e.Addresses[0], "ü", "?", 1)} }), Plausible{}, ""},
		"umlauts of six folded": {SDN, first(6, func(e *Entry) { e.Addresses = []string{strings.Replace(e.Addresses[0], "ü", "u", 1)} }), Plausible{}, "characters"},
	} {
		t.Run(name, func(t *testing.T) {
			old := Snapshot{List: c.list, Complete: true, Entries: partiesOf(c.list, n)}
			now := Snapshot{List: c.list, Complete: true, Entries: c.do(partiesOf(c.list, n))}
			check := func(old, now Snapshot) string {
				found := Compare(old, now).Changes
				news := slices.DeleteFunc(slices.Clone(found), func(c Change) bool { return !c.Substantive })
				var got []string
				for _, x := range CheckDifference(Difference{Old: old, New: now, Found: found, News: news}, c.p) {
					got = append(got, x.Check)
				}
				return strings.Join(got, " ")
			}
			if got := check(old, now); got != c.want {
				t.Errorf("held for %q, want %q", got, c.want)
			}
			if got := check(now, old); strings.Contains(name, "damaged") && got != "" {
				t.Errorf("what heals is held for %q", got)
			}
		})
	}
}

func TestWhatActsExplainCountsForNothing(t *testing.T) {
	old := Snapshot{List: SDN, Complete: true, Entries: partiesOf(SDN, 100)}
	now := Snapshot{List: SDN, Complete: true, Entries: partiesOf(SDN, 300)}
	found := Compare(old, now).Changes
	if got := CheckDifference(Difference{Old: old, New: now, Found: found}, Plausible{}); len(got) != 0 {
		t.Errorf("held: %+v", got)
	}
	if got := CheckDifference(Difference{Old: old, New: now, Found: found, News: found}, Plausible{}); len(got) != 1 || got[0].Check != "grown" {
		t.Errorf("unexplained: %+v", got)
	}
}
