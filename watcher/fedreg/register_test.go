package fedreg_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"entitywatch/diff"
	"entitywatch/replay"
	"entitywatch/testdata"
	"entitywatch/watcher/fedreg"
	"entitywatch/watcher/fetch"
)

// reader is either of the two sources.
type reader interface {
	Read(context.Context, *fetch.Session) (diff.Reading, error)
}

// stage is an upstream played from a scenario, with a client that never waits for real, and the cursor that a store
// would keep.
type stage struct {
	replay  *replay.Server
	url     string
	client  *fetch.Client
	cursor  fetch.Cursor
	session *fetch.Session
	ahead   time.Duration // of the scenario's time
}

func play(t *testing.T, scenario string, change ...func(*replay.Scenario)) *stage {
	t.Helper()
	s, err := replay.Load(testdata.Scenarios(), scenario)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(s)
	}
	v, err := replay.NewServer(s)
	if err != nil {
		t.Fatal(err)
	}
	g := serve(t, v)
	g.replay = v
	return g
}

func serve(t *testing.T, h http.Handler) *stage {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return &stage{url: srv.URL + "/api/v1", client: fetch.New(fetch.Options{
		Trusted: []string{srv.URL}, Rate: rate.Inf, Backoff: time.Nanosecond, MaxBackoff: time.Nanosecond,
	})}
}

func (g *stage) now() time.Time {
	if g.replay == nil {
		return time.Date(2024, 7, 2, 14, 0, 0, 0, time.UTC).Add(g.ahead)
	}
	return g.replay.Now().Add(g.ahead)
}

func (g *stage) options() fedreg.Options { return fedreg.Options{URL: g.url, Now: g.now} }

// look reads a source once and keeps the cursor, as a commit does.
func (g *stage) look(t *testing.T, src reader) diff.Reading {
	t.Helper()
	g.session = g.client.Begin(g.cursor)
	got, err := src.Read(t.Context(), g.session)
	if err != nil {
		t.Fatal(err)
	}
	g.cursor = g.session.Next()
	return got
}

func (g *stage) next(t *testing.T, n int) {
	t.Helper()
	for range n {
		if !g.replay.Next() {
			t.Fatal("the scenario ended early")
		}
	}
	g.ahead = 0
}

// bodies counts the answers that were sent whole, not as 304.
func (g *stage) bodies() (n int) {
	for _, x := range g.session.Exchanges() {
		if !x.NotModified {
			n++
		}
	}
	return n
}

func TestRegisterReadsARuleWhenItsXMLComes(t *testing.T) {
	g := play(t, "ten-entities-2023", func(s *replay.Scenario) {
		// the XML is loaded two hours after publication
		s.States[2].XMLLater = s.States[2].Publish
		s.States = slices.Insert(s.States, 3, replay.State{At: s.States[2].At.Add(2 * time.Hour),
			LoadXML: s.States[2].Publish})
	})
	src := fedreg.NewRegister(g.options())
	if got := g.look(t, src); len(got.Acts) != 0 || len(got.Problems) != 0 {
		t.Fatalf("before publication: %+v", got)
	}
	g.next(t, 2)
	early := g.look(t, src)
	if len(early.Acts) != 1 || early.Acts[0].Status != diff.ActPublished || early.Acts[0].URLs["xml"] != "" {
		t.Fatalf("published without XML: %+v", early)
	}
	g.next(t, 1)
	late := g.look(t, src)
	if len(late.Acts) != 1 {
		t.Fatalf("with XML: %+v", late)
	}
	a := late.Acts[0]
	checkTenEntities(t, a)
}

// checkTenEntities holds the act of the scenario against what its rule says.
func checkTenEntities(t *testing.T, a diff.Act) {
	t.Helper()
	if n := len(a.Amendments); n != 13 {
		t.Errorf("%d amendments, want 13", n)
	}
	got := fmt.Sprintln(a.DocumentNumber, a.Citation, a.StartPage, a.EndPage, a.PublishedOn, a.EffectiveOn, a.Type)
	if want := fmt.Sprintln("2023-03929", "88 FR 12170", 12170, 12175, "2023-02-27", "2023-02-24", "Rule"); got != want ||
		!slices.Contains(a.Agencies, "Industry and Security Bureau") {
		t.Errorf("act = %+v", a)
	}
	if d := a.Declared[diff.EntityList]; d.AddedEntities == nil || *d.AddedEntities != 10 || *d.AddedEntries != 13 ||
		d.AddedByCountry["RUSSIA"]+d.AddedByCountry["Russia"] != 3 {
		t.Errorf("declared = %+v", a.Declared)
	}
	if a.URLs["xml"] == "" || a.URLs["html"] == "" || a.SavingsClause == "" || len(a.Evidence) < 2 ||
		diff.NeedsHuman(a.Problems) {
		t.Errorf("urls %v, savings %q, evidence %v, problems %v", a.URLs, a.SavingsClause, a.Evidence, a.Problems)
	}
	for _, m := range a.Amendments {
		got := fmt.Sprint(len(m.Entry.Citations), m.Entry.Citations[0].Volume, m.Entry.Citations[0].Page,
			m.Entry.Citations[0].Date)
		if got != fmt.Sprint(1, 88, 12171, "2023-02-27") {
			t.Errorf("%s: citations %+v, want 88 FR 12171 of 2023-02-27", m.Name, m.Entry.Citations)
		}
	}
}

func TestUnchangedRegisterGivesNothing(t *testing.T) {
	g := play(t, "xinjiang-2019")
	g.next(t, 3)
	src := fedreg.NewRegister(g.options())
	if got := g.look(t, src); len(got.Acts) != 1 || len(got.Acts[0].Amendments) != 28 {
		t.Fatalf("first look: %d acts", len(got.Acts))
	}
	if got := g.look(t, src); len(got.Acts)+len(got.Problems) != 0 || g.bodies() != 1 {
		t.Errorf("second look: %d acts, %d bodies; want nothing, and only the shifted search window asked anew",
			len(got.Acts), g.bodies())
	}
	if got := g.look(t, src); len(got.Acts) != 0 || g.bodies() != 0 {
		t.Errorf("third look: %d acts, %d bodies; want 304 throughout", len(got.Acts), g.bodies())
	}
	g.ahead = 45 * time.Minute
	if got := g.look(t, src); len(got.Acts) != 0 {
		t.Errorf("text looked at again: %d acts", len(got.Acts))
	}
	var again bool
	for _, x := range g.session.Exchanges() {
		again = again || strings.HasSuffix(x.URL, ".xml") && x.NotModified
	}
	if !again {
		t.Error("the recent rule's text was not looked at again, or without its validators")
	}
}

const editedScenario = `
documents:
  - number: "2024-14501"
    title: Additions to the Entity List
    type: Rule
    abstract: This rule amends the Export Administration Regulations (EAR) by adding one entity
      to the Entity List, under the destination of Cyprus.
    cfr: [{title: 15, part: 744}]
    published: 2024-07-02
    effective: 2024-07-02
    volume: 89
    start_page: 54901
    end_page: 54904
    amend_page: 54903
    amend:
      - list: us-bis-entity-list
        under: CYPRUS
        add:
          - {name: "Paradeigma Shipping Ltd.", addresses: ["14 Akti Street, Limassol 3030, Cyprus"],
             requirement: "For all items subject to the EAR. (See § 744.11 of the EAR)",
             policy: "Presumption of denial"}
  - number: "2024-13000"
    title: Order Denying Export Privileges in the Matter of Jan Muster
    type: Notice
    action: Order.
    published: 2024-07-01
    volume: 89
    start_page: 54001
    end_page: 54002
  - number: "2024-13500"
    title: "Agency Information Collection Activities; Denial of Export Privileges Form"
    type: Notice
    published: 2024-07-01
    volume: 89
    start_page: 54003
    end_page: 54003
states:
  - {at: 2024-07-02T14:00:00Z, ecfr: {as_of: 2024-06-28}, publish: ["2024-14501", "2024-13000", "2024-13500"]}
  - {at: 2024-07-03T14:00:00Z, edit: [{document: "2024-14501", find: "14 Akti Street", replace: "41 Akti Street"}]}
`

func playText(t *testing.T, text string) *stage {
	t.Helper()
	s, err := replay.Parse("test", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	v, err := replay.NewServer(s)
	if err != nil {
		t.Fatal(err)
	}
	g := serve(t, v)
	g.replay = v
	return g
}

// Documents are edited after publication, without any modified time.
func TestAnEditedTextIsReadAgain(t *testing.T) {
	g := playText(t, editedScenario)
	src := fedreg.NewRegister(g.options())
	first := g.look(t, src)
	if len(first.Acts) != 2 {
		t.Fatalf("first look: %+v, want the rule and the order", first.Acts)
	}
	order, rule := first.Acts[0], first.Acts[1]
	if order.ReadThis == "" || len(order.Amendments) != 0 || order.DocumentNumber != "2024-13000" {
		t.Errorf("the denial order: %+v, want it to be read by a human", order)
	}
	if rule.ReadThis != "" || len(rule.Amendments) != 1 {
		t.Errorf("the rule: %+v", rule)
	}
	g.next(t, 1)
	again := g.look(t, src)
	if len(again.Acts) != 1 || again.Acts[0].Text == rule.Text ||
		!strings.Contains(again.Acts[0].Amendments[0].Entry.Addresses[0], "41 Akti") {
		t.Errorf("after the edit: %+v", again.Acts)
	}
	g.ahead = 24 * time.Hour
	if more := g.look(t, src); len(more.Acts) != 0 {
		t.Errorf("a day later: %+v", more.Acts)
	}
}

// A text that cannot be had holds nothing up; after an hour a human is asked to read the document; when it comes, it is
// read.
func TestATextThatFailsIsTriedAgainAndThenHandedOver(t *testing.T) {
	g := playText(t, strings.Replace(editedScenario, "publish:",
		"trouble: {federal-register: {do: html, path: full_text}}, publish:", 1))
	src := fedreg.NewRegister(g.options())
	got := g.look(t, src)
	if len(got.Acts) != 1 || got.Acts[0].DocumentNumber != "2024-13000" || len(got.Problems) != 1 ||
		got.Problems[0].Kind != diff.Unread {
		t.Fatalf("first look: %+v", got)
	}
	g.ahead = 30 * time.Minute
	if got = g.look(t, src); len(got.Acts) != 0 || len(got.Problems) != 1 {
		t.Errorf("half an hour later: %+v", got)
	}
	g.ahead = 2 * time.Hour
	if got = g.look(t, src); len(got.Acts) != 1 || !strings.Contains(got.Acts[0].ReadThis, "HTML page") ||
		len(got.Acts[0].Declared) != 1 {
		t.Errorf("two hours later: %+v, want it handed to a human with its own numbers", got)
	}
	g.ahead = 3 * time.Hour
	if got = g.look(t, src); len(got.Acts) != 0 {
		t.Errorf("three hours later: %+v, want it said once", got.Acts)
	}
	g.next(t, 1)
	if got = g.look(t, src); len(got.Acts) != 1 || len(got.Acts[0].Amendments) != 1 || got.Acts[0].ReadThis != "" {
		t.Errorf("when the text came: %+v", got.Acts)
	}
}

func TestAfterAPauseTheLookGoesBack(t *testing.T) {
	g := playText(t, editedScenario)
	g.cursor = fetch.Cursor{Marks: map[string]string{"through": "2024-04-01"}}
	g.look(t, fedreg.NewRegister(g.options()))
	if u := g.session.Exchanges()[0].URL; !strings.Contains(u, "2024-03-29") {
		t.Errorf("first asked for %s, want from before the pause", u)
	}
}
