package notify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"entitywatch/diff"
)

// contentsFrom is how many Cases a digest has before it says at its head what stands where: two or three are seen at a glance.
const contentsFrom = 4

// countriesInContents are the countries of a list that the contents name; further ones are one line.
const countriesInContents = 12

// Contents is a line of a digest's contents: what the period brought for one list and country, over all Cases, and in which it stands.
type Contents struct {
	Text  string `json:"text"`            // "Entity List, China: 5 added, 1 removed"
	Cases []int  `json:"cases,omitempty"` // their numbers in the digest, from 1
}

// Full is the line with where to read on, for channels that have no links within a message: "Entity List, China: 5 added (see 1, 3)".
func (c Contents) Full() string {
	if len(c.Cases) == 0 {
		return c.Text
	}
	numbers := make([]string, len(c.Cases))
	for i, n := range c.Cases {
		numbers[i] = strconv.Itoa(n)
	}
	return c.Text + " (see " + strings.Join(numbers, ", ") + ")"
}

// place is a list and a country as a reader knows it; the countries beyond those that are named are one place.
type place struct {
	list    diff.ListID
	country string
}

// tally is what the Cases of a digest bring to one place.
type tally struct {
	n     map[diff.ChangeKind]int
	cases []int
}

func (t *tally) add(k diff.ChangeKind, number int) {
	t.n[k]++
	if !slices.Contains(t.cases, number) {
		t.cases = append(t.cases, number)
	}
}

func (t *tally) total() (all int) {
	for _, n := range t.n {
		all += n
	}
	return all
}

func (t *tally) text() string {
	var kinds []string
	for _, k := range changeOrder {
		if n := t.n[k]; n > 0 {
			kinds = append(kinds, fmt.Sprintf("%d %s", n, changeWord(k, n)))
		}
	}
	return strings.Join(kinds, ", ")
}

// contents numbers the Cases of a digest and says what stands where: by list and country what holds, then what does not hold, what came of
// Cases that were told before, and what a person must read. A digest of few Cases has none.
func (r *Report) contents() []Contents {
	if len(r.Cases) < contentsFrom {
		return nil
	}
	at := map[place]*tally{}
	var unread, gone, moved []int
	for i := range r.Cases {
		c := &r.Cases[i]
		c.Number = i + 1
		falls := c.Reason != ""
		for _, it := range c.Items {
			if it.Retracted != "" {
				falls = true
				continue
			}
			if c.again {
				continue
			}
			for _, x := range it.eachChange() {
				p := place{x.List, CountryName(x.Country)}
				if at[p] == nil {
					at[p] = &tally{n: map[diff.ChangeKind]int{}}
				}
				at[p].add(x.Change, c.Number)
			}
		}
		switch {
		case falls:
			gone = append(gone, c.Number)
		case c.moved || c.again:
			moved = append(moved, c.Number)
		case len(c.Items) == 0 || c.unread > 0:
			unread = append(unread, c.Number)
		}
	}
	out := placed(at)
	for _, x := range []Contents{{"RETRACTED, in whole or in part", gone}, {"Updates to what was told before", moved}, {"To be read by a person", unread}} {
		if len(x.Cases) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// placed are the places in lines, lists in the order of diff.Lists, countries with the most first.
func placed(at map[place]*tally) (out []Contents) {
	for _, list := range diff.Lists() {
		var countries []string
		for p := range at {
			if p.list == list {
				countries = append(countries, p.country)
			}
		}
		slices.SortFunc(countries, func(a, b string) int {
			if d := at[place{list, b}].total() - at[place{list, a}].total(); d != 0 {
				return d
			}
			return strings.Compare(a, b)
		})
		rest := &tally{n: map[diff.ChangeKind]int{}}
		for i, c := range countries {
			t := at[place{list, c}]
			if i >= countriesInContents && len(countries) > countriesInContents+1 {
				rest.merge(t)
				continue
			}
			head := list.Title()
			if c != "" {
				head += ", " + c
			}
			out = append(out, Contents{head + ": " + t.text(), t.cases})
		}
		if n := len(countries) - countriesInContents; rest.total() > 0 {
			out = append(out, Contents{fmt.Sprintf("%s, %d more countries: %s", list.Title(), n, rest.text()), rest.cases})
		}
	}
	return out
}

// merge adds what another tally holds.
func (t *tally) merge(o *tally) {
	for k, n := range o.n {
		t.n[k] += n
	}
	t.cases = append(t.cases, o.cases...)
	slices.Sort(t.cases)
	t.cases = slices.Compact(t.cases)
}
