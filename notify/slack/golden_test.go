package slack_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"entitywatch/notify"
	"entitywatch/notify/notifytest"
	"entitywatch/notify/slack"
	"entitywatch/notify/slack/slacktest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGoldenBlocks(t *testing.T) {
	notifytest.Golden(t, ".json", *update, func(t *testing.T, m notify.Message) []byte {
		blocks := slack.Blocks(m, true)
		raw, err := json.Marshal(blocks)
		if err != nil {
			t.Fatal(err)
		}
		if refusal := slacktest.Check(slack.Fallback(m), raw); refusal != "" {
			t.Errorf("%s: Slack refuses it: %s", m.Headline, refusal)
		}
		got, _ := json.MarshalIndent(map[string]any{"text": slack.Fallback(m), "blocks": blocks}, "", "  ")
		return got
	})
}

// A digest of many Cases, one of them very large, goes out as a summary with the assurance and a thread of parts.
func TestLargeDigest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, false)
		m := notify.Message{Kind: notify.KindDigest, Headline: "weekly: much", Case: "digest/weekly/1", Part: 1, Parts: 1,
			AsOf: time.Now()}
		m.Digest = &notify.Report{Name: "weekly", To: time.Now(),
			Sources: []notify.SourceReport{{Name: "register", State: "ok", Checks: 3}}}
		var names []string
		for i := range 30 {
			c := notify.ReportCase{List: "us-bis-entity-list",
				Message: notify.Message{Case: fmt.Sprint(i), Headline: fmt.Sprintf("Case %d", i)}}
			n := 3
			if i == 5 {
				n = 300
			}
			for k := range n {
				name := fmt.Sprintf("Party %d of Case %d & <Sons> Company Limited", k, i)
				names = append(names, name)
				c.Items = append(c.Items, item(name, "An alias of "+name))
			}
			m.Digest.Cases = append(m.Digest.Cases, c)
		}
		b.queue(m)
		b.drain()
		if r := b.server.Refusals(); len(r) > 0 {
			t.Fatalf("refused: %v", r)
		}
		var all strings.Builder
		for i, msg := range b.server.Messages() {
			if (msg.Thread == "") != (i == 0) {
				t.Errorf("message %d: thread %q", i, msg.Thread)
			}
			all.Write(msg.Blocks)
		}
		text := unescape(t, all.String())
		for _, n := range names {
			if !strings.Contains(text, n) {
				t.Fatalf("%q is missing or cut", n)
			}
		}
		if !strings.Contains(text, "has changed: 1 source checked 3 times") {
			t.Error("no assurance")
		}
		if n := len(b.server.Messages()); !strings.Contains(string(b.server.Messages()[0].Blocks),
			fmt.Sprintf("part 1 of %d", n)) {
			t.Errorf("the first of %d messages does not say that more follow", n)
		}
	})
}
