package notifytest_test

import (
	"encoding/json"
	"io"
	"net/mail"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"entitywatch/notify"
	"entitywatch/notify/console"
	"entitywatch/notify/email"
	"entitywatch/notify/notifytest"
	"entitywatch/notify/slack"
	"entitywatch/notify/teams"
	"entitywatch/notify/webhook"
)

// previewer is what every channel offers: what it would send, as files.
type previewer interface {
	Preview(m notify.Message) ([]notify.File, error)
}

func channels(f *testing.F) map[string]previewer {
	f.Helper()
	now := func() time.Time { return time.Date(2026, 1, 2, 14, 0, 0, 0, time.UTC) }
	out := map[string]previewer{}
	add := func(name string, c notify.Channel, err error) {
		p, ok := c.(previewer)
		if err != nil || !ok {
			f.Fatalf("%s: %v", name, err)
		}
		out[name] = p
	}
	s, err := slack.New(slack.Options{Token: "xoxb-1", Channel: "C12345678", AckButton: true, Now: now})
	add("slack", s, err)
	h, err := slack.New(slack.Options{WebhookURL: "https://hooks.example.com/x", Now: now})
	add("slack webhook", h, err)
	e, err := email.New(email.Options{Name: "mail", SMTP: "smtp://mail.example.com", From: "EntityWatch <ew@example.com>", PublicURL: "https://ew.example.com",
		Signer: notify.Signer{Key: []byte("k")}, Now: now})
	add("email", e, err)
	w, err := webhook.New(webhook.Options{URL: "https://cases.example.com/h", Secrets: []string{"whsec_c2FtcGxlLXNhbXBsZS1zYW1wbGU="}, Now: now})
	add("webhook", w, err)
	tm, err := teams.New(teams.Options{URL: "https://teams.example.com/w", Now: now})
	add("teams", tm, err)
	add("console", console.New(io.Discard, console.Options{Now: now}), nil)
	return out
}

// Whatever stands in the texts from outside, each channel's composer ends, and what it writes is whole and inert.
func FuzzComposers(f *testing.F) {
	all := channels(f)
	for _, text := range []string{
		"Example Semiconductor Co., Ltd.", "<!channel> & <https://evil|x> *b* _i_ `c`", "\"><script>alert(1)</script>", "line\r\nBcc: x@example.com", "=cmd()",
		"a\u202ecod.exe\u200f\x1b[31m\u0085\u009b", "{{DATE(2024)}} :fire:", strings.Repeat("very long ", 2000), "\xff\xfe", "", "\u0640", "javascript:alert(1)", "https://u:p@x/?a=1&b=<",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := notifytest.Hostile(text)
		for name, c := range all {
			files, err := c.Preview(m)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, file := range files {
				whole(t, name, file)
			}
		}
	})
}

func whole(t *testing.T, channel string, f notify.File) {
	t.Helper()
	text := string(f.Data)
	switch {
	case strings.HasSuffix(f.Name, ".json"):
		if !json.Valid(f.Data) {
			t.Fatalf("%s: %s is not JSON: %.300q", channel, f.Name, text)
		}
	case strings.HasSuffix(f.Name, ".eml"):
		msg, err := mail.ReadMessage(strings.NewReader(text))
		if err != nil || msg.Header.Get("Bcc") != "" {
			t.Fatalf("%s: %s: %v, Bcc %q", channel, f.Name, err, msg.Header.Get("Bcc"))
		}
		return
	case strings.HasSuffix(f.Name, ".html"):
		if strings.Contains(strings.ToLower(text), "<script") || strings.Contains(text, `href="javascript:`) {
			t.Fatalf("%s: %s runs something: %.300q", channel, f.Name, text)
		}
	}
	if !utf8.ValidString(text) {
		t.Fatalf("%s: %s is not UTF-8", channel, f.Name)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' }); i >= 0 {
		t.Fatalf("%s: %s holds a control character: %.60q", channel, f.Name, text[i:])
	}
}
