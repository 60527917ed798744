package slack_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"entitywatch/notify"
	"entitywatch/notify/slack"
	"entitywatch/notify/slack/slacktest"
)

// Whatever is in a message, every part of it is one that Slack takes, and no alias that fits a section is cut.
func TestEveryPartIsWithinSlacksLimits(t *testing.T) {
	ch, err := slack.New(slack.Options{Token: "xoxb-1", Channel: "#trade"})
	if err != nil {
		t.Fatal(err)
	}
	limits := notify.LimitsOf(ch)
	rapid.Check(t, func(t *rapid.T) {
		m := alert("case-1")
		text := func(label string, most int) string {
			word := rapid.StringMatching(`[a-zA-Z&<>*_~: `+"`"+`éß天-]{1,60}`).Draw(t, label)
			return strings.Repeat(word, rapid.IntRange(1, max(1, most/60)).Draw(t, label+" times"))
		}
		m.Headline, m.Savings = text("headline", 400), text("savings", 1500)
		for range rapid.IntRange(0, 20).Draw(t, "needs") {
			m.NeedsHuman = append(m.NeedsHuman, text("need", 300))
		}
		var aliases []string
		for range rapid.IntRange(0, 60).Draw(t, "parties") {
			var own []string
			for range rapid.IntRange(0, 12).Draw(t, "aliases") {
				own = append(own, text("alias", 900))
			}
			aliases = append(aliases, own...)
			m.Items = append(m.Items, item(text("name", 3500), own...))
		}
		var all strings.Builder
		for _, part := range notify.Split(m, limits) {
			if part.Attachment != nil {
				continue
			}
			raw, err := json.Marshal(slack.Blocks(part, true))
			if err != nil {
				t.Fatal(err)
			}
			if refusal := slacktest.Check(slack.Fallback(part), raw); refusal != "" {
				t.Fatalf("part %d of %d: %s", part.Part, part.Parts, refusal)
			}
			var v any
			if err := json.Unmarshal(raw, &v); err != nil {
				t.Fatal(err)
			}
			all.WriteString(strings.Join(texts(v), "\n"))
		}
		seen := seenByReader(all.String())
		for _, a := range aliases {
			if clean := notify.Clean(a); len(clean) < 500 && !strings.Contains(seen, clean) {
				t.Fatalf("%q is missing or cut", clean)
			}
		}
	})
}

// seenByReader gives back what a reader sees of mrkdwn.
func seenByReader(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", "\u200b", "").Replace(s)
}
