package diff

import (
	"slices"
	"testing"
)

func TestHoldMissing(t *testing.T) {
	gone := Compare(Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true, Entries: state(entry("CHINA", "Alpha"), entry("CHINA", "Beta")).Entries}, snap("2026-02-01"))
	alpha, beta := gone.Changes[0].EntryID, gone.Changes[1].EntryID
	other := slices.Clone(gone.Changes)
	for i := range other {
		other[i].List = SDN
	}
	cases := []struct {
		name     string
		removals []Change
		held     map[string]Date
		o        HoldOptions
		removed  []string // notes
		since    []Date
		first    bool
		back     []string
	}{
		{"an act-governed list holds", gone.Changes, nil, HoldOptions{Today: "2026-02-01"}, nil, []Date{"2026-02-01", "2026-02-01"}, true, nil},
		{"and holds on", gone.Changes, map[string]Date{alpha: "2026-01-05", beta: "2026-01-06"}, HoldOptions{Today: "2026-12-01"}, nil, []Date{"2026-01-05", "2026-01-06"}, false, nil},
		{"until it is shown again", nil, map[string]Date{"ent_back": "2026-01-05"}, HoldOptions{Today: "2026-02-01"}, nil, nil, false, []string{"ent_back"}},
		{"until an act explains it", nil, map[string]Date{alpha: "2026-01-05"}, HoldOptions{Today: "2026-02-01"}, nil, nil, false, nil},
		{"until a person lets it go", gone.Changes[:1], map[string]Date{alpha: "2026-01-05"}, HoldOptions{Today: "2026-02-01", Released: map[string]string{alpha: "kim"}},
			[]string{"without a rule, missing since 2026-01-05, released by kim"}, nil, false, nil},
		{"51 days are not enough", gone.Changes[:1], map[string]Date{alpha: "2026-01-01"}, HoldOptions{Today: "2026-02-21", ReleaseAfter: 10}, nil, []Date{"2026-01-01"}, false, nil},
		{"time lets it go where that is set", gone.Changes[:1], map[string]Date{alpha: "2026-01-01"}, HoldOptions{Today: "2026-03-02", ReleaseAfter: 60},
			[]string{"without a rule, missing since 2026-01-01"}, nil, false, nil},
		{"a list without acts removes at once", other, nil, HoldOptions{Today: "2026-02-01"}, []string{"", ""}, nil, false, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := HoldMissing(c.removals, gone.Missing, c.held, c.o)
			var removed []string
			for _, x := range d.Removed {
				removed = append(removed, x.Note)
			}
			var since []Date
			for _, h := range d.Held {
				since = append(since, h.Since)
				if h.First != c.first {
					t.Errorf("first is %v", h.First)
				}
			}
			if !slices.Equal(removed, c.removed) || !slices.Equal(since, c.since) || !slices.Equal(d.Back, c.back) {
				t.Errorf("removed %q, held since %q, back %q", removed, since, d.Back)
			}
		})
	}
}

func TestCheckPlausible(t *testing.T) {
	list := func(n int, f ...func(*Snapshot)) Snapshot {
		s := snap("2026-02-01", bigList(n)...)
		for _, x := range f {
			x(&s)
		}
		return s
	}
	each := func(f func(int, *Entry)) func(*Snapshot) {
		return func(s *Snapshot) {
			for i := range s.Entries {
				f(i, &s.Entries[i])
			}
		}
	}
	unread := func(n int) func(*Snapshot) {
		return func(s *Snapshot) {
			for range n {
				s.Unread = append(s.Unread, UnreadOf(""))
				s.Problems = append(s.Problems, Problem{Kind: Unread}, Problem{Kind: SourceSlip})
			}
		}
	}
	old := Facts(list(1000))
	cases := []struct {
		name string
		old  *SnapshotFacts
		new  Snapshot
		p    Plausible
		want []string
	}{
		{"as before", &old, list(1000), Plausible{}, nil},
		{"a first look", nil, list(3), Plausible{}, nil},
		{"grown threefold", &old, list(3000), Plausible{}, nil},
		{"empty", &old, list(0), Plausible{MinEntries: 10}, []string{"empty"}},
		{"below the minimum", nil, list(9), Plausible{MinEntries: 10}, []string{"below_minimum"}},
		{"as small as may be", &old, list(980), Plausible{}, nil},
		{"shrunk", &old, list(979), Plausible{}, []string{"shrunk"}},
		{"shrunk as an act says", &old, list(950), Plausible{Expected: 30}, nil},
		{"half", &old, list(500), Plausible{}, []string{"shrunk"}},
		{"half, and that is allowed", &old, list(500), Plausible{MaxShrink: 0.6}, nil},
		{"its own count", &old, list(1000, func(s *Snapshot) { s.Declared, s.Rows = 1001, 1000 }), Plausible{}, []string{"count"}},
		{"its own count agrees", &old, list(1000, func(s *Snapshot) { s.Declared, s.Rows = 1004, 1004 }), Plausible{}, nil},
		{"a few unreadable rows", &old, list(1000, unread(10)), Plausible{}, nil},
		{"many unreadable rows", &old, list(1000, unread(11)), Plausible{}, []string{"unread"}},
		{"no addresses", &old, list(1000, each(func(_ int, e *Entry) { e.Addresses = nil })), Plausible{}, []string{"fill"}},
		{"a quarter without requirement", &old, list(1000, each(func(i int, e *Entry) {
			if i%4 == 0 {
				e.LicenseRequirement = ""
			}
		})), Plausible{}, []string{"fill"}},
		{"a tenth without", &old, list(1000, each(func(i int, e *Entry) {
			if i%10 == 0 {
				e.LicenseRequirement = ""
			}
		})), Plausible{}, nil},
		{"no names at a first look", nil, list(100, each(func(_ int, e *Entry) { e.Name = " " })), Plausible{}, []string{"fill"}},
		{"one of two may go", &SnapshotFacts{Entries: 2}, list(1), Plausible{}, nil},
		{"two of three may not", &SnapshotFacts{Entries: 3}, list(1), Plausible{}, []string{"shrunk"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, x := range CheckPlausible(c.old, c.new, c.p) {
				got = append(got, x.Check)
				if x.Reason == "" || x.List != EntityList {
					t.Errorf("says %+v", x)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
