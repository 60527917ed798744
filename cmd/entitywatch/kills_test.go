package main

import (
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/replay"
	"entitywatch/store"
)

// killsWorld is what the tests that kill work on: the upstreams of testdata/kills/scenario.yaml, the other sides of all channels, one config
// and one database, and a clock that goes by the scenario.
type killsWorld struct {
	*world
	t         *testing.T
	file      string
	upstreams *replay.Server
}

// newKillsWorld has the channels' servers call one function, and the upstreams another, before they take something and before they answer.
func newKillsWorld(t *testing.T, channels, upstreams func()) *killsWorld {
	t.Helper()
	text, err := os.ReadFile("testdata/kills/scenario.yaml")
	if err != nil {
		t.Fatal(err)
	}
	scenario, err := replay.Parse("kills", text)
	if err != nil {
		t.Fatal(err)
	}
	k := &killsWorld{world: newWorldWith(t, channels), t: t}
	if k.upstreams, err = replay.NewServer(scenario); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		upstreams()
		k.upstreams.ServeHTTP(w, r)
		upstreams()
	}))
	t.Cleanup(srv.Close)
	ours := "id,name,country\nV-1,Tarnow Lathe Works,CN\nV-2,Amber Coast Gears,RU\nV-3,Misal Maritime LLC,AE\nV-4,Wharf Street Alloys,CN\n"
	if err := os.WriteFile(filepath.Join(k.dir, "vendors.csv"), []byte(ours), 0o600); err != nil {
		t.Fatal(err)
	}
	sections := "timezone: America/New_York\noperators: [ops]\nfetch: {attempts: 1, rate: 100000}\ndeliveries: {rest: 1ms}\n" +
		"counterparties: [{name: vendors, file: vendors.csv, threshold: 0.9}]\n" +
		"rules:\n  - {name: all, send: [trade, cases]}\n  - {name: china, countries: [CN], send: [mail, cases]}\n" +
		"  - {name: ours, counterparties: [vendors], send: [team, mail]}\n  - {name: press, news: mentions, send: [cases]}\nsources:\n"
	ends := k.upstreams.Endpoints(srv.URL)
	for _, kind := range killsSources {
		sections += fmt.Sprintf("  - {name: %s, kind: %s, url: %q, schedule: \"@every 30m\", rate: 100000}\n", kind, kind, ends[kind])
	}
	k.file = k.config(t, sections)
	return k
}

func nowhere() {}

// killsSources are the sources, acts before lists, as `poll` looks at them.
var killsSources = []string{"federal-register", "public-inspection", "news", "ecfr", "csl"}

// at is the scenario's moment.
func (k *killsWorld) at() time.Time {
	return k.upstreams.Now()
}

// next moves the scenario on; it is false at its end.
func (k *killsWorld) next() bool {
	return k.upstreams.Next()
}

// sendAll is the patience with which everything is sent: what failed is due again within seconds.
const sendAll = time.Minute

// build wires an engine in this process.
func (k *killsWorld) build(options ...store.Option) (*engine, error) {
	c, err := config.Load(k.file, (&app{getenv: func(string) string { return "" }}).checks())
	if err != nil {
		return nil, err
	}
	return build(k.t.Context(), c, parts{stdout: io.Discard, log: slog.New(slog.DiscardHandler), sleep: dontWait, now: k.at, store: options})
}

// tally is in how many messages each Change stands, by who was told and what: "cases: added us-bis-entity-list Tarnow Lathe Works".
type tally map[string]int

// tally counts by what the channels took: a message that is sent twice under one id is one message.
func (k *killsWorld) tally() tally {
	k.t.Helper()
	all := deliveriesIn(k.t, k.db())
	k.arrived(all)
	standsIn := map[string]map[string]bool{}
	stages := tally{}
	for _, d := range all {
		message := fmt.Sprint(d.Kind, d.Case, d.Stage, d.Revision) // whatever the part
		for _, it := range d.Message.Items {
			c := it.Change
			key := fmt.Sprintf("%s %s: %s %s %s", d.Channel, d.Recipient, c.Change, c.List, c.Name)
			if standsIn[key] == nil {
				standsIn[key] = map[string]bool{}
			}
			standsIn[key][message] = true
		}
		if d.Part == 1 {
			for _, s := range d.Message.New {
				stages[fmt.Sprintf("%s %s: %s of %s", d.Channel, d.Recipient, s, d.Case)]++
			}
		}
	}
	out := tally{}
	for key, in := range standsIn {
		out[key] = len(in)
	}
	for what, n := range stages {
		if n > 1 {
			k.t.Errorf("told %d times: %s", n, what)
		}
	}
	return out
}

// arrived asserts that every delivery is sent, and was taken: once by Slack, which shows what it took, and at least once elsewhere.
func (k *killsWorld) arrived(all []notify.Delivery) {
	k.t.Helper()
	got := map[string]int{}
	for _, m := range k.slack.Messages() {
		id, _ := slackMark(k.t, m.Metadata)
		got[id]++
	}
	for _, p := range k.posts.all() {
		got[p.header.Get("webhook-id")]++
	}
	for _, l := range k.mail.all() {
		id := readLetter(k.t, l.raw).header.Get("Message-Id")
		got[id[1:len(id)-len("@example.com>")]]++
	}
	for _, d := range all {
		n, watched := got[d.ID], d.Channel != "team" && d.Channel != "ops" // these say nothing of the delivery
		if d.State != notify.Sent || watched && n == 0 || d.Channel == "trade" && n != 1 {
			k.t.Errorf("%s on %s is %s and arrived %d times: %s", d.Kind, d.Channel, d.State, n, d.Message.Headline)
		}
		delete(got, d.ID)
	}
	if len(got) > 0 {
		k.t.Errorf("%d messages arrived that no delivery is of: %v", len(got), slices.Collect(maps.Keys(got)))
	}
}

// differs says in what a tally differs from another.
func (got tally) differs(t *testing.T, what string, want tally) {
	t.Helper()
	keys := maps.Clone(want)
	maps.Copy(keys, got)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if got[key] != want[key] {
			t.Errorf("%s: stands in %d messages, undisturbed in %d: %s", what, got[key], want[key], key)
		}
	}
}

// undisturbedTally is that of a daemon that nobody disturbs.
func undisturbedTally(t *testing.T) tally {
	t.Helper()
	k := newKillsWorld(t, nowhere, nowhere)
	for more := true; more; more = k.next() {
		e, err := k.build()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.round(t.Context(), sendAll, allSources(e.config)...); err != nil {
			t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return k.tally()
}
