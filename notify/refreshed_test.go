package notify

import (
	"strings"
	"testing"

	"entitywatch/diff"
)

// The head of a thread follows what is told below it: taken back, restated, moved on.
func TestHeadOfAThreadChangesWithARetractionAndWithItsEnd(t *testing.T) {
	pc := PendingCase{Case: diff.Case{ID: "case-1"}, Changes: []PendingChange{{Change: party(china, "New Foe")}}}
	head := routed(t, Limits{}, pc)[0].Message
	withdrawn := Message{Kind: KindRetraction, Headline: "RETRACTED: " + head.Subject, Withdrawn: true,
		Reason: "It was withdrawn.", Parts: 1}
	gone := Refreshed(head, withdrawn)
	if gone.Headline != withdrawn.Headline || !strings.Contains(Text(gone, TextOptions{}), "It was withdrawn.") ||
		gone.Ask != nil {
		t.Errorf("%+v", gone)
	}
	void := Message{Kind: KindUpdate, Headline: "RETRACTION VOID: " + head.Subject, Restated: true, Reason: "It is void.",
		Parts: 1, Items: head.Items}
	back := Refreshed(gone, void)
	if back.Headline != void.Headline || back.Withdrawn || len(back.Items) != 1 ||
		!strings.Contains(Text(back, TextOptions{}), "It is void.") {
		t.Errorf("%+v", back)
	}
	part := Message{Kind: KindRetraction, Headline: "RETRACTED in part: x", Parts: 1}
	if text := Text(Refreshed(head, part), TextOptions{}); strings.Count(text, "RETRACTED in part: x") != 1 {
		t.Errorf("%s", text)
	}
	later := Message{Kind: KindUpdate, Fallen: "RETRACTED in part, and not to be acted on: x.", Parts: 1}
	if text := Text(Refreshed(head, later), TextOptions{}); !strings.Contains(text, "not to be acted on: x.") {
		t.Errorf("a later stage has wiped the retraction from the head:\n%s", text)
	}
}
