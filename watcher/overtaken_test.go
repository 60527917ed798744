package watcher_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
)

// reading is the entry of a party with a policy that tells its texts apart.
func reading(name, policy string) diff.Entry {
	e := entry(name)
	e.LicenseReviewPolicy = policy
	return e
}

// showing is the list with some parties as given.
func showing(asOf diff.Date, entries ...diff.Entry) diff.Snapshot {
	s := listOf(asOf)
	s.Entries = append(s.Entries, entries...)
	return s
}

func adding(e diff.Entry) diff.Amendment {
	a := add(e.Name)
	a.Entry = &e
	return a
}

func revising(e diff.Entry) diff.Amendment {
	return diff.Amendment{Action: diff.Revise, List: e.List, Country: e.Country, Name: e.Name, Entry: &e, Instruction: "by revising " + e.Name}
}

// What later acts overtook is not awaited: whatever of the way there the list shows, once it reads as the last act
// does, nothing is in dispute, and where it does not, only the last act is.
func TestWhatLaterActsOvertookIsNotAwaited(t *testing.T) {
	old, one, two := reading("Old Foe", "Presumption of denial"), reading("Old Foe", "Case-by-case review"), reading("Old Foe", "Policy of approval")
	first := func(a diff.Amendment) diff.Act { return act("2026-04001", "2026-03-02", "2026-03-02", a) }
	second := func(a diff.Amendment) diff.Act { return act("2026-04101", "2026-03-04", "2026-03-04", a) }
	fix := func(number, of string, day diff.Date, e diff.Entry) diff.Act {
		a := act(number, day, day, revising(e))
		a.CorrectionOf = of
		return a
	}
	cases := map[string]struct {
		acts     []diff.Act
		shown    [][]diff.Entry // on 5 March and each day after
		disputed int
	}{
		"removed and added again with another text":  {acts: []diff.Act{first(remove("Old Foe")), second(adding(two))}, shown: [][]diff.Entry{{two}}},
		"removed and added again with the same text": {acts: []diff.Act{first(remove("Old Foe")), second(adding(old))}, shown: [][]diff.Entry{{old}}},
		"removed and added again, step by step":      {acts: []diff.Act{first(remove("Old Foe")), second(adding(two))}, shown: [][]diff.Entry{{}, {two}}},
		"revised twice, shown at once":               {acts: []diff.Act{first(revising(one)), second(revising(two))}, shown: [][]diff.Entry{{two}}},
		"revised twice, step by step":                {acts: []diff.Act{first(revising(one)), second(revising(two))}, shown: [][]diff.Entry{{one}, {two}}},
		"revised and revised back":                   {acts: []diff.Act{first(revising(one)), second(revising(old))}, shown: [][]diff.Entry{{old}}},
		"revised and removed":                        {acts: []diff.Act{first(revising(one)), second(remove("Old Foe"))}, shown: [][]diff.Entry{{}}},
		"added and removed":                          {acts: []diff.Act{first(add("Short Foe")), second(remove("Short Foe"))}, shown: [][]diff.Entry{{old}}},
		"a correction of a correction": {acts: []diff.Act{first(revising(one)), fix("C1-2026-04001", "2026-04001", "2026-03-03", reading("Old Foe", "Typo")),
			fix("C2-2026-04001", "C1-2026-04001", "2026-03-04", two)}, shown: [][]diff.Entry{{two}}},
		"a correction of a correction, shown in between": {acts: []diff.Act{first(adding(reading("New Foe", "a"))),
			fix("C1-2026-04001", "2026-04001", "2026-03-03", reading("New Foe", "b")), fix("C2-2026-04001", "C1-2026-04001", "2026-03-04", reading("New Foe", "c"))},
			shown: [][]diff.Entry{{old, reading("New Foe", "c")}}},
		"revised twice, and the last is never shown": {acts: []diff.Act{first(revising(one)), second(revising(two))}, shown: [][]diff.Entry{{one}}, disputed: 1},
		"removed and added again, and stays away":    {acts: []diff.Act{first(remove("Old Foe")), second(adding(two))}, shown: [][]diff.Entry{{}}, disputed: 1},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			b := baselined(t)
			var got []string
			for i, a := range tc.acts {
				b.now = time.Date(2026, 3, 2+i, 15, 0, 0, 0, time.UTC)
				b.acts.documents(a)
				got = append(got, b.poll()...)
			}
			for i, entries := range tc.shown {
				b.now = time.Date(2026, 3, 5+i, 15, 0, 0, 0, time.UTC)
				b.list.lists(showing(diff.DateOf(b.now), entries...))
				got = append(got, b.poll()...)
			}
			for day := range 30 {
				b.now = time.Date(2026, 3, 10+day, 15, 0, 0, 0, time.UTC)
				got = append(got, b.poll()...)
			}
			disputed := slices.DeleteFunc(got, func(s string) bool { return !strings.HasPrefix(s, "discrepancy") })
			if len(disputed) != tc.disputed {
				t.Errorf("disputed %q, want %d", disputed, tc.disputed)
			}
		})
	}
}
