package slack_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"entitywatch/notify"
	"entitywatch/notify/slack"
	"entitywatch/notify/slack/slacktest"
)

// Names that are markup anywhere else come out inert.
func TestHostileNames(t *testing.T) {
	long := strings.Repeat("Very Long Name ", 200)
	hostile := []string{
		"<!channel> & <https://evil|x>", "<@U123>", "*bold* _it_ ~no~ `code`", "=cmd()", `"><script>alert(1)</script>`,
		"a\u202ecod.exe\u200f",
		":fire: <!here>", "line\nbreak\x1b[31m", long, strings.Repeat("x", 3000), "&lt;already&gt;",
	}
	for _, hook := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t, hook)
			m := alert("case-1")
			m.Headline, m.NeedsHuman, m.Savings = hostile[0]+strings.Repeat(" much more", 30), hostile, hostile[0]
			m.Act = &notify.Act{Number: "2023-1", Title: hostile[0], URLs: nil}
			m.News = []notify.NewsRef{{Title: hostile[0], URL: "https://news.test/?a=1&b=<x>|y", Feed: hostile[2]}}
			for _, n := range hostile {
				m.Items = append(m.Items, item(n, hostile...))
			}
			b.queue(m)
			b.drain()
			if r := b.server.Refusals(); len(r) > 0 {
				t.Fatalf("refused: %v", r)
			}
			for _, d := range b.deliveries() {
				if d.State != notify.Sent {
					t.Fatalf("%s: %s", d.State, d.Error)
				}
			}
			for _, msg := range b.server.Messages() {
				checkInert(t, msg)
			}
		})
	}
}

func checkInert(t *testing.T, msg slacktest.Message) {
	t.Helper()
	var blocks any
	if len(msg.Blocks) == 0 { // an upload
		return
	}
	if err := json.Unmarshal(msg.Blocks, &blocks); err != nil {
		t.Fatal(err)
	}
	for _, s := range append(texts(blocks), msg.Text) {
		for _, bad := range []string{"<!", "<@", "<script", "\u202e", "\u200f", "\x1b", "*bold*", "_it_", "~no~", "`code`",
			":fire:"} {
			if strings.Contains(s, bad) {
				t.Errorf("%q in %q", bad, s)
			}
		}
		if i := strings.IndexByte(s, '<'); i >= 0 && !strings.HasPrefix(s[i:], "<https://news.test/") {
			t.Errorf("a bare < in %q", s)
		}
	}
}

// texts are all strings in a JSON value but URLs.
func texts(v any) []string {
	var out []string
	switch v := v.(type) {
	case string:
		out = append(out, v)
	case []any:
		for _, e := range v {
			out = append(out, texts(e)...)
		}
	case map[string]any:
		for k, e := range v {
			if k != "url" {
				out = append(out, texts(e)...)
			}
		}
	}
	return out
}

// No error, whatever goes wrong, shows a token or a webhook's address.
func TestNoSecretInErrors(t *testing.T) {
	s := slacktest.New()
	s.NoLimit = true
	s.Token = "xoxb-other"
	const token, hook = "xoxb-very-secret", "http://slack.test/services/T0/B0/very-secret/hook"
	for _, o := range []slack.Options{{Token: token, Channel: "#trade", APIURL: "http://slack.test/"},
		{WebhookURL: hook}} {
		for _, f := range []slacktest.Fault{{}, {Status: 500, Answer: hook}, {Status: 404, Answer: "no such " + hook},
			{CutBefore: true}, {Status: 429}} {
			o.HTTP = &http.Client{Transport: s}
			ch, err := slack.New(o)
			if err != nil {
				t.Fatal(err)
			}
			s.Fail(f)
			_, err = ch.Send(context.Background(), alert("c", "Foo"))
			if err != nil && strings.Contains(err.Error(), "very-secret") {
				t.Errorf("%+v: %v", f, err)
			}
		}
		o.HTTP = &http.Client{Transport: http.NewFileTransport(http.Dir("/nowhere"))}
		ch, _ := slack.New(o)
		if _, err := ch.Send(context.Background(), alert("c", "Foo")); err == nil ||
			strings.Contains(err.Error(), "very-secret") {
			t.Errorf("%v", err)
		}
	}
	if _, err := slack.New(slack.Options{WebhookURL: "::very-secret"}); err == nil ||
		strings.Contains(err.Error(), "very-secret") {
		t.Errorf("%v", err)
	}
}
