package diff

import "slices"

// Repair gives the entries back the texts that a look shows damaged, where no more are than a publisher's slip: holding a whole list for one
// question mark would keep its additions from those who must know, and the slip is no amendment. seen is Compare's between old, the last
// look, and this one; said tells each text that was kept, for a person. The snapshot is untouched where nothing is to be repaired, and where
// CheckDifference finds so many that the list is to be held.
func Repair(old, new Snapshot, seen Comparison) (repaired Snapshot, said []string) {
	if c := (checker{list: new.List}); !c.charactersMayPass(seen.Changes, len(old.Entries)) {
		return new, nil
	}
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
				Fields: CompareEntries(*pair.gone.Before, *pair.come.After)})
		}
	}
	for _, c := range hurt {
		at := slices.IndexFunc(seen.Entries, func(e Entry) bool { return e.EntryID == c.EntryID })
		if at < 0 || at >= len(new.Entries) {
			continue
		}
		e, texts := mended(new.Entries[at], c)
		if len(texts) == 0 {
			continue
		}
		if len(said) == 0 {
			new.Entries = slices.Clone(new.Entries)
		}
		putMended(new.Entries, at, e)
		said = append(said, texts...)
	}
	return new, said
}

// mended is an entry with the earlier texts in the places of damaged ones, which texts tells.
func mended(e Entry, c *Change) (out Entry, texts []string) {
	for _, f := range c.Fields {
		for _, g := range c.Fields {
			if kind := damageBetween(g.Before, f.After); g.Field != f.Field || kind == undamaged || kind == foldedAway {
				continue
			}
			if restore(&e, f.Field, f.After, g.Before, c.Before) {
				e.Printed, texts = c.Before.Printed, append(texts, quoted(g.Before, f.After))
				break
			}
		}
	}
	if kind, text := damageOf(c); len(texts) == 0 && kind == escapedTwice {
		for _, f := range c.Fields { // an escape that a text is cut at leaves several of one
			if list := e.listField(f.Field); list != nil && f.After != "" {
				*list, e.Printed, texts = slices.Clone(*c.Before.listField(f.Field)), c.Before.Printed, []string{text}
			}
		}
	}
	return e, texts
}

// restore puts a text back into a field, as the entry had it before.
func restore(e *Entry, field, damaged, was string, before *Entry) bool {
	if text := e.textField(field); text != nil {
		*text = was
		if field == "name" || field == "country" {
			e.Key = before.Key
		}
		return true
	}
	if list := e.listField(field); list != nil {
		return putBack(list, damaged, *before.listField(field), was, func(s string) string { return s })
	}
	switch field {
	case "ids":
		return putBack(&e.IDs, damaged, before.IDs, was, func(x ID) string { return typed(x.Type, x.Value).text })
	case "attributes":
		return putBack(&e.Attributes, damaged, before.Attributes, was, func(x Attribute) string { return typed(x.Type, x.Value).text })
	}
	return false
}

// putBack puts the item of an earlier list that reads was in the place of the one that reads damaged.
func putBack[T any](list *[]T, damaged string, earlier []T, was string, text func(T) string) bool {
	at := slices.IndexFunc(*list, func(x T) bool { return text(x) == damaged })
	from := slices.IndexFunc(earlier, func(x T) bool { return text(x) == was })
	if at < 0 || from < 0 {
		return false
	}
	*list = slices.Clone(*list)
	(*list)[at] = earlier[from]
	return true
}

// putMended puts a mended entry in its place: under the key of its name, by an ordinal that no other has, with the parties named inside it.
func putMended(entries []Entry, at int, e Entry) {
	was := entries[at].Key
	if e.Key != was {
		base, _ := cutOrdinal(e.Key)
		for n := 1; slices.ContainsFunc(entries, func(o Entry) bool { return o.Key == e.Key }); n++ {
			e.Key = numbered(base, n)
		}
		for i := range entries {
			if entries[i].Parent == was {
				entries[i].Parent = e.Key
			}
		}
	}
	entries[at] = e
}
