package diff

func (x *explainer) index(seen Comparison) {
	if x.from.Primary {
		for i := range seen.Entries {
			x.taken[seen.Entries[i].EntryID] = true
		}
	}
	x.byName = map[string][]int{}
	for i := range x.known {
		for _, k := range marksOf(&x.known[i], x.filed) {
			x.byName[k] = append(x.byName[k], i)
		}
	}
}

// marksOf is what a Change can be found by: its identity, and the names before and after, under their country and in further places.
func marksOf(c *Change, places func(*Entry) []string) (out []string) {
	if c.EntryID != "" {
		out = append(out, c.EntryID)
	}
	for _, e := range []*Entry{c.Entry, c.Before, c.After} {
		if e == nil {
			continue
		}
		out = append(out, "key\x1f"+e.Key)
		for _, n := range calledBy(e) {
			out = append(out, place(e.List, e.Country, n))
			for _, p := range places(e) {
				out = append(out, "loose\x1f"+p+"\x1f"+string(e.List)+"\x1f"+plainLetters(n))
			}
		}
	}
	return out
}

// find looks for an entry in force. What the primary source shows already is not what it shows anew: that is a twin. Other sources
// may show one party in several rows.
func (x *explainer) find(e *Entry) *Entry {
	if x.from.Primary {
		return x.view.find(e, x.taken)
	}
	return x.view.Find(e)
}

// filed and sought are the further places under which a Change is known to, and looked for by, a source without headings.
func (x *explainer) filed(e *Entry) []string {
	if x.from.Primary {
		return nil
	}
	return append(loosePlaces(e, FoldCountry), anywhere)
}

func (x *explainer) sought(e *Entry) []string {
	places := loosePlaces(e, FoldCountry)
	switch {
	case x.from.Primary:
		return nil
	case len(places) == 0:
		return []string{anywhere}
	}
	return places
}
