package diff

import "slices"

// UnapplyChanges takes Changes back, by their EntryIDs: the state as it was before them, for an act that was withdrawn or is read anew.
// Discrepancies change nothing.
func UnapplyChanges(state State, changes []Change) State {
	at := make(map[string]int, len(state.Entries))
	entries, gone := slices.Clone(state.Entries), map[int]bool{}
	for i := range entries {
		at[entries[i].EntryID] = i
	}
	for _, c := range slices.Backward(changes) {
		i, here := at[c.EntryID]
		switch {
		case c.Change == Discrepancy || c.EntryID == "":
		case c.Before == nil && here:
			gone[i] = true
		case c.Before == nil:
		case here:
			entries[i] = *c.Before
			delete(gone, i)
		default:
			at[c.EntryID] = len(entries)
			entries = append(entries, *c.Before)
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
