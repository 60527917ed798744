package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestExplainAsksOnlyForWhatIsSought explains random differences, beside random known Changes, over a whole state and over what is sought of
// it, of lists with ids of their source, without, and with both.
func TestExplainAsksOnlyForWhatIsSought(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &world{t: t, twins: true}
		kind := rapid.SampledFrom([]string{"ids", "names", "both"}).Draw(t, "keys")
		keyed := func(entries []Entry) []Entry {
			if kind == "names" {
				return rekey(entries)
			}
			out := slices.Clone(entries)
			for i := range out {
				if !HasSourceID(out[i].Key) && (kind == "ids" || i%3 > 0) {
					w.serie++
					out[i].Key = MakeIDKey(EntityList, fmt.Sprint(w.serie))
				}
			}
			NumberKeys(out)
			return out
		}
		a := keyed(w.list())
		state := Compare(Snapshot{}, snap("2026-01-01", a...)).Entries
		known := Compare(Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true, Entries: state}, snap("2026-02-01", keyed(w.later(a))...)).Changes
		for i := range known {
			known[i].Act = rapid.SampledFrom([]string{"", "2026-00001"}).Draw(t, "act")
			known[i].EffectiveOn = rapid.SampledFrom([]Date{"2026-02-01", "2026-04-01"}).Draw(t, "effective")
		}
		// the source showed less or more than is in force, and may come to show what is
		shown := Snapshot{List: EntityList, AsOf: "2026-01-15", Complete: true, Entries: Identify(state, keyed(w.later(a)), "2026-01-15")}
		next := keyed(w.later(a))
		for i := range next {
			if kind != "names" && i%4 == 0 { // under another number
				next[i].Key = MakeIDKey(EntityList, fmt.Sprint("x", i))
			}
		}
		found := Compare(shown, snap("2026-03-01", next...))
		if len(state) == 0 {
			return
		}
		from := Viewpoint{Primary: rapid.Bool().Draw(t, "primary"), Today: "2026-03-02"}
		slices.SortFunc(state, func(x, y Entry) int { return strings.Compare(x.EntryID, y.EntryID) })
		sought := SoughtBy(found.Changes, known, state[0].EntryID, state[0].Key)
		some := slices.DeleteFunc(slices.Clone(state), func(e Entry) bool { return !sought.Wants(e.EntryID, e.Key) })
		if d := cmp.Diff(Explain(found, known, State{state}, from), Explain(found, known, State{some}, from)); d != "" {
			t.Fatalf("%d of %d entries are sought (-all +sought):\n%s", len(some), len(state), d)
		}
	})
}

// TestTheFirstEntrySaysWhetherNamesAreSought: in a list of which only some entries have ids of its source.
func TestTheFirstEntrySaysWhetherNamesAreSought(t *testing.T) {
	numbered := func(name, id, entryID string) Entry {
		e := entry("CHINA", name)
		e.Key, e.EntryID = MakeIDKey(EntityList, id), entryID
		return e
	}
	named := func(name, entryID string) Entry {
		e := numbered(name, "", entryID)
		e.Key = MakeKey(EntityList, e.Country, name)
		return e
	}
	beta := numbered("Beta", "9", "new")
	found := Comparison{Changes: []Change{describe(Change{Change: Added, Substantive: true}, nil, &beta)}, Entries: []Entry{beta}}
	for name, state := range map[string][]Entry{
		"the first has none":      {named("Alpha", "e1"), numbered("Beta", "2", "e2")},
		"the first has one":       {numbered("Alpha", "1", "e1"), named("Beta", "e2")},
		"the first is not sought": {numbered("Alpha", "1", "e1"), numbered("Beta", "2", "e2")},
	} {
		known := []Change{{EntryID: "e2", List: EntityList, Change: Removed, EffectiveOn: "2027-01-01"}}
		if name == "the first has none" {
			known = nil
		}
		sought := SoughtBy(found.Changes, known, state[0].EntryID, state[0].Key)
		some := slices.DeleteFunc(slices.Clone(state), func(e Entry) bool { return !sought.Wants(e.EntryID, e.Key) })
		from := Viewpoint{Today: "2026-03-02"}
		if d := cmp.Diff(Explain(found, known, State{state}, from), Explain(found, known, State{some}, from)); d != "" {
			t.Errorf("%s (-all +sought):\n%s", name, d)
		}
	}
}

// TestOnlyWhatAChangeConcernsIsSought: chance may seek everything in each of a few random lists.
func TestOnlyWhatAChangeConcernsIsSought(t *testing.T) {
	e := Entry{List: EntityList, EntryID: "e2", Key: MakeIDKey(EntityList, "2")}
	s := SoughtBy([]Change{{Change: Amended, Substantive: true, Key: e.Key, Before: &e, After: &e}}, []Change{{EntryID: "e3"}},
		"e1", MakeIDKey(EntityList, "1"))
	for id, want := range map[string]bool{"1": true, "2": true, "3": true, "4": false} {
		if s.Wants("e"+id, MakeIDKey(EntityList, id)) != want {
			t.Errorf("e%s is sought: %v", id, !want)
		}
	}
}
