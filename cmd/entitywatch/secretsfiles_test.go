package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entitywatch/internal/damage"
	"entitywatch/notify/slack/slacktest"
)

// Files that go out with a message, the table of all changes that Slack is given and what is attached to a mail, hold no secret either,
// where a list repeats in each of its entries what it was asked for, and where a counterparties file does.
func TestNoSecretIsInAFileThatIsSent(t *testing.T) {
	told, w := &receipts{text: map[string]string{}}, newWorld(t)
	list := &echoingList{shape: shapeNamed(t, "csl"), long: 2000}
	upstream := newUpstream(t, list)
	vendors := fmt.Sprintf("id,name\nV-1,%s\n", list.shape.Title.FindStringSubmatch(
		list.shape.Record.FindAllString(list.shape.Fixture(1400), -1)[1390])[1])
	if err := os.WriteFile(filepath.Join(w.dir, "vendors.csv"), []byte(vendors), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(w.dir, "files.yaml")
	text := fmt.Sprintf(`database: files.db
listen: ""
fetch: {attempts: 1, rate: 100000}
counterparties: [{name: vendors, file: vendors.csv}]
sources: [{name: csl, kind: csl, url: "http://reader:%s@%s%s?user_key=%s", schedule: "@every 1m", rate: 100000}]
channels:
  - {name: chat, kind: slack, token: %s, channel: "#trade", api_url: %q, rate: 10000}
  - {name: inbox, kind: email, smtp: "smtp://%s?tls=none", from: ew@example.com, to: [b@example.com]}
  - {name: cases, kind: webhook, url: "%s%s", secret: "%s", allow_private: true, rate: 10000}
rules: [{name: all, send: [chat, inbox, cases]}]
`, feedPassword, strings.TrimPrefix(upstream.URL, "http://"), feedPath, unKey, botToken, told.by(t, "Slack", w.slack), w.mailAddress,
		told.by(t, "a webhook", w.posts), hookPath, hookKey)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	// A silent baseline; as many changes as nobody reads one by one; a few with texts that no message has room for.
	for _, list.n = range []int{1300, 1300 + 600, 1300 + 600 + 60} {
		entitywatch(t, exitDone, "poll", "--source", "csl", "-c", file)
	}
	tables := 0
	var uploads []slacktest.File
	for _, m := range w.slack.Messages() {
		uploads = append(uploads, m.Files...)
	}
	for _, f := range uploads {
		shown := unzipped(t, f.Name, []byte(f.Content))
		showsNone(t, "the file "+f.Name+" in Slack", f.Title+shown)
		tables += strings.Count(shown, "asked /…?…") / 60
	}
	attached := map[string]string{}
	for _, l := range w.mail.all() {
		for name, content := range attachments(t, l.raw) {
			attached[name] = content
			showsNone(t, "the attached file "+name, content)
		}
	}
	if len(uploads) != 2 || tables != 11 || len(attached) != 2 {
		t.Errorf("%d files in Slack with %d sixties of changes that repeat what was asked, %d attached", len(uploads), tables, len(attached))
	}
	for who, text := range told.text {
		showsNone(t, "what was sent to "+who, text)
	}
}

// echoingList is a list each of whose entries repeats in an alias what it was asked for, behind as many letters as it is to have.
type echoingList struct {
	shape damage.Shape
	n     int
	long  int
}

func (l *echoingList) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	asked, _ := json.Marshal(r.URL.String() + " " + r.Header.Get("Authorization"))
	alias := fmt.Sprintf(`"alt_names": ["%s asked %s", `, strings.Repeat("Long Alias ", l.long/10), strings.Trim(string(asked), `"`))
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Query().Get("user_key") == "" {
		http.Error(w, "no key", http.StatusForbidden)
		return
	}
	io.WriteString(w, strings.ReplaceAll(l.shape.Fixture(l.n), `"alt_names": [`, alias))
}

func shapeNamed(t *testing.T, name string) damage.Shape {
	t.Helper()
	for _, s := range damage.Shapes() {
		if s.Name == name {
			return s
		}
	}
	t.Fatal("no shape is called " + name)
	return damage.Shape{}
}

// attachments are the files of a mail, by name.
func attachments(t *testing.T, raw string) map[string]string {
	t.Helper()
	msg, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for parts := multipart.NewReader(msg.Body, params["boundary"]); ; {
		p, err := parts.NextPart()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if p.FileName() == "" {
			continue
		}
		var from io.Reader = p
		if strings.EqualFold(p.Header.Get("Content-Transfer-Encoding"), "base64") {
			from = base64.NewDecoder(base64.StdEncoding, p)
		}
		content, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		out[p.FileName()] = unzipped(t, p.FileName(), content)
	}
}

// unzipped is what a file holds, unpacked where it is a ZIP archive.
func unzipped(t *testing.T, name string, content []byte) string {
	t.Helper()
	if !strings.HasSuffix(name, ".zip") {
		return string(content)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(name, err)
	}
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
		all.WriteString(f.Name)
	}
	return all.String()
}
