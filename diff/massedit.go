package diff

import "slices"

// edited finds the same kind of edit, in each entry with other letters, in more entries than a publisher edits in a day.
func (c *checker) edited(d Difference, p Plausible) {
	var own []*Change
	for i := range d.News {
		if k := &d.News[i]; (k.Change == Amended || k.Change == Renamed) && !heals(k) {
			own = append(own, k)
		}
	}
	n := len(d.Old.Entries)
	may := limit(freeEdits, or(p.MaxEdited, DefaultMaxEdited), n)
	if len(own) <= may {
		return
	}
	if !d.New.List.ActGoverned() {
		own = withoutShared(own, n)
	}
	if len(own) > may {
		field := commonField(own)
		c.add("edited", "%d of %d entries are edited at once, and at most %d may be: %s, as of %q", len(own), n, may, field, short(own[0].Name))
	}
}

// heals reports whether an amendment only takes damage away that was there before.
func heals(c *Change) bool {
	for _, f := range c.Fields {
		if !f.Substantive || f.Before == "" {
			continue
		}
		if !slices.ContainsFunc(c.Fields, func(g FieldChange) bool {
			return g.Field == f.Field && g.After != "" && damageBetween(g.After, f.Before) != undamaged
		}) {
			return false
		}
	}
	return AnySubstantive(c.Fields) && slices.ContainsFunc(c.Fields, func(f FieldChange) bool { return f.Substantive && f.Before != "" })
}

// withoutShared leaves out the amendments in which one and the same edit is made to a fifth of them or more: a publisher's own. Names,
// addresses and identifiers are never given to many in one edit; and what is taken from more than a quarter of a list in one edit is not
// believed either.
func withoutShared(all []*Change, n int) (out []*Change) {
	count := map[FieldChange]int{}
	for _, c := range all {
		for _, f := range c.Fields {
			count[trimmed(f)]++
		}
	}
	shared := func(f FieldChange) bool {
		e := trimmed(f)
		return factual(f.Field) && count[e] >= max(freeEdits, len(all)/5) && (e.Before == "" || 4*count[e] <= n)
	}
	for _, c := range all {
		if slices.ContainsFunc(c.Fields, func(f FieldChange) bool { return f.Substantive && !shared(f) }) {
			out = append(out, c)
		}
	}
	return out
}

// trimmed is a difference without what both sides share at its ends: what was taken out and what was put in.
func trimmed(f FieldChange) FieldChange {
	b, a := f.Before, f.After
	i := 0
	for i < len(b) && i < len(a) && b[i] == a[i] {
		i++
	}
	b, a = b[i:], a[i:]
	j := 0
	for j < len(b) && j < len(a) && b[len(b)-1-j] == a[len(a)-1-j] {
		j++
	}
	return FieldChange{Field: f.Field, Before: b[:len(b)-j], After: a[:len(a)-j]}
}

// factual are the fields whose value many entries share.
func factual(field string) bool { return fieldIs(field, func(f Field) bool { return f.shared }) }

// commonField is the field that most of the amendments change.
func commonField(all []*Change) (most string) {
	count := map[string]int{}
	for _, c := range all {
		seen := map[string]bool{}
		for _, f := range c.Fields {
			if f.Substantive && !seen[f.Field] {
				seen[f.Field] = true
				if count[f.Field]++; most == "" || count[f.Field] > count[most] {
					most = f.Field
				}
			}
		}
	}
	return most
}
