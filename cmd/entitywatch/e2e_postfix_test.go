package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"entitywatch/internal/require"
)

// A real Postfix receives a digest, which is then fetched from the mailbox and read as a mail program reads it.
func TestPostfixDeliversADigest(t *testing.T) {
	p := startPostfix(t)
	w := newWorld(t)
	w.mailAddress = p.address
	file := w.config(t, "public_url: https://entitywatch.example.com\n"+strings.Replace(everything, "legal@example.com", p.user+"@postfix.test", 1))
	out := entitywatch(t, exitDone, "demo", "--config", file, "--db", w.db(), "--json")
	raw := p.fetch(t)
	l := readLetter(t, raw)
	if strings.Join(l.kinds, " ") != "text/plain text/html" {
		t.Errorf("parts %v; the richest comes last", l.kinds)
	}
	for key, want := range map[string]string{
		"From": "EntityWatch", "To": p.user + "@postfix.test", "Auto-Submitted": "auto-generated", "List-Unsubscribe": "https://entitywatch.example.com/unsubscribe?",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Mime-Version": "1.0", "Received": "postfix.test", "Delivered-To": p.user + "@postfix.test",
		"Message-Id": "@example.com>",
	} {
		if got := l.header.Get(key); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q in it", key, got, want)
		}
	}
	if date, err := l.header.Date(); err != nil || time.Since(date).Abs() > time.Hour {
		t.Errorf("Date %s, %v; want the wall clock's", date, err)
	}
	if !strings.HasPrefix(l.subject, "weekly: ") {
		t.Errorf("Subject %q", l.subject)
	}
	names := addedNames(t, out)
	for _, n := range names {
		if !strings.Contains(unwrapped(l.text), n) || !strings.Contains(unwrapped(l.html), n) {
			t.Errorf("%s is missing in a part", n)
		}
	}
	if len(names) != 28 {
		t.Errorf("%d names", len(names))
	}
	for line := range strings.Lines(raw) {
		if len(strings.TrimRight(line, "\r\n")) > 998 {
			t.Error("a line is longer than mail servers take")
		}
	}
}

// postfix is a mail server of its own, with its own configuration, queue and mailboxes below one folder.
type postfix struct {
	address, user, box string
	arrives            *fsnotify.Watcher // of the mailbox's folder of new mails
}

func startPostfix(t *testing.T) postfix {
	t.Helper()
	program := require.Tool(t, "postfix")
	require.Root(t)
	dir, err := os.MkdirTemp("/tmp", "ew-postfix-") // t.TempDir's folders are closed to Postfix's own user
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	p := postfix{user: "nobody", address: freeAddress(t), box: filepath.Join(dir, "mail")}
	writePostfix(t, dir, p)
	conf := filepath.Join(dir, "etc")
	if p.arrives, err = fsnotify.NewWatcher(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.arrives.Close() })
	if err := p.arrives.Add(filepath.Join(p.box, p.user, "new")); err != nil {
		t.Fatal(err)
	}
	control := func(word string) error {
		cmd := exec.Command(program, "-c", conf, word)
		out, err := cmd.CombinedOutput()
		if err != nil {
			return fmt.Errorf("postfix %s: %w\n%s\n%s", word, err, out, readAll(filepath.Join(dir, "maillog")))
		}
		return nil
	}
	if err := control("start"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { control("stop") })
	p.awaitGreeting(t)
	return p
}

func writePostfix(t *testing.T, dir string, p postfix) {
	t.Helper()
	owner, err := user.Lookup("postfix")
	if err != nil {
		t.Fatal(err)
	}
	nobody, err := user.Lookup(p.user)
	if err != nil {
		t.Fatal(err)
	}
	box := filepath.Join("mail", p.user) // a Maildir, which Postfix would make at the first mail
	for _, d := range []string{"etc", "queue", "data", "mail", box, box + "/cur", box + "/new", box + "/tmp"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	os.Chmod(dir, 0o755)
	for d, u := range map[string]*user.User{"data": owner, "mail": nobody, box: nobody, box + "/cur": nobody, box + "/new": nobody, box + "/tmp": nobody} {
		var uid, gid int
		fmt.Sscan(u.Uid, &uid)
		fmt.Sscan(u.Gid, &gid)
		if err := os.Chown(filepath.Join(dir, d), uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	main := fmt.Sprintf(`compatibility_level = 3.6
queue_directory = %[1]s/queue
data_directory = %[1]s/data
maillog_file_prefixes = /tmp
maillog_file = %[1]s/maillog
myhostname = postfix.test
mydestination =
virtual_mailbox_domains = postfix.test
virtual_mailbox_base = %[1]s/mail
virtual_mailbox_maps = static:%[2]s/
virtual_uid_maps = static:%[3]s
virtual_gid_maps = static:%[4]s
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
smtpd_tls_security_level = none
smtputf8_enable = no
`, dir, p.user, nobody.Uid, nobody.Gid)
	_, port, err := net.SplitHostPort(p.address)
	if err != nil {
		t.Fatal(err)
	}
	master := "127.0.0.1:" + port + ` inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`
	for name, text := range map[string]string{"main.cf": main, "master.cf": master} {
		if err := os.WriteFile(filepath.Join(dir, "etc", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func readAll(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// awaitGreeting returns once the server speaks: when `postfix start` returns it listens, but may still be starting who answers.
func (p postfix) awaitGreeting(t *testing.T) {
	t.Helper()
	conn, err := net.Dial("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	greeting := make([]byte, 3)
	if _, err := io.ReadFull(conn, greeting); err != nil || string(greeting) != "220" {
		t.Fatalf("postfix greets with %q, %v", greeting, err)
	}
}

// fetch waits for the one mail in the mailbox (a Maildir) and reads it. Postfix has taken the mail by then, and delivers by itself.
func (p postfix) fetch(t *testing.T) string {
	t.Helper()
	select {
	case e := <-p.arrives.Events: // a mail is moved into the folder whole
		return readAll(e.Name)
	case <-time.After(time.Minute):
		t.Fatalf("no mail arrived\n%s", readAll(filepath.Join(filepath.Dir(p.box), "maillog")))
		return ""
	}
}
