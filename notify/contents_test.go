package notify

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
)

// caseOf is a Case with parties of these countries.
func caseOf(id string, list diff.ListID, countries ...string) PendingCase {
	pc := PendingCase{Case: diff.Case{ID: id}}
	for i, c := range countries {
		p := party(c, fmt.Sprintf("Party %d of %s", i, id))
		p.List = list
		pc.Changes = append(pc.Changes, PendingChange{Change: p})
	}
	return pc
}

// The contents of a digest say what no Case's headline says: what all Cases together bring to each list and country, and where it stands.
func TestContentsSayWhatEachCountryHasAndWhere(t *testing.T) {
	gone := caseOf("case-3", diff.EntityList, "IRAN")
	gone.Changes[0].Retracted = "we read it wrongly"
	moved := PendingCase{
		Case: diff.Case{ID: "case-5"}, Standing: []PendingChange{{Change: party(russia, "An Earlier Party")}}, Stages: []StageTime{{Stage: diff.Codified}},
	}
	m := weekly(Collected{Cases: []PendingCase{
		caseOf("case-1", diff.EntityList, china, china, russia), caseOf("case-2", diff.EntityList, china), gone, caseOf("case-4", "us-ofac-sdn", ""), moved,
	}})
	var got []string
	for _, c := range m.Digest.Overview {
		got = append(got, c.Full())
	}
	want := []string{
		"Entity List, China: 3 added (see 1, 2)", "Entity List, Russia: 1 added (see 1)", "SDN List: 1 added (see 5)",
		"RETRACTED, in whole or in part (see 3)", "Updates to what was told before (see 4)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	text := Text(m, TextOptions{})
	for i, c := range m.Digest.Cases {
		if n := strings.Count(text, c.Headline); n != 1 || !strings.Contains(text, fmt.Sprintf("\n%d. %s", i+1, c.Headline)) {
			t.Errorf("%q stands %d times in\n%s", c.Headline, n, text)
		}
	}
	sum := 0
	for _, c := range m.Counts {
		sum += c.N
	}
	if sum != 5 {
		t.Errorf("%d are counted", sum)
	}
}

// Beyond a dozen the countries of a list are one line.
func TestContentsOfManyCountriesAreBounded(t *testing.T) {
	var cases []PendingCase
	for i := range 40 {
		cases = append(cases, caseOf(fmt.Sprintf("case-%d", i), diff.EntityList, fmt.Sprintf("COUNTRY %02d", i)))
	}
	all := weekly(Collected{Cases: cases}).Digest.Overview
	if last := all[len(all)-1]; len(all) != countriesInContents+1 || !strings.HasPrefix(last.Text, "Entity List, 28 more countries: 28 added") || len(last.Cases) != 28 {
		t.Errorf("%d lines, %v", len(all), all)
	}
}

// A digest of one Case says its headline once.
func TestDigestOfOneCaseSaysItsHeadlineOnce(t *testing.T) {
	pc := caseOf("case-1", diff.EntityList, china, russia)
	pc.Act = &diff.Act{DocumentNumber: "2024-05501", Title: "Additions of Entities"}
	for _, act := range []*diff.Act{pc.Act, nil} {
		pc.Act = act
		text := Text(weekly(Collected{Cases: []PendingCase{pc}}), TextOptions{})
		if strings.Count(text, "2 added") != 1 || act != nil && strings.Count(text, act.Title) != 1 {
			t.Error(text)
		}
	}
}

// Who is told that something does not hold must hear whom of ours it concerns, as who was told of it.
func TestRetractionSaysWhomOfOursItConcerns(t *testing.T) {
	pc := caseOf("case-1", diff.EntityList, "ARMENIA")
	pc.Hits = map[string][]Hit{pc.Changes[0].ID: {{Counterparties: "vendors", ID: "V-5", Name: "Vertir Airlines LLC", Match: "Vertir Airlines", Score: 0.99}}}
	alert := routed(t, Limits{}, pc)[0]
	pc.Told = []Told{{Channel: alert.Channel, Kind: KindAlert, Rules: alert.Rules, Message: alert.Message}}
	pc.Changes[0].Retracted, pc.Case.Status = "it was revoked", diff.Withdrawn
	m := routed(t, Limits{}, pc)[0].Message
	if m.Kind != KindRetraction || !strings.HasSuffix(m.Headline, "; may touch our Vertir Airlines LLC (V-5)") ||
		!strings.Contains(Text(m, TextOptions{}), "OUR COUNTERPARTIES (1)") {
		t.Error(Text(m, TextOptions{}))
	}
}

// What is cut for one part is whole in the message that is cut, which goes to others too.
func TestCuttingContentsLeavesTheDigestWhole(t *testing.T) {
	long := strings.Repeat("a list and its country ", 40)
	r := &Report{Name: "weekly", Cases: []ReportCase{{}}}
	for i := range 60 {
		r.Overview = append(r.Overview, Contents{long, []int{i, i + 1, i + 2, i + 3, i + 4, i + 5}})
	}
	m := Message{Kind: KindDigest, Digest: r, Part: 1, Parts: 1}
	whole := Text(m, TextOptions{})
	if cut := Text(Trim(m, Limits{Size: 2000}), TextOptions{}); len(cut) > 4000 {
		t.Fatalf("nothing is cut: %d characters", len(cut))
	}
	if again := Text(m, TextOptions{}); again != whole {
		t.Errorf("of %d characters %d are left", len(whole), len(again))
	}
	for i, c := range r.Overview {
		if c.Text != long || len(c.Cases) != 6 {
			t.Fatalf("line %d was cut to %q %v", i, c.Text, c.Cases)
		}
	}
}
