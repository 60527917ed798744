package replay_test

import (
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/replay"
	"entitywatch/testdata"
	"entitywatch/watcher/lists/ecfr"
)

// The parser reads out of every layout of the rendered lists exactly the parties that the scenario states, and a comparison of two layouts
// finds nothing substantive.
func TestListsAreReadAsStatedInEveryLayout(t *testing.T) {
	s, err := replay.Load(testdata.Scenarios(), "editorial-churn")
	if err != nil {
		t.Fatal(err)
	}
	var first map[diff.ListID]diff.Snapshot
	for layout := range 3 {
		text := replay.RenderPart744(s.Lists, layout, false)
		shots, err := ecfr.Parse(strings.NewReader(text), diff.ReadOptions{AsOf: "2026-03-25"})
		if err != nil {
			t.Fatalf("layout %d: %v", layout, err)
		}
		if len(shots) != 3 {
			t.Fatalf("layout %d: %d lists", layout, len(shots))
		}
		byList := map[diff.ListID]diff.Snapshot{}
		for _, shot := range shots {
			byList[shot.List] = shot
			sameParties(t, layout, shot, s.Lists[shot.List])
			if first == nil {
				continue
			}
			for _, c := range diff.Compare(first[shot.List], shot).Changes {
				if c.Substantive {
					t.Errorf("layout %d: %s %s %s: %+v", layout, shot.List, c.Change, c.Name, c.Fields)
				}
			}
		}
		if first == nil {
			first = byList
		}
	}
}

func sameParties(t *testing.T, layout int, shot diff.Snapshot, groups []replay.Group) {
	t.Helper()
	for _, p := range shot.Problems {
		t.Errorf("layout %d: %s: problem %s", layout, shot.List, p.Text)
	}
	var want, got []string
	for _, g := range groups {
		for _, e := range g.Entries {
			if e.Cell == "" {
				want = append(want, say("", shot.List, g.Under, e.Name, e.Aliases, e.Addresses))
			}
		}
	}
	for _, e := range shot.Entries {
		got = append(got, say("", shot.List, e.Country, e.Name, e.Aliases, e.Addresses))
		for _, p := range e.Problems {
			t.Errorf("layout %d: %s: %s: problem %s", layout, shot.List, e.Name, p.Text)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) || want[i] != got[i] {
			t.Fatalf("layout %d: %s: %d entries read, %d stated; first that differs:\nread %v\nsaid %v", layout, shot.List, len(got), len(want), got[min(i, len(got)):min(i+1, len(got))], want[min(i, len(want)):min(i+1, len(want))])
		}
	}
}
