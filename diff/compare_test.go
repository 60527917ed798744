package diff

import (
	"slices"
	"testing"
	"time"
)

func entry(country, name string, addrs ...string) Entry {
	return Entry{List: EntityList, Key: MakeKey(EntityList, country, name), Country: country, Name: name, Addresses: addrs,
		LicenseRequirement: "For all items subject to the EAR. (See § 744.11 of the EAR)", LicenseReviewPolicy: "Presumption of denial",
		Citations: []Citation{{Raw: "84 FR 54004, 10/9/19", Volume: 84, Page: 54004, Date: "2019-10-09"}}}
}

func alias(e Entry, aliases ...string) Entry {
	e.Aliases = aliases
	return e
}

func snap(asOf Date, entries ...Entry) Snapshot {
	entries = slices.Clone(entries)
	NumberKeys(entries)
	return Snapshot{List: EntityList, AsOf: asOf, Complete: true, Entries: entries}
}

// told is what a comparison says, shortly: kind, country and name of each substantive change.
func told(changes []Change) (out []string) {
	for _, c := range changes {
		if c.Substantive {
			out = append(out, string(c.Change)+" "+c.Country+" "+c.Name)
		}
	}
	return out
}

func TestCompareTells(t *testing.T) {
	hik := alias(entry("CHINA", "Hangzhou Hikvision Digital Technology Co., Ltd.", "555 Qianmo Road, Hangzhou"), "Hikvision")
	mod := func(e Entry, f func(*Entry)) Entry { f(&e); e.Key = MakeKey(e.List, e.Country, e.Name); return e }
	cases := []struct {
		name     string
		old, new []Entry
		want     []string
	}{
		{"nothing", []Entry{hik}, []Entry{hik}, nil},
		{"an addition", nil, []Entry{hik}, []string{"added CHINA Hangzhou Hikvision Digital Technology Co., Ltd."}},
		{"a removal", []Entry{hik}, nil, []string{"removed CHINA Hangzhou Hikvision Digital Technology Co., Ltd."}},
		{"the order of rows", []Entry{hik, entry("CHINA", "Megvii")}, []Entry{entry("CHINA", "Megvii"), hik}, nil},
		{"punctuation of a name moves the key", []Entry{entry("CHINA", "Ti-Tech Co., Ltd.")}, []Entry{entry("CHINA", "TiTech Co Ltd")}, nil},
		{"a respelt country", []Entry{entry("TURKEY", "A Company", "Ankara")}, []Entry{entry("TÜRKİYE", "A Company", "Ankara")}, nil},
		{"a heading no table knows", []Entry{entry("FREEDONIA", "A Company"), entry("FREEDONIA", "B Company"), hik},
			[]Entry{entry("FREDONIAN LAND", "A Company"), entry("FREDONIAN LAND", "B Company"), hik},
			[]string{"amended FREDONIAN LAND A Company", "amended FREDONIAN LAND B Company"}},
		{"another country is another entry", []Entry{entry("CHINA", "A Company", "X")}, []Entry{entry("RUSSIA", "A Company", "X")},
			[]string{"removed CHINA A Company", "added RUSSIA A Company"}},
		{"a region is another heading", []Entry{entry("UKRAINE", "A Company")}, []Entry{entry("CRIMEA REGION OF UKRAINE", "A Company")},
			[]string{"added CRIMEA REGION OF UKRAINE A Company", "removed UKRAINE A Company"}},
		{"a rename with alias and address", []Entry{hik}, []Entry{mod(hik, func(e *Entry) { e.Name = "Zhejiang Vision Group" })},
			[]string{"renamed CHINA Zhejiang Vision Group"}},
		{"a typo put right", []Entry{entry("CHINA", "Beijing Sensetime Techonlogy")}, []Entry{entry("CHINA", "Beijing Sensetime Technology")},
			[]string{"renamed CHINA Beijing Sensetime Technology"}},
		{"a shared citation is no identity", []Entry{entry("CHINA", "Alpha Optics", "1 A Road")}, []Entry{entry("CHINA", "Zeta Biology", "9 Z Road")},
			[]string{"removed CHINA Alpha Optics", "added CHINA Zeta Biology"}},
		{"numbered siblings are two", []Entry{entry("CHINA", "Research Institute No. 58", "1 A Road")}, []Entry{entry("CHINA", "Research Institute No. 59", "1 A Road")},
			[]string{"removed CHINA Research Institute No. 58", "added CHINA Research Institute No. 59"}},
		{"two candidates are no candidate", []Entry{alias(entry("CHINA", "Alpha Optics", "1 A Road"), "AO")},
			[]Entry{alias(entry("CHINA", "Beta Works", "1 A Road"), "AO"), alias(entry("CHINA", "Gamma Works", "1 A Road"), "AO")},
			[]string{"removed CHINA Alpha Optics", "added CHINA Beta Works", "added CHINA Gamma Works"}},
		{"a shared office is no identity", []Entry{entry("CHINA", "Alpha Optics", "Unit 5"), entry("CHINA", "Third", "Unit 5"), entry("CHINA", "Fourth", "Unit 5"), entry("CHINA", "Fifth", "Unit 5")},
			[]Entry{entry("CHINA", "Zeta Optical", "Unit 5"), entry("CHINA", "Third", "Unit 5"), entry("CHINA", "Fourth", "Unit 5"), entry("CHINA", "Fifth", "Unit 5")},
			[]string{"removed CHINA Alpha Optics", "added CHINA Zeta Optical"}},
		{"a name cut at another place", []Entry{entry("CHINA", "A Co., Ltd., 5 Road", "Beijing")}, []Entry{entry("CHINA", "A Co., Ltd.", "5 Road, Beijing")}, nil},
		{"twins in another order", []Entry{entry("CHINA", "Twin", "1 A Road"), entry("CHINA", "Twin", "2 B Road")},
			[]Entry{entry("CHINA", "Twin", "2 B Road"), entry("CHINA", "Twin", "1 A Road")}, nil},
		{"one twin goes", []Entry{entry("CHINA", "Twin", "1 A Road"), entry("CHINA", "Twin", "2 B Road")},
			[]Entry{entry("CHINA", "Twin", "2 B Road")}, []string{"removed CHINA Twin"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := told(Compare(snap("2026-01-01", c.old...), snap("2026-02-01", c.new...)).Changes)
			slices.Sort(got)
			slices.Sort(c.want)
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestIdentitySurvives(t *testing.T) {
	first := Compare(Snapshot{}, snap("2026-01-01", alias(entry("CHINA", "Old Name", "1 A Road"), "ON Group"))).Entries
	id := first[0].EntryID
	for _, e := range []Entry{
		alias(entry("CHINA", "Old Name", "2 B Road"), "ON Group"),
		alias(entry("CHINA", "New Title", "1 A Road"), "ON Group"),
		entry("CHINA", "OLD-NAME", "1 A Road"),
	} {
		got := Compare(Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true, Entries: first}, snap("2026-02-01", e))
		if got.Entries[0].EntryID != id {
			t.Errorf("%s: the identity is lost", e.Name)
		}
	}
	gone := Compare(Snapshot{List: EntityList, Complete: true, Entries: first}, snap("2026-02-01"))
	back := Compare(Snapshot{List: EntityList, Complete: true, Entries: gone.Entries}, snap("2026-03-01", entry("CHINA", "Old Name", "1 A Road")))
	if back.Entries[0].EntryID == id {
		t.Error("an entry that was removed and added again has its old id")
	}
}

func TestEntryIDsAreNeverReused(t *testing.T) {
	a := alias(entry("CHINA", "Alpha", "1 A Road"), "Al Company")
	first := Compare(Snapshot{}, snap("2026-01-01", a))
	renamed := a
	renamed.Name, renamed.Key = "Beta", MakeKey(EntityList, "CHINA", "Beta")
	second := Compare(Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true, Entries: first.Entries}, snap("2026-01-01", renamed))
	third := Compare(Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true, Entries: second.Entries}, snap("2026-01-01", renamed, entry("CHINA", "Alpha", "9 Z Road")))
	if third.Entries[0].EntryID != first.Entries[0].EntryID || third.Entries[1].EntryID == third.Entries[0].EntryID {
		t.Errorf("ids: first %s, then %s and %s", first.Entries[0].EntryID, third.Entries[0].EntryID, third.Entries[1].EntryID)
	}
}

func TestIncompleteSnapshotsRemoveNothing(t *testing.T) {
	old := snap("2026-01-01", entry("CHINA", "A Company"), entry("CHINA", "B Company"))
	part := snap("2026-02-01", entry("CHINA", "A Company"))
	part.Complete = false
	c := Compare(old, part)
	if len(c.Changes) != 0 || len(c.Missing) != 1 || len(c.Entries) != 2 {
		t.Errorf("changes %v, missing %d, kept %d", told(c.Changes), len(c.Missing), len(c.Entries))
	}
}

func TestSourceIDsAreMatchedAlone(t *testing.T) {
	party := func(id, name, addr string) Entry {
		return Entry{List: SDN, Key: MakeIDKey(SDN, id), Name: name, Addresses: []string{addr}, Aliases: []string{"Rare Alias"}}
	}
	old := Snapshot{List: SDN, Complete: true, Entries: []Entry{party("1", "One", "A"), party("2", "Two", "B")}}
	now := Snapshot{List: SDN, Complete: true, Entries: []Entry{party("1", "Uno", "A"), party("3", "Two", "B")}}
	got := told(Compare(old, now).Changes)
	if want := []string{"added  Two", "removed  Two", "renamed  Uno"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSameDayFlipFlopsAreTold(t *testing.T) {
	at := func(sec int, entries ...Entry) Snapshot {
		s := snap("2026-01-01", entries...)
		s.Evidence = []Evidence{{SHA256: "x", FetchedAt: time.Unix(int64(sec), 0)}}
		return s
	}
	e := entry("CHINA", "A Company")
	one := Compare(at(1), at(2, e)).Changes[0].ID
	two := Compare(at(3), at(4, e)).Changes[0].ID
	if one == two {
		t.Error("the second appearance has the first one's id and would never be told")
	}
	if one != Compare(at(1), at(2, e)).Changes[0].ID {
		t.Error("the same look gives two ids")
	}
}

func TestMovesAreLinked(t *testing.T) {
	c := Compare(snap("2026-01-01", entry("CHINA", "A Company")), snap("2026-02-01", entry("RUSSIA", "A Company"))).Changes
	if len(c) != 2 || !slices.Equal(c[0].Linked, []string{c[1].ID}) || !slices.Equal(c[1].Linked, []string{c[0].ID}) {
		t.Errorf("not linked: %+v", c)
	}
}
