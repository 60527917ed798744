package diff

import "slices"

// applyChanges makes the state that Changes lead to: it takes back, last to first, what would undo them.
func applyChanges(state State, changes []Change) State {
	undone := slices.Clone(changes)
	for i := range undone {
		undone[i].Before, undone[i].After = undone[i].After, undone[i].Before
	}
	slices.Reverse(undone)
	return UnapplyChanges(state, undone)
}
