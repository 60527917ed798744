package watcher

import (
	"strings"
	"testing"
	"time"

	"github.com/robfig/cron/v3"
)

func TestCheckSchedule(t *testing.T) {
	for _, c := range []struct{ spec, want string }{
		{"*/5 6-19 * * MON-FRI", ""},
		{"@every 10m", ""},
		{"  @every 1m ", ""},
		{"@hourly", ""},
		{"CRON_TZ=Europe/Berlin 0 8 * * MON", ""},
		{"0 9 29 2 *", ""},
		{"", "no schedule"},
		{"@every 59s", "more often"},
		{"@every 0s", "more often"},
		{"@every 500ms", "more often"},
		{"@every -10m", "more often"},
		{"@every", "no duration"},
		{"@every ten minutes", "no duration"},
		{"@every10m", "no schedule"},
		{"0 9 31 2 *", "never fires"},
		{"0 9 30 2 *", "never fires"},
		{"TZ=0", "after the zone"},
		{"CRON_TZ=UTC", "after the zone"},
		{"* * * * * *", "no schedule"},
		{"61 * * * *", "no schedule"},
		{"@reboot", "no schedule"},
		{"every day", "no schedule"},
	} {
		err := CheckSchedule(c.spec, time.UTC)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%q: %v", c.spec, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%q: %v, want an error with %q", c.spec, err, c.want)
		}
	}
}

func TestScheduleHoldsItsZone(t *testing.T) {
	ny, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip("no zone data here:", err)
	}
	s, err := ParseSchedule("0 8 * * *", ny)
	if err != nil {
		t.Fatal(err)
	}
	// 8:00 in New York is 12:00 UTC in summer and 13:00 UTC in winter
	for from, want := range map[string]string{"2026-07-01T00:00:00Z": "2026-07-01T12:00:00Z", "2026-12-01T00:00:00Z": "2026-12-01T13:00:00Z"} {
		at, _ := time.Parse(time.RFC3339, from)
		if got := s.Next(at).UTC().Format(time.RFC3339); got != want {
			t.Errorf("after %s: %s, want %s", from, got, want)
		}
	}
}

func TestDue(t *testing.T) {
	s, err := ParseSchedule("@every 30m", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		last time.Time
		want bool
	}{
		"never ran":          {time.Time{}, true},
		"just ran":           {now.Add(-time.Minute), false},
		"interval over":      {now.Add(-30 * time.Minute), true},
		"missed many":        {now.Add(-72 * time.Hour), true},
		"clock was set back": {now.Add(24 * time.Hour), true},
	} {
		if got := s.Due(c.last, now); got != c.want {
			t.Errorf("%s: Due = %v, want %v", name, got, c.want)
		}
	}
	if (Schedule{}).Due(time.Time{}, now) {
		t.Error("a source without a schedule is due")
	}
}

func TestJitterNeverFiresEarlyOrMuchLater(t *testing.T) {
	base, err := cron.ParseStandard("*/5 * * * *")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 2, 12, 1, 0, 0, time.UTC)
	for _, r := range []float64{0, 0.5, 0.999} {
		late := (jittered{base, func() float64 { return r }}).Next(now).Sub(base.Next(now))
		if late < 0 || late > maxJitter {
			t.Errorf("random %v: %s late", r, late)
		}
	}
}
