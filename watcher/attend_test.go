package watcher_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

func TestOverdueIsWhatTwoFiringsMissed(t *testing.T) {
	friday := time.Date(2026, 3, 6, 19, 55, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		spec string
		past time.Duration // since the last look
		want bool
	}{
		"just looked at":             {"@every 10m", 9 * time.Minute, false},
		"a look that takes long":     {"@every 10m", 30 * time.Minute, false},
		"five days":                  {"@every 10m", 5 * 24 * time.Hour, true},
		"within the hour":            {"@every 10m", 35 * time.Minute, true},
		"over the weekend":           {"*/5 6-19 * * MON-FRI", 58 * time.Hour, false},
		"from Friday to Monday noon": {"*/5 6-19 * * MON-FRI", 64 * time.Hour, true},
		"one day of a daily look":    {"0 6 * * *", 25 * time.Hour, false},
		"three days of a daily look": {"0 6 * * *", 72 * time.Hour, true},
		"a yearly look":              {"0 6 1 1 *", 300 * 24 * time.Hour, false},
	} {
		s, err := watcher.ParseSchedule(c.spec, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Overdue(friday, friday.Add(c.past)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestASourceThatTheConfigDropsIsNoAnswer(t *testing.T) {
	s, err := watcher.ParseSchedule("@every 10m", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	all := watcher.Schedules{"list": s}
	now := time.Date(2026, 3, 6, 12, 0, 0, 0, time.UTC)
	if h, _ := all.Judge("list", watcher.OK, "", now.Add(-time.Minute), now); h != watcher.OK {
		t.Errorf("a good look just now: %s", h)
	}
	if h, why := all.Judge("list", watcher.Failed, "no route", now.Add(-5*24*time.Hour), now); h != watcher.Overdue || !strings.Contains(why, "no route") {
		t.Errorf("five days ago: %s %s", h, why)
	}
	if h, _ := all.Judge("list", watcher.Fresh, "", time.Time{}, now); h != watcher.Fresh {
		t.Errorf("never: %s", h)
	}
	if h, _ := all.Judge("gone", watcher.OK, "", now.Add(-time.Minute), now); h != watcher.Dropped {
		t.Errorf("dropped: %s", h)
	}
}

// due gives the Entity List's source a schedule.
func (b *bench) due(spec string) {
	b.t.Helper()
	var err error
	if b.specs[1].Schedule, err = watcher.ParseSchedule(spec, time.UTC); err != nil {
		b.t.Fatal(err)
	}
	b.w = b.watcher(b.db)
}

// tick is what the calendar tells after so long.
func (b *bench) tick(after time.Duration) []string {
	b.t.Helper()
	b.now = b.now.Add(after)
	l, err := b.w.Tick(context.Background())
	if err != nil {
		b.t.Fatal(err)
	}
	return lines(watcher.Report{Looks: []watcher.Look{l}})
}

// What is due and is not looked at, while the daemon runs, is told once, and once that it is looked at again.
func TestAnOverdueSourceIsToldOnceAndSoIsItsEnd(t *testing.T) {
	b := baselined(t)
	b.due("@every 10m")
	var told []string
	for range 60 {
		told = append(told, b.tick(time.Minute)...)
	}
	b.want(told, "notice overdue entity-list")
	if n := b.lastNotice(); !strings.Contains(n.Text, "@every 10m") {
		t.Errorf("the notice: %s", n.Text)
	}
	b.want(b.poll("entity-list"), "notice recovered entity-list")
	b.want(b.tick(time.Minute))
}

// A daemon that was down, or a machine that slept, catches up: nobody need hear of that.
func TestWhatIsCaughtUpWithIsNotOverdue(t *testing.T) {
	b := baselined(t)
	b.now = b.now.Add(5 * 24 * time.Hour)
	b.due("@every 10m") // a new process
	b.want(b.tick(0))
	b.want(b.tick(5 * 24 * time.Hour)) // it slept
	b.want(b.poll("entity-list"))
	b.want(b.tick(time.Minute))
	b.want(b.tick(time.Minute))
}

// What a source did before the config dropped it is of no interest any more.
func TestNothingIsToldOfASourceThatTheConfigDropped(t *testing.T) {
	b := baselined(t)
	tellAfter(b, watcher.TellAfter{Looks: 3, Or: 30 * time.Minute})
	b.list.fails("no answer")
	b.want(b.poll())
	b.specs = b.specs[:1]
	b.w = b.watcher(b.db)
	b.want(b.tick(time.Hour))
}

// A document whose text cannot be had, or of which a later text is not believed, is a part that is not read: for as long
// as that lasts the source's silence is no answer, whatever else a look brings.
func TestADocumentThatCannotBeReadKeepsTheSourceFromBeingOK(t *testing.T) {
	b := baselined(t)
	trouble := diff.Problem{Kind: diff.Unread, Where: "2026-04001", Text: "document 2026-04001: 404 Not Found"}
	b.acts.put(diff.Reading{Standing: true, Problems: []diff.Problem{trouble}}, nil)
	for range 3 {
		b.poll()
		if s := b.status("register"); s.Health != watcher.Partly || !strings.Contains(s.Reason, "2026-04001") {
			t.Fatalf("%s: %s", s.Health, s.Reason)
		}
	}
	b.acts.put(diff.Reading{}, nil) // nothing was asked for
	b.poll()
	if s := b.status("register"); s.Health != watcher.Partly || !strings.Contains(s.Reason, "2026-04001") {
		t.Errorf("after a look that asked for nothing: %s: %s", s.Health, s.Reason)
	}
	b.acts.put(diff.Reading{Standing: true, Problems: []diff.Problem{{Kind: diff.SourceSlip, Text: "an alias count is wrong"}}}, nil)
	b.poll()
	if s := b.status("register"); s.Health != watcher.OK || s.Reason != "an alias count is wrong" {
		t.Errorf("after its end: %s: %s", s.Health, s.Reason)
	}
}

func TestAHeldTextKeepsTheSourceFromBeingOK(t *testing.T) {
	b := baselined(t)
	whole := act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe"), add("Other Foe"))
	b.acts.documents(whole)
	b.poll()
	b.acts.documents(inDoubt(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe")), "its text is cut"))
	b.want(b.poll(), "notice held register")
	b.acts.documents() // not modified
	b.want(b.poll())
	s := b.status("register")
	if s.Health != watcher.Partly || !strings.Contains(s.Reason, "2026-04001 has not been believed") || !strings.Contains(s.Reason, "its text is cut") {
		t.Errorf("%s: %s", s.Health, s.Reason)
	}
	b.acts.documents(whole)
	b.want(b.poll(), "notice recovered register")
	if s := b.status("register"); s.Health != watcher.OK {
		t.Errorf("after its end: %s: %s", s.Health, s.Reason)
	}
}
