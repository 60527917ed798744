package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/emersion/go-smtp"

	"entitywatch/notify/slack/slacktest"
)

// The other sides of the end-to-end tests: a Slack, a mail server, a webhook receiver and a Teams Workflow on loopback sockets. Each
// calls point before it takes something and before it answers, so that a test can kill the sender there.

// world is all of them, and the folder of one config and its database.
type world struct {
	dir   string
	slack *slacktest.Server
	posts *receiver // of signed webhooks
	cards *receiver // of Teams cards
	mail  *mailbox
	point func()

	slackURL, mailAddress string
}

func newWorld(t *testing.T) *world { t.Helper(); return newWorldWith(t, func() {}) }

// newWorldWith has every server call point, from the first request on.
func newWorldWith(t *testing.T, point func()) *world {
	t.Helper()
	w := &world{dir: t.TempDir(), slack: slacktest.New(), point: point}
	w.slack.NoLimit = true
	w.slackURL = w.serve(t, w.slack)
	w.posts, w.cards = &receiver{}, &receiver{}
	w.posts.url, w.cards.url = w.serve(t, w.posts), w.serve(t, w.cards)
	w.mail = &mailbox{w: w}
	w.mailAddress = w.mail.serve(t)
	return w
}

// serve has a handler on a socket of its own; its answers are complete only after the second point.
func (w *world) serve(t *testing.T, h http.Handler) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.point()
		h.ServeHTTP(rw, r)
		w.point()
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

var hookKey = "whsec_" + base64.StdEncoding.EncodeToString([]byte("a key of the end-to-end tests..."))

// channels are the config's channels of this world, one a line.
func (w *world) channels() string {
	return fmt.Sprintf(`channels:
  - {name: trade, kind: slack, token: xoxb-secret-token, channel: "#trade", api_url: "%s", rate: 10000}
  - {name: mail, kind: email, smtp: "smtp://%s?tls=none", from: "EntityWatch <ew@example.com>", to: [trade@example.com]}
  - {name: cases, kind: webhook, url: "%s/secret-path", secret: "%s", allow_private: true}
  - {name: team, kind: teams, url: "%s/secret-path", allow_private: true, rate: 10000}
  - {name: ops, kind: console}
`, w.slackURL, w.mailAddress, w.posts.url, hookKey, w.cards.url)
}

// config writes the world's channels and further sections to a file.
func (w *world) config(t *testing.T, sections string) string {
	t.Helper()
	file := filepath.Join(w.dir, "entitywatch.yaml")
	text := "database: e2e.db\nlisten: \"\"\n" + w.channels() + sections
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func (w *world) db() string { return filepath.Join(w.dir, "e2e.db") }

// entitywatch runs the program in this process and returns what it printed.
func entitywatch(t *testing.T, want int, args ...string) (stdout string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), args, func(string) string { return "" }, strings.NewReader(""), &out, &errs)
	if code != want {
		t.Fatalf("entitywatch %s: exit %d, want %d\n%s\n%s", strings.Join(args, " "), code, want, &errs, &out)
	}
	if all := out.String() + errs.String(); strings.Contains(all, "secret-token") || strings.Contains(all, "secret-path") || strings.Contains(all, hookKey) {
		t.Errorf("a secret is shown:\n%s", all)
	}
	return out.String()
}

// posted is one request that a receiver took.
type posted struct {
	header http.Header
	body   []byte
}

// text is a member of the body's data, "" where it is none.
func (p posted) text(t *testing.T, key string) string {
	t.Helper()
	var body struct{ Data map[string]any }
	if err := json.Unmarshal(p.body, &body); err != nil {
		t.Fatal(err)
	}
	s, _ := body.Data[key].(string)
	return s
}

type receiver struct {
	url   string
	mu    sync.Mutex
	posts []posted
	heard chan posted // gets every post where set
	busy  atomic.Bool // answers 503 and takes nothing
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return // it was cut: nothing was taken
	}
	if r.busy.Load() {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	p := posted{req.Header.Clone(), body}
	r.mu.Lock()
	r.posts = append(r.posts, p)
	r.mu.Unlock()
	if r.heard != nil {
		r.heard <- p
	}
	w.WriteHeader(http.StatusAccepted)
}

func (r *receiver) all() []posted {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]posted(nil), r.posts...)
}

// mailbox is a mail server that keeps what it accepted.
type mailbox struct {
	w     *world
	mu    sync.Mutex
	mails []letter
	full  atomic.Bool // answers 452 and takes nothing
}

type letter struct {
	to  string
	raw string
}

func (b *mailbox) serve(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := smtp.NewServer(b)
	srv.Domain = "localhost"
	srv.ErrorLog = silent{}
	done := make(chan struct{})
	go func() { defer close(done); _ = srv.Serve(l) }()
	t.Cleanup(func() { srv.Close(); <-done })
	return l.Addr().String()
}

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

func (b *mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &mailSession{b: b}, nil }

type mailSession struct {
	b  *mailbox
	to string
}

func (s *mailSession) Mail(string, *smtp.MailOptions) error { s.b.w.point(); return nil }
func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.b.full.Load() {
		return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "mailbox full"}
	}
	s.to = to
	return nil
}
func (s *mailSession) Reset()        {}
func (s *mailSession) Logout() error { return nil }

func (s *mailSession) Data(r io.Reader) error {
	s.b.w.point()
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.b.mu.Lock()
	s.b.mails = append(s.b.mails, letter{s.to, string(raw)})
	s.b.mu.Unlock()
	s.b.w.point()
	return nil
}

func (b *mailbox) all() []letter {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]letter(nil), b.mails...)
}
