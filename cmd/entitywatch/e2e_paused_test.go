package main

import (
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/notify/slack/slacktest"
)

// The app is not in the channel: the operators are told once and how to mend it, nothing is lost, and both ways back work.
func TestChannelPausesAndComesBack(t *testing.T) {
	w := newWorld(t)
	feed := quietFeed(t)
	file := w.config(t, "operators: [ops]\nrules: [{name: all, send: [trade]}]\n"+
		"sources: [{name: press, kind: news, url: \""+feed+"\", schedule: \"@every 24h\"}]\n")
	queue := func(names ...string) {
		var all []notify.Delivery
		for _, name := range names {
			m := notify.Message{Kind: notify.KindAlert, Headline: "Entity List: 1 added: " + name, Case: "case_" + name, Stage: diff.Filed, AsOf: time.Now()}
			all = append(all, notify.Deliveries(notify.Target{Name: "trade", Recipients: []string{""}}, "", m, time.Time{})...)
		}
		enqueue(t, w.db(), all)
	}
	refuse := func(n int) {
		for range n {
			w.slack.Fail(slacktest.Fault{Status: 200, Answer: `{"ok":false,"error":"not_in_channel"}`})
		}
	}
	queue("Foo", "Bar")
	refuse(1)
	entitywatch(t, exitDone, "poll", "-c", file)
	out := entitywatch(t, exitDone, "poll", "-c", file) // a new process looks whether it was mended: it was
	if n := len(w.slack.Messages()); n != 2 {
		t.Errorf("%d of 2 arrived after the fault was mended", n)
	}
	if n := strings.Count(unwrapped(out), "/invite @EntityWatch"); n != 1 {
		t.Errorf("the operators heard of it %d times:\n%s", n, out)
	}

	queue("Baz", "Qux", "Quux")
	refuse(2)
	entitywatch(t, exitDone, "poll", "-c", file)
	if out := entitywatch(t, exitHuman, "doctor", "-c", file); !strings.Contains(unwrapped(out), "the channel trade has been paused since") {
		t.Errorf("doctor:\n%s", out)
	}
	out = entitywatch(t, exitFailed, "retry", "--channel", "trade", "-c", file)
	if !strings.Contains(out, "not_in_channel") || !strings.Contains(out, "3 deliveries") {
		t.Errorf("retry:\n%s", out)
	}
	entitywatch(t, exitDone, "test", "trade", "-c", file)
	out = entitywatch(t, exitDone, "retry", "--channel", "trade", "-c", file)
	if n := len(w.slack.Messages()); n != 6 || !strings.Contains(out, "3 deliveries: sent 3") {
		t.Errorf("%d arrived, want two, the sample and three:\n%s", n, out)
	}
	if code, _, errs := command(t, "retry", "--channel", "trad", "-c", file); code != exitUsage || !strings.Contains(errs, "trade") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
