package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// whole is an entry as a text, without what is not compared.
func whole(e Entry) string {
	base, _ := cutOrdinal(e.Key)
	return fmt.Sprint(e.List, base, e.Country, e.Name, e.Aliases, e.FormerNames, e.Addresses, e.LicenseRequirement, e.LicenseReviewPolicy, e.Citations, e.Footnotes)
}

func wholes(entries []Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, whole(e))
	}
	slices.Sort(out)
	return out
}

func withEntryIDs(entries []Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.EntryID+whole(e))
	}
	slices.Sort(out)
	return out
}

func tales(changes []Change) []string {
	out := told(changes)
	slices.Sort(out)
	return out
}

func TestNoiseIsNeverTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{t: t, twins: true}
		a := w.list()
		b := make([]Entry, len(a))
		for i, e := range a {
			b[i] = w.noisy(e)
		}
		b = rapid.Permutation(b).Draw(t, "order of rows")
		first := Compare(Snapshot{}, snap("2026-01-01", rekey(a)...))
		c := Compare(Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true, Entries: first.Entries}, snap("2026-02-01", rekey(b)...))
		if got := told(c.Changes); len(got) != 0 {
			t.Fatalf("told %q", got)
		}
		if x, y := usedIDs(first.Entries), usedIDs(c.Entries); len(x) != len(y) || len(x) != len(a) {
			t.Fatalf("%d entries had %d ids and have %d", len(a), len(x), len(y))
		}
		for id := range usedIDs(c.Entries) {
			if !usedIDs(first.Entries)[id] {
				t.Fatal("an identity is new")
			}
		}
	})
}

func TestCompareWithItselfIsEmpty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := snap("2026-01-01", rekey((&world{t: t, twins: true}).list())...)
		if c := Compare(a, a); len(c.Changes)+len(c.Missing)+len(c.Problems) != 0 {
			t.Fatalf("told %v", c.Changes)
		}
	})
}

func TestChangesMakeTheNewOfTheOld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{t: t, twins: true}
		a := w.list()
		old := Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true}
		old.Entries = Compare(Snapshot{}, snap("2026-01-01", rekey(a)...)).Entries
		c := Compare(old, snap("2026-02-01", rekey(w.later(a))...))
		got := applyChanges(State{old.Entries}, c.Changes).Entries
		if x, y := withEntryIDs(got), withEntryIDs(c.Entries); !slices.Equal(x, y) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(x, "\n"), strings.Join(y, "\n"))
		}
		if x, y := withEntryIDs(UnapplyChanges(State{c.Entries}, c.Changes).Entries), withEntryIDs(old.Entries); !slices.Equal(x, y) {
			t.Fatalf("back\n%s\nwant\n%s", strings.Join(x, "\n"), strings.Join(y, "\n"))
		}
	})
}

func TestOrderOfRowsNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{t: t, twins: true}
		a := w.list()
		b := w.later(a)
		a2, b2 := rapid.Permutation(a).Draw(t, "old order"), rapid.Permutation(b).Draw(t, "new order")
		x := tales(Compare(snap("2026-01-01", rekey(a)...), snap("2026-02-01", rekey(b)...)).Changes)
		y := tales(Compare(snap("2026-01-01", rekey(a2)...), snap("2026-02-01", rekey(b2)...)).Changes)
		if !slices.Equal(x, y) {
			t.Fatalf("one order tells\n%q\nanother\n%q", x, y)
		}
	})
}

// render writes Changes as the instructions of an act, the way a rule would word them.
func render(t *rapid.T, changes []Change) Act {
	var list []Amendment
	for _, c := range changes {
		a := Amendment{List: c.List, Country: c.Country, Name: c.Name, Entry: c.After}
		switch c.Change {
		case Added:
			a.Action = rapid.SampledFrom([]Action{Add, AddOrRevise}).Draw(t, "action")
		case Removed:
			a.Action, a.Entry = Remove, nil
		default:
			a.Action, a.Name = Revise, c.Before.Name
		}
		list = append(list, a)
	}
	return act(rapid.Permutation(list).Draw(t, "order of instructions")...)
}

func TestAnActMakesTheSameChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{t: t}
		a := w.list()
		old := Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true}
		old.Entries = Compare(Snapshot{}, snap("2026-01-01", rekey(a)...)).Entries
		now := snap("2026-02-01", rekey(w.later(a))...)
		c := Compare(old, now)
		x := render(t, c.Changes)
		got := Apply(State{old.Entries}, x)
		if a, b := tales(got.Changes), tales(c.Changes); !slices.Equal(a, b) {
			t.Fatalf("the act makes\n%q\nand the lists show\n%q", a, b)
		}
		if a, b := wholes(got.State.Entries), wholes(now.Entries); !slices.Equal(a, b) {
			t.Fatalf("the state is\n%s\nand the list\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
		for _, ch := range got.Changes {
			if len(ch.Problems) > 0 {
				t.Fatalf("%s %s: %v", ch.Change, ch.Name, ch.Problems)
			}
		}
		if len(got.Changes) > 0 && !AlreadyApplied(got.State, x) {
			t.Fatalf("after the act it is not seen to be applied: %q", tale(Apply(got.State, x)))
		}
	})
}

func TestTwinsAreNeverGuessed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{t: t, twins: true}
		a := w.list()
		old := Compare(Snapshot{}, snap("2026-01-01", rekey(a)...)).Entries
		if len(old) == 0 {
			return
		}
		e := rapid.SampledFrom(old).Draw(t, "removed")
		same := 0
		for _, o := range old {
			if o.Country == e.Country && letters(o.Name) == letters(e.Name) {
				same++
			}
		}
		got := Apply(State{old}, act(strike(e)))
		if doubt := NeedsHuman(got.Changes[0].Problems); doubt != (same > 1) {
			t.Fatalf("%d entries have the name, and the problems are %v", same, got.Changes[0].Problems)
		}
		if want := len(old) - 1; same == 1 && len(got.State.Entries) != want || same > 1 && len(got.State.Entries) != len(old) {
			t.Fatalf("%d entries remain of %d", len(got.State.Entries), len(old))
		}
	})
}

// TestTheListExplainsItself plays an act and then the list that codifies it, with noise: nothing is told twice.
func TestTheListExplainsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{t: t}
		a := w.list()
		old := Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true}
		old.Entries = Compare(Snapshot{}, snap("2026-01-01", rekey(a)...)).Entries
		b := w.later(a)
		applied := Apply(State{old.Entries}, render(t, Compare(old, snap("2026-02-01", rekey(b)...)).Changes))
		for i := range b {
			b[i] = w.noisy(b[i])
		}
		seen := Compare(old, snap("2026-03-09", rekey(b)...))
		for _, primary := range []bool{true, false} {
			r := Explain(seen, applied.Changes, applied.State, Viewpoint{Primary: primary, Today: "2026-03-09"})
			if len(r.News) != 0 {
				t.Fatalf("primary %v: told twice: %q", primary, told(r.News))
			}
			for _, x := range r.Explained {
				if x.Verdict == Differs || x.Known == nil {
					t.Fatalf("%s %s: %s %v %v", x.Change.Change, x.Change.Name, x.Verdict, x.Fields, x.Known)
				}
			}
		}
	})
}
