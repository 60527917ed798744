package diff

import (
	"slices"
	"testing"
)

// Each of these guards one line of the rules; without it, every other test passed.

func TestTwinsKeepTheirIdentityThroughEdits(t *testing.T) {
	twin := func(addr, policy string, aliases ...string) Entry {
		e := alias(entry("CHINA", "Twin", addr), aliases...)
		e.LicenseReviewPolicy = policy
		return e
	}
	one, two := twin("1 A Road", "Denial", "Uno"), twin("2 B Road", "Denial", "Due")
	first := Compare(Snapshot{}, snap("2026-01-01", one, two)).Entries
	ids := map[string]string{first[0].Addresses[0]: first[0].EntryID, first[1].Addresses[0]: first[1].EntryID}
	old := Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true, Entries: first}
	// Sorted by content the first of the new ones is the second of the old.
	now := Compare(old, snap("2026-02-01", twin("2 B Road", "Case by case", "Due", "Aaa"), twin("1 A Road", "Case by case", "Uno", "Zzz")))
	for _, e := range now.Entries {
		if e.EntryID != ids[e.Addresses[0]] {
			t.Errorf("the twin at %s has the other's identity", e.Addresses[0])
		}
	}
	moved := Compare(old, snap("2026-02-01", twin("9 Z Road", "Denial", "Uno"), twin("2 B Road", "Case by case", "Due")))
	if moved.Entries[0].EntryID != ids["1 A Road"] || moved.Entries[1].EntryID != ids["2 B Road"] {
		t.Error("a twin that moved has the other's identity")
	}
	// An exact copy wins over a likeness that shares as much.
	exact := Compare(old, snap("2026-02-01", twin("2 B Road", "Denial", "Due"), twin("2 B Road", "Denial", "Due", "Tre"), one))
	if got := tales(exact.Changes); !slices.Equal(got, []string{"added CHINA Twin"}) {
		t.Errorf("told %q", got)
	}
}

func TestAnUnchangedTwinIsNeverTold(t *testing.T) {
	plain := entry("CHINA", "Twin")
	at := entry("CHINA", "Twin", "1 A Road")
	got := Compare(snap("2026-01-01", plain, at), snap("2026-02-01", at, entry("CHINA", "Twin", "9 Z Road")))
	if tale := tales(got.Changes); !slices.Equal(tale, []string{"amended CHINA Twin"}) {
		t.Errorf("told %q", tale)
	}
}

func TestTwoEquallyGoodMatchesAreNone(t *testing.T) {
	old := alias(entry("CHINA", "Alpha Optics", "1 A Road", "2 B Road"), "Omega One", "Omega Two", "Omega Three", "Omega Four")
	half := func(name, addr, a, b string) Entry { return alias(entry("CHINA", name, addr), a, b) }
	now := []Entry{half("Beta Works", "1 A Road", "Omega One", "Omega Two"), half("Gamma Works", "2 B Road", "Omega Three", "Omega Four")}
	want := []string{"added CHINA Beta Works", "added CHINA Gamma Works", "removed CHINA Alpha Optics"}
	if got := tales(Compare(snap("2026-01-01", old), snap("2026-02-01", now...)).Changes); !slices.Equal(got, want) {
		t.Errorf("a split party: %q", got)
	}
	if got := tales(Compare(snap("2026-01-01", old), snap("2026-02-01", now[0])).Changes); !slices.Equal(got, []string{"renamed CHINA Beta Works"}) {
		t.Errorf("with one of them alone: %q", got)
	}
}

func TestShortWordsAreNoTypos(t *testing.T) {
	for _, pair := range [][2]string{{"Factory A of Kazan", "Factory B of Kazan"}, {"Kazan East Works", "Kazan West Works"}, {"Plant Mir Kazan", "Plant Tir Kazan"}} {
		got := tales(Compare(snap("2026-01-01", entry("RUSSIA", pair[0])), snap("2026-02-01", entry("RUSSIA", pair[1]))).Changes)
		if len(got) != 2 {
			t.Errorf("%q: %q", pair, got)
		}
	}
}

func TestTwoAddedTwinsNeedTwoActs(t *testing.T) {
	one, two := entry("CHINA", "Twin", "1 A Road"), entry("CHINA", "Twin", "2 B Road")
	base := state(entry("RUSSIA", "Beta"))
	x := act(instruct(Add, one))
	x.EffectiveOn = "2026-12-01"
	applied := Apply(base, x)
	old := Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true, Entries: base.Entries}
	seen := Compare(old, snap("2026-03-09", entry("RUSSIA", "Beta"), one, two))
	r := Explain(seen, applied.Changes, base, Viewpoint{Primary: true, Today: "2026-03-09"})
	if len(r.Explained) != 1 || len(r.News) != 1 || r.News[0].After.Addresses[0] != "2 B Road" {
		t.Errorf("explained %d, news %q", len(r.Explained), told(r.News))
	}
}

func TestTheNearestTwinMustBeAloneInIt(t *testing.T) {
	one, two := entry("CHINA", "Twin", "1 A Road", "Hall 1", "Hall 2"), entry("CHINA", "Twin", "2 B Road")
	both := entry("CHINA", "Twin", "1 A Road", "Hall 1", "2 B Road")
	got := Apply(state(one, two), act(instruct(Revise, both)))
	if !NeedsHuman(got.Changes[0].Problems) || !slices.Equal(names(got.State), names(state(one, two))) {
		t.Errorf("a text with addresses of both: %q, %q", tale(got), names(got.State))
	}
	got = Apply(state(two, one), act(instruct(Revise, both)))
	if !NeedsHuman(got.Changes[0].Problems) {
		t.Errorf("and in the other order: %q", tale(got))
	}
	neither := entry("CHINA", "Twin", "7 G Road")
	if got = Apply(state(one, two), act(instruct(Revise, neither))); !NeedsHuman(got.Changes[0].Problems) {
		t.Errorf("a text with addresses of neither: %q", tale(got))
	}
}

func TestChildrenFollowARenamedParent(t *testing.T) {
	parent, child := entry("CHINA", "Alpha"), entry("CHINA", "Alpha Institute")
	child.Parent = parent.Key
	renamed := entry("CHINA", "Omega")
	revise := instruct(Revise, renamed)
	revise.Name = "Alpha"
	after := Apply(state(parent, child), act(revise)).State
	gone := Apply(after, act(strike(renamed)))
	if got := tale(gone); !slices.Equal(got, []string{"removed Omega", "removed Alpha Institute"}) {
		t.Errorf("told %q", got)
	}
}

func TestARowOfItsOwnIsMeantBeforeOneInside(t *testing.T) {
	row, inside := entry("CHINA", "Alpha", "1 A Road"), entry("CHINA", "Alpha", "2 B Road")
	inside.Within, inside.Parent = true, "Beta"
	got := Apply(state(inside, row), act(strike(row)))
	if NeedsHuman(got.Changes[0].Problems) || !slices.Equal(names(got.State), names(state(inside))) {
		t.Errorf("told %q, left %q", tale(got), names(got.State))
	}
}

func TestAPlaceholderIsNoOtherText(t *testing.T) {
	e := entry("CHINA", "Alpha", "1 A Road")
	filed := e
	filed.Citations = []Citation{{Raw: "91 FR [INSERT FR PAGE NUMBER AND 3/1/2026]"}}
	first, second := Apply(state(), act(instruct(Add, filed))).Changes, Apply(state(), act(instruct(Add, e))).Changes
	if r := Reread(first, second); len(r.Same) != 1 || r.Same[0].Entry.Citations[0].Page != 54004 {
		t.Errorf("the page is told as news: %+v", r)
	}
}

func TestARereadingNeverMixesNumberedSiblings(t *testing.T) {
	first := Apply(state(), act(instruct(Add, entry("CHINA", "Research Institute No. 58")))).Changes
	second := Apply(state(), act(instruct(Add, entry("CHINA", "Research Institute No. 59")))).Changes
	if r := Reread(first, second); len(r.New) != 1 || len(r.Retracted) != 1 {
		t.Errorf("read as %+v", r)
	}
}

func TestAbbreviationsLinkNobody(t *testing.T) {
	c := Compare(snap("2026-01-01", alias(entry("CHINA", "Alpha"), "AC")), snap("2026-02-01", alias(entry("RUSSIA", "Beta"), "AC"))).Changes
	if len(c) != 2 || len(c[0].Linked)+len(c[1].Linked) != 0 {
		t.Errorf("linked: %+v", c)
	}
}

func TestDiscrepanciesChangeNothing(t *testing.T) {
	s := state(entry("CHINA", "Alpha"))
	c := Compare(Snapshot{List: EntityList, Complete: true, Entries: s.Entries}, snap("2026-02-01")).Changes
	c[0].Change = Discrepancy
	if got := applyChanges(s, c); len(got.Entries) != 1 {
		t.Errorf("left %d entries", len(got.Entries))
	}
}

func TestACorrectionStaysInTheCaseOfWhatItCorrects(t *testing.T) {
	x := act(instruct(Add, entry("CHINA", "Alpha")))
	x.DocumentNumber, x.CorrectionOf = "2026-00999", "2026-123"
	if c := Apply(state(), x).Changes[0]; c.Case != ActCaseID("2026-00123") || c.Act != "2026-00999" {
		t.Errorf("case %s, act %s", c.Case, c.Act)
	}
}

func TestShortAddressesAreNotWithinOthers(t *testing.T) {
	e := entry("CHINA", "Alpha", "China, Beijing, 1 A Road")
	c := Change{Change: Amended, After: &e, Fields: []FieldChange{{Field: "addresses", After: "Beijing", Substantive: true}}}
	if NewView([]Entry{e}).Shows(c) {
		t.Error("a city is taken for the address in it")
	}
	c.Fields[0].After = "China, Beijing, 1 A Road, 100000"
	if !NewView([]Entry{e}).Shows(c) {
		t.Error("an address with its postal code is not recognised")
	}
}

func TestALooseViewGroupsDifferently(t *testing.T) {
	china, lux := entry("CHINA, PEOPLE'S REPUBLIC OF", "Spacety Co., Ltd."), entry("LUXEMBOURG", "Spacety Co., Ltd.")
	coop := entry("NETHERLANDS", "Huawei Technologies Coöperatief U.A.")
	inForce := state(china, lux, coop)
	row := entry("CN", "Spacety Co., Ltd.")
	row.Countries = []string{"CN", "LU"}
	plain, elsewhere, nowhere := entry("NL", "Huawei Technologies Cooperatief U.A."), entry("RU", "Spacety Co., Ltd."), entry("", "Spacety Co., Ltd.")
	loose, strict := NewLooseView(inForce.Entries), NewView(inForce.Entries)
	for _, c := range []struct {
		e             Entry
		loose, strict bool
	}{{row, true, true}, {plain, true, false}, {elsewhere, false, false}, {nowhere, true, false}} {
		if (loose.Find(&c.e) != nil) != c.loose || (strict.Find(&c.e) != nil) != c.strict {
			t.Errorf("%s %s: loosely %v, strictly %v", c.e.Country, c.e.Name, loose.Find(&c.e) != nil, strict.Find(&c.e) != nil)
		}
	}
	ids := Identify(inForce.Entries, []Entry{plain, row}, "2026-01-01")
	if ids[0].EntryID != inForce.Entries[2].EntryID || ids[1].EntryID != inForce.Entries[0].EntryID {
		t.Error("the other source's rows have identities of their own")
	}
	seen := Compare(Snapshot{List: EntityList, AsOf: "x", Complete: true}, snap("2026-03-09", row, elsewhere))
	if got := tales(Explain(seen, nil, inForce, Viewpoint{Today: "2026-03-09"}).News); !slices.Equal(got, []string{"added RU Spacety Co., Ltd."}) {
		t.Errorf("told %q", got)
	}
}
