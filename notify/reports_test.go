package notify

import (
	"strings"
	"testing"

	"entitywatch/diff"
)

func TestAReportAfterTheAlertIsAShortUpdateToThoseWhoGotIt(t *testing.T) {
	pc := PendingCase{Case: diff.Case{ID: "case-1", Title: "A rule"},
		Changes: []PendingChange{{Change: party(china, "New Foe")}}}
	alert := routed(t, Limits{}, pc)[0]
	told := Told{Channel: "out", Kind: KindAlert, Rules: []string{"all"}, Message: alert.Message}
	old, ref := NewsRef{ID: "n0", Title: "Listing expected"},
		NewsRef{ID: "n1", Feed: "dw", Title: "New Foe is listed", URL: "https://news.example/1"}
	later := PendingCase{Case: pc.Case, News: []NewsRef{old, ref}, Reports: []NewsRef{ref}, Told: []Told{told}}
	dels := routed(t, Limits{}, later)
	if len(dels) != 1 || dels[0].Kind != KindUpdate || dels[0].Case != "case-1" {
		t.Fatalf("sent %+v", dels)
	}
	m := dels[0].Message
	if m.Headline != "In the news: New Foe is listed" || len(m.News) != 1 || len(m.Items) != 0 ||
		!strings.Contains(Text(m, TextOptions{}), ref.URL) {
		t.Errorf("told %+v", m)
	}

	later.Told = nil
	if dels := routed(t, Limits{}, later); len(dels) != 0 {
		t.Errorf("told to those who never heard of the Case: %+v", dels)
	}
	later.Told, later.Stages = []Told{told}, []StageTime{{Stage: diff.Codified}}
	if dels := routed(t, Limits{}, later); len(dels) != 1 || dels[0].Message.News[0].ID != "n1" ||
		len(dels[0].Message.News) != 1 {
		t.Errorf("with a new stage: %+v", dels)
	}
}
