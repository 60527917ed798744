package main

import (
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A daemon that is killed at random instants, over and over, while it polls, commits, enriches, routes and sends, tells every Change in as
// many messages as one that nobody kills. ENTITYWATCH_KILLS says how many kills it takes.
func TestKilledDaemonTellsEachChangeOnce(t *testing.T) {
	kills := 30
	if testing.Short() {
		kills = 6
	}
	if v := os.Getenv("ENTITYWATCH_KILLS"); v != "" {
		var err error
		if kills, err = strconv.Atoi(v); err != nil {
			t.Fatal(err)
		}
	}
	want := undisturbedTally(t)
	places := map[string]int{}
	done := 0
	for round := 0; done < kills && !t.Failed(); round++ {
		r := &reaper{places: map[string]int{}}
		k := newKillsWorld(t, func() { r.pass("a channel works on a message") }, func() { r.pass("a source is asked") })
		random := rand.New(rand.NewPCG(13, uint64(round)))
		for more := true; more; more = k.next() {
			for k.killedLife(r, random, kills-done-r.kills) {
			}
		}
		k.tally().differs(t, fmt.Sprintf("round %d", round), want)
		done += r.kills
		for place, n := range r.places {
			places[place] += n
		}
	}
	for _, place := range slices.Sorted(maps.Keys(places)) {
		t.Logf("%3d kills while %s", places[place], place)
	}
	t.Logf("%d kills", done)
}

// killedLife runs the daemon over the scenario's state until it is killed or has nothing left to do, and reports whether it was killed.
func (k *killsWorld) killedLife(r *reaper, random *rand.Rand, most int) bool {
	k.t.Helper()
	o := daemonOrder{Config: k.file, Now: k.at()}
	left, delay := 0, time.Duration(0)
	switch {
	case most <= 0:
	case random.IntN(3) == 0:
		left = 1 + random.IntN(24)
		if random.IntN(2) == 0 {
			delay = time.Duration(random.IntN(4000)) * time.Microsecond
		}
	default:
		o.KillAt = 1 + random.Int64N(1200)
	}
	before := r.kills
	r.mu.Lock() // so that no point passes before the aim is taken
	c := startChild(k.t, o)
	r.victim, r.dead, r.left, r.delay = c.cmd.Process, c.ended, left, delay
	r.mu.Unlock()
	rests := false
	for range c.events {
		if !rests && k.settled(o.Now) {
			rests = true
			c.cmd.Process.Kill()
		}
	}
	<-c.ended
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = 0
	switch status, _ := c.cmd.ProcessState.Sys().(syscall.WaitStatus); {
	case status.Signal() != syscall.SIGKILL:
		k.t.Fatalf("%v\n%s", c.cmd.ProcessState, &c.out)
	case c.last != "":
		r.kills++
		r.places[doing(c.last)]++
	}
	return !rests || r.kills > before
}

// doing says what a statement is part of.
func doing(query string) string {
	for _, d := range []struct{ what, mark string }{
		{"a transaction is committed", "COMMIT"}, {"it enriches", "enrichments"}, {"it routes", "INSERT INTO deliveries"}, {"it routes", "routed_at = "},
		{"it sends", "deliveries"}, {"it reads news", "news"},
	} {
		if strings.Contains(query, d.mark) {
			return d.what
		}
	}
	for _, word := range []string{"INSERT", "UPDATE", "DELETE"} {
		if strings.HasPrefix(strings.TrimSpace(query), word) {
			return "it stores a look"
		}
	}
	return "it reads the database"
}

// settled reports whether every source was looked at since a moment and nothing waits to be told.
func (k *killsWorld) settled(since time.Time) bool {
	db, err := sql.Open("sqlite", k.db()+"?mode=ro&_pragma=busy_timeout(1000)")
	if err != nil {
		return false
	}
	defer db.Close()
	var seen, left int
	err = db.QueryRow(`SELECT (SELECT COUNT(*) FROM sources WHERE polled_at >= $1), (SELECT COUNT(*) FROM changes WHERE routed_at IS NULL) +
		(SELECT COUNT(*) FROM case_stages WHERE routed_at IS NULL) + (SELECT COUNT(*) FROM case_notes WHERE routed_at IS NULL) +
		(SELECT COUNT(*) FROM notices WHERE routed_at IS NULL) + (SELECT COUNT(*) FROM news_items WHERE scanned_at IS NULL) +
		(SELECT COUNT(*) FROM case_news WHERE routed_at IS NULL) + (SELECT COUNT(*) FROM news_alerts WHERE routed_at IS NULL) +
		(SELECT COUNT(*) FROM deliveries WHERE state <> 'sent')`, since.UnixMicro()).Scan(&seen, &left)
	return err == nil && seen == len(killsSources) && left == 0
}
