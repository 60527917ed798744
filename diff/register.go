package diff

import (
	"slices"
	"strings"
)

// register finds the entries of a state by what instructions call them.
type register struct {
	entries []Entry
	gone    []bool
	byName  map[string][]int // list, country, folded name
	byOther map[string][]int // the same by alias and former name; address entries by their addresses
	keys    map[string]bool
	ids     map[string]bool
}

// newRegister indexes the lists that matter; entries of others are carried along.
func newRegister(state State, lists map[ListID]bool) *register {
	r := &register{entries: slices.Clone(state.Entries), gone: make([]bool, len(state.Entries)),
		byName: map[string][]int{}, byOther: map[string][]int{}, keys: map[string]bool{}}
	r.ids = usedIDs(r.entries)
	for i := range r.entries {
		if lists[r.entries[i].List] {
			r.index(i)
		}
	}
	return r
}

func place(list ListID, country, folded string) string {
	return string(list) + "\x1f" + FoldCountry(country) + "\x1f" + folded
}

func (r *register) index(i int) {
	e := &r.entries[i]
	r.keys[e.Key] = true
	note := func(m map[string][]int, text string) {
		k := place(e.List, e.Country, letters(text))
		if !slices.Contains(m[k], i) {
			m[k] = append(m[k], i)
		}
	}
	note(r.byName, e.Name)
	others := [][]string{e.Aliases, e.FormerNames}
	if e.Kind == Address {
		if e.Remarks != "" {
			note(r.byName, e.Remarks) // "Address 01": a removal calls it by no other name
		}
		others = append(others, e.Addresses)
	}
	for _, list := range others {
		for _, s := range list {
			note(r.byOther, s)
		}
	}
}

// at lists the living entries of an index under a name.
func (r *register) at(m map[string][]int, list ListID, country, name string) (out []int) {
	for _, i := range m[place(list, country, letters(name))] {
		if !r.gone[i] {
			out = append(out, i)
		}
	}
	return out
}

// named finds entries by name: that of a row of its own before one inside another's row.
func (r *register) named(list ListID, country, name string) []int {
	all := r.at(r.byName, list, country, name)
	rows := slices.DeleteFunc(slices.Clone(all), func(i int) bool { return r.entries[i].Within })
	if len(rows) > 0 {
		return rows
	}
	return all
}

// sought finds whom an instruction means: by name; by a name that drags its address along ("A, 5 Road"); else by alias or former
// name, which leaves a doubt.
func (r *register) sought(list ListID, country, name string) (found []int, doubt bool) {
	if found = r.named(list, country, name); len(found) > 0 {
		return found, false
	}
	if found = r.withAddress(list, country, name); len(found) > 0 {
		return found, false
	}
	for _, i := range r.at(r.byOther, list, country, name) {
		found, doubt = append(found, i), doubt || r.entries[i].Kind != Address
	}
	return found, doubt
}

// withAddress takes the longest name that the text begins with, if one of that entry's addresses follows.
func (r *register) withAddress(list ListID, country, text string) (out []int) {
	for i := strings.LastIndexAny(text, ",;"); i > 0; i = strings.LastIndexAny(text[:i], ",;") {
		rest := letters(text[i:])
		for _, c := range r.named(list, country, text[:i]) {
			if slices.ContainsFunc(r.entries[c].Addresses, func(a string) bool { return strings.HasPrefix(rest, letters(a)) || strings.HasPrefix(letters(a), rest) }) {
				out = append(out, c)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// anywhere finds a name under any heading of a list; for instructions that give none.
func (r *register) anywhere(list ListID, name string) (out []int) {
	folded := letters(name)
	for i := range r.entries {
		if e := &r.entries[i]; !r.gone[i] && e.List == list && letters(e.Name) == folded {
			out = append(out, i)
		}
	}
	return out
}

// elsewhere is the country under which an entry of the same name stands, or stood before the act took it off (gone), where it is another
// one than the entry's; empty where none does or did.
func (r *register) elsewhere(e Entry) (country string, gone bool) {
	name := letters(e.Name)
	for i := range r.entries {
		there := &r.entries[i]
		if there.List != e.List || letters(there.Name) != name || SameCountry(there.Country, e.Country) {
			continue
		}
		if country, gone = there.Country, r.gone[i]; !gone {
			break
		}
	}
	return country, gone
}

// nearest picks among entries of one name the one whose names and addresses alone recur in a text; sure is false where several do or
// none does.
func (r *register) nearest(cands []int, e *Entry) (at int, sure bool) {
	if len(cands) == 1 {
		return cands[0], true
	}
	if e == nil {
		return -1, false
	}
	want := contentOf(e, -1)
	at, most := -1, 0
	for _, i := range cands {
		n := common(contentOf(&r.entries[i], i).items, want.items)
		switch {
		case n > most:
			at, sure, most = i, most < rareItem && n >= rareItem, n
		case n >= rareItem || n == most:
			sure = false
		}
	}
	return at, sure
}

// put adds an entry under a key and an id that nobody has.
func (r *register) put(e Entry, origin string) int {
	e.Key = r.freeKey(e.Key)
	e.EntryID = newEntryID(e, origin, r.ids)
	r.entries, r.gone = append(r.entries, e), append(r.gone, false)
	r.index(len(r.entries) - 1)
	return len(r.entries) - 1
}

// replace writes a new text for an entry. Children follow where its key moves.
func (r *register) replace(i int, e Entry) Entry {
	old := r.entries[i]
	e.EntryID = old.EntryID
	if base, _ := cutOrdinal(old.Key); e.Key == base || e.Key == old.Key || HasSourceID(old.Key) {
		e.Key = old.Key
	} else {
		delete(r.keys, old.Key)
		e.Key = r.freeKey(e.Key)
		r.adopt(old.Key, e.Key)
	}
	r.entries[i] = e
	r.index(i)
	return e
}

func (r *register) adopt(from, to string) {
	for i := range r.entries {
		if r.entries[i].Parent == from {
			r.entries[i].Parent = to
		}
	}
}

func (r *register) freeKey(key string) string {
	base, _ := cutOrdinal(key)
	for n := 1; ; n++ {
		if k := numbered(base, n); !r.keys[k] {
			return k
		}
	}
}

func (r *register) drop(i int) {
	r.gone[i] = true
	delete(r.keys, r.entries[i].Key)
}

// children are the living entries named inside another's row.
func (r *register) children(of Entry) (out []int) {
	for i := range r.entries {
		e := &r.entries[i]
		if !r.gone[i] && e.List == of.List && e.Parent != "" && (e.Parent == of.Key || e.Parent == of.Name && SameCountry(e.Country, of.Country)) {
			out = append(out, i)
		}
	}
	return out
}

func (r *register) state() State {
	var s State
	for i := range r.entries {
		if !r.gone[i] {
			s.Entries = append(s.Entries, r.entries[i])
		}
	}
	return s
}
