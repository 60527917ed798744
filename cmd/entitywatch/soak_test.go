package main

import (
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/internal/damage"
	"entitywatch/notify/slack/slacktest"
	"entitywatch/replay"
	"entitywatch/watcher"
)

// soak is a daemon's engine over simulated days, fed with everything that is hostile, and the truth beside it.
type soak struct {
	t        *testing.T
	random   *rand.Rand
	clock    time.Time // as the daemon has it
	now      time.Time // as the upstreams have it
	e        *engine
	file     string
	good     string // the config's text
	law      *soakLaw
	rules    *replay.Server
	hosts    map[string]*upstream
	lists    map[string]*soakList
	due      map[string]time.Time // when the screening list is to show what OFAC shows
	press    *press
	posts    *receiver
	ops      *receiver
	truth    []soakTruth
	notices  []watcher.Notice // in the order in which they were made, whatever the clock said
	stories  []soakTruth      // titles, of reports that name a party of the Entity List
	world    *world           // the other channels
	slack    *slackEar
	wrongs   map[string][]*wrong
	until    map[string]time.Time // of what is wrong with a source
	begun    map[string]int       // how often something was wrong with it
	peak     uint64
	routines []int
	files    []int
	resident int           // of processes: the most, in kB
	stopping time.Duration // of processes: the longest, from SIGTERM to the end
}

// The soak's days: around the day in spring, or in autumn, on which the clocks of New York change. The short form goes over that day; the
// whole one, ten days each, is asked for with ENTITYWATCH_SOAK_DAYS=10.
func TestSoak(t *testing.T) {
	days := 3
	if v := os.Getenv("ENTITYWATCH_SOAK_DAYS"); v != "" {
		if _, err := fmt.Sscan(v, &days); err != nil {
			t.Fatal(err)
		}
	}
	for name, start := range map[string]time.Time{
		"spring": time.Date(2026, 3, 6, 12, 0, 0, 0, time.UTC), "autumn": time.Date(2026, 10, 30, 12, 0, 0, 0, time.UTC),
	} {
		t.Run(name, func(t *testing.T) {
			s := newSoak(t, start, days)
			s.build()
			defer func() { s.e.Close() }()
			for range days * 24 {
				s.hour()
			}
			s.calm()
			s.judge(days)
		})
	}
}

func newSoak(t *testing.T, start time.Time, days int) *soak {
	s := &soak{
		t: t, random: rand.New(rand.NewPCG(7, uint64(start.Unix()))), clock: start, now: start, press: &press{}, posts: &receiver{}, ops: &receiver{},
		hosts: map[string]*upstream{}, lists: map[string]*soakList{}, wrongs: map[string][]*wrong{}, until: map[string]time.Time{},
		begun: map[string]int{}, due: map[string]time.Time{}, law: soakRules(start, days), world: newWorld(t), slack: &slackEar{Server: slacktest.New()},
	}
	s.slack.NoLimit = true
	var err error
	if s.rules, err = replay.NewServer(s.law.scenario); err != nil {
		t.Fatal(err)
	}
	lists := map[string]diff.ListID{"ofac": diff.SDN, "un": diff.UNSC, "uk": diff.UKSanctions, "eu": diff.EUFSF, "csl": diff.SDN}
	shapes := map[string]damage.Shape{}
	for _, shape := range damage.Shapes() {
		shapes[shape.Name] = shape
		if list, ok := lists[shape.Name]; ok {
			l := &soakList{shape: shape, list: list, n: 120, grows: shape.Name != "un"}
			s.lists[shape.Name], s.hosts[shape.Name] = l, newUpstream(t, l)
			s.wrongs[shape.Name] = listWrongs(shape, l.file(), map[string]string{"ofac": "SDN.XML"}[shape.Name], l)
		}
	}
	s.hosts["news"] = newUpstream(t, s.press)
	s.wrongs["news"] = wrongs("")
	for _, name := range []string{"ecfr", "federal-register", "public-inspection"} {
		s.hosts[name] = newUpstream(t, s.rules)
		s.wrongs[name] = lawWrongs(name)
	}
	ecfr := shapes["ecfr"]
	r := httptest.NewRecorder()
	s.rules.ServeHTTP(r, httptest.NewRequest("GET", "/api/versioner/v1/full/2026-01-01/title-15.xml?part=744", nil))
	s.wrongs["ecfr"] = listWrongs(ecfr, r.Body.String(), "/full/", nil)
	posts, ops := httptest.NewServer(s.posts), httptest.NewServer(s.ops)
	t.Cleanup(posts.Close)
	t.Cleanup(ops.Close)
	s.configure(posts.URL, ops.URL)
	return s
}

// configure writes the config, and the counterparties that it names.
func (s *soak) configure(posts, ops string) {
	dir := s.t.TempDir()
	s.file = filepath.Join(dir, "soak.yaml")
	if err := os.WriteFile(filepath.Join(dir, "ours.csv"), hostileRows("Tarnow "+word(0)+" Lathe Works"), 0o600); err != nil {
		s.t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "database: soak.db\nlisten: \"\"\ntimezone: America/New_York\noperators: [ops]\nfetch: {attempts: 1, rate: 100000, max_bytes: %d}\nsources:\n", soakAnswer)
	for _, name := range slices.Sorted(maps.Keys(s.hosts)) {
		url, more := s.rules.Endpoints(s.hosts[name].URL)[name], ""
		if name == "ofac" {
			url, more = s.hosts[name].URL, ", full_every: 1s"
		}
		fmt.Fprintf(&b, "  - {name: %s, kind: %s, url: %q, schedule: \"@every 30m\", rate: 100000%s}\n", name, name, url, more)
	}
	fmt.Fprintf(&b, `counterparties: [{name: vendors, file: ours.csv, threshold: 0.9}]
%sdigests:
  - {name: daily, schedule: "30 1 * * *", timezone: America/New_York, channel: cases, skip_empty: false}
  - {name: mailed, schedule: "0 2 * * *", timezone: America/New_York, channel: mail, to: [legal@example.com], skip_empty: false}
rules:
  - {name: all, send: [cases, slack, mail, team]}
  - {name: collected, digest: daily}
  - {name: collected-for-legal, digest: mailed}
  - {name: press, news: mentions, send: [cases, slack, mail, team]}
`, s.channels(posts, ops))
	s.good = b.String()
}

// build reads the config and puts it to work, as the daemon does when it is started or told of another one.
func (s *soak) build() {
	s.t.Helper()
	if s.e != nil {
		if err := s.e.Close(); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := os.WriteFile(s.file, []byte(s.good), 0o600); err != nil {
		s.t.Fatal(err)
	}
	c, err := config.Load(s.file, (&app{getenv: os.Getenv}).checks())
	if err != nil {
		s.t.Fatal(err)
	}
	s.e, err = build(s.t.Context(), c, parts{stdout: io.Discard, log: slog.New(slog.DiscardHandler), sleep: dontWait, now: func() time.Time { return s.clock }})
	if err != nil {
		s.t.Fatal(err)
	}
}

// hour lets an hour pass: something true may change, something may go wrong or end, a clock or a config may be set; then all is looked at.
func (s *soak) hour() {
	s.now = s.now.Add(time.Hour)
	s.clock = s.now
	switch s.random.IntN(12) { // of the daemon's machine
	case 0:
		s.clock = s.now.Add(-time.Hour - 10*time.Minute)
	case 1:
		s.clock = s.now.Add(5 * time.Hour)
	}
	s.pass()
	if at := s.due["csl"]; !at.IsZero() && !s.now.Before(at) {
		s.lists["csl"].follow(s.lists["ofac"])
		delete(s.due, "csl")
	}
	if s.random.IntN(3) == 0 {
		s.happens()
	}
	for _, l := range s.lists { // what a cache still has, some hours long
		if s.now.Sub(l.changed) > 12*time.Hour {
			l.was = ""
		}
	}
	for name := range s.hosts { // in no order: what each does depends on itself alone
		if end, is := s.until[name]; is && (!s.now.Before(end) || s.quiet(name)) {
			delete(s.until, name)
			s.goWrong(name, nil)
		}
	}
	if name := slices.Sorted(maps.Keys(s.hosts))[s.random.IntN(len(s.hosts))]; s.until[name].IsZero() && !s.quiet(name) {
		s.until[name] = s.now.Add(time.Duration(1+s.random.IntN(4)) * time.Hour)
		w := s.wrongs[name][s.random.IntN(len(s.wrongs[name]))]
		s.goWrong(name, w)
		s.begun[name]++
		s.trace("%s %s wrong: %s", s.now.Format("01-02 15:04"), name, w.name)
	}
	if s.random.IntN(24) == 0 {
		s.reload()
	}
	s.look()
}

// pass moves the Federal Register to the hour.
func (s *soak) pass() {
	states := s.rules.Scenario().States
	for i, _, _ := s.rules.State(); i+1 < len(states) && !states[i+1].At.After(s.now); i++ {
		s.rules.Next()
	}
}

// happens makes something true: a change of a list, or a report.
func (s *soak) happens() {
	name := []string{"ofac", "un", "uk", "eu", "news"}[s.random.IntN(5)]
	if name == "news" {
		s.story()
		return
	}
	if line := s.lists[name].change(s.random); line != "" {
		s.truth = append(s.truth, soakTruth{s.now, line})
		s.lists[name].changed = s.now
	}
	if name == "ofac" {
		s.due["csl"] = s.now.Add(2 * time.Hour)
	}
}

// reload has the daemon read a config that is broken, which changes nothing, and then one that is good.
func (s *soak) reload() {
	for _, bad := range hostileConfigs(s.good) {
		if err := os.WriteFile(s.file, []byte(bad), 0o600); err != nil {
			s.t.Fatal(err)
		}
		if _, err := config.Load(s.file, (&app{getenv: os.Getenv}).checks()); err == nil {
			s.t.Errorf("a broken config is taken: %.60q", bad)
		}
	}
	s.build()
}

// look looks at every source, tells, and measures.
func (s *soak) look() {
	s.t.Helper()
	report, err := s.e.round(s.t.Context(), 0, allSources(s.e.config)...)
	if err != nil {
		s.t.Fatalf("%s: %v", s.now, err)
	}
	for _, l := range report.Looks {
		for _, c := range l.Changes {
			s.trace("%s %s %s %s %s rev %d", s.now.Format("01-02 15:04"), l.Source, c.Change, c.List, c.Name, c.Revision)
		}
		s.notices = append(s.notices, l.Notices...)
		for _, n := range l.Notices {
			s.trace("%s %s notice %s %s: %.200s", s.now.Format("01-02 15:04"), l.Source, n.Kind, n.Source, n.Text)
		}
	}
	if _, err := s.e.digester.Due(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	if err := s.e.dispatcher.Drain(s.t.Context(), 0); err != nil {
		s.t.Fatal(err)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	s.peak = max(s.peak, m.HeapInuse+m.StackInuse)
	if s.now.Hour() == 0 {
		s.routines = append(s.routines, runtime.NumGoroutine())
		if fds, err := os.ReadDir("/proc/self/fd"); err == nil {
			s.files = append(s.files, len(fds))
		}
	}
}

// trace says what each look came to, where that is asked for.
func (s *soak) trace(format string, args ...any) {
	if os.Getenv("ENTITYWATCH_SOAK_TRACE") != "" {
		s.t.Logf(format, args...)
	}
}

// calm ends everything that is wrong, and lets a day pass in which nothing happens: what flapped is believed when it has rested for one.
func (s *soak) calm() {
	clear(s.until)
	for name := range s.hosts {
		s.goWrong(name, nil)
	}
	for range 28 {
		s.now = s.now.Add(time.Hour)
		s.clock = s.now
		s.pass()
		s.look()
	}
}
