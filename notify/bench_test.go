package notify

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"entitywatch/diff"
)

// largeCase is an act of 140 parties with 4,000 aliases.
func largeCase() PendingCase {
	pc := PendingCase{Case: diff.Case{ID: "case-1", Status: diff.Open}}
	for i := range 140 {
		var aliases []string
		for k := range 4000 / 140 {
			aliases = append(aliases, fmt.Sprintf("Alias number %d-%d Company Limited", i, k))
		}
		pc.Changes = append(pc.Changes, PendingChange{Change: party(china, fmt.Sprintf("Party %d", i), aliases...)})
	}
	return pc
}

// BenchmarkMatch is one Change against one rule with a regular expression and a condition.
func BenchmarkMatch(b *testing.B) {
	cond, err := CompileCondition("len(change.entry.aliases) > 2")
	if err != nil {
		b.Fatal(err)
	}
	r := Rule{Lists: []diff.ListID{diff.EntityList}, Countries: []string{"CN"}, Names: []*regexp.Regexp{regexp.MustCompile(`(?i)semiconduct`)}, If: cond}
	c := largeCase().Changes[0].Change
	for b.Loop() {
		r.Match(c, MatchContext{})
	}
}

// BenchmarkRoute is the largest act through twenty rules, split for a channel with Slack's limits.
func BenchmarkRoute(b *testing.B) {
	var rules []Rule
	for i := range 20 {
		rules = append(rules, Rule{Name: fmt.Sprint(i), Names: []*regexp.Regexp{regexp.MustCompile(`(?i)party|bank`)}, Send: []string{"trade"}})
	}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	r := &Router{Rules: rules, Location: time.UTC}
	targets := map[string]Target{"trade": {Name: "trade", Recipients: []string{""}, Limits: Limits{Size: 11000, Items: 36, Attach: true}}}
	pc := largeCase()
	for b.Loop() {
		if p := r.plan(Pending{Cases: []PendingCase{pc}}, targets, now); len(p.Deliveries) < 5 {
			b.Fatal(len(p.Deliveries))
		}
	}
}
