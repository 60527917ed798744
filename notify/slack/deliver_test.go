package slack_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/notify/slack"
	"entitywatch/notify/slack/slacktest"
	"entitywatch/store"
)

// bench is the telling half with a real outbox, in a bubble of fake time.
type bench struct {
	t      *testing.T
	db     *store.DB
	server *slacktest.Server
	disp   *notify.Dispatcher
	target notify.Target
}

func newBench(t *testing.T, hook bool) *bench {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "ew.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s := slacktest.New()
	s.Token = "xoxb-secret-token"
	o := slack.Options{HTTP: &http.Client{Transport: s}, APIURL: "http://slack.test/api", UploadLists: true}
	if hook {
		o.WebhookURL = "http://slack.test/services/T000/B000/secret/hook"
	} else {
		o.Token, o.Channel = s.Token, "#trade"
	}
	ch, err := slack.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return &bench{t: t, db: db, server: s,
		disp:   &notify.Dispatcher{Outbox: db, Channels: map[string]notify.Channel{"trade": ch}, Owner: "test"},
		target: notify.Target{Name: "trade", Recipients: []string{"#trade"}, Limits: notify.LimitsOf(ch)},
	}
}

// queue puts messages into the outbox, as routing would.
func (b *bench) queue(ms ...notify.Message) {
	b.t.Helper()
	for i, m := range ms {
		n := notify.Notice{ID: fmt.Sprintf("n%d-%d", len(b.deliveries()), i), Kind: "problem", Text: "x", At: time.Now()}
		if err := b.db.Notify(b.t.Context(), n); err != nil {
			b.t.Fatal(err)
		}
		if _, err := b.db.Route(b.t.Context(), time.Now(), 0, func(notify.Pending) notify.Plan {
			return notify.Plan{Deliveries: notify.Deliveries(b.target, "#trade", m, time.Time{})}
		}); err != nil {
			b.t.Fatal(err)
		}
	}
}

func (b *bench) drain() {
	b.t.Helper()
	if err := b.disp.Drain(b.t.Context(), 10*time.Minute); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) deliveries() []notify.Delivery {
	b.t.Helper()
	all, err := b.db.Deliveries(b.t.Context(), store.DeliveryFilter{})
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}

func alert(caseID string, names ...string) notify.Message {
	m := notify.Message{Kind: notify.KindAlert, Headline: "Entity List: added", Case: caseID,
		AsOf: time.Date(2023, 2, 27, 14, 0, 0, 0, time.UTC), Part: 1, Parts: 1}
	for _, n := range names {
		m.Items = append(m.Items, item(n))
	}
	return m
}

func item(name string, aliases ...string) notify.Item {
	e := &diff.Entry{List: diff.EntityList, Country: "CANADA", Name: name, Aliases: aliases}
	return notify.Item{Change: diff.Change{ID: name, Change: diff.Added, Substantive: true, List: diff.EntityList,
		Country: "CANADA", Name: name, Entry: e}}
}

func stageOf(m notify.Message, stage diff.Stage) notify.Message {
	m.Kind, m.Stage, m.New, m.Items = notify.KindUpdate, stage, []diff.Stage{stage}, nil
	m.Headline = "Now " + string(stage)
	m.Stages = append(m.Stages, notify.StageTime{Stage: stage, At: m.AsOf})
	return m
}

// A 429 with Retry-After: 2 delays and then delivers, once.
func TestRateLimitDelaysAndDeliversOnce(t *testing.T) {
	for _, hook := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t, hook)
			b.server.Fail(slacktest.Fault{Status: 429, RetryAfter: "2"})
			b.queue(alert("case-1", "Foo Ltd."))
			start := time.Now()
			b.drain()
			if got := b.server.Messages(); len(got) != 1 {
				t.Fatalf("%d messages, want 1", len(got))
			}
			if waited := time.Since(start); waited < 2*time.Second || waited > 5*time.Second {
				t.Errorf("waited %s", waited)
			}
			if d := b.deliveries()[0]; d.State != notify.Sent || d.Attempts != 2 || d.Proof == nil {
				t.Errorf("delivery: %+v", d)
			}
		})
	}
}

// Slack answers 429, 500, cuts the connection before and after accepting, then recovers: each message arrives exactly
// once by token, at least once by webhook, and in order within a Case.
func TestTroubleDeliversOnceAndInOrder(t *testing.T) {
	faults := []slacktest.Fault{
		{Status: 429, RetryAfter: "2"}, {CutAfter: true}, {Status: 500, Answer: "oops"}, {}, {CutBefore: true},
		{CutAfter: true}, {Status: 503},
		{CutAfter: true}, {Status: 200, Answer: "<html>maintenance</html>"}, {Status: 429}, {CutAfter: true},
		{CutAfter: true},
	}
	for _, hook := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t, hook)
			b.server.Fail(faults...)
			one, two := alert("case-1", "Foo Ltd."), alert("case-2", "Bar GmbH")
			one.Headline, two.Headline = "case-1 alert", "case-2 alert"
			b.queue(one, two, stageOf(one, diff.Published), stageOf(two, diff.Published), stageOf(one, diff.Effective))
			b.drain()
			seen := map[string]int{}
			var order []string
			for _, m := range b.server.Messages() {
				if seen[m.Text+m.Thread]++; seen[m.Text+m.Thread] == 1 {
					order = append(order, m.Text)
				}
			}
			if !hook && len(b.server.Messages()) != 5 {
				t.Errorf("by token: %d messages, want 5 exactly: %q", len(b.server.Messages()), order)
			}
			if hook && len(b.server.Messages()) < 5 {
				t.Errorf("by webhook: %d messages, want 5 at least", len(b.server.Messages()))
			}
			for _, d := range b.deliveries() {
				if d.State != notify.Sent {
					t.Errorf("%s %s: %s: %s", d.Case, d.Kind, d.State, d.Error)
				}
			}
			if !hook {
				checkThreads(t, b.server.Messages())
			}
			if len(b.server.Refusals()) > 0 {
				t.Errorf("refused: %v", b.server.Refusals())
			}
		})
	}
}

// checkThreads: the alerts are heads, brought up to date, and each update stands in its Case's thread, in order.
func checkThreads(t *testing.T, messages []slacktest.Message) {
	t.Helper()
	heads := map[string]slacktest.Message{}
	var inOne []string
	for _, m := range messages {
		if m.Thread == "" {
			heads[m.TS] = m
			continue
		}
		head, ok := heads[m.Thread]
		if !ok {
			t.Errorf("%q is in no thread that began before it", m.Text)
		}
		if head.Text == "case-1 alert" {
			inOne = append(inOne, m.Text)
		}
		if head.Edits == 0 {
			t.Errorf("the head %q was not brought up to date", head.Text)
		}
	}
	if len(heads) != 2 || fmt.Sprint(inOne) != "[Now published Now effective]" {
		t.Errorf("%d heads; the first Case's thread: %q", len(heads), inOne)
	}
}

// Nobody reads an old thread for a retraction or for parties that it did not name: the whole stands in the thread, and
// one line in the channel leads there. Nothing else stands in both.
func TestRetractionsAndNewPartiesHaveALineInTheChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, false)
		one := alert("case-1", "Foo Ltd.")
		stage := stageOf(one, diff.Published)
		late, gone := one, stage
		late.Kind, late.Revision, late.Headline, late.Below = notify.KindUpdate, 1, "late", true
		gone.Kind, gone.Revision, gone.Reason, gone.Headline, gone.Below = notify.KindRetraction, 2, "withdrawn",
			"RETRACTED", true
		b.queue(one, stage, late, gone)
		b.drain()
		var inChannel, inThread []string
		all := b.server.Messages()
		for _, m := range all {
			if m.Thread != "" {
				inThread = append(inThread, m.Text)
				continue
			}
			inChannel = append(inChannel, m.Text)
			if len(inChannel) == 1 {
				continue
			}
			if s := string(m.Blocks); !strings.Contains(s, "/p"+strings.ReplaceAll(all[0].TS, ".", "")) ||
				strings.Contains(s, "Foo Ltd.") {
				t.Errorf("the line does not lead to the thread, or says more: %s", s)
			}
		}
		if len(inChannel) != 3 || fmt.Sprint(inThread) != "[Now published late RETRACTED]" {
			t.Errorf("in the channel %q, in the thread %q", inChannel, inThread)
		}
	})
}

// A line in the channel that was perhaps sent is looked for in the channel, where its message stands in the thread.
func TestALineInTheChannelIsNotSentTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, false)
		one := alert("case-1", "Foo Ltd.")
		gone := stageOf(one, diff.Published)
		gone.Kind, gone.Headline, gone.Below = notify.KindRetraction, "RETRACTED", true
		b.queue(one, gone)
		b.server.Fail(slacktest.Fault{}, slacktest.Fault{}, slacktest.Fault{CutAfter: true})
		b.drain()
		n := 0
		for _, m := range b.server.Messages() {
			if m.Thread == "" && m.Text == "RETRACTED" {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d lines in the channel", n)
		}
	})
}

// A crash after Slack accepted and before we recorded it: the next process finds the message in the history.
func TestCrashBetweenSendAndRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, false)
		b.queue(alert("case-1", "Foo Ltd."))
		d, err := b.db.Lease(t.Context(), notify.Lease{Channel: "trade", Owner: "crashed", Now: time.Now(),
			Scenario: time.Now(), Until: time.Now().Add(time.Minute)})
		if err != nil || d == nil {
			t.Fatal(d, err)
		}
		if _, err := b.disp.Channels["trade"].Send(t.Context(), d.Message); err != nil {
			t.Fatal(err)
		}
		if n, err := b.db.ReleaseDeadLeases(t.Context(), time.Time{}, func(string) bool {
			return true
		}); n != 1 || err != nil {
			t.Fatalf("released %d, %v", n, err)
		}
		b.drain()
		if got := b.server.Messages(); len(got) != 1 {
			t.Errorf("%d messages, want 1", len(got))
		}
		if d := b.deliveries()[0]; d.State != notify.Sent || !d.Proof.Found {
			t.Errorf("delivery: %+v", d)
		}
	})
}

// An act of 140 parties and 4,000 aliases: a summary, all parties in the thread, the full list as CSV, all within
// Slack's limits.
func TestVeryLargeAct(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, false)
		m := alert("case-1")
		m.Headline = "Entity List: 140 added"
		var names []string
		for i := range 140 {
			var aliases []string
			n := 5
			if i == 7 {
				n = 3300 // one party that no part can hold
			}
			for k := range n {
				aliases = append(aliases, fmt.Sprintf("Alias %d-%d & Söhne <Holding> Company Limited", i, k))
			}
			name := fmt.Sprintf("Party number %d, Research Institute Co., Ltd.", i)
			names = append(append(names, name), aliases...)
			m.Items = append(m.Items, item(name, aliases...))
		}
		b.queue(m)
		b.disp.GiveUp = 24 * time.Hour
		if err := b.disp.Drain(t.Context(), time.Hour); err != nil {
			t.Fatal(err)
		}
		if r := b.server.Refusals(); len(r) > 0 {
			t.Fatalf("refused: %v", r)
		}
		messages := b.server.Messages()
		var all strings.Builder
		for i, msg := range messages {
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
		last := messages[len(messages)-1]
		if len(last.Files) != 1 || strings.Count(last.Files[0].Content, "\n") != 141 {
			t.Errorf("no CSV of 140 rows at the end: %+v", last.Text)
		}
		t.Logf("%d messages", len(messages))
	})
}

// unescape gives back what a reader sees of blocks.
func unescape(t *testing.T, s string) string {
	t.Helper()
	s = strings.NewReplacer(`\u0026`, "&", `\u003c`, "<", `\u003e`, ">", "\u200b", "").Replace(s)
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}
