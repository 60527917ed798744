package main

import (
	"fmt"
	"testing"

	"entitywatch/diff"
)

// Half a list is no list, also of the short ones; a fixture of a few entries may lose most of them.
func TestHalfAListIsHeld(t *testing.T) {
	for _, tc := range []struct {
		before, after int
		held          bool
	}{{3, 1, false}, {19, 5, false}, {19, 0, true}, {70, 60, false}, {70, 35, true}, {186, 180, false}, {186, 93, true}} {
		d := compareAll([]diff.Snapshot{shown(tc.before)}, []diff.Snapshot{shown(tc.after)})
		if held := len(d.held) > 0; held != tc.held || held && len(d.changes) > 0 {
			t.Errorf("%d → %d: held %v with %d changes, want held %v", tc.before, tc.after, held, len(d.changes), tc.held)
		}
	}
}

func shown(n int) diff.Snapshot {
	s := diff.Snapshot{List: diff.MilitaryEndUserList, Complete: true}
	for i := range n {
		name := fmt.Sprintf("Party %d", i)
		s.Entries = append(s.Entries, diff.Entry{List: s.List, Country: "RUSSIA", Name: name, Key: diff.MakeKey(s.List, "RUSSIA", name)})
	}
	return s
}
