package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
)

// reaper kills a process at one of the points that its requests pass: before the other side takes something, after it took it and
// before the answer, or shortly after either.
type reaper struct {
	mu     sync.Mutex
	left   int           // points until the kill; 0 is never
	delay  time.Duration // from the point to the kill; the other side goes on meanwhile
	victim *os.Process
	dead   chan struct{} // closed when the victim is gone
	kills  int
	places map[string]int // how often it killed where; may be nil
}

func (r *reaper) point() { r.pass("") }

// pass is point, somewhere.
func (r *reaper) pass(where string) {
	r.mu.Lock()
	if r.left--; r.left != 0 {
		r.mu.Unlock()
		return
	}
	victim, dead, delay := r.victim, r.dead, r.delay
	if r.kills++; r.places != nil {
		r.places[where]++
	}
	r.mu.Unlock()
	if delay > 0 {
		time.AfterFunc(delay, func() { victim.Kill() })
		return
	}
	victim.Kill()
	<-dead
}

// A process that is killed while it sends, at any point and over and over, loses nothing: what was taken is not sent twice where the
// channel lets us see it (Slack by token), and is the same mail and the same webhook id where it does not.
func TestKilledWhileSending(t *testing.T) {
	want := 300
	if testing.Short() {
		want = 30
	}
	const side = 3 // databases at once
	for i := range side {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			kills := 0
			for round := 0; kills < want/side && !t.Failed(); round++ {
				kills += killingRound(t, rand.New(rand.NewPCG(uint64(i), uint64(round))), want/side-kills)
			}
		})
	}
}

// killingRound sends one outbox with a process that is killed up to most times, and then with one that is not.
func killingRound(t *testing.T, random *rand.Rand, most int) (kills int) {
	r := &reaper{}
	w := newWorldWith(t, r.point)
	feed := quietFeed(t)
	file := w.config(t, "deliveries: {rest: 1ms}\noperators: [ops]\nrules: [{name: all, send: [trade, mail, cases]}]\n"+
		"sources: [{name: press, kind: news, url: \""+feed+"\", schedule: \"@every 24h\"}]\n")
	sent := fillOutbox(t, w.db())
	for life := 0; ; life++ {
		left := 0
		if r.kills < most {
			left = 1 + random.IntN(16)
		}
		delay := time.Duration(0)
		if random.IntN(3) == 0 {
			delay = time.Duration(random.IntN(4000)) * time.Microsecond
		}
		killed := live(t, r, file, left, delay)
		if !killed && allSent(t, w.db()) {
			break
		}
		if life > 500 {
			t.Fatal("the outbox does not become empty")
		}
	}
	checkArrivals(t, w, sent)
	return r.kills
}

// live runs one life of the process, and reports whether it was killed.
func live(t *testing.T, r *reaper, file string, left int, delay time.Duration) bool {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe, "poll", "-c", file)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	dead := make(chan struct{})
	r.mu.Lock() // so that no point passes before the aim is taken
	if err := cmd.Start(); err != nil {
		r.mu.Unlock()
		t.Fatal(err)
	}
	r.victim, r.dead, r.left, r.delay = cmd.Process, dead, left, delay
	r.mu.Unlock()
	err = cmd.Wait()
	close(dead)
	if cmd.ProcessState.Exited() && err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	return !cmd.ProcessState.Exited()
}

// quietFeed is a source that has nothing to say.
func quietFeed(t *testing.T) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>Quiet</title><link>http://quiet.example</link><description>Nothing</description></channel></rss>`)
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

// cases is how many an outbox of the test holds, each with an alert and an update.
const cases = 15

// fillOutbox writes an alert and an update for each of some Cases and channels.
func fillOutbox(t *testing.T, path string) []notify.Delivery {
	t.Helper()
	var all []notify.Delivery
	for _, target := range []notify.Target{{Name: "trade", Recipients: []string{""}}, {Name: "mail", Recipients: []string{"trade@example.com"}}, {Name: "cases", Recipients: []string{""}}} {
		for i := range cases {
			alert := notify.Message{
				Kind: notify.KindAlert, Headline: fmt.Sprintf("Entity List: 1 added: Party %d Ltd. (China)", i), Case: fmt.Sprintf("case_%d", i),
				Stage: diff.Filed, AsOf: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Rules: []string{"all"},
			}
			update := alert
			update.Kind, update.Stage, update.Headline = notify.KindUpdate, diff.Published, "Now published: "+alert.Headline
			for _, m := range []notify.Message{alert, update} {
				all = append(all, notify.Deliveries(target, target.Recipients[0], m, time.Time{})...)
			}
		}
	}
	enqueue(t, path, all)
	return all
}

// enqueue writes deliveries into the outbox of a database.
func enqueue(t *testing.T, path string, all []notify.Delivery) {
	t.Helper()
	db, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Notify(t.Context(), notify.Notice{ID: "ntc_" + all[0].ID, Kind: "held", Subject: "test", At: time.Now()}); err != nil { // so that there is something to route
		t.Fatal(err)
	}
	if _, err := db.Route(t.Context(), time.Now(), 0, func(notify.Pending) notify.Plan { return notify.Plan{Deliveries: all} }); err != nil {
		t.Fatal(err)
	}
}

// deliveriesIn are all deliveries of a database.
func deliveriesIn(t *testing.T, path string) []notify.Delivery {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all, err := db.Deliveries(t.Context(), store.DeliveryFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func allSent(t *testing.T, path string) bool {
	t.Helper()
	all := deliveriesIn(t, path)
	for _, d := range all {
		if d.State != notify.Sent {
			return false
		}
	}
	return len(all) > 0
}

// checkArrivals counts what the other sides took against what was to be sent.
func checkArrivals(t *testing.T, w *world, sent []notify.Delivery) {
	t.Helper()
	got := map[string]map[string]int{"trade": slackDeliveries(t, w), "mail": {}, "cases": {}}
	for _, l := range w.mail.all() {
		id := readLetter(t, l.raw).header.Get("Message-Id")
		got["mail"][id]++
	}
	for _, p := range w.posts.all() {
		got["cases"][p.header.Get("webhook-id")]++
	}
	want := map[string]int{}
	for _, d := range sent {
		id := d.ID
		if d.Channel == "mail" {
			id = "<" + id + "@example.com>"
		}
		n := got[d.Channel][id]
		if n < 1 || d.Channel == "trade" && n > 1 {
			t.Errorf("%s %s of %s arrived %d times", d.Channel, d.Kind, d.Case, n)
		}
		want[d.Channel]++
	}
	for channel, ids := range got {
		if len(ids) != want[channel] {
			t.Errorf("%s took %d different messages, want %d", channel, len(ids), want[channel])
		}
	}
}

// slackDeliveries counts Slack's messages by delivery, and checks that each update stands in the thread of its Case's alert.
func slackDeliveries(t *testing.T, w *world) map[string]int {
	t.Helper()
	n, heads := map[string]int{}, map[string]string{}
	for _, m := range w.slack.Messages() {
		delivery, inCase := slackMark(t, m.Metadata)
		n[delivery]++
		if m.Thread == "" {
			heads[inCase] = m.TS
		} else if heads[inCase] != m.Thread {
			t.Errorf("%s: the update stands in the thread %s, not %s", inCase, m.Thread, heads[inCase])
		}
	}
	return n
}
