package notify

import (
	"fmt"
	"regexp"
	"syscall"
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
	r := Rule{Lists: []diff.ListID{diff.EntityList}, Countries: []string{"CN"},
		Names: []*regexp.Regexp{regexp.MustCompile(`(?i)semiconduct`)}, If: cond}
	c := largeCase().Changes[0].Change
	for b.Loop() {
		r.Match(c, MatchContext{})
	}
}

// BenchmarkRoute is the largest act through twenty rules, split for a channel with Slack's limits.
func BenchmarkRoute(b *testing.B) {
	var rules []Rule
	for i := range 20 {
		rules = append(rules, Rule{Name: fmt.Sprint(i), Names: []*regexp.Regexp{regexp.MustCompile(`(?i)party|bank`)},
			Send: []string{"trade"}})
	}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	r := &Router{Rules: rules, Location: time.UTC}
	targets := map[string]Target{"trade": {Name: "trade", Recipients: []string{""},
		Limits: Limits{Size: 11000, Items: 36, Attach: true}}}
	pc := largeCase()
	for b.Loop() {
		if p := r.plan(Pending{Cases: []PendingCase{pc}}, targets, now); len(p.Deliveries) < 5 {
			b.Fatal(len(p.Deliveries))
		}
	}
}

// cpuTime is the CPU time of all cores that this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// massCase is n additions, each with two aliases; every hundredth is one of ours.
func massCase(n int) PendingCase {
	pc := PendingCase{Case: diff.Case{ID: "case-1", Status: diff.Open}, Hits: map[string][]Hit{}}
	for i := range n {
		c := party([]string{china, russia, "IRAN"}[i%3], fmt.Sprintf("Party number %d of the mass", i),
			fmt.Sprintf("Alias %d", i), "P. "+fmt.Sprint(i))
		pc.Changes = append(pc.Changes, PendingChange{Change: c})
		if i%100 == 0 {
			pc.Hits[c.ID] = []Hit{{Counterparties: "vendors", ID: fmt.Sprint("V-", i), Name: c.Name, Match: c.Name, Score: 1}}
		}
	}
	return pc
}

// BenchmarkRouteMassEvent is n parties through 50 rules to ten channels; that 8,000 cost eight times what 1,000 do is
// the promise.
func BenchmarkRouteMassEvent(b *testing.B) {
	var rules []Rule
	targets := map[string]Target{}
	for i := range 50 {
		channel := fmt.Sprint("channel-", i%10)
		r := Rule{Name: fmt.Sprint("rule-", i), Send: []string{channel}}
		switch i % 5 {
		case 1:
			r.Countries = []string{"CN", "RUSSIA"}
		case 2:
			r.Lists = []diff.ListID{diff.EntityList, diff.SDN}
		case 3:
			r.Counterparties = []string{"vendors"}
		case 4:
			r.Changes = []diff.ChangeKind{diff.Added}
		}
		rules = append(rules, r)
		targets[channel] = Target{Name: channel, Recipients: []string{""},
			Limits: Limits{Size: 11000, Items: 36, Attach: true}}
	}
	r := &Router{Rules: rules, Location: time.UTC}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, n := range []int{1000, 8000} {
		pc := massCase(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			start, rounds := cpuTime(), 0
			for b.Loop() {
				if p := r.plan(Pending{Cases: []PendingCase{pc}}, targets, now); len(p.Deliveries) == 0 || len(p.Problems) > 0 {
					b.Fatal(len(p.Deliveries), p.Problems)
				}
				rounds++
			}
			b.ReportMetric((cpuTime()-start).Seconds()/float64(rounds), "cpu-s/op")
		})
	}
}

// BenchmarkDigestOfAMassEvent is n parties in a digest that five rules collect for, and as many that were taken back;
// x8 is how many times 8,000 cost what 1,000 do, and 8 is linear.
func BenchmarkDigestOfAMassEvent(b *testing.B) {
	var rules []Rule
	for i := range 5 {
		rules = append(rules, Rule{Name: fmt.Sprint("rule-", i), Digest: []string{"weekly"}})
	}
	to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	least := 0.0
	for _, n := range []int{1000, 8000} {
		pc := massCase(2 * n)
		for i := range n {
			pc.Changes[i].Retracted = "the text that it was read from is another document's"
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			start, rounds := cpuTime(), 0
			for b.Loop() {
				m := composer{now: to, location: time.UTC}.digest(Digest{Name: "weekly"}, rules,
					Collected{Cases: []PendingCase{pc}}, to.Add(-time.Hour), to)
				if len(m.Digest.Cases) != 1 {
					b.Fatal(m.Headline)
				}
				rounds++
			}
			spent := (cpuTime() - start).Seconds() / float64(rounds)
			if n == 1000 {
				least = spent
			}
			b.ReportMetric(spent, "cpu-s/op")
			b.ReportMetric(spent/least, "x8")
		})
	}
}
