package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// echo answers everything with what it was asked: in the reason phrase, a header and a body of some kind.
func echo(t *testing.T, status int, body func(asked string) string) (host string) {
	srv := httptest.NewServer(echoing(status, body))
	t.Cleanup(srv.Close)
	return strings.TrimPrefix(srv.URL, "http://")
}

func echoing(status int, body func(asked string) string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		asked := r.URL.String() + " " + r.Header.Get("Authorization") + r.Header.Get("Proxy-Authorization")
		if bytes.Contains(sent, []byte("token=")) || bytes.Contains(sent, []byte("xoxb")) {
			asked += string(sent[:min(len(sent), 200)])
		}
		conn, buf, _ := w.(http.Hijacker).Hijack()
		defer conn.Close()
		text := body(asked)
		fmt.Fprintf(buf, "HTTP/1.1 %d you asked %s\r\nX-Echo: %s\r\nETag: \"%s\"\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
			status, asked, asked, r.URL.RawQuery, len(text), text)
		buf.Flush()
	})
}

func escape(s string) string { return strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(s) }

// echoMail refuses each command by repeating it.
func echoMail(t *testing.T) (address string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				fmt.Fprint(c, "220 here\r\n")
				for lines := bufio.NewScanner(c); lines.Scan(); {
					if strings.HasPrefix(lines.Text(), "EHLO") {
						fmt.Fprint(c, "250-here\r\n250 AUTH PLAIN LOGIN\r\n")
						continue
					}
					fmt.Fprintf(c, "535 5.7.8 refused: %s\r\n", lines.Text())
				}
			}()
		}
	}()
	return l.Addr().String()
}

// receipts are all that the other sides were sent, by who they are: addresses and credentials are theirs to see, headers and
// bodies are not to hold another's.
type receipts struct {
	mu   sync.Mutex
	text map[string]string
}

// by has a handler hear on a socket of its own.
func (h *receipts) by(t *testing.T, name string, next http.Handler) (address string) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, _ := io.ReadAll(r.Body)
		headers := r.Header.Clone()
		headers.Del("Authorization")
		said := string(sent)
		if form, err := url.ParseQuery(said); err == nil && form.Has("token") { // Slack's
			form.Del("token")
			said = fmt.Sprint(form)
		}
		h.mu.Lock()
		h.text[name] += fmt.Sprintln(headers, said)
		h.mu.Unlock()
		r.Body = io.NopCloser(bytes.NewReader(sent))
		next.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

// until is an output that calls said once a text was written.
type until struct {
	mu   sync.Mutex
	to   bytes.Buffer
	text string
	said func()
}

func (u *until) Write(p []byte) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.said != nil && strings.Contains(string(p), u.text) {
		u.said()
	}
	return u.to.Write(p)
}

// Everything that the program ever writes or sends, with upstreams and channels that repeat what they got, and channels that take
// all of it: no secret stands in it, in any form.
func TestNoSecretIsEverWritten(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "c.yaml")
	told, w := &receipts{text: map[string]string{}}, newWorld(t)
	if err := os.WriteFile(file, []byte(secretConfig(t, told, w)), 0o600); err != nil {
		t.Fatal(err)
	}
	command := func(ctx context.Context, to io.Writer, args ...string) int {
		return run(ctx, append(args, "-c", file), func(string) string { return "" }, strings.NewReader(""), to, to)
	}
	var written bytes.Buffer
	lists := []string{"poll", "-v", "--source", "un", "--source", "eu"}
	for _, args := range [][]string{
		{"check"}, {"check", "--online"}, {"poll", "-v"}, {"poll", "-v", "--json", "--source", "press"},
		lists, lists, lists, // the operators hear of lasting faults
		{"doctor"}, {"deliveries"}, {"deliveries", "--json"}, {"history", "--json"}, {"held", "--json"}, {"subscriptions", "list"},
		{"test", "slack"}, {"test", "mail"}, {"test", "refused"}, {"test", "team"},
	} {
		command(t.Context(), &written, args...)
	}
	for id := range strings.FieldsSeq(query(t, filepath.Join(dir, "e.db"), `SELECT id FROM deliveries`)) {
		command(t.Context(), &written, "show", id)
	}
	ctx, stop := context.WithCancel(t.Context())
	daemon := &until{text: "the watchdog did not hear our heartbeat", said: stop}
	if code := command(ctx, daemon, "run"); code != exitDone {
		t.Errorf("the daemon ended with %d:\n%s", code, &daemon.to)
	}
	if s := written.String(); !strings.Contains(s, "403") || !strings.Contains(s, "535") || !strings.Contains(s, "…") {
		t.Errorf("the echoes were not met:\n%s", s)
	}
	showsNone(t, "the output", written.String())
	showsNone(t, "the daemon's log", daemon.to.String())
	showsNone(t, "the database", contents(t, filepath.Join(dir, "e.db")))
	showsNone(t, "the evidence", evidence(t, file))
	showsNone(t, "a page", pagesOf(t, file))
	for _, l := range w.mail.all() {
		o := readLetter(t, l.raw)
		told.text["a mailbox"] += l.raw + fmt.Sprintln(o.header, o.subject, o.text, o.html)
	}
	for _, who := range []string{"a webhook", "Slack", "Teams", "a mailbox"} {
		for _, what := range []string{"Foo Optics", "403", "…"} { // a report, and what the operators hear of a source, masked
			if !strings.Contains(told.text[who], what) {
				t.Errorf("%s was not sent %q", who, what)
			}
		}
	}
	if !strings.Contains(told.text["a watchdog"], "User-Agent") {
		t.Errorf("the watchdog heard no heartbeat: %q", told.text["a watchdog"])
	}
	for who, text := range maps.All(told.text) {
		showsNone(t, "what was sent to "+who, text)
	}
}

// secretConfig has a secret wherever one can stand: sources and channels that repeat it, a watchdog, and channels that take all.
func secretConfig(t *testing.T, told *receipts, w *world) string {
	item := 0
	feed := echo(t, 200, func(asked string) string {
		item++
		return fmt.Sprintf(`<rss version="2.0"><channel><title>%s</title><item><guid>g%d</guid>`+
			`<title>The Commerce Department added Foo Optics Co., Ltd. and Bar Precision Co., Ltd. to the Entity List on Monday. %s</title>`+
			`<link>https://news.example%s</link><description>%s</description></item></channel></rss>`,
			escape(asked), item, escape(asked), escape(strings.Fields(asked)[0]), escape(asked))
	})
	un := echo(t, 403, func(asked string) string {
		return "<html><title>" + escape(asked) + "</title>" + escape(asked) + "</html>"
	})
	eu := echo(t, 200, func(asked string) string { return "<html><title>" + escape(asked) + "</title></html>" })
	hook := echo(t, 400, func(asked string) string { return asked })
	slackHost := echo(t, 200, func(asked string) string {
		return `{"ok":false,"error":"` + strings.NewReplacer(`"`, "", "\n", "").Replace(asked) + `"}`
	})
	watchdog := told.by(t, "a watchdog", echoing(500, func(asked string) string { return asked }))
	return fmt.Sprintf(`database: e.db
listen: ""
api_token: %s
heartbeat: {url: "%s%s"}
operators: [told, refused, mail, slack, team, chat, inbox, cards]
fetch: {attempts: 2}
sources:
  - {name: press, kind: news, url: "http://reader:%s@%s%s?k=%s&pass=%s", schedule: "@every 1h", articles: true}
  - {name: un, kind: un, url: "http://%s/list.xml?user_key=%s", schedule: "@every 1h"}
  - {name: eu, kind: eu, url: "http://%s%s", schedule: "@every 1h"}
`, apiToken, watchdog, beatPath, feedPassword, feed, feedPath, feedKey, feedKey, un, unKey, eu, euPath) + fmt.Sprintf(`channels:
  - {name: told, kind: webhook, url: "%s%s", secret: "%s", allow_private: true, rate: 10000}
  - {name: chat, kind: slack, token: %s, channel: "#trade", api_url: "%s", rate: 10000}
  - {name: inbox, kind: email, smtp: "smtp://%s?tls=none", from: ew@example.com, to: [b@example.com]}
  - {name: cards, kind: teams, url: "%s%s", allow_private: true, rate: 10000}
`, told.by(t, "a webhook", w.posts), hookPath, hookKey, botToken, told.by(t, "Slack", w.slack), w.mailAddress,
		told.by(t, "Teams", w.cards), hookPath) +
		fmt.Sprintf(`  - {name: refused, kind: webhook, url: "http://%s%s", secret: "%s", allow_private: true}
  - {name: team, kind: teams, url: "http://%s%s", allow_private: true}
  - {name: slack, kind: slack, token: %s, channel: C12345678, api_url: "http://%s/api/"}
  - {name: mail, kind: email, smtp: "smtp://ew:%s@%s?tls=none", from: ew@example.com, to: [a@example.com]}
rules: [{name: press, news: listing, send: [told, refused, slack, mail, team, chat, inbox, cards]}]
`, hook, hookPath, hookKey, hook, hookPath, botToken, slackHost, "m4il%2Bp%2Fss%20w0rd", echoMail(t))
}

// A proxy that the environment names gets its password with each request, and may repeat it: no more is it written.
func TestNoPasswordOfAProxyIsEverWritten(t *testing.T) {
	proxy := echo(t, 407, func(asked string) string {
		return "<html><title>" + escape(asked) + "</title>" + escape(asked) + "</html>"
	})
	dir := t.TempDir()
	file := filepath.Join(dir, "c.yaml")
	text := `database: e.db
listen: ""
operators: [slack]
fetch: {attempts: 1}
sources:
  - {name: un, kind: un, url: "http://lists.example/un.xml", schedule: "@every 1h"}
  - {name: eu, kind: eu, url: "https://lists.example/eu.xml", schedule: "@every 1h"}
channels:
  - {name: slack, kind: slack, token: xoxb-1, channel: C12345678, api_url: "https://slack.example/api/"}
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	user := url.UserPassword("reader", proxyPass).String()
	var written bytes.Buffer
	for _, args := range [][]string{
		{"check", "--online"}, {"poll", "-v"}, {"poll", "--json", "--source", "un", "--source", "eu"}, {"test", "slack"}, {"doctor"},
	} {
		cmd := exec.CommandContext(t.Context(), exe, append(args, "-c", file)...) // the environment of a process is read once
		cmd.Env = append(os.Environ(), asProgram+"=1", "NO_PROXY=", "no_proxy=",
			"HTTP_PROXY="+user+"@"+proxy, "HTTPS_PROXY=http://"+user+"@"+proxy)
		cmd.Stdout, cmd.Stderr = &written, &written
		if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"407", "you asked", "lists.example", "slack.example"} {
		if !strings.Contains(written.String(), want) {
			t.Errorf("the proxy was not met: no %q in\n%s", want, &written)
		}
	}
	showsNone(t, "the output", written.String())
	showsNone(t, "the database", contents(t, filepath.Join(dir, "e.db")))
}
