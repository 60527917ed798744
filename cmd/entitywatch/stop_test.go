package main

import (
	"database/sql"
	"fmt"
	"maps"
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
	"entitywatch/store"
)

// A daemon that is fed hostile rows, headlines and answers stops within ten seconds of SIGTERM at whatever moment it comes, in less than
// 300 MB, with a database that is whole; over all its lives every true Change is told, each under one webhook id.
func TestStopsWithinTenSecondsAtAnyMoment(t *testing.T) {
	lives := 25
	if testing.Short() {
		lives = 5
	}
	s := newSoak(t, time.Date(2026, 3, 6, 12, 0, 0, 0, time.UTC), 1)
	if err := os.WriteFile(s.file, []byte(s.good), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(filepath.Dir(s.file), "soak.db")
	s.life(0, func() bool { return baselined(path, len(s.hosts)) })
	for i := range lives {
		s.now = s.now.Add(time.Hour)
		s.happens()
		s.press.add(fmt.Sprintf("life-%d", i), hostileNames()[i%len(hostileNames())]+" put on the Entity List", s.now)
		name := slices.Sorted(maps.Keys(s.hosts))[s.random.IntN(len(s.hosts))]
		s.goWrong(name, s.wrongs[name][s.random.IntN(len(s.wrongs[name]))])
		due(t, path)
		s.life(time.Duration(s.random.Int64N(int64(1500*time.Millisecond))), nil)
		s.goWrong(name, nil)
	}
	due(t, path)
	s.life(0, func() bool { return s.allTold(path) })
	ids := map[string]string{}
	var told []string
	for i, p := range s.posts.all() {
		id := p.header.Get("webhook-id")
		if before, again := ids[id]; again {
			if before != string(p.body) {
				t.Errorf("%s came with two bodies", id)
			}
			continue
		}
		ids[id] = string(p.body)
		if h := s.heard(s.posts)[i]; h.Data.Kind == "alert" {
			for _, c := range h.Data.Changes {
				told = append(told, fmt.Sprintf("%s %s %s", c.Change, c.List, diff.Normalise(c.Name)))
			}
		}
	}
	var want []string
	for _, x := range s.truth {
		want = append(want, x.line)
	}
	compare(t, "alerts", told, want)
	t.Logf("%d lives, at most %d MB resident, at most %s from SIGTERM to the end", lives+2, s.resident>>10, s.stopping)
}

// life runs the daemon until something is so or, where nothing is asked for, for some time, sends SIGTERM, and looks at what it leaves
// behind.
func (s *soak) life(during time.Duration, enough func() bool) {
	s.t.Helper()
	c := startChild(s.t, daemonOrder{Config: s.file})
	if enough != nil {
		c.until(s.t, enough)
	} else {
		c.goesOn(s.t, 0, during)
	}
	resident := mostResident(c.cmd.Process.Pid)
	asked := time.Now()
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	<-c.ended
	took, how := time.Since(asked), c.cmd.ProcessState
	if took > 10*time.Second {
		s.t.Errorf("it took %s to stop, after a life of %s:\n%s", took, during, &c.out)
	}
	s.stopping, s.resident = max(s.stopping, took), max(s.resident, resident)
	early := enough == nil && during < 300*time.Millisecond && strings.Contains(how.String(), "signal: terminated") // before it could listen
	if !how.Success() && !early {
		s.t.Errorf("after a life of %s: %v\n%s", during, how, &c.out)
	}
	if resident > 300<<10 {
		s.t.Errorf("it came to %d MB", resident>>10)
	}
	db, err := store.Open(s.t.Context(), filepath.Join(filepath.Dir(s.file), "soak.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	if err := db.Damage(s.t.Context()); err != nil {
		s.t.Error(err)
	}
}

// mostResident is the most memory that a process has had, in kB; 0 where the machine does not say.
func mostResident(pid int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	n, _ := strconv.Atoi(strings.Fields(rest + " 0")[0])
	return n
}

// due has every source looked at when the daemon starts.
func due(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE sources SET polled_at = NULL`); err != nil {
		t.Fatal(err)
	}
}

// baselined reports whether every source was looked at.
func baselined(path string, sources int) bool {
	db, err := sql.Open("sqlite", path+"?mode=ro&_pragma=busy_timeout(1000)")
	if err != nil {
		return false
	}
	defer db.Close()
	var n int
	err = db.QueryRow(`SELECT COUNT(*) FROM sources WHERE baseline_at IS NOT NULL`).Scan(&n)
	return err == nil && n == sources
}

// allTold reports whether every source was looked at and nothing waits to be told.
func (s *soak) allTold(path string) bool {
	db, err := sql.Open("sqlite", path+"?mode=ro&_pragma=busy_timeout(1000)")
	if err != nil {
		return false
	}
	defer db.Close()
	var unseen, unrouted, unsent int
	err = db.QueryRow(`SELECT (SELECT COUNT(*) FROM sources WHERE polled_at IS NULL), (SELECT COUNT(*) FROM changes WHERE routed_at IS NULL),
		(SELECT COUNT(*) FROM deliveries WHERE state <> '`+string(notify.Sent)+`')`).Scan(&unseen, &unrouted, &unsent)
	return err == nil && unseen+unrouted+unsent == 0
}
