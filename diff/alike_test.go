package diff

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestTreatedAlike edits three entries of a thousand in one mechanical way, which holds the list, and two, which does not; and three as a
// publisher edits, which holds nothing.
func TestTreatedAlike(t *testing.T) {
	street := func(e *Entry, s string) { e.Addresses = []string{s} }
	for name, c := range map[string]struct {
		do   func(all []Entry, i int)
		held string
	}{
		"cut inside a word":      {func(all []Entry, i int) { street(&all[i], all[i].Addresses[0][:6]) }, "cut off"},
		"abbreviated":            {func(all []Entry, i int) { all[i].Name = strings.TrimSuffix(all[i].Name, "mpany") }, ""},
		"turned round":           {func(all []Entry, i int) { all[i].Name = reversed(all[i].Name) }, "turned round"},
		"twice":                  {func(all []Entry, i int) { street(&all[i], all[i].Addresses[0]+" "+all[i].Addresses[0]) }, "stand twice"},
		"the next row's":         {func(all []Entry, i int) { street(&all[i], all[i+10].Addresses[0]) }, "another entry's"},
		"digits up":              {func(all []Entry, i int) { street(&all[i], fmt.Sprintf("Harbour Road %d", 411+10*i+11)) }, "digits are moved"},
		"digits gone":            {func(all []Entry, i int) { street(&all[i], "Harbour Road") }, "digits are gone"},
		"one letter for another": {func(all []Entry, i int) { all[i].Name = strings.ReplaceAll(all[i].Name, "o", "u") }, "letters are others"},
		"a letter lost":          {func(all []Entry, i int) { all[i].Name = all[i].Name[:2] + all[i].Name[3:] }, "a letter is gone"},
		"no spaces":              {func(all []Entry, i int) { all[i].Name = strings.ReplaceAll(all[i].Name, " ", "") }, "no spaces"},
		"no capitals":            {func(all []Entry, i int) { all[i].Name = strings.ToLower(all[i].Name) }, "no capitals"},
		"in capitals":            {func(all []Entry, i int) { all[i].Name = strings.ToUpper(all[i].Name) }, ""},
		"the address for the name": {func(all []Entry, i int) {
			all[i].Name, all[i].Addresses = all[i].Addresses[0], []string{all[i].Name}
		}, "in the place of the name"},
		"days for months": {func(all []Entry, i int) {
			all[i].Attributes = []Attribute{{Type: "birth", Value: fmt.Sprintf("19%d-03-07", 40+i)}, all[i].Attributes[1]}
		}, "days stand for months"},
		"a day that was not known": {func(all []Entry, i int) {
			all[i].Attributes = []Attribute{all[i].Attributes[0], {Type: "issued", Value: fmt.Sprintf("01/01/19%d", 40+i)}}
		}, ""},
		"moved house":  {func(all []Entry, i int) { street(&all[i], fmt.Sprintf("Quay %c%d", 'a'+i, 900+7*i)) }, ""},
		"one new seat": {func(all []Entry, i int) { street(&all[i], "Tower Square 1") }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			made := func() []Entry {
				all := make([]Entry, 1000)
				for i := range all {
					all[i] = Entry{List: SDN, Key: MakeIDKey(SDN, fmt.Sprint(1000+i)), Name: fmt.Sprintf("Norholm %c%c%c Company", 'a'+i/676, 'a'+i/26%26, 'a'+i%26),
						Addresses: []string{fmt.Sprintf("Harbour Road %d", 411+10*i)}, Attributes: []Attribute{
							{Type: "birth", Value: fmt.Sprintf("19%d-07-03", 40+i)}, {Type: "issued", Value: fmt.Sprintf("00/00/19%d", 40+i)}}}
				}
				return all
			}
			for n, want := range map[int]string{2: "", 3: c.held} {
				old, now := Snapshot{List: SDN, Complete: true, Entries: made()}, Snapshot{List: SDN, Complete: true, Entries: made()}
				for i := range n {
					c.do(now.Entries, i)
				}
				found := Compare(old, now).Changes
				news := slices.DeleteFunc(slices.Clone(found), func(c Change) bool { return !c.Substantive })
				got := ""
				for _, x := range CheckDifference(Difference{Old: old, New: now, Found: found, News: news}, Plausible{}) {
					got += x.Reason
				}
				if (got == "") != (want == "") || !strings.Contains(got, want) {
					t.Errorf("%d entries: held for %q, want %q", n, got, want)
				}
			}
		})
	}
}

func TestMisreadAs(t *testing.T) {
	for after, want := range map[string]bool{
		"Z√ºrich Handel": true, "ZГјrich Handel": true, "ZŘrich Handel": false, "Zьrich Handel": true, "Z├╝rich Handel": true,
		"Zürich Handel": false, "Zurich Handel": false, "Zórich Handel": false,
	} {
		if got := after != "Zürich Handel" && misreadAs("Zürich Handel", after); got != want {
			t.Errorf("%s: %v", after, got)
		}
	}
}

// A single text that a program's word for nothing replaced, or that an escape cut apart, stays as it was.
func TestASingleTextLostToAProgram(t *testing.T) {
	for name, now := range map[string][]string{
		"nothing": {"null, Türkiye"}, "a spreadsheet's error": {"#REF!"}, "cut at an escape": {"Istanbul, T&#252", "rkiye"}, "misread": {"Istanbul, TГјrkiye"},
	} {
		was := Entry{List: SDN, Key: MakeIDKey(SDN, "1"), Name: "Norholm", Addresses: []string{"Istanbul, Türkiye"}}
		is := was
		is.Addresses = now
		old, new := Snapshot{List: SDN, Complete: true, Entries: []Entry{was}}, Snapshot{List: SDN, Complete: true, Entries: []Entry{is}}
		mended, kept := Repair(old, new, Compare(old, new))
		if len(kept) != 1 || !slices.Equal(mended.Entries[0].Addresses, was.Addresses) {
			t.Errorf("%s: kept %q, %q", name, kept, mended.Entries[0].Addresses)
		}
	}
}
