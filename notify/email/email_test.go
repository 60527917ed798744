package email

import (
	"context"
	"errors"
	"flag"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/notify/notifytest"
)

var update = flag.Bool("update", false, "write the golden files; look at them before committing")

func channel(t *testing.T, address, query string) *Channel {
	t.Helper()
	c, err := New(Options{
		Name: "mail", SMTP: "smtp://u:secret-password@" + address + query, From: "EntityWatch <ew@example.com>",
		PublicURL: "https://entitywatch.example.com", Signer: notify.Signer{Key: []byte("k")}, Timeout: 5 * time.Second,
		Now: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func alert() notify.Message {
	e := diff.Entry{
		List: diff.EntityList, Country: "CHINA, PEOPLE'S REPUBLIC OF", Name: "Example <b>Semiconductor</b> Co., Ltd.",
		Aliases: []string{"Example Semi", "例子半导体"}, Addresses: []string{"1 Example Road, Shenzhen, China"},
		LicenseRequirement: "For all items subject to the EAR. (See § 744.11 of the EAR)", LicenseReviewPolicy: "Presumption of denial",
	}
	hit := notify.Hit{Counterparties: "vendors", ID: "V-7", Name: "Example Semiconductor", Match: "Example Semi", Score: 0.97}
	return notify.Message{
		Kind: notify.KindAlert, Headline: "Entity List: 1 added: Example <b>Semiconductor</b> Co., Ltd. (China)", Severity: notify.High,
		Rules: []string{"china-chips"}, AsOf: time.Date(2026, 1, 2, 14, 0, 0, 0, time.UTC), Zone: "America/New_York", Case: "case_1",
		Act:    &notify.Act{Number: "2026-00012", Citation: "91 FR 100", Title: "Additions to the Entity List", PublishedOn: "2026-01-02", EffectiveOn: "2026-01-02"},
		Stages: []notify.StageTime{{Stage: diff.Published, At: time.Date(2026, 1, 2, 13, 45, 0, 0, time.UTC)}},
		ToCome: []string{"the text in the eCFR, usually two business days after publication"},
		Items:  []notify.Item{{Change: diff.Change{ID: "chg_1", Change: diff.Added, List: e.List, Country: e.Country, Name: e.Name, Entry: &e}, Hits: []notify.Hit{hit}}},
		Hits:   []notify.Hit{hit}, NeedsHuman: []string{"1 of 2 instructions need a human"},
		Savings: "Shipments en route on January 2, 2026 may proceed until February 2, 2026.",
		News:    []notify.NewsRef{{Title: "Chip maker listed", URL: "https://news.example.com/1", Feed: "dw", Names: []string{e.Name}}},
		Links:   []notify.Link{{Rel: "document", Label: "Federal Register", URL: "https://www.federalregister.gov/d/2026-00012"}},
		Part:    1, Parts: 1, Delivery: "dlv_1", Recipient: "trade@example.com",
	}
}

func digest() notify.Message {
	at := func(h int) time.Time { return time.Date(2026, 1, 5, h, 0, 0, 0, time.UTC) }
	return notify.Message{
		Kind: notify.KindDigest, Headline: "legal-weekly: nothing changed in 1 of 2 sources; 1 needs attention", AsOf: at(8), Part: 1, Parts: 1,
		Case: "digest/legal-weekly/2026-01-05T08:00:00Z", Delivery: "dlv_2", Recipient: "legal@example.com",
		Digest: &notify.Report{Name: "legal-weekly", From: at(8).AddDate(0, 0, -7), To: at(8), Sources: []notify.SourceReport{
			{Name: "entity-list", State: "held", Reason: "1,600 of 3,411 entries are missing", Checks: 336, Failed: 2, LastChecked: at(7), LastGood: at(1)},
			{Name: "register", State: "ok", Checks: 900, LastChecked: at(7), LastGood: at(7)},
		}},
	}
}

// part returns the decoded text of one part of a mail, as a mail program would show it.
func parts(t *testing.T, raw string) (*mail.Message, map[string]string) {
	t.Helper()
	msg, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %q, %v", kind, err)
	}
	found := map[string]string{}
	for r := multipart.NewReader(msg.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return msg, found
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		found[kind] = strings.ReplaceAll(string(text), "\r\n", "\n")
	}
}

func TestMailsAsAMailProgramShowsThem(t *testing.T) {
	s := &mailServer{}
	s.start(t, false)
	c := channel(t, s.address, "?tls=none")
	for name, m := range map[string]notify.Message{"alert": alert(), "digest": digest()} {
		if _, err := c.Send(context.Background(), m); err != nil {
			t.Fatal(err)
		}
		all := s.received()
		msg, found := parts(t, all[len(all)-1])
		if id := msg.Header.Get("Message-ID"); id != "<"+m.Delivery+"@example.com>" {
			t.Errorf("%s: Message-ID %s", name, id)
		}
		if msg.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || msg.Header.Get("Auto-Submitted") != "auto-generated" ||
			!strings.Contains(msg.Header.Get("List-Unsubscribe"), "https://entitywatch.example.com/unsubscribe?") {
			t.Errorf("%s: header %v", name, msg.Header)
		}
		golden(t, name+".txt", found["text/plain"])
		golden(t, name+".html", found["text/html"])
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s: %s", name, d)
	}
}

func TestNamesFromOutsideAreInert(t *testing.T) {
	c := channel(t, "127.0.0.1:1", "?tls=none")
	m := alert()
	m.Items[0].Change.Name = "\"><script>alert(1)</script>\u202eevil\r\nBcc: x@example.com"
	m.Headline = m.Items[0].Change.Name
	msg, err := c.compose(m)
	if err != nil {
		t.Fatal(err)
	}
	var raw strings.Builder
	if _, err := msg.WriteTo(&raw); err != nil {
		t.Fatal(err)
	}
	read, found := parts(t, raw.String())
	if read.Header.Get("Bcc") != "" {
		t.Error("a name has added a header")
	}
	for kind, text := range found {
		if strings.ContainsRune(text, '\u202e') || kind == "text/html" && (strings.Contains(text, "<script>") || strings.Contains(text, "javascript:alert")) {
			t.Errorf("%s is not inert:\n%s", kind, text)
		}
	}
}

func TestRefusalsAreSorted(t *testing.T) {
	reply := func(code int, text string) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCodeNotSet, Message: text}
	}
	for _, c := range []struct {
		name   string
		server *mailServer
		query  string
		want   string
	}{
		{"recipient refused for now", &mailServer{rcptErr: reply(451, "greylisted")}, "?tls=none", "temporary"},
		{"recipient unknown", &mailServer{rcptErr: reply(550, "no such user")}, "?tls=none", "configuration"},
		{"relaying denied", &mailServer{rcptErr: reply(554, "Relay access denied")}, "?tls=none", "configuration"},
		{"mailbox refused after the text", &mailServer{dataErr: reply(550, "mailbox unavailable")}, "?tls=none", "configuration"},
		{"sender not authenticated", &mailServer{dataErr: reply(550, "5.7.26 SPF check failed")}, "?tls=none", "configuration"},
		{"text too large", &mailServer{dataErr: reply(552, "message too large")}, "?tls=none", "permanent"},
		{"text refused", &mailServer{dataErr: reply(554, "spam, secret-password")}, "?tls=none", "permanent"},
		{"text refused for now", &mailServer{dataErr: reply(452, "disk full")}, "?tls=none", "temporary"},
		{"cut after the text", &mailServer{dropData: true}, "?tls=none", "unknown"},
		{"no STARTTLS although required", &mailServer{}, "", "configuration"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.server.start(t, false)
			_, err := channel(t, c.server.address, c.query).Send(context.Background(), alert())
			if got := notifytest.KindOf(err); got != c.want {
				t.Errorf("%s: %v", got, err)
			}
			if err != nil && strings.Contains(err.Error(), "secret-password") {
				t.Errorf("the password is shown: %v", err)
			}
		})
	}
}

// Whoever gave no user and password is not sent to look whether they are right.
func TestRemedyOfARefusedConnectionSpeaksOfWhatIsConfigured(t *testing.T) {
	for user, want := range map[string]string{"": "Have the mail server let this machine in", "u": "Check the user and password"} {
		c := channel(t, "127.0.0.1:1", "?tls=none")
		c.server.user = user
		m, ok := errors.AsType[*notify.Misconfigured](c.dialError(&textproto.Error{Code: 550, Msg: "go away"}))
		if !ok || !strings.HasPrefix(m.Remedy, want) {
			t.Errorf("user %q: %+v", user, m)
		}
	}
}

func TestUnknownCertificateIsNotTrusted(t *testing.T) {
	s := &mailServer{}
	s.start(t, true)
	_, err := channel(t, s.address, "").Send(context.Background(), alert())
	if notifytest.KindOf(err) != "configuration" || len(s.received()) != 0 {
		t.Errorf("%v, %d mails", err, len(s.received()))
	}
}

func TestMailsOfACaseFormAThread(t *testing.T) {
	c := channel(t, "127.0.0.1:1", "?tls=none")
	m := alert()
	m.Kind, m.Delivery = notify.KindUpdate, "dlv_9"
	m.Thread = &notify.Receipt{ID: "<dlv_1@example.com>"}
	msg, err := c.compose(m)
	if err != nil {
		t.Fatal(err)
	}
	var raw strings.Builder
	if _, err := msg.WriteTo(&raw); err != nil {
		t.Fatal(err)
	}
	read, _ := parts(t, raw.String())
	if got := read.Header.Get("References"); got != "<case_1@example.com> <dlv_1@example.com>" {
		t.Errorf("References %q", got)
	}
	if got := read.Header.Get("In-Reply-To"); got != "<dlv_1@example.com>" {
		t.Errorf("In-Reply-To %q", got)
	}
}

func TestAddressesThatAreNoneAreRefusedWithoutThePassword(t *testing.T) {
	for _, bad := range []string{"mail.example.com", "http://u:hunter2@mail", "smtp://u:hunter2@", "smtp://u:hunter2@mail?tls=maybe", "smtp://u:hunter2@mail:x"} {
		_, err := New(Options{SMTP: bad, From: "a@b.example"})
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// What is shown is what is sent: the parts by themselves are those of the whole mail.
func TestPreviewShowsTheMailThatIsSent(t *testing.T) {
	files, err := channel(t, "127.0.0.1:1", "?tls=none").Preview(alert())
	if err != nil || len(files) != 3 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	_, found := parts(t, string(files[0].Data))
	for i, want := range map[int]string{1: found["text/html"], 2: found["text/plain"]} {
		if got := string(files[i].Data); strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("%s: %s", files[i].Name, cmp.Diff(want, got))
		}
	}
}

func TestRefusedPasswordWaitsForAPerson(t *testing.T) {
	s := &mailServer{}
	s.start(t, false)
	c, err := New(Options{SMTP: "smtp://u:wrong@" + s.address + "?tls=none", From: "ew@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Send(context.Background(), alert())
	faulty, ok := errors.AsType[*notify.Misconfigured](err)
	if !ok || faulty.Recipient != "" || !strings.Contains(faulty.Remedy, "password") {
		t.Errorf("%T %v", err, err)
	}
}

func TestUnknownRecipientPausesThatRecipientAlone(t *testing.T) {
	s := &mailServer{rcptErr: &smtp.SMTPError{Code: 550, Message: "no such user"}}
	s.start(t, false)
	m := alert()
	_, err := channel(t, s.address, "?tls=none").Send(context.Background(), m)
	if faulty, ok := errors.AsType[*notify.Misconfigured](err); !ok || faulty.Recipient != m.Recipient || m.Recipient == "" {
		t.Errorf("%T %v", err, err)
	}
}
