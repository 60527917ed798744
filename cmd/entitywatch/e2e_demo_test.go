package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"entitywatch/diff"
)

const everything = `operators: [ops]
digests:
  - {name: weekly, schedule: "0 8 * * MON", channel: mail, to: [legal@example.com]}
rules:
  - {name: all, send: [trade, cases, team], digest: weekly}
`

// A demo with a config delivers by every channel what happened, and the same scenario again in the same database delivers nothing more:
// one thread a Case with all parties in it, one digest, one signed webhook a Case and stage.
func TestDemoDeliversOnce(t *testing.T) {
	w := newWorld(t)
	file := w.config(t, everything)
	out := entitywatch(t, exitDone, "demo", "--config", file, "--db", w.db(), "--json")
	names := addedNames(t, out)
	if len(names) != 28 {
		t.Fatalf("%d additions, want 28", len(names))
	}
	if r := w.slack.Refusals(); len(r) > 0 {
		t.Errorf("Slack refused: %v", r)
	}
	w.checkThread(t, names)
	w.checkWebhooks(t, names)
	w.checkDigest(t, names)
	if n := len(w.cards.all()); n < 2 {
		t.Errorf("%d Teams cards, want the alert and its stages", n)
	}
	before := []int{len(w.slack.Messages()), len(w.posts.all()), len(w.mail.all()), len(w.cards.all())}
	entitywatch(t, exitDone, "demo", "--config", file, "--db", w.db(), "--json")
	after := []int{len(w.slack.Messages()), len(w.posts.all()), len(w.mail.all()), len(w.cards.all())}
	if !slices.Equal(before, after) {
		t.Errorf("the second run sent something: Slack, webhooks, mails, cards %v, then %v", before, after)
	}
}

func addedNames(t *testing.T, ndjson string) []string {
	t.Helper()
	var names []string
	for line := range strings.Lines(ndjson) {
		var c diff.Change
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		if c.Change == diff.Added {
			names = append(names, c.Name)
		}
	}
	return names
}

func (w *world) checkThread(t *testing.T, names []string) {
	t.Helper()
	heads, pointers, all := 0, 0, ""
	for i, m := range w.slack.Messages() {
		if m.Thread == "" && i > 0 && strings.Contains(string(m.Blocks), "/archives/") {
			pointers++
		} else if m.Thread == "" {
			heads++
		} else if m.Thread != w.slack.Messages()[0].TS {
			t.Errorf("message %d is in another thread: %s", i, m.Text)
		}
		all += string(m.Blocks)
	}
	if heads != 1 || pointers > 1 {
		t.Errorf("%d threads for one Case, and %d lines that lead to them", heads, pointers)
	}
	for _, n := range names {
		if !strings.Contains(all, jsonText(t, n)) {
			t.Errorf("the thread does not name %s", n)
		}
	}
}

// jsonText is a text as it stands within JSON.
func jsonText(t *testing.T, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Trim(string(b), `"`)
}

func (w *world) checkWebhooks(t *testing.T, names []string) {
	t.Helper()
	verifier, err := standardwebhooks.NewWebhook(hookKey)
	if err != nil {
		t.Fatal(err)
	}
	stages := map[string]int{}
	all := ""
	for _, p := range w.posts.all() {
		if err := verifier.Verify(p.body, p.header); err != nil { // also that the timestamp is of the wall clock
			t.Errorf("signature: %v", err)
		}
		var body struct{ Timestamp time.Time }
		if err := json.Unmarshal(p.body, &body); err != nil || body.Timestamp.Year() != 2019 {
			t.Errorf("the text's time is %s, %v; want the scenario's", body.Timestamp, err)
		}
		stages[p.text(t, "case")+" "+p.text(t, "stage")]++
		all += string(p.body)
	}
	if len(stages) < 3 {
		t.Errorf("stages told: %v", stages)
	}
	for stage, n := range stages {
		if n != 1 {
			t.Errorf("%d webhooks for %s", n, stage)
		}
	}
	for _, n := range names {
		if !strings.Contains(all, jsonText(t, n)) {
			t.Errorf("no webhook names %s", n)
		}
	}
}

func (w *world) checkDigest(t *testing.T, names []string) {
	t.Helper()
	mails := w.mail.all()
	if len(mails) != 1 || mails[0].to != "legal@example.com" {
		t.Fatalf("%d mails, want one digest to legal@example.com", len(mails))
	}
	l := readLetter(t, mails[0].raw)
	for kind, text := range map[string]string{"text": l.text, "HTML": l.html} {
		for _, n := range names {
			if !strings.Contains(unwrapped(text), n) {
				t.Errorf("the digest's %s does not name %s", kind, n)
			}
		}
	}
}
