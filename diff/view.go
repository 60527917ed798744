package diff

import (
	"slices"
	"strings"
)

// View finds entries by identity, key or name: what a source shows, or what is in force.
type View struct {
	loose   bool
	entries []Entry
	byID    map[string]int
	byKey   map[string]int
	byName  map[string][]int // list, country and any folded name
}

// NewView indexes entries; the slice must not change afterwards. A name is looked for under its own heading.
func NewView(entries []Entry) *View { return newView(entries, false) }

// NewLooseView is for matching with a source that groups parties differently and has no headings, as the Consolidated Screening List
// does: a name is looked for under any country of heading or addresses, and everywhere where there is none.
func NewLooseView(entries []Entry) *View { return newView(entries, true) }

func newView(entries []Entry, loose bool) *View {
	v := &View{loose: loose, entries: entries, byID: make(map[string]int, len(entries)), byKey: make(map[string]int, len(entries)),
		byName: make(map[string][]int, 2*len(entries))}
	fold := countryFolder()
	for i := range entries {
		e := &entries[i]
		v.byID[e.EntryID], v.byKey[e.Key] = i, i
		places := []string{fold(e.Country)}
		if loose {
			places = append(loosePlaces(e, fold), anywhere)
		}
		names := v.calledBy(e)
		if number := v.fold(e.Remarks); e.Kind == Address && number != "" {
			names = append(names, number) // "Address 01": a removal has no other name for it
		}
		for _, n := range names {
			for _, p := range places {
				k := string(e.List) + "\x1f" + p + "\x1f" + n
				v.byName[k] = append(v.byName[k], i)
			}
		}
	}
	return v
}

// anywhere is the place of names whose country is not known.
const anywhere = "*"

// loosePlaces are all countries in which an entry may be looked for.
func loosePlaces(e *Entry, fold func(string) string) []string {
	var out []string
	add := func(p string) {
		if p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	add(fold(e.Country))
	if code, ok := CountryCode(e.Country); ok {
		add(code)
	}
	for _, c := range e.Countries {
		add(c)
	}
	return out
}

// fold is how names are compared: loosely, diacritics do not count either.
func (v *View) fold(name string) string {
	if v.loose {
		return plainLetters(name)
	}
	return letters(name)
}

func (v *View) calledBy(e *Entry) []string {
	names := calledBy(e)
	if v.loose {
		for i := range names {
			names[i] = plainLetters(names[i])
		}
	}
	return names
}

// calledBy are the folded names an entry goes by; the addresses of an address entry.
func calledBy(e *Entry) (out []string) {
	all := append([]string{e.Name}, e.OtherNames()...)
	if e.Kind == Address {
		all = e.Addresses
	}
	for _, s := range all {
		if k := letters(s); k != "" && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// Find is the entry that e is: by its EntryID, its key, its name, or by a name that only one entry under its country goes by. It is nil
// where there is none.
func (v *View) Find(e *Entry) *Entry { return v.find(e, nil) }

// find leaves out the entries whose ids are in skip, unless one is e's own.
func (v *View) find(e *Entry, skip map[string]bool) *Entry {
	if e == nil {
		return nil
	}
	if i, ok := v.byID[e.EntryID]; ok && e.EntryID != "" {
		return &v.entries[i]
	}
	if i, ok := v.byKey[e.Key]; ok && e.Key != "" && !skip[v.entries[i].EntryID] {
		return &v.entries[i]
	}
	if HasSourceID(e.Key) && v.hasSourceIDs(e.List) {
		return nil
	}
	for _, n := range v.calledBy(e) {
		found := slices.DeleteFunc(v.named(e, n), func(i int) bool { return skip[v.entries[i].EntryID] })
		named := slices.DeleteFunc(slices.Clone(found), func(i int) bool { return e.Kind != Address && v.fold(v.entries[i].Name) != n })
		switch {
		case len(named) > 0:
			return &v.entries[v.best(named, e)]
		case len(found) == 1, len(found) > 1 && v.loose:
			return &v.entries[v.best(found, e)]
		}
	}
	return nil
}

// named are the entries that go by a name where e may be.
func (v *View) named(e *Entry, n string) (out []int) {
	places := []string{FoldCountry(e.Country)}
	if v.loose {
		if places = loosePlaces(e, FoldCountry); len(places) == 0 {
			places = []string{anywhere}
		}
	}
	for _, p := range places {
		for _, i := range v.byName[string(e.List)+"\x1f"+p+"\x1f"+n] {
			if !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
	}
	return out
}

// best is the most alike of several entries of one name.
func (v *View) best(found []int, e *Entry) int {
	want, at, most := contentOf(e, -1), found[0], -1
	for _, i := range found {
		if n := common(contentOf(&v.entries[i], i).items, want.items); n > most {
			at, most = i, n
		}
	}
	return at
}

func (v *View) hasSourceIDs(list ListID) bool {
	for i := range v.entries {
		if v.entries[i].List == list {
			return HasSourceID(v.entries[i].Key)
		}
	}
	return false
}

// Shows reports whether the effect of a Change can be seen: what was added is there, what was removed is not, what was amended reads
// so.
func (v *View) Shows(c Change) bool {
	switch c.Change {
	case Added:
		return v.Find(c.Entry) != nil
	case Removed:
		return v.Find(c.Entry) == nil
	case Amended, Renamed:
		e := v.Find(c.After)
		return e != nil && len(unreflected(e, c)) == 0
	}
	return false
}

// unreflected are the substantive differences of an amendment that an entry does not show. Citations are not looked at: a rule's row
// carries a placeholder.
func unreflected(e *Entry, c Change) (out []FieldChange) {
	for _, f := range c.Fields {
		if f.Substantive && f.Field != "citations" && !reflects(e, f) {
			out = append(out, f)
		}
	}
	return out
}

// reflects reports whether an entry reads as after a difference. Sources file names differently: any of an entry's names will do.
func reflects(e *Entry, f FieldChange) bool {
	switch {
	case fieldIs(f.Field, func(f Field) bool { return f.called }):
		return (f.After == "" || goesBy(e, f.After)) && (f.Before == "" || f.Field == "name" || !goesBy(e, f.Before))
	case f.Field == "addresses":
		return (f.After == "" || isAt(e, f.After)) && (f.Before == "" || !isAt(e, f.Before))
	}
	if list := e.listField(f.Field); list != nil {
		return (f.After == "" || findText(*list, f.After) >= 0) && (f.Before == "" || findText(*list, f.Before) < 0)
	}
	if text := e.textField(f.Field); text != nil {
		return SameText(*text, f.After) || f.Field == "country" && SameCountry(*text, f.After)
	}
	return slices.Contains(typedTexts(e), letters(f.After)) || f.After == "" && !slices.Contains(typedTexts(e), letters(f.Before))
}

func goesBy(e *Entry, name string) bool {
	n := letters(name)
	return n == "" || letters(e.Name) == n ||
		slices.ContainsFunc(e.OtherNames(), func(s string) bool { return letters(s) == n })
}

// isAt allows one source to write more of an address than another, and its country by another name: the screening list writes "CN" where
// OFAC writes "China".
func isAt(e *Entry, address string) bool {
	a, in := withoutCountry(address)
	a = letters(a)
	return slices.ContainsFunc(e.Addresses, func(s string) bool {
		l, there := withoutCountry(s)
		if in != "" && there != "" && in != there {
			return false
		}
		l = letters(l)
		return l == a || min(len(l), len(a)) >= 12 && (strings.Contains(l, a) || strings.Contains(a, l))
	})
}

// withoutCountry parts an address from the country that stands behind its last comma; code is "" where none does.
func withoutCountry(address string) (rest, code string) {
	i := strings.LastIndexByte(address, ',')
	if i < 0 {
		return address, ""
	}
	code, ok := CountryCode(strings.Trim(address[i+1:], " .;"))
	if !ok {
		return address, ""
	}
	return address[:i], code
}

func typedTexts(e *Entry) (out []string) {
	for _, x := range append(ids(e.IDs), attributes(e.Attributes)...) {
		out = append(out, letters(x.text))
	}
	return append(out, letters(string(e.Kind)), letters(e.Parent))
}
