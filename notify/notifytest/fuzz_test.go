package notifytest_test

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"entitywatch/notify"
	"entitywatch/notify/console"
	"entitywatch/notify/email"
	"entitywatch/notify/notifytest"
	"entitywatch/notify/slack"
	"entitywatch/notify/slack/slacktest"
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

// most is what one part of a channel may hold, in bytes: Teams takes 28 KB, and a mail program shows 102 KB before it cuts a mail off.
var most = map[string]int{"teams .json": 28 << 10, "email .html": 100 << 10}

// Whatever stands in the texts from outside, each channel's composer ends, and what it writes is whole, inert and small enough to be taken,
// in as many parts as it needs. How many those are, and how much work they take, grows with the text and not faster.
func FuzzComposers(f *testing.F) {
	all := channels(f)
	for _, text := range []string{
		"Example Semiconductor Co., Ltd.", "<!channel> & <https://evil|x> *b* _i_ `c`", "\"><script>alert(1)</script>", "line\r\nBcc: x@example.com", "=cmd()",
		"a\u202ecod.exe\u200f\x1b[31m\u0085\u009b", "{{DATE(2024)}} :fire:", strings.Repeat("very long ", 2000), "\xff\xfe", "", "\u0640", "javascript:alert(1)", "https://u:p@x/?a=1&b=<",
		strings.Repeat("&", 4000), strings.Repeat("漢", 2500), "\" onmouseover=\"x", "<img src=x onerror=1>",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			t.Skip()
		}
		for name, c := range all {
			limits := notify.Limits{}
			if l, ok := c.(notify.Limited); ok {
				limits = l.Limits()
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			parts := notify.Split(notifytest.Hostile(text), limits)
			if n := len(parts); n > 4+len(text)/40 {
				t.Fatalf("%s: %d parts of a text of %d bytes", name, n, len(text))
			}
			for _, m := range parts {
				files, err := c.Preview(m)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				for _, file := range files {
					whole(t, name, file)
				}
			}
			runtime.ReadMemStats(&after)
			if work := after.TotalAlloc - before.TotalAlloc; work > 8<<20+uint64(len(text))*uint64(12<<10) {
				t.Fatalf("%s: %d KB are allocated for a text of %d bytes", name, work>>10, len(text))
			}
		}
	})
}

func whole(t *testing.T, channel string, f notify.File) {
	t.Helper()
	if n := most[channel+" "+f.Name]; n > 0 && len(f.Data) > n {
		t.Fatalf("%s: %s has %d bytes, and at most %d are taken", channel, f.Name, len(f.Data), n)
	}
	text := string(f.Data)
	switch {
	case strings.HasSuffix(f.Name, ".json"):
		wholeJSON(t, channel, f)
	case strings.HasSuffix(f.Name, ".eml"):
		wholeMail(t, channel, text)
		return
	case strings.HasSuffix(f.Name, ".html"):
		wholePage(t, channel, text)
	}
	visible(t, channel+": "+f.Name, text)
}

// visible asserts that a text is UTF-8 and holds nothing that a reader does not see, and that changes what he sees.
func visible(t *testing.T, what, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Fatalf("%s is not UTF-8", what)
	}
	if i := strings.IndexFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || turns(r)
	}); i >= 0 {
		t.Fatalf("%s holds a character that controls what is shown: %.60q", what, text[i:])
	}
}

// turns reports whether a character turns the direction of the text around it, or hides within it.
func turns(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x61c || r == 0xfeff
}

// wholeJSON asserts that what a channel is sent is JSON, that Slack would take it, and that no text of it can call anybody or is not visible:
// of a webhook, whose data are exact, in the body alone.
func wholeJSON(t *testing.T, channel string, f notify.File) {
	t.Helper()
	var v any
	if err := json.Unmarshal(f.Data, &v); err != nil {
		t.Fatalf("%s: %s is not JSON: %v: %.300q", channel, f.Name, err, f.Data)
	}
	if strings.HasPrefix(channel, "slack") {
		var m struct {
			Text   string
			Blocks json.RawMessage
		}
		if err := json.Unmarshal(f.Data, &m); err != nil {
			t.Fatal(err)
		}
		if refusal := slacktest.Check(m.Text, m.Blocks); refusal != "" {
			t.Fatalf("Slack refuses it: %s", refusal)
		}
	}
	if channel == "webhook" {
		return
	}
	var walk func(v any, marked bool)
	walk = func(v any, marked bool) {
		switch v := v.(type) {
		case map[string]any:
			for _, one := range v {
				walk(one, v["type"] == "mrkdwn")
			}
		case []any:
			for _, one := range v {
				walk(one, marked)
			}
		case string:
			visible(t, channel+": a text", v)
			if marked && (strings.Contains(v, "<!") && !strings.Contains(v, "<!date^") || strings.Contains(v, "<@")) {
				t.Fatalf("%s: a text calls somebody: %.200q", channel, v)
			}
		}
	}
	walk(v, false)
}

// wholeMail asserts that a mail has the headers that were written into it and no others, each on its own lines, and parts that can be read.
func wholeMail(t *testing.T, channel, text string) {
	t.Helper()
	msg, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", channel, err)
	}
	for name, values := range msg.Header {
		if name == "Bcc" || name == "Cc" || len(values) != 1 {
			t.Fatalf("%s: header %s: %q", channel, name, values)
		}
		decoded, err := (&mime.WordDecoder{}).DecodeHeader(values[0])
		if err != nil || strings.ContainsAny(decoded, "\r\n") {
			t.Fatalf("%s: header %s: %q, %v", channel, name, decoded, err)
		}
		visible(t, channel+": header "+name, decoded)
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || !strings.HasPrefix(kind, "multipart/") {
		t.Fatalf("%s: content type %q, %v", channel, kind, err)
	}
	n := 0
	for parts := multipart.NewReader(msg.Body, params["boundary"]); ; n++ {
		p, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err == nil {
			_, err = io.Copy(io.Discard, p)
		}
		if err != nil {
			t.Fatalf("%s: part %d: %v", channel, n, err)
		}
	}
	if n < 2 {
		t.Fatalf("%s: %d parts", channel, n)
	}
}

// wholePage asserts that a page runs nothing, loads nothing, and leads nowhere but to web and mail addresses.
func wholePage(t *testing.T, channel, text string) {
	t.Helper()
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		if z.Next() == html.ErrorToken {
			return
		}
		tok := z.Token()
		if tok.Type != html.StartTagToken && tok.Type != html.SelfClosingTagToken {
			continue
		}
		if slices.Contains([]string{"script", "iframe", "object", "embed", "img", "form", "base", "link", "svg"}, tok.Data) {
			t.Fatalf("%s: the page has a <%s>", channel, tok.Data)
		}
		for _, a := range tok.Attr {
			address := strings.ToLower(strings.TrimSpace(a.Val))
			leads := a.Key == "href" && !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "mailto:")
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || leads {
				t.Fatalf("%s: the page has %s=%q", channel, a.Key, a.Val)
			}
		}
	}
}
