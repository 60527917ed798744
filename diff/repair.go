package diff

import "slices"

// Repair gives the entries back the texts that a look shows damaged, where no more are than a publisher's slip: holding a whole list for one
// question mark would keep its additions from those who must know, and the slip is no amendment. seen is Compare's between the last look and
// this one; said tells each text that was kept, for a person. The snapshot is untouched where nothing is to be repaired, or too much.
func Repair(new Snapshot, seen Comparison) (repaired Snapshot, said []string) {
	var hurt []*Change
	for i := range seen.Changes {
		c := &seen.Changes[i]
		if kind, _ := damageOf(c); c.Substantive && kind != undamaged && kind != foldedAway {
			hurt = append(hurt, c)
		}
	}
	for _, pair := range damagedNames(seen.Changes) {
		if pair.kind != foldedAway && pair.gone.Before != nil {
			hurt = append(hurt, &Change{EntryID: pair.come.EntryID, Before: pair.gone.Before,
				Fields: []FieldChange{{Field: "name", Before: pair.gone.Name, After: pair.come.Name, Substantive: true}}})
		}
	}
	if len(hurt) > freeMarks {
		return new, nil
	}
	for _, c := range hurt {
		at := slices.IndexFunc(seen.Entries, func(e Entry) bool { return e.EntryID == c.EntryID })
		if at < 0 || at >= len(new.Entries) {
			continue
		}
		e, text := mended(new.Entries[at], c)
		if text == "" {
			continue
		}
		if len(said) == 0 {
			new.Entries = slices.Clone(new.Entries)
		}
		new.Entries[at], said = e, append(said, text)
	}
	return new, said
}

// mended is an entry with the earlier texts in the places of damaged ones; text tells one of them, "" where there is none.
func mended(e Entry, c *Change) (out Entry, text string) {
	for _, f := range c.Fields {
		for _, g := range c.Fields {
			if kind := damageBetween(g.Before, f.After); g.Field != f.Field || kind == undamaged || kind == foldedAway {
				continue
			}
			if e, was := restored(e, f.Field, f.After, g.Before, c.Before.Key); was {
				return orMended(e, c, f), quoted(g.Before, f.After)
			}
		}
	}
	return e, ""
}

// orMended goes on with the differences behind the one that was mended.
func orMended(e Entry, c *Change, done FieldChange) Entry {
	rest := *c
	rest.Fields = slices.DeleteFunc(slices.Clone(c.Fields), func(f FieldChange) bool { return f == done })
	e, _ = mended(e, &rest)
	return e
}

// restored puts a text back into a field. An entry that has its name again has its key again.
func restored(e Entry, field, damaged, was, key string) (Entry, bool) {
	switch field {
	case "name":
		e.Name, e.Key = was, key
		return e, true
	case "remarks":
		e.Remarks = was
		return e, true
	}
	list := map[string]*[]string{
		"aliases": &e.Aliases, "weak_aliases": &e.WeakAliases, "former_names": &e.FormerNames, "addresses": &e.Addresses, "notes": &e.Notes,
	}[field]
	if list == nil {
		return e, false
	}
	at := slices.Index(*list, damaged)
	if at < 0 {
		return e, false
	}
	*list = slices.Clone(*list)
	(*list)[at] = was
	return e, true
}
