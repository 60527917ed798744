package notify

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
)

// renamed is a Case in which a program was renamed on n entries, and one entry was added.
func renamed(n int) PendingCase {
	pc := PendingCase{Case: diff.Case{ID: "case-1", Title: "SDN as ofac shows it"}, Hits: map[string][]Hit{}}
	added := party("", "Newly Listed LLC")
	added.List, added.Source, added.Act = diff.SDN, "ofac", ""
	pc.Changes = append(pc.Changes, PendingChange{Change: added})
	for i := range n {
		e := &diff.Entry{List: diff.SDN, Key: fmt.Sprintf("ofac/%d", i), Name: fmt.Sprintf("Party Number %d", i), Programs: []string{"NEW-PROGRAM"}}
		id := fmt.Sprintf("chg-%d", i)
		pc.Changes = append(pc.Changes, PendingChange{Change: diff.Change{
			ID: id, Change: diff.Amended, Substantive: true, List: diff.SDN, Key: e.Key, Name: e.Name, Entry: e, After: e, Source: "ofac",
			Fields: []diff.FieldChange{
				{Field: "programs", Before: "OLD-PROGRAM", Substantive: true}, {Field: "programs", After: "NEW-PROGRAM", Substantive: true},
			},
		}})
	}
	pc.Hits["chg-7"] = []Hit{{Counterparties: "vendors", ID: "V-1", Name: "Party No 7", Match: "Party Number 7", Score: 0.95}}
	return pc
}

type one struct{ Pending }

func (o one) Route(_ context.Context, _ time.Time, _ time.Duration, plan func(Pending) Plan) (Plan, error) {
	return plan(o.Pending), nil
}

// routed is what one rule for everything sends of a Case to one channel.
func routed(t *testing.T, limits Limits, cases ...PendingCase) []Delivery {
	t.Helper()
	r := Router{
		Store: one{Pending{Cases: cases}}, Rules: []Rule{{Name: "all", Send: []string{"out"}}}, Masses: Masses{"ofac": 20}, Now: time.Now,
		Targets: func(context.Context) (map[string]Target, error) {
			return map[string]Target{"out": {Name: "out", Recipients: []string{""}, Limits: limits}}, nil
		},
	}
	dels, err := r.Route(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return dels
}

func TestOneEditOfManyIsOneGroupThatSaysSo(t *testing.T) {
	dels := routed(t, Limits{}, renamed(45))
	if len(dels) != 1 {
		t.Fatalf("%d deliveries", len(dels))
	}
	m := dels[0].Message
	if want := "1 added: Newly Listed LLC; " + diff.SDN.Title() + ": the same edit on 45 entries: program OLD-PROGRAM → NEW-PROGRAM; may touch our Party No 7 (V-1)"; !strings.HasSuffix(m.Headline, want) {
		t.Errorf("headline %q", m.Headline)
	}
	if len(m.Items) != 2 || len(m.Hits) != 1 {
		t.Errorf("%d items, %d hits", len(m.Items), len(m.Hits))
	}
	text := Text(m, TextOptions{})
	if n := strings.Count(text, "OLD-PROGRAM"); n != 2 { // headline, name of the edit
		t.Errorf("the edit stands there %d times:\n%s", n, text)
	}
	for i := range 45 {
		if n := strings.Count(strings.Join(strings.Fields(text), " ")+";", fmt.Sprintf("Party Number %d;", i)); n != 1 && i != 44 {
			t.Errorf("party %d stands there %d times:\n%s", i, n, text)
		}
	}
	if n := strings.Count(string(CSV(m.Items)), "\n"); n != 1+1+45 {
		t.Errorf("%d rows in the full list", n)
	}
}

func TestFewLikeEditsAreToldOneByOne(t *testing.T) {
	m := routed(t, Limits{}, renamed(20))[0].Message
	if len(m.Items) != 21 || strings.Contains(m.Headline, "same edit") {
		t.Errorf("%d items: %s", len(m.Items), m.Headline)
	}
}

func TestALargeMassIsDividedBetweenEntries(t *testing.T) {
	seen := 0
	dels := routed(t, Limits{Size: 4000, Items: 36}, renamed(450))
	for _, d := range dels {
		for _, it := range d.Message.Items {
			if it.Mass == nil {
				continue
			}
			for _, l := range it.lines(d.Message.Terms) {
				if l.Label == "entries" {
					seen += len(l.Values)
				}
			}
			if it.Mass.Of != 450 {
				t.Errorf("part %d says %d entries", d.Part, it.Mass.Of)
			}
		}
		if size := len(Text(d.Message, TextOptions{})); size > 6000 {
			t.Errorf("part %d has %d bytes", d.Part, size)
		}
	}
	if seen != 450 || len(dels) < 4 {
		t.Errorf("%d entries in %d parts", seen, len(dels))
	}
}
