package notify

import (
	"testing"
	"time"
)

// A line in the channel leads to a loud message in the thread of its Case. Whoever hears of a Case for the first time
// by a reminder has no thread yet, and a stage that names no party is read in the thread.
func TestALineInTheChannelLeadsToLoudMessagesBelowOthers(t *testing.T) {
	channel := Target{Name: "trade", Recipients: []string{""}, Limits: Limits{Point: true}}
	parties := []Item{{Change: party(china, "Foo Ltd.")}}
	for _, c := range []struct {
		name  string
		m     Message
		lines int
	}{
		{"a reminder below its alert", Message{Kind: KindReminder, Below: true}, 1},
		{"a reminder that comes first", Message{Kind: KindReminder}, 0},
		{"a retraction", Message{Kind: KindRetraction, Below: true}, 1},
		{"further parties", Message{Kind: KindUpdate, Below: true, Items: parties}, 1},
		{"a stage without parties", Message{Kind: KindUpdate, Below: true}, 0},
		{"an alert", Message{Kind: KindAlert, Items: parties}, 0},
	} {
		c.m.Part, c.m.Parts = 1, 1
		lines, ids := 0, map[string]bool{}
		all := Deliveries(channel, "", c.m, time.Time{})
		for _, d := range all {
			ids[d.ID] = true
			if d.Message.Pointer {
				lines++
			}
		}
		if lines != c.lines || len(ids) != 1+c.lines {
			t.Errorf("%s: %d lines of %d deliveries, want %d", c.name, lines, len(ids), c.lines)
		}
		channel.Limits.Point = false
		if all := Deliveries(channel, "", c.m, time.Time{}); len(all) != 1 {
			t.Errorf("%s: %d deliveries where nothing stands in threads", c.name, len(all))
		}
		channel.Limits.Point = true
	}
}
