package diff

import (
	"slices"
	"strings"
	"testing"
)

func state(entries ...Entry) State {
	return State{Entries: Compare(Snapshot{}, snap("2026-01-01", entries...)).Entries}
}

func act(amendments ...Amendment) Act {
	return Act{DocumentNumber: "2026-00123", Status: ActPublished, Volume: 91, StartPage: 100, EndPage: 110, PublishedOn: "2026-03-01",
		EffectiveOn: "2026-03-05", Amendments: amendments}
}

func instruct(action Action, e Entry) Amendment {
	return Amendment{Action: action, List: e.List, Country: e.Country, Name: e.Name, Entry: &e, Instruction: string(action) + " " + e.Name}
}

func strike(e Entry) Amendment {
	a := instruct(Remove, e)
	a.Entry = nil
	return a
}

// names lists what a state holds, sorted.
func names(s State) (out []string) {
	for _, e := range s.Entries {
		out = append(out, e.Country+" "+e.Name+" "+strings.Join(e.Addresses, "/"))
	}
	slices.Sort(out)
	return out
}

func tale(a Application) (out []string) {
	for _, c := range a.Changes {
		s := string(c.Change) + " " + c.Name
		for _, p := range c.Problems {
			s += " ! " + p.Text
		}
		out = append(out, s)
	}
	return out
}

func TestApply(t *testing.T) {
	a, b := alias(entry("CHINA", "Alpha", "1 A Road"), "Al Company"), entry("RUSSIA", "Beta", "2 B Road")
	a2 := alias(entry("CHINA", "Alpha", "9 New Road"), "Al Company")
	abroad := entry("PERU", "Alpha", "1 A Road")
	ren := alias(entry("CHINA", "Omega", "1 A Road"), "Alpha")
	child := entry("RUSSIA", "Beta Institute")
	child.Parent, child.Within = b.Key, true
	twin1, twin2 := entry("CHINA", "Twin", "1 T Road"), entry("CHINA", "Twin", "2 T Road")
	named := func(name string, am Amendment) Amendment { am.Name = name; return am }
	edits := func(e Entry, x ...Edit) Amendment {
		return Amendment{Action: EditFields, List: e.List, Country: e.Country, Name: e.Name, Edits: x}
	}
	cases := []struct {
		name  string
		base  []Entry
		do    []Amendment
		want  []string
		after []string
	}{
		{"add", []Entry{b}, []Amendment{instruct(Add, a)}, []string{"added Alpha"}, []string{"CHINA Alpha 1 A Road", "RUSSIA Beta 2 B Road"}},
		{"add what is there", []Entry{a}, []Amendment{instruct(Add, a)}, []string{"added Alpha ! it is on the list already"}, []string{"CHINA Alpha 1 A Road"}},
		{"add a twin", []Entry{a}, []Amendment{instruct(Add, a2)}, []string{"added Alpha ! an entry of this name is on the list already, with another text"},
			[]string{"CHINA Alpha 1 A Road", "CHINA Alpha 9 New Road"}},
		{"remove", []Entry{a, b}, []Amendment{strike(a)}, []string{"removed Alpha"}, []string{"RUSSIA Beta 2 B Road"}},
		{"remove what is not there", []Entry{b}, []Amendment{strike(a)}, []string{"removed Alpha ! it is not on the list"}, []string{"RUSSIA Beta 2 B Road"}},
		{"remove by name and address", []Entry{a, b}, []Amendment{named("Alpha, 1 A Road", strike(a))}, []string{"removed Alpha"}, []string{"RUSSIA Beta 2 B Road"}},
		{"remove by an alias", []Entry{a}, []Amendment{named("Al Company", strike(a))},
			[]string{`removed Al Company ! no entry has this name, but "Alpha" has it as an alias or former name`}, []string{"CHINA Alpha 1 A Road"}},
		{"remove one of twins", []Entry{twin1, twin2}, []Amendment{strike(twin1)},
			[]string{"removed Twin ! 2 entries have this name, and the text does not say which is meant"}, []string{"CHINA Twin 1 T Road", "CHINA Twin 2 T Road"}},
		{"remove one of twins by its text", []Entry{twin1, twin2}, []Amendment{instruct(Remove, twin1)}, []string{"removed Twin"}, []string{"CHINA Twin 2 T Road"}},
		{"children go with their parent", []Entry{a, b, child}, []Amendment{strike(b)}, []string{"removed Beta", "removed Beta Institute"}, []string{"CHINA Alpha 1 A Road"}},
		{"a child named too goes once", []Entry{a, b, child}, []Amendment{strike(b), strike(child)}, []string{"removed Beta", "removed Beta Institute"}, []string{"CHINA Alpha 1 A Road"}},
		{"revise", []Entry{a}, []Amendment{instruct(Revise, a2)}, []string{"amended Alpha"}, []string{"CHINA Alpha 9 New Road"}},
		{"revise to the same", []Entry{a}, []Amendment{instruct(Revise, a)}, []string{"amended Alpha ! the list reads so already"}, []string{"CHINA Alpha 1 A Road"}},
		{"revise what is not there", []Entry{b}, []Amendment{instruct(Revise, a)}, []string{"amended Alpha ! it is not on the list"}, []string{"CHINA Alpha 1 A Road", "RUSSIA Beta 2 B Road"}},
		{"revise what stands under another country", []Entry{a}, []Amendment{instruct(Revise, abroad)},
			[]string{"added Alpha ! the document revises it, but it was not on the list under PERU: an entry of this name stands under CHINA, and the document does not say that it goes"},
			[]string{"CHINA Alpha 1 A Road", "PERU Alpha 1 A Road"}},
		{"revise under another country what is removed under its own", []Entry{a}, []Amendment{instruct(Revise, abroad), strike(a)},
			[]string{"added Alpha ! the document revises it, but it was not on the list under PERU: an entry of this name stood under CHINA, " +
				"and the document removes that one", "removed Alpha"}, []string{"PERU Alpha 1 A Road"}},
		{"a renaming names both", []Entry{a}, []Amendment{named("Alpha", instruct(Revise, ren))}, []string{"renamed Omega"}, []string{"CHINA Omega 1 A Road"}},
		{"a renaming by the row's alias", []Entry{a}, []Amendment{instruct(Revise, ren)}, []string{"renamed Omega"}, []string{"CHINA Omega 1 A Road"}},
		{"an old-style row is a revision", []Entry{a}, []Amendment{instruct(AddOrRevise, a2)}, []string{"amended Alpha"}, []string{"CHINA Alpha 9 New Road"}},
		{"an old-style row is an addition", []Entry{b}, []Amendment{instruct(AddOrRevise, a2)}, []string{"added Alpha"}, []string{"CHINA Alpha 9 New Road", "RUSSIA Beta 2 B Road"}},
		{"an edit", []Entry{a}, []Amendment{edits(a, Edit{Field: "aliases", Op: EditRemove, Value: "AL COMPANY"})}, []string{"amended Alpha"}, []string{"CHINA Alpha 1 A Road"}},
		{"an edit that does not fit", []Entry{a}, []Amendment{edits(a, Edit{Field: "aliases", Op: EditRemove, Value: "Nobody"})},
			[]string{`amended Alpha ! "Nobody" is not there to be removed ! the list reads so already`}, []string{"CHINA Alpha 1 A Road"}},
		{"replaced by one act, whatever the order", []Entry{a}, []Amendment{instruct(Add, a2), strike(a)}, []string{"added Alpha", "removed Alpha"}, []string{"CHINA Alpha 9 New Road"}},
		{"another country is not meant", []Entry{a}, []Amendment{strike(entry("RUSSIA", "Alpha"))}, []string{"removed Alpha ! it is not on the list"}, []string{"CHINA Alpha 1 A Road"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Apply(state(c.base...), act(c.do...))
			if !slices.Equal(tale(got), c.want) {
				t.Errorf("got  %q\nwant %q", tale(got), c.want)
			}
			if !slices.Equal(names(got.State), c.after) {
				t.Errorf("state %q\nwant  %q", names(got.State), c.after)
			}
			for _, x := range got.Changes {
				if x.EffectiveOn != "2026-03-05" || x.Stage != Published || x.Case != ActCaseID("2026-123") || !x.Substantive {
					t.Errorf("not carried along: %+v", x)
				}
			}
			if back := names(UnapplyChanges(got.State, got.Changes)); !slices.Equal(back, names(state(c.base...))) {
				t.Errorf("taken back: %q", back)
			}
			if forth := names(applyChanges(state(c.base...), got.Changes)); !slices.Equal(forth, c.after) {
				t.Errorf("made of its changes: %q", forth)
			}
		})
	}
}

func TestAlreadyApplied(t *testing.T) {
	a, b := entry("CHINA", "Alpha", "1 A Road"), entry("RUSSIA", "Beta")
	x := act(instruct(Add, a), strike(b))
	if AlreadyApplied(state(b), x) {
		t.Error("an act is taken for applied before it was")
	}
	later := a
	later.LicenseReviewPolicy = "Case-by-case review"
	later.Citations = []Citation{{Volume: 91, Page: 104, Date: "2026-03-01", Raw: "91 FR 104, 3/1/26"}}
	for name, s := range map[string]State{"after": Apply(state(b), x).State, "and revised since": state(later)} {
		if !AlreadyApplied(s, x) {
			t.Errorf("%s: not seen to be applied", name)
		}
	}
}

func TestChangeIDsSurviveARereading(t *testing.T) {
	a := entry("CHINA", "Alpha Co., Ltd.", "1 A Road")
	s := state()
	filed := act(Amendment{Action: Add, List: EntityList, Country: "China", Name: "Alpha Co. Ltd"})
	filed.DocumentNumber, filed.Status = "2026-123", ActFiled
	first := Apply(s, filed).Changes
	second := Apply(s, act(instruct(AddOrRevise, a))).Changes
	if first[0].ID != second[0].ID {
		t.Error("the published text gives another id than the filed one")
	}
	r := Reread(first, second)
	if len(r.Revised) != 1 || r.Revised[0].Revision != 1 || len(r.New)+len(r.Retracted)+len(r.Same) != 0 {
		t.Errorf("the full text is no revision: %+v", r)
	}
	if r := Reread(second, second); len(r.Same) != 1 || len(r.Revised)+len(r.New)+len(r.Retracted) != 0 {
		t.Errorf("the same text is told again: %+v", r)
	}
	if r := Reread(second, nil); len(r.Retracted) != 1 || r.Retracted[0].Revision != 1 {
		t.Errorf("what vanished is not retracted: %+v", r)
	}
	slip := Apply(s, act(instruct(Add, entry("CHINA", "Alpha Company Co., Ltd.", "1 A Road")))).Changes
	if r := Reread(second, slip); len(r.Revised) != 1 || r.Revised[0].ID != second[0].ID {
		t.Errorf("a misread name is not a revision: %+v", r)
	}
}

func TestOldStyleRowsAreCounted(t *testing.T) {
	a, b, two := entry("CHINA", "Alpha"), entry("CHINA", "Beta"), 2
	x := act(instruct(AddOrRevise, a), instruct(AddOrRevise, b))
	x.Declared = Declared{EntityList: {AddedEntities: &two}}
	if p := Apply(state(), x).Problems; len(p) != 0 {
		t.Errorf("a count that agrees is a problem: %v", p)
	}
	if p := Apply(state(alias(a, "X")), x).Problems; len(p) != 1 || p[0].Kind != Surprise {
		t.Errorf("a count that disagrees is none: %v", p)
	}
}

// A removal names an address entry by its number alone, which the list keeps in the remarks.
func TestApplyRemovesAnAddressByItsNumber(t *testing.T) {
	a, b := entry("CHINA", "Flat B, Kowloon", "Flat B, Kowloon"), entry("CHINA", "Flat C, Kowloon", "Flat C, Kowloon")
	a.Kind, a.Remarks, b.Kind, b.Remarks = Address, "Address 01", Address, "Address 02"
	act := Act{DocumentNumber: "2026-1", Amendments: []Amendment{{Action: Remove, List: a.List, Country: "CHINA", Name: "Address 02"}}}
	c := Apply(state(a, b), act).Changes
	if len(c) != 1 || c[0].Change != Removed || c[0].Name != b.Name || len(c[0].Problems) > 0 {
		t.Errorf("got %+v", c)
	}
}
