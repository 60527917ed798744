package notify

import (
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
)

// A date of law is the same day wherever its reader is: in a document's dates, in stages without a document, in what is held.
func TestDatesOfLawAreTheSameInEveryZone(t *testing.T) {
	pc := PendingCase{Case: diff.Case{ID: "case-1", Stages: map[diff.Stage]time.Time{
		diff.Codified: diff.Date("2024-03-18").Begins(), diff.Listed: diff.Date("2024-07-04").Begins(), diff.Effective: diff.Date("2024-01-02").Begins(),
	}}}
	for _, zone := range []string{"Pacific/Honolulu", "America/New_York", "UTC", "Asia/Tokyo", "Pacific/Kiritimati"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		m := composer{now: time.Date(2024, 8, 1, 12, 0, 0, 0, time.UTC), location: loc}.caseMessage(KindAlert, pc, nil)
		if got, want := StageLine(m), "in force 2024-01-02 · in the eCFR 2024-03-18 · on another official list 2024-07-04"; got != want {
			t.Errorf("%s: %s, want %s", zone, got, want)
		}
	}
	for _, day := range []diff.Date{"2024-03-10", "2024-11-03", "2023-12-31"} { // the days of the clock changes among them
		if at := day.Begins(); !diff.BeginsDay(at) || diff.DayOfLaw(at) != day || diff.BeginsDay(at.Add(time.Minute)) {
			t.Errorf("%s begins at %s, which is of %s", day, at, diff.DayOfLaw(at))
		}
	}
}

func TestAlertsOfEveryListLeadToTheirSource(t *testing.T) {
	for _, list := range diff.Lists() {
		c := party(china, "A Party Ltd.")
		c.List, c.Act = list, ""
		m := routed(t, Limits{}, PendingCase{Case: diff.Case{ID: "case-1"}, Changes: []PendingChange{{Change: c}}})[0].Message
		if len(m.Links) == 0 || m.Links[0].Label != list.Title() || !strings.HasPrefix(m.Links[0].URL, "https://") {
			t.Errorf("%s: %+v", list, m.Links)
		}
	}
}

func TestReportOfAListingIsUnconfirmedAndNamesWhoIsToBeAdded(t *testing.T) {
	n := PendingNews{
		Listing: true, Reported: []string{"Hangzhou Example Vision", "Example Sense"},
		Item: NewsRef{ID: "n1", Title: "US to blacklist firms, after Huawei", URL: "https://news.example/1", Names: []string{"Huawei Technologies Co., Ltd."}},
	}
	m := composer{location: time.UTC}.newsMessage(n)
	text := Text(m, TextOptions{})
	if !strings.HasPrefix(m.Headline, "Unconfirmed report of a listing: Hangzhou Example Vision, Example Sense") || strings.Contains(m.Headline, "Huawei") {
		t.Errorf("headline %q", m.Headline)
	}
	for _, want := range []string{"unconfirmed: only the press says so", "reported to be added: Hangzhou Example Vision", "names listed parties", n.Item.Title} {
		if strings.Count(text, want) != 1 {
			t.Errorf("%q stands there %d times:\n%s", want, strings.Count(text, want), text)
		}
	}
}

// The first line says which country had which change, whom of ours it touches by name, and what a human must read.
func TestFirstLineNamesCountriesOursAndWhatCouldNotBeRead(t *testing.T) {
	added, removed := party("LEBANON", "Mithal Trading"), party("ARMENIA", "Vertir Airlines")
	removed.Change = diff.Removed
	more := party("LEBANON", "Another Trading")
	act := &diff.Act{DocumentNumber: "2024-05501", Amendments: make([]diff.Amendment, 3)}
	act.Amendments[2].Problems = []diff.Problem{{Kind: diff.Unread, Text: "its verb is not known"}}
	hit := func(id string) Hit {
		return Hit{Counterparties: "vendors", ID: id, Name: "Mithal GmbH", Match: "Mithal Trading", Score: 0.9}
	}
	pc := PendingCase{Case: diff.Case{ID: "case-1"}, Act: act, Changes: []PendingChange{{Change: added}, {Change: more}, {Change: removed}},
		Hits: map[string][]Hit{added.ID: {hit("V-7")}}}
	m := routed(t, Limits{}, pc)[0].Message
	want := "Entity List: 2 added (Lebanon), 1 removed (Armenia); may touch our Mithal GmbH (V-7); 1 instruction could not be read"
	if m.Headline != want {
		t.Errorf("%s\nwant %s", m.Headline, want)
	}
	if text := Text(m, TextOptions{}); strings.Count(text, "resembles") != 1 || strings.Count(text, "OUR COUNTERPARTIES (1)") != 1 {
		t.Errorf("said twice:\n%s", text)
	}
}

// A counterparty that resembles several parties is one of ours, and is counted as one.
func TestCountOfOursMatchesTheListBelow(t *testing.T) {
	pc := PendingCase{Case: diff.Case{ID: "case-1"}, Hits: map[string][]Hit{}}
	for i := range 60 {
		c := party(china, "Party Number "+itoa(i))
		pc.Changes = append(pc.Changes, PendingChange{Change: c})
		pc.Hits[c.ID] = []Hit{{Counterparties: "vendors", ID: "V-" + itoa(i/2), Name: "Ours " + itoa(i/2), Match: c.Name, Score: 0.9}}
	}
	m := routed(t, Limits{}, pc)[0].Message
	text := strings.Join(strings.Fields(Text(m, TextOptions{})), " ")
	if !strings.Contains(m.Headline, "may touch our Ours 0 (V-0) and 29 more") || !strings.Contains(text, "OUR COUNTERPARTIES (30)") {
		t.Errorf("%s\n%.600s", m.Headline, text)
	}
	for i := range 60 {
		if n := strings.Count(text, "“Party Number "+itoa(i)+"”"); n != 1 {
			t.Errorf("the hit on party %d is said %d times", i, n)
		}
	}
}

func TestSpreadsheetsTakeNoNameForAFormula(t *testing.T) {
	for _, name := range []string{"=1+1", "＝cmd()", "＋1", "－1", "＠SUM(A1)", "@SUM", "\u200c=1", "\t=1", "\u00a0＝1"} {
		c := party(china, name)
		row := strings.Split(string(CSV([]Item{{Change: c}})), "\n")[1]
		if cell := strings.Split(row, ",")[3]; !strings.HasPrefix(strings.Trim(cell, `"`), "'") && !strings.Contains(row, ",'") {
			t.Errorf("%q is written as %q", name, row)
		}
	}
	if g := guard("Example = Co."); g != "Example = Co." {
		t.Errorf("%q", g)
	}
}

func TestShortcodesStayText(t *testing.T) {
	for in, want := range map[string]string{
		":fire:": ":" + zero + "fire:", ":a:b:": ":" + zero + "a:" + zero + "b:", "08:45:10": "08:45:10", "Note: x": "Note: x",
		":+1:": ":" + zero + "+1:", ":skin-tone-2:": ":" + zero + "skin-tone-2:",
	} {
		if got := NoShortcodes(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// A rule about one country hears of the retraction of that country's parties, and of no others.
func TestRetractionNamesOnlyWhatItsRecipientWasTold(t *testing.T) {
	a, b := party(china, "Chinese Party"), party("RUSSIA", "Russian Party")
	rule := Rule{Name: "china", Send: []string{"out"}, Countries: []string{"CN"}}
	told := Told{Channel: "out", Kind: KindAlert, Rules: []string{"china"}, Message: Message{Kind: KindAlert, Headline: "x"}}
	pc := PendingCase{Case: diff.Case{ID: "case-1", Status: diff.Withdrawn}, Told: []Told{told},
		Changes: []PendingChange{{Change: a, Retracted: "withdrawn"}, {Change: b, Retracted: "withdrawn"}}}
	r := &Router{Rules: []Rule{rule}, Now: time.Now}
	plan := r.plan(Pending{Cases: []PendingCase{pc}}, map[string]Target{"out": {Name: "out", Recipients: []string{""}}}, time.Now())
	if len(plan.Deliveries) != 1 {
		t.Fatalf("%d deliveries", len(plan.Deliveries))
	}
	if m := plan.Deliveries[0].Message; m.Headline != "RETRACTED: Entity List: 1 added: Chinese Party (China)" || len(m.Items) != 1 {
		t.Errorf("%s, %d items", m.Headline, len(m.Items))
	}
}

// What could not be read is named in the first line and said once below it, whether it became an instruction or not.
func TestFirstLineSaysThatAnInstructionCouldNotBeRead(t *testing.T) {
	words := "a. Under CYPRUS, by harmonizing the entry for “Stroytransgaz Holding” with that of its parent company"
	act := &diff.Act{DocumentNumber: "2024-09901", Amendments: make([]diff.Amendment, 1), Problems: []diff.Problem{
		{Kind: diff.Unread, Text: "cannot read the verb \"harmonizing\": " + words, Where: "2.a"},
		{Kind: diff.Unread, Text: "cannot read the instruction: " + words, Where: "2.a"},
		{Kind: diff.Surprise, Text: "the document says 2 and 1 was read", Where: "2.b"},
	}}
	pc := PendingCase{Case: diff.Case{ID: "case-1"}, Act: act, Changes: []PendingChange{{Change: party("GERMANY", "Probestueck GmbH")}}}
	m := routed(t, Limits{}, pc)[0].Message
	if !strings.HasSuffix(m.Headline, "; 1 instruction could not be read") {
		t.Error(m.Headline)
	}
	if text := strings.Join(strings.Fields(Text(m, TextOptions{})), " "); strings.Count(text, "Stroytransgaz") != 1 {
		t.Errorf("said twice:\n%s", text)
	}
}

// A digest's first line says what a human must read, as the alert's does: a list without it looks complete. What an official list alone shows
// is on no "other" list.
func TestDigestNamesInItsFirstLineWhatCouldNotBeRead(t *testing.T) {
	unread := &diff.Act{DocumentNumber: "2024-1", Problems: []diff.Problem{
		{Kind: diff.Unread, Text: "cannot read the verb", Where: "2.a"}, {Kind: diff.Unread, Text: "cannot read the verb", Where: "2.b"},
	}}
	c := diff.Change{ID: "chg-1", Change: diff.Added, Substantive: true, List: "us-bis-entity-list", Name: "Foo GmbH", Country: "GERMANY"}
	pc := PendingCase{Case: diff.Case{ID: "case-1"}, Act: unread, Changes: []PendingChange{{Change: c}}}
	day := time.Date(2024, 8, 1, 12, 0, 0, 0, time.UTC)
	rules := []Rule{{Name: "all", Digest: []string{"weekly"}}}
	digest := func(cases ...PendingCase) Message {
		return composer{now: day, location: time.UTC}.digest(Digest{Name: "weekly"}, rules, Collected{Cases: cases}, day.AddDate(0, 0, -7), day)
	}
	if got := digest(pc).Headline; !strings.Contains(got, "2 instructions could not be read") {
		t.Errorf("%q", got)
	}
	if got := Text(digest(), TextOptions{}); !strings.Contains(got, "2024-07-25 12:00 UTC to 2024-08-01 12:00 UTC") {
		t.Errorf("the empty digest does not say since when nothing changed:\n%s", got)
	}
	listed := Message{Stages: []StageTime{{Stage: diff.Listed, At: diff.Date("2024-07-04").Begins()}}}
	if got := StageLine(listed); got != "on an official list 2024-07-04" {
		t.Errorf("%q", got)
	}
}
