package diff

import (
	"slices"
	"strings"
)

// Mass is one edit that was made to many entries at once: a program renamed, a footnote added to all of a country.
type Mass struct {
	List    ListID
	Fields  []FieldChange // the edit
	Members []int         // the changes, in the order given
}

// GroupMass finds the edits that more than n entries of one list share: amendments with exactly the same differences, among as many changes as
// are given. One alert tells a Mass, and says that it is one.
func GroupMass(given int, change func(i int) *Change, n int) (masses []Mass) {
	edits, groups := make([]string, given), map[string]int{}
	for i := range given {
		if edits[i] = editOf(change(i)); edits[i] != "" {
			groups[edits[i]]++
		}
	}
	at := map[string]int{}
	for i, k := range edits {
		if k == "" || groups[k] <= n {
			continue
		}
		m, ok := at[k]
		if !ok {
			m = len(masses)
			at[k] = m
			c := change(i)
			masses = append(masses, Mass{List: c.List, Fields: slices.Clone(c.Fields)})
		}
		masses[m].Members = append(masses[m].Members, i)
	}
	return masses
}

// editOf is what an amendment does, as a text, without whom it does it to; "" for other changes.
func editOf(c *Change) string {
	if c.Change != Amended || len(c.Fields) == 0 {
		return ""
	}
	parts := make([]string, len(c.Fields))
	for i, f := range c.Fields {
		parts[i] = f.Field + "\x1e" + f.Before + "\x1e" + f.After
	}
	slices.Sort(parts)
	return string(c.List) + "\x1f" + c.Act + "\x1f" + strings.Join(parts, "\x1f")
}
