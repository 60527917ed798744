package watcher

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entitywatch/diff"
)

// book is the legal state in memory, for the rules alone.
type book struct {
	rows []EntryVersion
	n    int
}

var _ Versions = (*book)(nil)

func (b *book) Believed(list diff.ListID) (out []VersionRef, err error) {
	for _, r := range b.rows {
		if r.Entry.List == list && r.RecordedTo.IsZero() {
			out = append(out, VersionRef{ID: r.ID, EntryID: r.Entry.EntryID, Key: r.Entry.Key, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo})
		}
	}
	return out, nil
}

func (b *book) InForce(list diff.ListID, on diff.Date, _ *diff.Sought) ([]VersionRef, error) {
	all, err := b.Believed(list)
	return slices.DeleteFunc(all, func(r VersionRef) bool { return r.ValidFrom > on || r.ValidTo != "" && r.ValidTo <= on }), err
}

func (b *book) FirstInForce(diff.ListID, diff.Date) (VersionRef, error) { return VersionRef{}, nil }

func (b *book) VersionEntries(of []VersionRef, _ *diff.Rows) (out []diff.Entry, err error) {
	for _, r := range of {
		out = append(out, b.rows[slices.IndexFunc(b.rows, func(v EntryVersion) bool { return v.ID == r.ID })].Entry)
	}
	return out, nil
}

func (b *book) Timeline(id string) (out []EntryVersion, err error) {
	for _, r := range b.rows {
		if r.Entry.EntryID == id && r.RecordedTo.IsZero() {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(x, y EntryVersion) int { return strings.Compare(string(x.ValidFrom), string(y.ValidFrom)) })
	return out, nil
}

func (b *book) Disbelieve(at time.Time, ids ...string) error {
	for i := range b.rows {
		if slices.Contains(ids, b.rows[i].ID) {
			b.rows[i].RecordedTo = at
		}
	}
	return nil
}

func (b *book) AddVersions(vs ...EntryVersion) error {
	for _, v := range vs {
		b.n++
		v.ID = fmt.Sprint("v", b.n)
		b.rows = append(b.rows, v)
	}
	return nil
}

// reads is what an entry says on each of some days.
func (b *book) reads(t fataler, id string) string {
	var out []string
	for _, day := range days {
		refs, err := b.InForce(diff.EntityList, day, nil)
		if err != nil {
			t.Fatalf("%v", err)
		}
		entries, err := b.VersionEntries(refs, nil)
		if err != nil {
			t.Fatalf("%v", err)
		}
		text := "-"
		for _, e := range entries {
			if e.EntryID != id {
				continue
			}
			if text != "-" {
				t.Fatalf("%s is in force twice on %s: %+v", id, day, b.rows)
			}
			text = e.Remarks
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

type fataler interface{ Fatalf(string, ...any) }

var days = []diff.Date{"2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"}

func version(text string) *diff.Entry {
	return &diff.Entry{List: diff.EntityList, EntryID: "e", Name: "N", Remarks: text}
}

// to is a Change after which the entry reads text; "" removes it.
func to(id, text string) diff.Change {
	c := diff.Change{ID: id, EntryID: "e", List: diff.EntityList, Change: diff.Amended}
	if text == "" {
		c.Change = diff.Removed
	} else {
		c.After = version(text)
	}
	return c
}

func TestLedger(t *testing.T) {
	type step func(g ledger) error
	follow := func(id, text string, on diff.Date) step {
		return func(g ledger) error { return g.follow(to(id, text), on) }
	}
	show := func(id, text string, on diff.Date) step {
		return func(g ledger) error { return g.show(to(id, text), on) }
	}
	undo := func(id string) step { return func(g ledger) error { return g.undo(to(id, "x")) } }
	amend := func(id, text string, on diff.Date) step {
		return func(g ledger) error { return g.amend(to(id, "x"), to(id, text), on) }
	}
	for name, c := range map[string]struct {
		steps []step
		want  string // on the first of January to June
	}{
		"a baseline":                       {nil, "0 0 0 0 0 0"},
		"an amendment":                     {[]step{follow("A", "a", days[2])}, "0 0 a a a a"},
		"two":                              {[]step{follow("A", "a", days[1]), follow("B", "b", days[3])}, "0 a a b b b"},
		"a removal":                        {[]step{follow("A", "", days[2])}, "0 0 - - - -"},
		"a removal and a return":           {[]step{follow("A", "", days[1]), follow("B", "b", days[3])}, "0 - - b b b"},
		"two of one day":                   {[]step{follow("A", "a", days[2]), follow("B", "b", days[2])}, "0 0 b b b b"},
		"one read late counts at the end":  {[]step{follow("B", "b", days[3]), follow("A", "ab", days[1])}, "0 0 0 ab ab ab"},
		"taken back":                       {[]step{follow("A", "a", days[2]), undo("A")}, "0 0 0 0 0 0"},
		"the first of two taken back":      {[]step{follow("A", "a", days[1]), follow("B", "b", days[3]), undo("A")}, "0 0 0 b b b"},
		"the second of two taken back":     {[]step{follow("A", "a", days[1]), follow("B", "b", days[3]), undo("B")}, "0 a a a a a"},
		"the second of one day taken back": {[]step{follow("A", "a", days[2]), follow("B", "b", days[2]), undo("B")}, "0 0 a a a a"},
		"the first of one day taken back":  {[]step{follow("A", "a", days[2]), follow("B", "b", days[2]), undo("A")}, "0 0 b b b b"},
		"a removal taken back":             {[]step{follow("A", "", days[2]), undo("A")}, "0 0 0 0 0 0"},
		"a removal after it taken back":    {[]step{follow("A", "a", days[1]), follow("B", "", days[3]), undo("B")}, "0 a a a a a"},
		"what was removed since":           {[]step{follow("A", "a", days[1]), follow("B", "", days[3]), undo("A")}, "0 0 0 - - -"},
		"reworded":                         {[]step{follow("A", "a", days[1]), amend("A", "a2", days[1])}, "0 a2 a2 a2 a2 a2"},
		"reworded under a later one":       {[]step{follow("A", "a", days[1]), follow("B", "b", days[3]), amend("A", "a2", days[1])}, "0 a2 a2 b b b"},
		"another first day":                {[]step{follow("A", "a", days[1]), amend("A", "a", days[4])}, "0 0 0 0 a a"},
		"another first day under another":  {[]step{follow("A", "a", days[1]), follow("B", "b", days[3]), amend("A", "a", days[5])}, "0 0 0 b b b"},
		"an amendment that is a removal":   {[]step{follow("A", "a", days[1]), amend("A", "", days[2])}, "0 0 - - - -"},
		"a list under a future act":        {[]step{follow("A", "a", days[4]), show("L", "l", days[1])}, "0 l l l a a"},
		"that taken back":                  {[]step{follow("A", "a", days[4]), show("L", "l", days[1]), undo("L")}, "0 0 0 0 a a"},
		"the future act taken back":        {[]step{follow("A", "a", days[4]), show("L", "l", days[1]), undo("A")}, "0 l l l l l"},
		"a list after the act":             {[]step{follow("A", "a", days[1]), show("L", "l", days[3])}, "0 a a l l l"},
		"a list under a future removal":    {[]step{follow("A", "", days[4]), show("L", "l", days[1])}, "0 l l l - -"},
		"that taken back too":              {[]step{follow("A", "", days[4]), show("L", "l", days[1]), undo("L")}, "0 0 0 0 - -"},
		"the future removal taken back":    {[]step{follow("A", "", days[4]), show("L", "l", days[1]), undo("A")}, "0 l l l l l"},
		"gone from the list too early":     {[]step{follow("A", "", days[4]), show("L", "", days[1])}, "0 0 0 0 - -"},
		"nothing to take back":             {[]step{undo("A")}, "0 0 0 0 0 0"},
	} {
		t.Run(name, func(t *testing.T) {
			b := &book{}
			at := time.Unix(1700000000, 0)
			if err := (ledger{tx: b, at: at}).begin([]diff.Entry{*version("0")}); err != nil {
				t.Fatal(err)
			}
			for i, s := range c.steps {
				if err := s(ledger{tx: b, at: at.Add(time.Duration(i+1) * time.Hour)}); err != nil {
					t.Fatal(err)
				}
			}
			if got := b.reads(t, "e"); got != c.want {
				t.Errorf("reads %q, want %q\n%+v", got, c.want, b.rows)
			}
		})
	}
}

// TestLedgerProperties holds for any sequence of Changes: an entry is in force at most once on any day, a Change that is followed and taken
// back at once leaves all as it was, and no row is ever changed but in the end of the belief in it.
func TestLedgerProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := &book{}
		at := time.Unix(1700000000, 0)
		g := func() ledger { at = at.Add(time.Hour); return ledger{tx: b, at: at} }
		if err := g().begin([]diff.Entry{*version("0")}); err != nil {
			t.Fatal(err)
		}
		var living []string
		for i := range rapid.IntRange(1, 8).Draw(t, "steps") {
			was := slices.Clone(b.rows)
			day := rapid.SampledFrom(days).Draw(t, "day")
			id, text := fmt.Sprint("C", i), rapid.SampledFrom([]string{"", "p", "q"}).Draw(t, "text")
			before := b.reads(t, "e")
			var err error
			switch op := rapid.SampledFrom([]string{"follow", "show", "undo", "amend"}).Draw(t, "op"); {
			case op == "follow" || len(living) == 0:
				err = g().follow(to(id, text), day)
				if err == nil && rapid.Bool().Draw(t, "and back") {
					err = g().undo(to(id, text))
					if now := b.reads(t, "e"); now != before {
						t.Fatalf("followed and taken back: %q, before it %q", now, before)
					}
				} else {
					living = append(living, id)
				}
			case op == "show":
				err = g().show(to(id, text), day)
				living = append(living, id)
			case op == "undo":
				n := rapid.IntRange(0, len(living)-1).Draw(t, "which")
				err = g().undo(to(living[n], "x"))
				living = slices.Delete(living, n, n+1)
			default:
				which := rapid.SampledFrom(living).Draw(t, "which")
				err = g().amend(to(which, "x"), to(which, text), day)
			}
			if err != nil {
				t.Fatal(err)
			}
			b.reads(t, "e")
			for i, r := range was {
				now := b.rows[i]
				if r.RecordedTo.IsZero() {
					now.RecordedTo = time.Time{}
				}
				if fmt.Sprint(now) != fmt.Sprint(r) {
					t.Fatalf("a row was changed: %+v, then %+v", r, b.rows[i])
				}
			}
		}
		for i := len(living) - 1; i >= 0; i-- {
			if err := g().undo(to(living[i], "x")); err != nil {
				t.Fatal(err)
			}
		}
	})
}
