package notify

import (
	"testing"
	"time"

	"entitywatch/diff"
)

// All parties of a rule were taken back, one by one, as read wrongly: that they are now in the eCFR is not told.
func TestNoStageIsToldOfWhatWasAllTakenBack(t *testing.T) {
	w := newWorld()
	for _, name := range []string{"Foo Ltd.", "Bar Ltd."} {
		c := party(china, name)
		w.pc.Standing = append(w.pc.Standing, PendingChange{Change: c, Retracted: "a later reading does not say this"})
	}
	w.pc.Told = []Told{{Channel: "mail", Kind: KindAlert, Rules: []string{"all"},
		Message: Message{Headline: "Entity List: 2 added"}}}
	w.pc.Stages = []StageTime{{diff.Codified, w.now}}
	told := func() []Delivery {
		targets, _ := w.router().Targets(t.Context())
		return w.router().plan(Pending{Cases: []PendingCase{w.pc}}, targets, w.now.Add(time.Minute)).Deliveries
	}
	if got := told(); len(got) > 0 {
		t.Errorf("told: %s", got[0].Message.Headline)
	}
	w.pc.Standing[0].Retracted = ""
	if got := told(); len(got) != 1 ||
		got[0].Message.Headline != "Now in the eCFR: Entity List: 1 added: Foo Ltd. (China)" {
		t.Errorf("of what still holds: %+v", got)
	}
}
