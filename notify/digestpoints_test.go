package notify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
)

// weekly is the digest of a week that brought this.
func weekly(c Collected) Message {
	day := time.Date(2024, 8, 1, 12, 0, 0, 0, time.UTC)
	rules := []Rule{{Name: "all", Digest: []string{"weekly"}}}
	return composer{now: day, location: time.UTC}.digest(Digest{Name: "weekly"}, rules, c, day.AddDate(0, 0, -7), day)
}

// A digest's first line says of each Case what it is: sure or not, to be read, taken back, moved on.
func TestDigestsFirstLineTakesNothingForWhatItIsNot(t *testing.T) {
	sure, unsure := party(china, "Sure Ltd."), party("GERMANY", "Unsure GmbH")
	unsure.Unconfirmed = true
	read := PendingCase{Case: diff.Case{ID: "case-1", Title: "An order"}, Notes: []CaseNote{{Kind: NoteReadThis}}}
	gone := read
	gone.Notes = append(gone.Notes[:1:1], CaseNote{Kind: NoteWithdrawn, Text: "It was revoked by its publisher."})
	moved := PendingCase{Case: diff.Case{ID: "case-2"}, Standing: []PendingChange{{Change: sure}}, Stages: []StageTime{{Stage: diff.Codified}}}
	told := func(c ...PendingChange) PendingCase { return PendingCase{Case: diff.Case{ID: "case-3"}, Changes: c} }
	for _, c := range []struct {
		pc   PendingCase
		want string
	}{
		{read, "weekly: 1 document to be read"},
		{gone, "weekly: 1 RETRACTED: Read this: An order"},
		{moved, "weekly: Now in the eCFR: Entity List: 1 added: Sure Ltd. (China)"},
		{told(PendingChange{Change: unsure}), "weekly: Entity List: 1 added: Unsure GmbH (Germany), not yet confirmed"},
		{told(PendingChange{Change: sure}, PendingChange{Change: unsure}),
			"weekly: Entity List: 2 added (China 1, Germany 1); 1 not yet confirmed"},
	} {
		if m := weekly(Collected{Cases: []PendingCase{c.pc}}); m.Headline != c.want {
			t.Errorf("%s\nwant %s\n%s", m.Headline, c.want, Text(m, TextOptions{}))
		}
	}
	if m := weekly(Collected{Cases: []PendingCase{gone}}); m.Digest.Cases[0].Headline != "RETRACTED: Read this: An order" {
		t.Errorf("%q", m.Digest.Cases[0].Headline)
	}
}

// A first line says of what an earlier issue told that it is not new, and counts no correction as an addition.
func TestDigestsFirstLineTellsNothingAnew(t *testing.T) {
	day, ok := time.Date(2024, 3, 15, 0, 0, 0, 0, time.UTC), SourceReport{Name: "register", State: "ok"}
	again := func(name string, stages ...diff.Stage) PendingCase {
		pc := PendingCase{Case: diff.Case{ID: name}, Changes: []PendingChange{{Change: party(china, name), Covered: true}}}
		for _, s := range stages {
			pc.Stages = append(pc.Stages, StageTime{Stage: s, At: day})
		}
		return pc
	}
	printed, fresh, right := again("Printed Ltd.", diff.Published), again("Fresh Ltd."), again("Right Ltd.")
	fresh.Changes[0].Covered = false
	right.Changes[0].Correction = &diff.Correction{By: "2024-2", Of: "2024-1", Fields: []diff.FieldChange{{Field: "addresses", Substantive: true}}}
	void := again("Void Ltd.", diff.Published)
	void.Changes[0].Reinstatement = &diff.Reinstatement{At: day}
	void.Notes = []CaseNote{{Kind: NoteReinstated}}
	half := again("Half Ltd.", diff.Published)
	half.Act = &diff.Act{DocumentNumber: "2024-3", Problems: []diff.Problem{{Kind: diff.Unread, Text: "cannot tell", Where: "2.a"}}}
	for _, c := range []struct {
		want  string
		cases []PendingCase
	}{
		{"Now published: Entity List: 1 added: Printed Ltd. (China)", []PendingCase{printed}},
		{"Read again: Entity List: 1 added: Twice Ltd. (China)", []PendingCase{again("Twice Ltd.")}},
		{"RETRACTION VOID, now published: Entity List: 1 added: Void Ltd. (China)", []PendingCase{void}},
		{"Entity List: 1 added: Fresh Ltd. (China); Now published: Entity List: 1 added: Printed Ltd. (China)", []PendingCase{fresh, printed}},
		{"Entity List: 1 added: Fresh Ltd. (China); 2 earlier cases updated", []PendingCase{fresh, printed, again("Twice Ltd.")}},
		{"Entity List: 1 added: Fresh Ltd. (China); CORRECTED: Entity List: Right Ltd. (China): address", []PendingCase{fresh, right}},
		{"Now published: Entity List: 1 added: Half Ltd. (China); 1 instruction could not be read", []PendingCase{half}},
	} {
		if m := weekly(Collected{Cases: c.cases, Sources: []SourceReport{ok}}); m.Headline != "weekly: "+c.want {
			t.Errorf("%s\nwant weekly: %s", m.Headline, c.want)
		}
	}
}

// No first line calls silent what nobody could hear.
func TestDigestsFirstLineVouchesForNoBrokenSource(t *testing.T) {
	ok, broken := SourceReport{Name: "register", State: "ok"}, SourceReport{Name: "entity-list", State: "broken"}
	for want, sources := range map[string][]SourceReport{
		"weekly: nothing changed":                                            {ok, ok},
		"weekly: nothing changed in 1 of 2 sources; 1 needs attention":       {ok, broken},
		"weekly: nothing changed in 1 of 3 sources; 2 need attention":        {ok, broken, broken},
		"weekly: nothing could be relied on, all 2 sources need attention":   {broken, broken},
		"weekly: nothing could be relied on, its one source needs attention": {broken},
		"weekly: nothing was checked, since no source is configured":         {},
	} {
		if m := weekly(Collected{Sources: sources}); m.Headline != want {
			t.Errorf("%s\nwant %s", m.Headline, want)
		}
	}
}

// Readers of a digest are told what a source answered; what was asked of it, and in which order, is the operators'.
func TestADigestSaysWhyASourceIsNotReliedOn(t *testing.T) {
	at := time.Date(2024, 7, 10, 14, 0, 0, 0, time.UTC)
	s := SourceReport{
		Name: "entity-list", State: "broken", Checks: 3, Failed: 3, LastChecked: at, LastGood: at.AddDate(0, 0, -9),
		Reason: "ecfr: read titles: get https://www.ecfr.gov/api/versioner/v1/titles.json: answered 500 Internal Server Error",
	}
	want := "entity-list cannot be read; checked 3 times, last at 2024-07-10 14:00 UTC, never with a whole answer; last whole answer " +
		"2024-07-01 14:00 UTC: answered 500 Internal Server Error"
	if got := s.Text(nil); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	s.State, s.Checks, s.Failed, s.LastGood, s.Reason = "partly", 1, 1, at, "the list of filings lacks some"
	if got := s.Text(nil); got != "entity-list could be read in part only; checked once, at 2024-07-10 14:00 UTC, without a whole answer: the list of filings lacks some" {
		t.Error(got)
	}
}

// Who reads digests only was told nothing yet of what is taken back within the period.
func TestDigestDoesNotSayThatItsReadersWereTold(t *testing.T) {
	c := party("LEBANON", "Mithal Trading")
	pc := PendingCase{Case: diff.Case{ID: "case-1", Status: diff.Withdrawn}, Changes: []PendingChange{{Change: c, Retracted: "it was revoked"}}}
	text := strings.Join(strings.Fields(Text(weekly(Collected{Cases: []PendingCase{pc}}), TextOptions{})), " ")
	if !strings.Contains(text, "it was revoked. It does not hold") || strings.Contains(text, "told you") || strings.Contains(text, "you did") {
		t.Error(text)
	}
}

// An entry that is held stands under what was checked also where nothing else is to be told.
func TestEmptyDigestNamesWhatIsHeld(t *testing.T) {
	held := HeldEntry{Source: "entity-list", List: diff.EntityList, Country: "RUSSIA", Name: "Azad Motors", Since: "2024-07-20"}
	text := Text(weekly(Collected{Sources: []SourceReport{{Name: "entity-list", State: "ok"}}, Held: []HeldEntry{held}}), TextOptions{})
	if !strings.Contains(text, "Held: Azad Motors (Russia) has been missing") || !strings.Contains(text, "weekly: nothing changed; 1 entry is held") {
		t.Error(text)
	}
}

func TestANoticeAndItsAdviceAreSentences(t *testing.T) {
	for _, text := range []string{"It is gone", "It is gone."} {
		m := (&Router{}).Notice(Notice{Kind: "missing", Subject: "entity-list", Text: text}, time.Now())
		if !strings.HasPrefix(m.Reason, "It is gone.\n`entitywatch held`") {
			t.Errorf("%q", m.Reason)
		}
	}
}

// What all of one kind of change have in common is said once, of these and no others; what some of them have, with each.
func TestWhatOneKindOfChangeSharesIsSaidOnce(t *testing.T) {
	added, more, gone := party("LEBANON", "Mithal Trading"), party("LEBANON", "Another Trading"), party("ARMENIA", "Vertir Airlines")
	added.Note, more.Note, gone.Change = "names only", "names only", diff.Removed
	pc := PendingCase{Case: diff.Case{ID: "case-1"}, Changes: []PendingChange{{Change: added}, {Change: more}, {Change: gone}}}
	m := routed(t, Limits{}, pc)[0].Message
	if text := Text(m, TextOptions{}); strings.Count(text, "names only") != 1 || !strings.Contains(text, "the 2 added: names only") {
		t.Error(text)
	}
	pc.Changes[1].Note = ""
	m = routed(t, Limits{}, pc)[0].Message
	if text := Text(m, TextOptions{}); strings.Count(text, "names only") != 1 || strings.Contains(text, "the 2 added") {
		t.Error(text)
	}
}

// The terms of a Case in a digest are those of what holds.
func TestTermsInADigestCountOnlyWhatHolds(t *testing.T) {
	pc := PendingCase{Case: diff.Case{ID: "case-1"}}
	for _, name := range []string{"One Ltd.", "Two Ltd.", "Three Ltd."} {
		pc.Changes = append(pc.Changes, PendingChange{Change: party(china, name)})
	}
	pc.Changes[2].Retracted = "we read it wrongly"
	if text := Text(weekly(Collected{Cases: []PendingCase{pc}}), TextOptions{}); !strings.Contains(text, "both additions") {
		t.Error(text)
	}
}

// A Case that a digest divides between parts keeps the terms of all its parties: those of one part alone would count wrongly.
func TestTermsOfADividedCaseAreThoseOfAllOfIt(t *testing.T) {
	pc := PendingCase{Case: diff.Case{ID: "case-1"}}
	for i := range 50 {
		pc.Changes = append(pc.Changes, PendingChange{Change: party(china, "Party Number "+itoa(i))})
	}
	parts := Split(weekly(Collected{Cases: []PendingCase{pc}}), Limits{Size: 11000, Items: 20})
	if len(parts) < 4 {
		t.Fatalf("%d parts", len(parts))
	}
	for _, m := range parts[1:] {
		if text := Text(m, TextOptions{}); !strings.Contains(text, "all 50 additions") {
			t.Error(text)
		}
	}
}

// What a correction says holds since its own day of effect, not since that of the document that it corrects.
func TestACorrectionSaysSinceWhenItHolds(t *testing.T) {
	c := party("LEBANON", "Mithal Trading")
	c.EffectiveOn = "2024-03-18"
	c.Correction = &diff.Correction{By: "2024-2", Of: "2024-1", Fields: []diff.FieldChange{{Field: "addresses", Substantive: true}}}
	pc := PendingCase{
		Case: diff.Case{ID: "case-1"}, Changes: []PendingChange{{Change: c, Covered: true}},
		Corrections: []diff.Act{{DocumentNumber: "2024-2", Citation: "89 FR 2", EffectiveOn: "2024-03-21"}},
	}
	text := Text(weekly(Collected{Cases: []PendingCase{pc}}), TextOptions{})
	if !strings.Contains(text, "2024-2 (89 FR 2, effective 2024-03-21) corrects 2024-1") || strings.Contains(text, "2024-03-18") {
		t.Error(text)
	}
}

// What a list showed before its rule is not called "without a rule" beside that rule; what the rule does not say is.
func TestWhatItsRuleSaysIsNotWithoutARule(t *testing.T) {
	said, unsaid := party("LEBANON", "Mithal Trading"), party("LEBANON", "Another Trading")
	said.Note, unsaid.Note = diff.WithoutARule, diff.WithoutARule
	said.Act, unsaid.Act = "", ""
	pc := PendingCase{
		Case: diff.Case{ID: "case-1"}, Changes: []PendingChange{{Change: said}, {Change: unsaid}},
		Act: &diff.Act{DocumentNumber: "2024-1", Amendments: []diff.Amendment{{Action: diff.Add, List: said.List, Country: "LEBANON", Name: "Mithal  Trading"}}},
	}
	text := Text(weekly(Collected{Cases: []PendingCase{pc}}), TextOptions{})
	if strings.Count(text, diff.WithoutARule) != 1 || strings.Count(text, "the list showed it before its rule was read") != 1 {
		t.Error(text)
	}
}

// When a source was well last is not said where it is not known of each, and no day in the year 1 is.
func TestDigestSaysNoDayThatIsNotKnown(t *testing.T) {
	day := time.Date(2024, 8, 1, 12, 0, 0, 0, time.UTC)
	known := SourceReport{Name: "register", State: "ok", Checks: 3, LastChecked: day, LastGood: day}
	unknown := SourceReport{Name: "list", State: "ok"}
	for _, c := range []struct {
		sources []SourceReport
		want    string
	}{
		{[]SourceReport{unknown}, "1 source checked 0 times."},
		{[]SourceReport{known}, "1 source checked 3 times, last at 2024-08-01 12:00 UTC."},
		{[]SourceReport{known, unknown}, "2 sources checked 3 times."},
		{[]SourceReport{unknown, known}, "2 sources checked 3 times."},
		{[]SourceReport{known, {Name: "un", State: "unchanged", LastGood: day.Add(time.Hour)}},
			"2 sources checked 3 times, each last at 2024-08-01 12:00 UTC or later."},
	} {
		r := Report{Sources: c.sources}
		if got, want := r.Assurance(time.UTC), "Nothing that this digest's rules collect has changed: "+c.want; got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

// The first part of a digest that is divided holds none of its Cases, and says all the same what there is: that nothing
// has changed would be false.
func TestFirstPartOfADividedDigestSaysWhatThereIs(t *testing.T) {
	var c Collected
	for i := range 40 {
		pc := caseOf(fmt.Sprintf("case-%d", i), diff.EntityList, china, "RUSSIA")
		pc.Hits = map[string][]Hit{pc.Changes[0].ID: {{Counterparties: "vendors", ID: fmt.Sprint("V-", i), Name: "Our Vendor",
			Match: pc.Changes[0].Name, Score: 1}}}
		c.Cases = append(c.Cases, pc)
	}
	day := time.Date(2024, 8, 1, 12, 0, 0, 0, time.UTC)
	c.Sources = []SourceReport{{Name: "register", State: "ok", Checks: 3, LastChecked: day, LastGood: day}}
	limits := Limits{Size: 9000}
	parts := Split(weekly(c), limits)
	first := strings.Join(strings.Fields(Text(parts[0], TextOptions{})), " ")
	if len(parts) < 3 || len(first) > limits.Size {
		t.Fatalf("%d parts, the first has %d characters", len(parts), len(first))
	}
	for _, want := range []string{"Nothing else that this digest's rules collect has changed", "OUR COUNTERPARTIES (40)",
		"IN THIS DIGEST", "register ok, checked 3 times"} {
		if !strings.Contains(first, want) {
			t.Errorf("%q is missing:\n%s", want, Text(parts[0], TextOptions{}))
		}
	}
}
