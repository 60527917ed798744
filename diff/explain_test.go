package diff

import (
	"slices"
	"testing"
)

// scene is a list source's last snapshot, an act made since, and what the source shows now.
type scene struct {
	shown []Entry     // by the source, before
	do    []Amendment // the act, already applied to the state
	now   []Entry     // by the source
	from  Viewpoint
}

func (s scene) play() Reconciliation {
	first := state(s.shown...)
	old := Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true, Entries: first.Entries}
	applied := Apply(first, act(s.do...))
	return Explain(Compare(old, snap("2026-03-09", s.now...)), applied.Changes, applied.State, s.from)
}

func TestExplain(t *testing.T) {
	a, b, c := alias(entry("CHINA", "Alpha", "1 Alpha Road, Beijing"), "AG"), entry("RUSSIA", "Beta"), entry("CHINA", "Gamma", "3 C Road")
	mod := func(e Entry, f func(*Entry)) Entry { f(&e); return e }
	a2 := alias(a, "AG", "Alpha Group")
	abroad := entry("PERU", "Alpha", "1 Alpha Road, Beijing")
	primary, other := Viewpoint{Primary: true, Stage: Codified, Today: "2026-03-09"}, Viewpoint{Today: "2026-03-09"}
	cases := []struct {
		name    string
		scene   scene
		news    []string
		verdict []Verdict
	}{
		{"an addition by act", scene{[]Entry{b}, []Amendment{instruct(Add, a)}, []Entry{a, b}, primary}, nil, []Verdict{Agrees}},
		{"the same on another list", scene{[]Entry{b}, []Amendment{instruct(Add, a)}, []Entry{a, b}, other}, nil, []Verdict{Seen}},
		{"an addition by nobody", scene{[]Entry{b}, nil, []Entry{a, b}, primary}, []string{"added Alpha; without a rule"}, nil},
		{"an addition by nobody, elsewhere", scene{[]Entry{b}, nil, []Entry{a, b}, other}, []string{"added Alpha; ? "}, nil},
		{"a removal by act", scene{[]Entry{a, b}, []Amendment{strike(a)}, []Entry{b}, primary}, nil, []Verdict{Agrees}},
		{"a removal by nobody", scene{[]Entry{a, b}, nil, []Entry{b}, primary}, []string{"removed Alpha; without a rule"}, nil},
		{"a removal by nobody, elsewhere", scene{[]Entry{a, b}, nil, []Entry{b}, other},
			[]string{"discrepancy Alpha; another source no longer shows this entry; the list's primary source and its acts do"}, nil},
		{"a revision by act", scene{[]Entry{a, b}, []Amendment{instruct(Revise, a2)}, []Entry{a2, b}, primary}, nil, []Verdict{Agrees}},
		{"a revision by nobody", scene{[]Entry{a, b}, nil, []Entry{a2, b}, primary}, []string{"amended Alpha; without a rule"}, nil},
		{"a revision by nobody, elsewhere", scene{[]Entry{a, b}, nil, []Entry{a2, b}, other}, []string{"amended Alpha; ? "}, nil},
		{"another text than the act's", scene{[]Entry{b}, []Amendment{instruct(Add, a)},
			[]Entry{mod(a, func(e *Entry) { e.Addresses = []string{"7 Alpha Road, Beijing"} }), b}, primary}, nil, []Verdict{Differs}},
		{"another text elsewhere is no dispute", scene{[]Entry{b}, []Amendment{instruct(Add, a)},
			[]Entry{mod(a, func(e *Entry) { e.Addresses = nil }), b}, other}, nil, []Verdict{Seen}},
		{"half of a revision", scene{[]Entry{a}, []Amendment{instruct(Revise, mod(a2, func(e *Entry) { e.Addresses = []string{"8 H Road"} }))}, []Entry{a2}, primary}, nil, []Verdict{Differs}},
		{"the page takes the placeholder's place", scene{[]Entry{b}, []Amendment{instruct(Add, mod(a, func(e *Entry) { e.Citations = []Citation{{Raw: "91 FR [INSERT FR PAGE NUMBER]"}} }))},
			[]Entry{a, b}, primary}, nil, []Verdict{Agrees}},
		{"a name filed as an alias elsewhere", scene{[]Entry{b}, []Amendment{instruct(Add, a)},
			[]Entry{alias(entry("CHINA", "AG"), "Alpha"), b}, other}, nil, []Verdict{Seen}},
		{"two explained, one not", scene{[]Entry{b}, []Amendment{instruct(Add, a), strike(b)}, []Entry{a, c}, primary}, []string{"added Gamma; without a rule"}, []Verdict{Agrees, Agrees}},
		{"a twin of what the source shows already", scene{[]Entry{a}, nil, []Entry{a, mod(a, func(e *Entry) { e.Addresses = []string{"5 T Road"} })}, primary},
			[]string{"added Alpha; without a rule"}, nil},
		{"a move that removes the old row", scene{[]Entry{a, b}, []Amendment{strike(a), instruct(Revise, abroad)}, []Entry{abroad, b}, primary},
			nil, []Verdict{Agrees, Agrees}},
		{"a move that leaves the old row", scene{[]Entry{a, b}, []Amendment{instruct(Revise, abroad)}, []Entry{a, abroad, b}, primary},
			nil, []Verdict{Agrees}},
		{"a move whose old row goes without a word", scene{[]Entry{a, b}, []Amendment{instruct(Revise, abroad)}, []Entry{abroad, b}, primary},
			[]string{"removed Alpha; without a rule"}, []Verdict{Agrees}},
		{"only punctuation", scene{[]Entry{a}, nil, []Entry{mod(a, func(e *Entry) { e.Name = "ALPHA." })}, primary}, nil, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := c.scene.play()
			var news []string
			for _, n := range r.News {
				doubt := ""
				if n.Unconfirmed {
					doubt = "? "
				}
				news = append(news, string(n.Change)+" "+n.Name+"; "+doubt+n.Note)
			}
			var verdict []Verdict
			for _, e := range r.Explained {
				verdict = append(verdict, e.Verdict)
			}
			if !slices.Equal(news, c.news) || !slices.Equal(verdict, c.verdict) {
				t.Errorf("news %q %q, want %q %q", news, verdict, c.news, c.verdict)
			}
		})
	}
}

// One source writes "China" at the end of an address where another writes "CN": the amendment that both show is one. In another country it
// is another address.
func TestAnAddressIsKnownByAnotherNameOfItsCountry(t *testing.T) {
	at := func(address string) Entry {
		e := entry("CHINA", "Alpha", address)
		e.EntryID = "ent_1"
		return e
	}
	first := Snapshot{List: SDN, Complete: true, Entries: []Entry{at("1 Alpha Road, Beijing, China")}}
	made := Compare(first, Snapshot{List: SDN, Complete: true, Entries: []Entry{at("9 Alpha Road, Beijing, China")}})
	for address, want := range map[string]int{"9 Alpha Road, Beijing, CN": 0, "9 Alpha Road, Beijing, CHINA": 0, "9 Alpha Road, Beijing, RU": 1, "8 Alpha Road, Beijing, CN": 1} {
		seen := Compare(Snapshot{List: SDN, Complete: true, Entries: []Entry{at("1 Alpha Road, Beijing, CN")}},
			Snapshot{List: SDN, Complete: true, Entries: []Entry{at(address)}})
		r := Explain(seen, made.Changes, State{Entries: made.Entries}, Viewpoint{Today: "2026-03-09"})
		if len(r.News) != want || len(r.Explained) != 1-want {
			t.Errorf("%s: %d news, %d explained", address, len(r.News), len(r.Explained))
		}
	}
}

func TestExplainedEntriesKeepTheIdentityOfTheAct(t *testing.T) {
	a := entry("CHINA", "Alpha", "1 A Road")
	codified := a
	codified.Citations = []Citation{{Raw: "91 FR 104, 3/1/26", Volume: 91, Page: 104, Date: "2026-03-01"}}
	base := state()
	applied := Apply(base, act(instruct(Add, a)))
	seen := Compare(Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true}, snap("2026-03-09", codified))
	r := Explain(seen, applied.Changes, applied.State, Viewpoint{Primary: true, Stage: Codified, Today: "2026-03-09"})
	want := applied.Changes[0].EntryID
	if got := Reidentify(seen.Entries, r.Identities); got[0].EntryID != want {
		t.Errorf("the list's entry has the id %s, the act's %s", got[0].EntryID, want)
	}
	e := r.Explained[0]
	if e.Known == nil || e.Known.Act == "" || e.Stage != Codified || e.Accept == nil {
		t.Fatalf("explained as %+v", e)
	}
	after := applyChanges(applied.State, []Change{*e.Accept})
	if len(after.Entries) != 1 || after.Entries[0].EntryID != want || after.Entries[0].Citations[0].Page != 104 {
		t.Errorf("the codified text is not in force: %+v", after.Entries)
	}
}

func TestUnconfirmedIsConfirmedInTheSameCase(t *testing.T) {
	a := entry("CHINA", "Alpha", "1 A Road")
	first := Compare(Snapshot{List: EntityList, AsOf: "2026-02-01", Complete: true}, snap("2026-03-01", a))
	told := Explain(first, nil, State{}, Viewpoint{Stage: Listed, Today: "2026-03-01"}).News
	if len(told) != 1 || !told[0].Unconfirmed || told[0].Stage != Listed {
		t.Fatalf("told %+v", told)
	}
	told[0].Case = "case_1"
	later := Compare(Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true}, snap("2026-03-09", a))
	r := Explain(later, told, State{}, Viewpoint{Primary: true, Stage: Codified, Today: "2026-03-09"})
	if len(r.News) != 0 || len(r.Explained) != 1 || r.Explained[0].Known.Case != "case_1" || r.Explained[0].Verdict != Agrees || r.Explained[0].Accept == nil {
		t.Errorf("the primary source's agreement: %+v", r)
	}
}

func TestADiscrepancyThatComesTrueStaysInItsCase(t *testing.T) {
	a := entry("CHINA", "Alpha", "1 A Road")
	base := state(a)
	old := Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true, Entries: base.Entries}
	gone := Compare(old, snap("2026-03-01"))
	doubt := Explain(gone, nil, base, Viewpoint{Stage: Listed, Today: "2026-03-01"}).News
	doubt[0].Case = "case_1"
	r := Explain(Compare(old, snap("2026-03-09")), doubt, base, Viewpoint{Primary: true, Stage: Codified, Today: "2026-03-09"})
	if len(r.News) != 1 || r.News[0].Change != Removed || r.News[0].Case != "case_1" {
		t.Errorf("told %+v", r.News)
	}
}

func TestWhatWasUndoneExplainsNothing(t *testing.T) {
	a := entry("CHINA", "Alpha", "1 A Road")
	applied := Apply(state(), act(instruct(Add, a)))
	without := State{} // a person has taken the entry off since
	seen := Compare(Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true}, snap("2026-04-09", a))
	if r := Explain(seen, applied.Changes, without, Viewpoint{Primary: true, Today: "2026-04-09"}); len(r.News) != 1 {
		t.Errorf("an entry that came back is not told: %+v", r)
	}
	if r := Explain(seen, applied.Changes, without, Viewpoint{Primary: true, Today: "2026-03-01"}); len(r.News) != 0 {
		t.Errorf("before its effective date the act explains it: %+v", r)
	}
}

func TestADoubtIsToldOnceAndSettledByRemovalsOnly(t *testing.T) {
	a := entry("CHINA", "Alpha", "1 A Road")
	base := state(a)
	old := Snapshot{List: EntityList, AsOf: "2026-01-01", Complete: true, Entries: base.Entries}
	doubt := Explain(Compare(old, snap("2026-03-01")), nil, base, Viewpoint{Stage: Listed, Today: "2026-03-01"}).News
	doubt[0].Case = "case_1"
	r := Explain(Compare(old, snap("2026-03-02")), doubt, base, Viewpoint{Today: "2026-03-02"})
	if len(r.News) != 0 || len(r.Explained) != 1 || r.Explained[0].Known.Case != "case_1" {
		t.Errorf("a further source that does not show it: %+v", r)
	}
	r = Explain(Compare(old, snap("2026-03-03", alias(a, "AG"))), doubt, base, Viewpoint{Primary: true, Today: "2026-03-03"})
	if len(r.News) != 1 || r.News[0].Case != "" || len(r.Settles) != 0 {
		t.Errorf("an amendment settles a doubtful removal: %+v", r)
	}
	r = Explain(Compare(old, snap("2026-03-09")), doubt, base, Viewpoint{Primary: true, Stage: Codified, Today: "2026-03-09"})
	if len(r.News) != 1 || r.Settles[r.News[0].ID].ID != doubt[0].ID {
		t.Errorf("settled %+v", r.Settles)
	}
}
