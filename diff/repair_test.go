package diff

import (
	"fmt"
	"slices"
	"testing"
)

// handel is a list of n parties; the first names the second and third inside it.
func handel(n int) Snapshot {
	s := Snapshot{List: EntityList, AsOf: "2026-03-02", Complete: true}
	for i := range n {
		name := fmt.Sprintf("Zürich Handel %c%c%c", 'A'+i/676, 'A'+i/26%26, 'A'+i%26)
		e := Entry{List: EntityList, Key: MakeKey(EntityList, "SWITZERLAND", name), Country: "SWITZERLAND", Name: name, Addresses: []string{name + " Straße 1"},
			LicenseRequirement: "Für alles", Programs: []string{"Übung"}, IDs: []ID{{Type: "Register", Value: "Zürich 7"}},
			Attributes: []Attribute{{Type: "Gründung", Value: "Zürich"}, {Type: "Sitz", Value: "Köln"}}, Printed: "p" + name}
		if i == 1 || i == 2 {
			e.Parent = s.Entries[0].Key
		}
		s.Entries = append(s.Entries, e)
	}
	return s
}

func named(e *Entry, name string) { e.Name, e.Key = name, MakeKey(e.List, e.Country, name) }

// What a slip of the publisher's damages stays as it was, in whatever field, and nothing else of the list differs by it.
func TestRepairLeavesNoDifferenceOfASlip(t *testing.T) {
	for name, hurt := range map[string]func(*Snapshot){
		"name":                 func(s *Snapshot) { named(&s.Entries[5], "Z?rich Handel AAF") },
		"name and its parties": func(s *Snapshot) { named(&s.Entries[0], "Z?rich Handel AAA"); s.parents(s.Entries[0].Key) },
		"name and address": func(s *Snapshot) {
			named(&s.Entries[5], "Z?rich Handel AAF")
			s.Entries[5].Addresses = []string{"Z?rich Handel AAF Stra?e 1"}
		},
		"requirement": func(s *Snapshot) { s.Entries[5].LicenseRequirement = "F?r alles" },
		"program":     func(s *Snapshot) { s.Entries[5].Programs = []string{"?bung"} },
		"id":          func(s *Snapshot) { s.Entries[5].IDs = []ID{{Type: "Register", Value: "Z?rich 7"}} },
		"attributes": func(s *Snapshot) {
			s.Entries[5].Attributes = []Attribute{{Type: "Sitz", Value: "K?ln"}, {Type: "Gründung", Value: "Z?rich"}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			old, shown := handel(60), handel(60)
			hurt(&shown)
			at := 0
			for SameRow(&old.Entries[at], &shown.Entries[at]) {
				at++
			}
			shown.Entries[at].Printed = "another"
			before := slices.Clone(shown.Entries)
			got, said := Repair(old, shown, Compare(old, shown))
			if len(said) == 0 || len(Compare(old, got).Changes) > 0 {
				t.Errorf("said %q, and there remain %d changes", said, len(Compare(old, got).Changes))
			}
			if !slices.EqualFunc(before, shown.Entries, func(a, b Entry) bool { return SameRow(&a, &b) }) {
				t.Error("the snapshot given was changed")
			}
		})
	}
}

func (s *Snapshot) parents(key string) { s.Entries[1].Parent, s.Entries[2].Parent = key, key }

// However many texts are damaged, each is kept or the list is held: none is left to be told as an amendment.
func TestDamageIsKeptOrHeld(t *testing.T) {
	const n = 6100 // three of them are slips
	for hurt := range 6 {
		old, shown := handel(n), handel(n)
		for i := range hurt {
			shown.Entries[100+i].Addresses = []string{"Z?rich Handel" + old.Entries[100+i].Name[len("Zürich Handel"):] + " Stra?e 1"}
		}
		got, said := Repair(old, shown, Compare(old, shown))
		left := Compare(old, got).Changes
		held := CheckDifference(Difference{Old: old, New: got, Found: left, News: left}, Plausible{})
		if want := hurt > 3; (len(held) > 0) != want || !want && (len(left) > 0 || len(said) != hurt) {
			t.Errorf("%d damaged: %d changes, held for %v, said %q", hurt, len(left), held, said)
		}
	}
}

// Of two parties of one name one is damaged: the ordinal that the other has by now is not given twice.
func TestRepairedKeyIsGivenOnce(t *testing.T) {
	old := handel(60)
	twin := old.Entries[5]
	twin.Addresses = []string{"Bern Gasse 3"}
	old.Entries = append(old.Entries, twin)
	shown := Snapshot{List: EntityList, AsOf: "2026-03-03", Complete: true, Entries: slices.Clone(old.Entries)}
	NumberKeys(old.Entries)
	for _, hurt := range []int{5, 60} {
		now := shown
		now.Entries = slices.Clone(shown.Entries)
		named(&now.Entries[hurt], "Z?rich Handel AAF")
		NumberKeys(now.Entries)
		got, _ := Repair(old, now, Compare(old, now))
		keys := map[string]bool{}
		for _, e := range got.Entries {
			keys[e.Key] = true
		}
		if left := Compare(old, got).Changes; len(keys) != len(got.Entries) || len(left) > 0 {
			t.Errorf("entry %d: %d keys for %d entries, %d changes", hurt, len(keys), len(got.Entries), len(left))
		}
	}
}
