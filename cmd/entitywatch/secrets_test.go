package main

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"entitywatch/config"
)

// The secrets of a config, each of which would be found by its text.
const (
	feedPassword = "n3wsPassw0rd"
	feedPath     = "/p/quiet-path-words/feed.xml"
	feedKey      = "brief9key"
	unKey        = "unk3yvalue"
	euPath       = "/files/t0ken4eu/full.xml"
	botToken     = "xoxb-777-botvalue"
	smtpPassword = "m4il+p/ss w0rd"
	hookPath     = "/hooks/T0HOOK77/B0HOOK77"
	apiToken     = "api-t0ken-value"
)

// found are the secrets that a text shows, in any of the forms in which they are repeated.
func found(text string) (out []string) {
	for _, s := range []string{feedPassword, feedPath, feedKey, unKey, "t0ken4eu", botToken, smtpPassword, "T0HOOK77", apiToken} {
		forms := []string{s, strings.ReplaceAll(s, " ", "%20"), strings.ReplaceAll(strings.ReplaceAll(s, " ", "+"), "/", "%2F"), strings.ReplaceAll(s, "/", `\/`)}
		for skip := range 3 { // as it stands in base64 behind any text
			b := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", skip) + s))
			forms = append(forms, b[(skip*8+5)/6:(skip+len(s))*8/6])
		}
		for _, f := range forms {
			if strings.Contains(text, f) {
				out = append(out, s+" as "+f)
			}
		}
	}
	return out
}

// echo answers everything with what it was asked: in the reason phrase, a header and a body of some kind.
func echo(t *testing.T, status int, body func(asked string) string) (host string) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		asked := r.URL.String() + " " + r.Header.Get("Authorization")
		if bytes.Contains(sent, []byte("token=")) || bytes.Contains(sent, []byte("xoxb")) {
			asked += string(sent[:min(len(sent), 200)])
		}
		conn, buf, _ := w.(http.Hijacker).Hijack()
		defer conn.Close()
		text := body(asked)
		fmt.Fprintf(buf, "HTTP/1.1 %d you asked %s\r\nX-Echo: %s\r\nETag: \"%s\"\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, asked, asked, r.URL.RawQuery, len(text), text)
		buf.Flush()
	}))
	t.Cleanup(srv.Close)
	return strings.TrimPrefix(srv.URL, "http://")
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

// Everything that the program ever writes, with upstreams and channels that repeat what they got: no secret stands in it, in any form.
func TestNoSecretIsEverWritten(t *testing.T) {
	dir := t.TempDir()
	item := 0
	feed := echo(t, 200, func(asked string) string {
		item++
		return fmt.Sprintf(`<rss version="2.0"><channel><title>%s</title><item><guid>g%d</guid><title>US adds Foo Ltd to Entity List %s</title>`+
			`<link>https://news.example%s</link><description>%s</description></item></channel></rss>`, escape(asked), item, escape(asked), escape(strings.Fields(asked)[0]), escape(asked))
	})
	un := echo(t, 403, func(asked string) string {
		return "<html><title>" + escape(asked) + "</title>" + escape(asked) + "</html>"
	})
	eu := echo(t, 200, func(asked string) string { return "<html><title>" + escape(asked) + "</title></html>" })
	hook := echo(t, 400, func(asked string) string { return asked })
	slackHost := echo(t, 200, func(asked string) string {
		return `{"ok":false,"error":"` + strings.NewReplacer(`"`, "", "\n", "").Replace(asked) + `"}`
	})
	var mu sync.Mutex
	var told strings.Builder
	ok := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		body, _ := io.ReadAll(r.Body)
		told.Write(body)
	}))
	defer ok.Close()
	file := filepath.Join(dir, "c.yaml")
	text := fmt.Sprintf(`database: e.db
listen: ""
api_token: %s
operators: [told, refused, mail, slack, team]
fetch: {attempts: 2}
sources:
  - {name: press, kind: news, url: "http://reader:%s@%s%s?k=%s&pass=%s", schedule: "@every 1h", articles: true}
  - {name: un, kind: un, url: "http://%s/list.xml?user_key=%s", schedule: "@every 1h"}
  - {name: eu, kind: eu, url: "http://%s%s", schedule: "@every 1h"}
channels:
  - {name: told, kind: webhook, url: "%s", secret: "%s", allow_private: true}
  - {name: refused, kind: webhook, url: "http://%s%s", secret: "%s", allow_private: true}
  - {name: team, kind: teams, url: "http://%s%s", allow_private: true}
  - {name: slack, kind: slack, token: %s, channel: C12345678, api_url: "http://%s/api/"}
  - {name: mail, kind: email, smtp: "smtp://ew:%s@%s?tls=none", from: ew@example.com, to: [a@example.com]}
rules: [{name: press, news: listing, send: [told, refused, slack, mail, team]}]
`, apiToken, feedPassword, feed, feedPath, feedKey, feedKey, un, unKey, eu, euPath, ok.URL, hookKey, hook, hookPath, hookKey, hook, hookPath,
		botToken, slackHost, "m4il%2Bp%2Fss%20w0rd", echoMail(t))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var written bytes.Buffer
	for _, args := range [][]string{
		{"check"}, {"check", "--online"}, {"poll", "-v"}, {"poll", "-v", "--json", "--source", "press"}, {"poll", "-v", "--source", "un", "--source", "eu"},
		{"poll", "-v", "--source", "un", "--source", "eu"}, {"poll", "-v", "--source", "un", "--source", "eu"}, {"doctor"}, // the operators hear of lasting faults {"doctor", "--json"},
		{"deliveries", "--json"}, {"history", "--json"}, {"held", "--json"}, {"test", "slack"}, {"test", "mail"}, {"test", "refused"}, {"test", "team"},
	} {
		run(context.Background(), append(args, "-c", file), func(string) string { return "" }, strings.NewReader(""), &written, &written)
	}
	if s := written.String(); !strings.Contains(s, "403") || !strings.Contains(s, "535") || !strings.Contains(s, "…") {
		t.Errorf("the echoes were not met:\n%s", s)
	}
	check := func(what, text string) {
		for _, f := range found(text) {
			at := strings.Index(text, f[strings.LastIndex(f, " as ")+4:])
			t.Errorf("%s shows %s: …%q…", what, f, text[max(0, at-80):min(len(text), at+80)])
		}
	}
	check("the output", written.String())
	if told.Len() == 0 {
		t.Error("nothing was told")
	}
	check("a webhook", told.String())
	check("the database", contents(t, filepath.Join(dir, "e.db")))
	check("the evidence", evidence(t, file))
	check("a page", pagesOf(t, file))
}

// contents is every value of every table, and the files as they lie on the disk.
func contents(t *testing.T, path string) string {
	t.Helper()
	var all strings.Builder
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	names, err := db.Query(`SELECT name FROM sqlite_master WHERE type = 'table'`)
	if err != nil {
		t.Fatal(err)
	}
	var tables []string
	for names.Next() {
		var n string
		if err := names.Scan(&n); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, n)
	}
	for _, table := range tables {
		rows, err := db.Query(`SELECT * FROM "` + table + `"`)
		if err != nil {
			t.Fatal(err)
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for _, v := range values {
				fmt.Fprintf(&all, "%s ", v)
			}
		}
		rows.Close()
	}
	files, _ := filepath.Glob(path + "*")
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}

func testEngine(t *testing.T, file string) *engine {
	t.Helper()
	c, err := config.Load(file, config.Checks{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := build(t.Context(), c, parts{stdout: io.Discard, log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// evidence is every stored body, unpacked.
func evidence(t *testing.T, file string) string {
	t.Helper()
	e := testEngine(t, file)
	var all strings.Builder
	seen := 0
	for sha := range strings.FieldsSeq(query(t, e.config.Database, `SELECT sha256 FROM blobs`)) {
		body, found, err := e.db.Blob(t.Context(), sha)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		seen++
		all.Write(body)
	}
	if seen < 3 {
		t.Errorf("%d bodies are kept, too few to test with", seen)
	}
	return all.String()
}

func query(t *testing.T, path, q string) string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(q)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out strings.Builder
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out.WriteString(s + " ")
	}
	return out.String()
}

// pagesOf are the pages of the daemon, one after the other.
func pagesOf(t *testing.T, file string) string {
	t.Helper()
	e := testEngine(t, file)
	var all strings.Builder
	for _, path := range []string{"/", "/healthz", "/metrics", "/cases/none"} {
		w := httptest.NewRecorder()
		e.pages().ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+path, nil))
		all.Write(w.Body.Bytes())
	}
	if !strings.Contains(all.String(), "un") {
		t.Error("the pages show no source")
	}
	return all.String()
}
