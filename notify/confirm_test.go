package notify

import (
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
)

func TestThoseToldUnconfirmedHearThatItIsConfirmed(t *testing.T) {
	c := party(china, "New Foe")
	c.Act, c.Source, c.Unconfirmed = "", "screening-list", true
	pc := PendingCase{Case: diff.Case{ID: "case-1"}, Changes: []PendingChange{{Change: c}}}
	alert := routed(t, Limits{}, pc)[0]
	if !strings.Contains(strings.Join(alert.Message.Notes, ";"), "not yet confirmed") {
		t.Fatalf("told as certain: %q", alert.Message.Notes)
	}
	later := PendingCase{
		Case: pc.Case, Notes: []CaseNote{{Kind: NoteConfirmed, Lists: []diff.ListID{diff.EntityList},
			Text: "confirmed by entity-list: New Foe"}},
		Told: []Told{{Channel: "out", Kind: KindAlert, Rules: []string{"all"}, Message: alert.Message}},
	}
	dels := routed(t, Limits{}, later)
	if len(dels) != 1 || dels[0].Kind != KindUpdate {
		t.Fatalf("%d deliveries", len(dels))
	}
	m := dels[0].Message
	if m.Headline != "Confirmed: "+alert.Message.Subject ||
		!slices.Equal(m.Notes, []string{"confirmed by entity-list: New Foe"}) || len(m.NeedsHuman) != 0 {
		t.Errorf("%q, notes %q, needs %q", m.Headline, m.Notes, m.NeedsHuman)
	}
	later.Told = nil
	if dels := routed(t, Limits{}, later); len(dels) != 0 {
		t.Errorf("told to those who never heard of it: %+v", dels)
	}
}
