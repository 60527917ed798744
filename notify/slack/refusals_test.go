package slack_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entitywatch/notify"
	"entitywatch/notify/notifytest"
	"entitywatch/notify/slack"
	"entitywatch/notify/slack/slacktest"
)

// A real connection that breaks after the message was taken: in doubt, and found.
func TestCutConnectionOverRealHTTP(t *testing.T) {
	s := slacktest.New()
	srv := httptest.NewServer(s)
	defer srv.Close()
	ch, err := slack.New(slack.Options{Token: "xoxb-1", Channel: "#trade", APIURL: srv.URL + "/api/"})
	if err != nil {
		t.Fatal(err)
	}
	m := alert("case-1", "Foo Ltd.")
	m.Delivery, m.Since = "dlv_1", time.Now()
	s.Fail(slacktest.Fault{CutAfter: true})
	_, err = ch.Send(context.Background(), m)
	if _, ok := err.(*notify.Unknown); !ok {
		t.Fatalf("%T %v, want *notify.Unknown", err, err)
	}
	r, found, err := ch.(notify.Finder).Find(context.Background(), m)
	if !found || err != nil || r.ID != s.Messages()[0].TS {
		t.Errorf("%+v %v %v", r, found, err)
	}
}

// What Slack refuses is sorted by whom it is about: the message alone, or everything that we would post, with what to
// do about it.
func TestSlackRefusalsAreSorted(t *testing.T) {
	for _, c := range []struct{ answer, kind, remedy string }{
		{"not_in_channel", "configuration", "/invite @EntityWatch"}, {"channel_not_found", "configuration", "#trade"},
		{"invalid_auth", "configuration", "bot token"}, {"token_revoked", "configuration", "bot token"},
		{"account_inactive", "configuration", "bot token"},
		{"is_archived", "configuration", "Unarchive"}, {"restricted_action", "configuration", "admin"},
		{"never_heard_of", "configuration", "admin"},
		{"invalid_blocks", "permanent", ""}, {"msg_too_long", "permanent", ""}, {"no_text", "permanent", ""},
		{"ratelimited", "temporary", ""}, {"internal_error", "unknown", ""},
	} {
		s := slacktest.New()
		ch, err := slack.New(slack.Options{Token: "xoxb-1", Channel: "#trade", APIURL: "http://slack.test/api",
			HTTP: &http.Client{Transport: s}})
		if err != nil {
			t.Fatal(err)
		}
		s.Fail(slacktest.Fault{Status: 200, Answer: `{"ok":false,"error":"` + c.answer + `"}`})
		_, err = ch.Send(t.Context(), alert("case-1", "Foo Ltd."))
		if got := notifytest.KindOf(err); got != c.kind {
			t.Errorf("%s: %s, want %s (%v)", c.answer, got, c.kind, err)
		}
		if faulty, ok := errors.AsType[*notify.Misconfigured](err); ok && !strings.Contains(faulty.Remedy, c.remedy) {
			t.Errorf("%s: remedy %q, want %q in it", c.answer, faulty.Remedy, c.remedy)
		}
	}
}

func TestSlackWebhookRefusalsAreSorted(t *testing.T) {
	for _, c := range []struct {
		status       int
		answer, kind string
	}{
		{404, "no_service", "configuration"}, {404, "channel_not_found", "configuration"},
		{403, "invalid_token", "configuration"},
		{403, "action_prohibited", "configuration"}, {410, "channel_is_archived", "configuration"},
		{302, "", "configuration"},
		{400, "invalid_blocks", "permanent"}, {400, "no_text", "permanent"}, {413, "", "permanent"},
		{500, "rollup_error", "unknown"},
	} {
		s := slacktest.New()
		ch, err := slack.New(slack.Options{WebhookURL: "http://slack.test/services/T000/B000/secret/hook",
			HTTP: &http.Client{Transport: s}})
		if err != nil {
			t.Fatal(err)
		}
		s.Fail(slacktest.Fault{Status: c.status, Answer: c.answer})
		if _, err = ch.Send(t.Context(), alert("case-1", "Foo Ltd.")); notifytest.KindOf(err) != c.kind {
			t.Errorf("%d %s: %s, want %s (%v)", c.status, c.answer, notifytest.KindOf(err), c.kind, err)
		}
	}
}
