package main

import (
	"database/sql"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/notify/slack/slacktest"
	"entitywatch/store"
)

// massLook is a daemon that watches one list, which grows by thousands of entries between two looks.
type massLook struct {
	*world
	t     *testing.T
	list  *soakList
	slow  *slowSlack
	child *child
	file  string
	ahead time.Duration // of its clock
	was   time.Duration // CPU time of the process, all cores, as last asked for
}

// A look with thousands of changes is believed once a person has let it through, and is one message to each recipient, with the counts, our
// own party, or that nobody could look for it in time, and the file; while a channel hangs on it, later looks go on. With ENTITYWATCH_MASS=1
// it has 25,000 changes; the figures that it prints then stand in docs/PERFORMANCE.md.
func TestLookWithAMassOfChangesIsOneMessage(t *testing.T) {
	const before = 1000
	grown := before + 1_500
	if os.Getenv("ENTITYWATCH_MASS") != "" {
		grown = before + 25_000
	}
	m := newMassLook(t, before)
	start := time.Date(2026, 3, 6, 15, 0, 0, 0, time.UTC)
	m.child = startChild(t, daemonOrder{Config: m.file, Now: start, Ahead: filepath.Join(m.dir, "ahead")})
	m.until(`SELECT COUNT(*) FROM sources WHERE baseline_at IS NOT NULL AND name = 'csl'`)
	m.spent("to start, and for the first look at %d entries", before)
	m.list.mu.Lock()
	m.list.n = grown
	m.list.mu.Unlock()
	m.looksAgain()
	m.spent("for a look at %d entries, which is held", grown)
	entitywatch(t, exitDone, "release", "csl", "-c", m.file)
	m.looksAgain()
	m.until(`SELECT COUNT(*) = 2 FROM deliveries WHERE kind = 'alert' AND state = 'sent' AND channel IN ('cases', 'mail')`)
	m.child.await(t, m.slow.received)
	m.spent("from the answer to the alerts of %d changes", grown-before)
	const more = 5
	for range more {
		m.looksAgain()
	}
	m.spent("for %d looks more, while Slack hangs", more)
	close(m.slow.done)
	m.until(`SELECT COUNT(*) = 0 FROM deliveries WHERE state <> 'sent'`)
	resident := mostResident(m.child.cmd.Process.Pid) >> 10
	if t.Logf("resident at most %d MB", resident); resident > 300 {
		t.Errorf("resident at most %d MB, more than 300", resident)
	}
	m.child.cmd.Process.Signal(syscall.SIGTERM)
	<-m.child.ended
	m.judge(grown - before)
}

func newMassLook(t *testing.T, n int) *massLook {
	t.Helper()
	m := &massLook{world: newWorld(t), t: t}
	m.list = &soakList{shape: shapeNamed(t, "csl"), list: diff.SDN, n: n}
	upstream := newUpstream(t, m.list)
	m.slow = &slowSlack{Server: slacktest.New(), received: make(chan struct{}), done: make(chan struct{})}
	srv := httptest.NewServer(m.slow)
	t.Cleanup(srv.Close)
	m.slackURL = srv.URL
	shape := m.list.shape
	records := shape.Record.FindAllString(shape.Fixture(n+9), -1)
	ours := shape.Title.FindStringSubmatch(records[n+8])[1] // is to be listed
	if err := os.WriteFile(filepath.Join(m.dir, "vendors.csv"), []byte("id,name\nV-1,"+ours+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	m.file = m.config(t, fmt.Sprintf("operators: [ops]\nfetch: {attempts: 1, rate: 100000}\ncounterparties: [{name: vendors, file: vendors.csv}]\n"+
		"rules: [{name: all, send: [trade, mail, cases]}]\nsources: [{name: csl, kind: csl, url: %q, schedule: \"@every 1m\", rate: 100000}]\n", upstream.URL))
	return m
}

// looksAgain lets an hour pass by the daemon's clock, and the look that is due then.
func (m *massLook) looksAgain() {
	m.t.Helper()
	looks := m.count(`SELECT COUNT(*) FROM polls`)
	m.ahead += time.Hour
	file := filepath.Join(m.dir, "ahead")
	if err := os.WriteFile(file+".new", []byte(m.ahead.String()), 0o600); err != nil {
		m.t.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		m.t.Fatal(err)
	}
	m.until(fmt.Sprintf(`SELECT COUNT(*) > %d FROM polls`, looks))
}

// until lets the daemon work until a query's one number is not 0.
func (m *massLook) until(query string) {
	m.t.Helper()
	m.child.until(m.t, func() bool { return m.count(query) != 0 })
}

func (m *massLook) count(query string) (n int) {
	m.t.Helper()
	db, err := sql.Open("sqlite", m.db()+"?mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		m.t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(query).Scan(&n); err != nil && !strings.Contains(err.Error(), "no such table") {
		m.t.Fatal(err)
	}
	return n
}

// spent prints the CPU time since it was asked last.
func (m *massLook) spent(what string, args ...any) {
	now := cpuOf(m.child.cmd.Process.Pid)
	m.t.Logf("%.2f CPU-s %s", (now - m.was).Seconds(), fmt.Sprintf(what, args...))
	m.was = now
}

// cpuOf is the CPU time of a process, of all cores; 0 where the machine does not say.
func cpuOf(pid int) time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// judge asserts that each channel was told once, of all of it.
func (m *massLook) judge(changes int) {
	m.t.Helper()
	db, err := store.Open(m.t.Context(), m.db())
	if err != nil {
		m.t.Fatal(err)
	}
	defer db.Close()
	all, err := db.Deliveries(m.t.Context(), store.DeliveryFilter{})
	if err != nil {
		m.t.Fatal(err)
	}
	messages := map[string]int{}
	for _, d := range all {
		if d.Kind == notify.KindAlert && d.Part <= 1 {
			if messages[d.Channel]++; d.Message.Unlisted != changes {
				m.t.Errorf("%s was told of %d changes, want %d: %s", d.Channel, d.Message.Unlisted, changes, d.Message.Headline)
			}
			late := slices.ContainsFunc(d.Message.NeedsHuman, func(n string) bool { return strings.Contains(n, "could not be screened") })
			m.t.Logf("%s: %s; screened in time: %v", d.Channel, d.Message.Headline, !late)
			if !late && !strings.Contains(d.Message.Headline, "(V-1)") {
				m.t.Errorf("%s was not told of our own party: %s", d.Channel, d.Message.Headline)
			}
		}
	}
	if len(messages) != 3 || messages["trade"] != 1 || messages["mail"] != 1 || messages["cases"] != 1 {
		m.t.Errorf("messages by channel: %v", messages)
	}
	if posts := m.slow.Messages(); len(posts) > 2 { // the message, and the file below it
		m.t.Errorf("%d Slack posts", len(posts))
	}
}
