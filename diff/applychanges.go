package diff

import "slices"

// ApplyChanges makes a state of Changes that were found or decided before, by their EntryIDs. Discrepancies change nothing.
func ApplyChanges(state State, changes []Change) State {
	return walk(state, changes, func(c Change) *Entry { return c.After })
}

// UnapplyChanges takes Changes back: the state as it was before them, for an act that was withdrawn or is read anew.
func UnapplyChanges(state State, changes []Change) State {
	changes = slices.Clone(changes)
	slices.Reverse(changes)
	return walk(state, changes, func(c Change) *Entry { return c.Before })
}

// walk puts each change's entry at its place: nil takes it away.
func walk(state State, changes []Change, to func(Change) *Entry) State {
	at := make(map[string]int, len(state.Entries))
	entries, gone := slices.Clone(state.Entries), map[int]bool{}
	for i := range entries {
		at[entries[i].EntryID] = i
	}
	for _, c := range changes {
		i, here := at[c.EntryID]
		switch e := to(c); {
		case c.Change == Discrepancy || c.EntryID == "":
		case e == nil && here:
			gone[i] = true
		case e == nil:
		case here:
			entries[i] = *e
			delete(gone, i)
		default:
			at[c.EntryID] = len(entries)
			entries = append(entries, *e)
		}
	}
	var out State
	for i := range entries {
		if !gone[i] {
			out.Entries = append(out.Entries, entries[i])
		}
	}
	return out
}
