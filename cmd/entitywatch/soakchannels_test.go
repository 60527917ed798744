package main

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"entitywatch/notify/slack/slacktest"
)

// The soak's channels beside the webhook, read as those read them who get what is sent: by the words that stand there.

// said is one message as a channel got it.
type said struct {
	kind string // as the message itself says: alert, update, retraction, news, digest
	head string
	text string // all of it, its words only
}

// slackEar is a Slack that also keeps every post as it came: what it shows is edited later.
type slackEar struct {
	*slacktest.Server
	mu    sync.Mutex
	posts []said
}

func (e *slackEar) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "chat.postMessage") {
		if err := r.ParseForm(); err == nil {
			e.mu.Lock()
			e.posts = append(e.posts, newSaid(r.Form.Get("text"), r.Form.Get("text")+"\n"+strings.Join(texts(r.Form.Get("blocks")), "\n")))
			e.mu.Unlock()
		}
	}
	e.Server.ServeHTTP(w, r)
}

// texts are the values of all "text", "title" and "value" members of a JSON document, in order.
func texts(document string) (all []string) {
	var v any
	if err := json.Unmarshal([]byte(document), &v); err != nil {
		return []string{"unreadable: " + err.Error()}
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for _, key := range []string{"title", "text", "value"} {
				if s, is := v[key].(string); is {
					all = append(all, s)
				}
			}
			for _, key := range []string{"text", "fields", "elements", "blocks", "attachments", "content", "body", "facts", "items", "columns", "rows", "cells"} {
				if _, is := v[key].(string); !is {
					walk(v[key])
				}
			}
		}
	}
	walk(v)
	return all
}

var kindLine = regexp.MustCompile(`(?mi)^(alert|update|retraction|news|digest)(?: ·| [^\n]*·)|^━━ (alert|update|retraction|news|digest)\b`)

func newSaid(head, text string) said {
	kind := "?"
	if m := kindLine.FindStringSubmatch(text); m != nil {
		kind = strings.ToLower(m[1] + m[2])
	}
	return said{kind, wordsOf(head), " " + wordsOf(text) + " "}
}

// wordsOf are the letters and digits of a text, in words: what stands between them differs by channel. Marks that are letters by name only
// are no letters here.
func wordsOf(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Lm, r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// mailed are the letters that came, each read as a mail program does.
func mailed(t *testing.T, letters []letter) (all []said) {
	t.Helper()
	for _, l := range letters {
		m, err := mail.ReadMessage(strings.NewReader(l.raw))
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, newSaid(subject, plainPart(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)))
	}
	return all
}

// plainPart is the plain text in a mail or a part of one.
func plainPart(t *testing.T, contentType, encoding string, body io.Reader) string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if kind == "text/plain" {
		if encoding == "quoted-printable" {
			body = quotedprintable.NewReader(body)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return ""
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			return ""
		}
		if s := plainPart(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p); s != "" {
			return s
		}
	}
}

// channelsSaid is what each channel beside the webhook got.
func (s *soak) channelsSaid() map[string][]said {
	s.slack.mu.Lock()
	all := map[string][]said{"slack": slices.Clone(s.slack.posts), "mail": mailed(s.t, s.world.mail.all())}
	s.slack.mu.Unlock()
	for _, p := range s.world.cards.all() {
		lines := texts(string(p.body))
		all["teams"] = append(all["teams"], newSaid(lines[0], strings.Join(lines, "\n")))
	}
	return all
}

// everyChannel asserts that each channel told every true Change once, took back what was taken back and nothing else, and named no party
// that nothing happened to; that it said as much as the webhook, in the same headlines; and that no channel refused a message.
func (s *soak) everyChannel() {
	if refused := s.slack.Refusals(); len(refused) > 0 {
		s.t.Errorf("Slack refused: %q", refused)
	}
	hook := map[string][]string{}
	for _, h := range s.heard(s.posts) {
		hook[h.Data.Kind] = append(hook[h.Data.Kind], wordsOf(h.Data.Headline))
	}
	for channel, all := range s.channelsSaid() {
		heads := map[string][]string{}
		for _, m := range all {
			heads[m.kind] = append(heads[m.kind], m.head)
		}
		for _, kind := range []string{"alert", "update", "retraction", "news"} {
			compare(s.t, channel+", headlines of "+kind, heads[kind], hook[kind])
		}
		later := slices.Concat(hook["update"], hook["retraction"])
		for _, odd := range heads["?"] { // Slack's channel is told in one line that something was added to a thread
			i := slices.Index(later, odd)
			if channel != "slack" || i < 0 {
				s.t.Errorf("%s: a message of no kind: %q", channel, odd)
				continue
			}
			later = slices.Delete(later, i, i+1)
		}
		s.namedOnce(channel, all)
		s.t.Logf("%s: %d alerts, %d updates, %d retractions, %d reports, %d digests", channel, len(heads["alert"]), len(heads["update"]),
			len(heads["retraction"]), len(heads["news"]), len(heads["digest"]))
	}
	if n, want := len(s.mailedDigests()), len(hook["digest"]); n < want-1 || n > want+1 {
		s.t.Errorf("%d digests were mailed, %d went to the webhook", n, want)
	}
}

func (s *soak) mailedDigests() (all []said) {
	for _, m := range s.channelsSaid()["mail"] {
		if m.kind == "digest" {
			all = append(all, m)
		}
	}
	return all
}

// namedOnce holds the words of a channel's messages against the truth, by the names in it.
func (s *soak) namedOnce(channel string, all []said) {
	count := func(kind, name string) (n int) {
		for _, m := range all {
			if m.kind == kind && strings.Contains(m.text, " "+name+" ") {
				n++
			}
		}
		return n
	}
	want, revoked := map[string]int{}, map[string]bool{}
	for _, x := range s.allTrue() {
		want[x.name()]++
	}
	for _, x := range s.law.revoked {
		revoked[x.name()] = true
	}
	for name, n := range want {
		if got := count("alert", name); got != n {
			s.t.Errorf("%s: %d alerts name %q, %d times something happened to it", channel, got, name, n)
		}
		if got := count("retraction", name); got != 0 != revoked[name] || got > 1 {
			s.t.Errorf("%s: %d retractions name %q", channel, got, name)
		}
	}
	for _, x := range s.law.again { // told again: the last that is said of it is not that it was taken back
		last := ""
		for _, m := range all {
			if strings.Contains(m.text, " "+x.name()+" ") && m.kind != "digest" {
				last = m.kind
			}
		}
		if x.at.Before(s.now.Add(-72*60*60*1e9)) && last != "update" {
			s.t.Errorf("%s: the last of %q, filed again, is a message of kind %q", channel, x.name(), last)
		}
	}
	for _, x := range s.stories {
		if got := count("news", wordsOf(x.line)); got != 1 {
			s.t.Errorf("%s: %d messages of the report %q", channel, got, x.line)
		}
	}
}

// name is the words of the name in a line of truth: "added us-ofac-sdn name".
func (x soakTruth) name() string { return wordsOf(strings.SplitN(x.line, " ", 3)[2]) }

// allTrue is everything that was to be told by now.
func (s *soak) allTrue() (all []soakTruth) {
	for _, x := range slices.Concat(s.truth, s.law.truth, s.law.revoked) {
		if x.at.Before(s.now) {
			all = append(all, x)
		}
	}
	return all
}

// channels is the config's text of all channels.
func (s *soak) channels(posts, ops string) string {
	return fmt.Sprintf(`channels:
  - {name: cases, kind: webhook, url: "%s", secret: "%s", allow_private: true}
  - {name: ops, kind: webhook, url: "%s", secret: "%s", allow_private: true}
  - {name: slack, kind: slack, token: xoxb-secret-token, channel: "#trade", api_url: "%s", rate: 10000}
  - {name: mail, kind: email, smtp: "smtp://%s?tls=none", from: "EntityWatch <ew@example.com>", to: [trade@example.com], rate: 10000}
  - {name: team, kind: teams, url: "%s", allow_private: true, rate: 10000}
`, posts, hookKey, ops, hookKey, s.world.serve(s.t, s.slack), s.world.mailAddress, s.world.cards.url)
}
