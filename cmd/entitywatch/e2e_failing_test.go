package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/notify"
)

// A full mailbox, a busy receiver and a mail server that is gone are told to the operators once, over restarts, where they hear it; what
// people and probes look at says so too; and the end is told when it comes.
func TestChannelsThatTakeNothingAreTold(t *testing.T) {
	w := newWorld(t)
	w.mail.full.Store(true)
	w.posts.busy.Store(true)
	file := w.config(t, fmt.Sprintf(`  - {name: far, kind: email, smtp: "smtp://%s?tls=none", from: ew@example.com, to: [far@example.com]}
operators: [mail, ops]
tell_after: {or: 1ms}
rules: [{name: all, send: [trade]}]
sources: [{name: press, kind: news, url: "%s", schedule: "@every 24h"}]
`, freeAddress(t), quietFeed(t)))
	for channel, to := range map[string]string{"mail": "trade@example.com", "cases": "", "far": "far@example.com"} {
		m := notify.Message{Kind: notify.KindAlert, Headline: "Entity List: 1 added: Foo", Case: "case_1", Stage: diff.Filed, AsOf: time.Now()}
		enqueue(t, w.db(), notify.Deliveries(notify.Target{Name: channel, Recipients: []string{to}}, to, m, time.Time{}))
	}
	var told string
	for range 4 { // each a life of its own
		told += oneRound(t, file)
	}
	if n := strings.Count(told, "3 channels cannot send messages"); n != 1 || strings.Count(told, "cannot send") != 1 {
		t.Fatalf("told %d times:\n%s", n, told)
	}
	for _, want := range []string{"cases: no message has been accepted since", "503 Service Unavailable. 1 message waits, since ",
		"far: no message", "connection refused. 1 message waits", "Check that the server runs", "mail: no message", "4.2.2", "retry --channel mail"} {
		if !strings.Contains(told, want) {
			t.Errorf("the message lacks %q:\n%s", want, told)
		}
	}
	out := unwrapped(entitywatch(t, exitHuman, "doctor", "-c", file))
	if strings.Count(out, "has been unable to send messages since ") != 3 || strings.Contains(out, "None of the operators'") {
		t.Errorf("doctor:\n%s", out)
	}
	w.isShown(t, file, true)

	w.mail.full.Store(false)
	w.posts.busy.Store(false)
	for _, channel := range []string{"mail", "cases"} {
		w.retry(t, file, channel)
	}
	told = ""
	for range 3 {
		told += oneRound(t, file)
	}
	if n := strings.Count(told, "2 channels can send messages again"); n != 1 || len(w.posts.all()) != 1 || len(w.mail.all()) != 2 {
		t.Errorf("told %d times, posts %d, mails %d (the alert, and that it works again):\n%s", n, len(w.posts.all()), len(w.mail.all()), told)
	}
	for _, l := range w.mail.all() {
		if strings.Contains(l.raw, "cannot send") {
			t.Errorf("a mail says late that mails cannot be sent:\n%s", l.raw)
		}
	}
	w.isShown(t, file, false)
}

func liveEngine(t *testing.T, file string, out io.Writer) *engine {
	t.Helper()
	a := &app{getenv: func(string) string { return "" }, now: time.Now}
	c, err := config.Load(file, a.checks())
	if err != nil {
		t.Fatal(err)
	}
	e, err := build(t.Context(), c, parts{stdout: out, log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// oneRound looks, tells and tries what is due once, as a daemon does between start and stop, and returns what it printed for the operators.
func oneRound(t *testing.T, file string) string {
	t.Helper()
	var out bytes.Buffer
	e := liveEngine(t, file, &out)
	defer e.Close()
	if _, err := e.round(t.Context(), 0); err != nil {
		t.Error(err)
	}
	return unwrapped(out.String())
}

// retry is what the command does, without its wait.
func (w *world) retry(t *testing.T, file, channel string) {
	t.Helper()
	e := liveEngine(t, file, io.Discard)
	defer e.Close()
	if _, err := e.db.RetryChannel(t.Context(), channel, time.Now()); err != nil {
		t.Fatal(err)
	}
}

// isShown looks at what probes, the watchdog and the status page are told.
func (w *world) isShown(t *testing.T, file string, mailToo bool) {
	t.Helper()
	e := liveEngine(t, file, io.Discard)
	defer e.Close()
	code, body := healthOf(t, e)
	if code != http.StatusOK || !strings.Contains(body, `"ok":false`) || !strings.Contains(body, `{"channel":"far"`) {
		t.Errorf("health: %d %s", code, body)
	}
	if strings.Contains(body, `{"channel":"mail"`) != mailToo || strings.Contains(body, "unheard") {
		t.Errorf("health: %s", body)
	}
	page := pageOf(t, e, "/")
	if !strings.Contains(page, "The channel far to far@example.com has been unable to send messages since ") {
		t.Errorf("status page: %s", page)
	}
	if metrics := pageOf(t, e, "/metrics"); !strings.Contains(metrics, `entitywatch_channel_ok{channel="far"} 0`) ||
		!strings.Contains(metrics, `entitywatch_channel_ok{channel="trade"} 1`) {
		t.Errorf("metrics: %s", metrics)
	}
	e.config.Operators = []string{"far"}
	if h, err := e.health(t.Context()); err != nil || !strings.Contains(h.Unheard, "None of the operators' channels works (far)") || beats(h) {
		t.Errorf("with operators that nothing reaches: %+v, %v", h, err)
	}
}
