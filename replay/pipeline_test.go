package replay_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"entitywatch/diff"
	"entitywatch/replay"
	"entitywatch/store"
	"entitywatch/testdata"
	"entitywatch/watcher"
	"entitywatch/watcher/fedreg"
	httpfetch "entitywatch/watcher/fetch"
	"entitywatch/watcher/lists/ecfr"
)

// daemon is the polling half over one replayed scenario and one database.
type daemon struct {
	v        *replay.Server
	w        *watcher.Watcher
	ahead    time.Duration
	told     map[string]diff.Change   // as first told, by id
	again    map[string][]diff.Change // as told later, by id
	outcomes map[string][]string      // by source, in order
	reasons  []string
	retracts int
}

func newDaemon(t *testing.T, scenario, database string) *daemon {
	t.Helper()
	v, url := start(t, scenario)
	db, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	d := &daemon{v: v, told: map[string]diff.Change{}, again: map[string][]diff.Change{}, outcomes: map[string][]string{}}
	now := func() time.Time { return v.Now().Add(d.ahead) }
	ends := v.Endpoints(url)
	lists := []diff.ListID{diff.EntityList, diff.UnverifiedList, diff.MilitaryEndUserList}
	d.w, err = watcher.New(watcher.Options{
		Store: db, Now: now,
		Client: httpfetch.New(httpfetch.Options{Trusted: []string{url}, Rate: rate.Inf, Backoff: 1, MaxBackoff: 1,
			Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }}),
		Specs: []watcher.Spec{
			{Name: "entity-list", Kind: "ecfr", Source: ecfr.New(httpfetch.ListOptions{BaseURL: ends["ecfr"], Now: now}), Lists: lists, Primary: lists},
			{Name: "register", Kind: "federal-register", Source: fedreg.NewRegister(fedreg.Options{URL: ends["federal-register"], Now: now})},
			{Name: "inspection", Kind: "public-inspection", Source: fedreg.NewInspection(fedreg.Options{URL: ends["public-inspection"], Now: now})},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// look looks at every source and gives what came of one, with what the calendar told of it.
func (d *daemon) look(t *testing.T, source string) (of watcher.Look) {
	t.Helper()
	all := d.poll(t).Looks
	for _, l := range all {
		if l.Source == source {
			of = l
		}
	}
	of.Notices = nil
	for _, l := range all {
		for _, n := range l.Notices {
			if n.Source == source || strings.Contains(n.Text, source+": ") { // one notice may tell of several
				of.Notices = append(of.Notices, n)
			}
		}
	}
	return of
}

// poll looks at every source and keeps what is told.
func (d *daemon) poll(t *testing.T) watcher.Report {
	t.Helper()
	rep, err := d.w.Poll(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range rep.Looks {
		d.outcomes[l.Source] = append(d.outcomes[l.Source], l.Outcome)
		d.reasons = append(d.reasons, l.Reason)
		d.retracts += len(l.Retracts)
		for _, c := range l.Changes {
			if _, known := d.told[c.ID]; known {
				d.again[c.ID] = append(d.again[c.ID], c)
			} else if c.Substantive {
				d.told[c.ID] = c
			}
		}
	}
	return rep
}

// run polls every state twice, ten minutes apart: a second look may tell nothing new of itself.
func (d *daemon) run(t *testing.T) {
	t.Helper()
	for {
		for _, d.ahead = range []time.Duration{0, 10 * time.Minute} {
			d.poll(t)
		}
		if !d.v.Next() {
			return
		}
	}
}

func (d *daemon) count(kind diff.ChangeKind) (n int) {
	for _, c := range d.told {
		if c.Change == kind {
			n++
		}
	}
	return n
}

func TestScenariosThroughThePipeline(t *testing.T) {
	cases := []struct {
		scenario                         string
		added, removed, amended, renamed int
		retracts                         int
	}{
		{scenario: "xinjiang-2019", added: 28},
		{scenario: "ten-entities-2023", added: 13},
		{scenario: "editorial-churn"},
		{scenario: "monitoring-began", added: 2},
		{scenario: "broken-source", added: 1},
		{scenario: "removal-and-revision", added: 2, removed: 3, amended: 2}, // the rename is first told as an amendment, from the typescript
		{scenario: "several-lists", added: 2, removed: 2},
		{scenario: "mass-listing", added: 140},
		{scenario: "screening-list"}, // the screening list itself is not polled here
		{scenario: "unforeseen-wording", added: 1},
		{scenario: "withdrawn-filing", added: 2, removed: 1, retracts: 2},
		{scenario: "wrong-answers", added: 5},
		{scenario: "void-retraction", added: 1, removed: 1, retracts: 2},
		{scenario: "overtaken-acts", added: 2, removed: 1},
	}
	for _, tc := range cases {
		t.Run(tc.scenario, func(t *testing.T) {
			d := newDaemon(t, tc.scenario, filepath.Join(t.TempDir(), "test.db"))
			d.run(t)
			got := [...]int{d.count(diff.Added), d.count(diff.Removed), d.count(diff.Amended), d.count(diff.Renamed), d.retracts}
			if want := [...]int{tc.added, tc.removed, tc.amended, tc.renamed, tc.retracts}; got != want || d.count(diff.Discrepancy) != 0 {
				t.Errorf("added, removed, amended, renamed, retracted: %v, want %v", got, want)
			}
			for _, c := range d.told {
				if c.Note != "on file when monitoring began" == (tc.scenario == "monitoring-began") {
					t.Errorf("%s: note %q", c.Name, c.Note)
				}
			}
		})
	}
	if len(cases) != len(replay.Names(testdata.Scenarios())) {
		t.Error("a scenario is not played here")
	}
}

// The seed case's parties are told by name when the rule is filed, and whole, as the same Changes, when it is published.
func TestSeedCaseIsToldWhenFiledAndWholeWhenPublished(t *testing.T) {
	d := newDaemon(t, "xinjiang-2019", filepath.Join(t.TempDir(), "test.db"))
	d.run(t)
	for _, c := range d.told {
		if c.Stage != diff.Filed || c.Revision != 0 || len(c.Problems) != 0 || !strings.HasPrefix(c.Note, "names only") {
			t.Errorf("%s as filed: %+v", c.Name, c)
		}
		again := d.again[c.ID]
		if len(again) != 1 || again[0].Stage != diff.Published || again[0].Revision != 1 || again[0].Note != "" {
			t.Errorf("%s told again: %+v, want once", c.Name, again)
			continue
		}
		c = again[0]
		e := c.Entry
		if c.Change != diff.Added || c.Act != "2019-22210" || !strings.HasPrefix(c.Country, "CHINA") || len(e.Addresses) == 0 ||
			e.LicenseRequirement == "" || e.LicenseReviewPolicy == "" || len(e.Citations) != 1 || e.Citations[0].Page != 54004 || len(c.Problems) != 0 {
			t.Errorf("%s: %+v, entry %+v", c.Name, c, e)
		}
	}
	if h := slices.ContainsFunc(names(d), func(s string) bool { return s == "Hangzhou Hikvision Digital Technology Co., Ltd." }); !h {
		t.Errorf("names = %v", names(d))
	}
}

func names(d *daemon) (all []string) {
	for _, c := range d.told {
		all = append(all, c.Name)
	}
	return all
}

// Replay started again behind a newer database looks stale, and takes nothing back.
func TestReplayBehindANewerDatabaseIsStale(t *testing.T) {
	database := filepath.Join(t.TempDir(), "test.db")
	newDaemon(t, "xinjiang-2019", database).run(t)
	again := newDaemon(t, "xinjiang-2019", database)
	again.poll(t)
	if got := again.outcomes["entity-list"]; !slices.Equal(got, []string{"stale"}) || len(again.told) != 0 || again.retracts != 0 {
		t.Errorf("entity list %v, told %d, retracted %d; want stale and nothing", got, len(again.told), again.retracts)
	}
	again.run(t)
	if len(again.told) != 0 || again.retracts != 0 {
		t.Errorf("played to the end again: told %v, retracted %d; want nothing", names(again), again.retracts)
	}
}

// Each bad answer of the list's source is held or failed, with its reason; the operators hear once that it broke, once that it is back;
// and the next good look continues.
func TestBadAnswersAreHeldOrFailed(t *testing.T) {
	d := newDaemon(t, "broken-source", filepath.Join(t.TempDir(), "test.db"))
	cases := []struct {
		outcome, reason string
		notices         []string // kinds, with a text that each must hold
	}{
		{outcome: "ok"},
		{"failed", "an XML text that breaks off", []string{"broken: read part 744 as of 2024-07-01"}},
		{"failed", "unexpected EOF", nil},
		{"failed", "an empty body", nil},
		{"failed", "an HTML page", nil},
		{"held", "it has 29 entries where it had 40", []string{"held: It answers again, but not credibly.\nEntity List is held as it was: it has 29 entries"}},
		{"failed", "answered 500", []string{"broken: answered 500"}},
		{"ok", "", []string{"recovered: Entity List is believed again", "recovered: entity-list: It can be read again; it had been unreadable since 2024-07-10 14:00 UTC."}},
		{outcome: "ok"},
	}
	for i, tc := range cases {
		look := d.look(t, "entity-list")
		if look.Outcome != tc.outcome || !strings.Contains(look.Reason, tc.reason) || tc.reason == "" && look.Reason != "" {
			t.Errorf("state %d: %s %q, want %s %q", i, look.Outcome, look.Reason, tc.outcome, tc.reason)
		}
		if len(look.Notices) != len(tc.notices) {
			t.Errorf("state %d: %d notices %v, want %v", i, len(look.Notices), look.Notices, tc.notices)
			continue
		}
		for j, n := range look.Notices {
			if kind, text, _ := strings.Cut(tc.notices[j], ": "); n.Kind != kind || !strings.Contains(n.Text, text) {
				t.Errorf("state %d: notice %s %q, want %s", i, n.Kind, n.Text, tc.notices[j])
			}
		}
		d.v.Next()
	}
	if d.count(diff.Added) != 1 || d.count(diff.Removed) != 0 || d.retracts != 0 {
		t.Errorf("told %v, taken back %d; want the one addition", names(d), d.retracts)
	}
}
