package watcher

import (
	"slices"
	"strings"
	"testing"
	"time"
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
		{"@every", "not a valid duration"},
		{"@every ten minutes", "not a valid duration"},
		{"@every 7d", ""},
		{"@every 0d", "more often"},
		{"@every 99999999999999999999d", "not a valid duration"},
		{"@every xd", "not a valid duration"},
		{"0 8 * * TUESDAY", `"TUESDAY" is neither a number nor a name such as MON`},
		{"@every10m", "not a valid schedule"},
		{"0 9 31 2 *", "never fires"},
		{"0 9 30 2 *", "never fires"},
		{"TZ=0", "after the zone"},
		{"CRON_TZ=UTC", "after the zone"},
		{"* * * * * *", "not a valid schedule"},
		{"61 * * * *", "not a valid schedule"},
		{"@reboot", "not a valid schedule"},
		{"every day", "not a valid schedule"},
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
		t.Fatal(err) // Go brings its own zones
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
	s, err := ParseSchedule("*/5 * * * *", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 2, 12, 1, 0, 0, time.UTC)
	for _, r := range []float64{0, 0.5, 0.999} {
		a := alarm{schedule: s, random: func() float64 { return r }}
		late := a.next(now).Sub(s.Next(now))
		if late < 0 || late > maxJitter {
			t.Errorf("random %v: %s late", r, late)
		}
	}
}

// Each row says when a schedule fires in New York around a change of the clocks: on 8 March 2026 they skip from 2:00 to 3:00, on 1 November
// they show the hour from 1:00 to 2:00 twice.
func TestSchedulesOnBothDaysOfTheClockChange(t *testing.T) {
	ny, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err) // Go brings its own zones
	}
	for _, c := range []struct {
		spec, from string
		want       []string
	}{
		{"30 1 * * *", "2026-11-01T00:00-04:00", []string{"2026-11-01T01:30-04:00", "2026-11-02T01:30-05:00"}},
		{"30 1 * * *", "2026-11-01T01:10-05:00", []string{"2026-11-02T01:30-05:00"}}, // began in the hour's second showing
		{"0 1,2 * * *", "2026-11-01T00:00-04:00", []string{"2026-11-01T01:00-04:00", "2026-11-01T02:00-05:00", "2026-11-02T01:00-05:00"}},
		{"*/30 * * * *", "2026-11-01T00:50-04:00", []string{"2026-11-01T01:00-04:00", "2026-11-01T01:30-04:00", "2026-11-01T01:00-05:00", "2026-11-01T01:30-05:00"}},
		{"*/30 0-6 * * *", "2026-11-01T01:10-04:00", []string{"2026-11-01T01:30-04:00", "2026-11-01T01:00-05:00"}},
		{"15 * * * *", "2026-11-01T00:50-04:00", []string{"2026-11-01T01:15-04:00", "2026-11-01T01:15-05:00", "2026-11-01T02:15-05:00"}},
		{"30 2 * * *", "2026-03-07T12:00-05:00", []string{"2026-03-08T03:00-04:00", "2026-03-09T02:30-04:00"}},
		{"30 2 * * SUN", "2026-03-08T01:59-05:00", []string{"2026-03-08T03:00-04:00", "2026-03-15T02:30-04:00"}},
		{"*/20 * * * *", "2026-03-08T01:30-05:00", []string{"2026-03-08T01:40-05:00", "2026-03-08T03:00-04:00", "2026-03-08T03:20-04:00"}},
		{"0 8 * * *", "2026-03-07T08:00-05:00", []string{"2026-03-08T08:00-04:00", "2026-03-09T08:00-04:00"}},
		{"CRON_TZ=Europe/Berlin 30 2 * * *", "2026-10-24T20:00-04:00", []string{"2026-10-24T20:30-04:00", "2026-10-25T21:30-04:00"}},
		{"@every 1h", "2026-11-01T00:30-04:00", []string{"2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"}},
	} {
		s, err := ParseSchedule(c.spec, ny)
		if err != nil {
			t.Fatal(err)
		}
		const form = "2006-01-02T15:04-07:00"
		at, err := time.Parse(form, c.from)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			if at = s.Next(at); at.In(ny).Format(form) != want {
				t.Errorf("%s from %s: fires at %s, want %s", c.spec, c.from, at.In(ny).Format(form), want)
				break
			}
		}
	}
}

// The clock is set while the daemon runs: hands says by how much at which elapsed minute. Looks go on by elapsed time all the same.
func TestAClockThatIsSetDelaysNoLook(t *testing.T) {
	for name, c := range map[string]struct {
		spec  string
		hands map[int]time.Duration
		want  []int // elapsed minutes at which it fires
	}{
		"steady":                     {"@every 30m", nil, []int{30, 60, 90, 120, 150, 180}},
		"back an hour":               {"@every 30m", map[int]time.Duration{45: -time.Hour}, []int{30, 60, 90, 120, 150, 180}},
		"back a year":                {"@every 30m", map[int]time.Duration{45: -365 * 24 * time.Hour}, []int{30, 60, 90, 120, 150, 180}},
		"back an hour, cron":         {"*/30 * * * *", map[int]time.Duration{45: -time.Hour}, []int{30, 60, 90, 120, 150, 180}},
		"back an hour, time of day":  {"0 14 * * *", map[int]time.Duration{130: -time.Hour}, []int{120, 180}},
		"back a little at each turn": {"@every 30m", map[int]time.Duration{10: -10 * time.Minute, 20: -10 * time.Minute}, []int{30, 60, 90, 120, 150, 180}},
		"on an hour: once":           {"@every 30m", map[int]time.Duration{45: time.Hour}, []int{30, 45, 75, 105, 135, 165}},
		"on a week: once":            {"0 14 * * *", map[int]time.Duration{45: 7 * 24 * time.Hour}, []int{45, 120}},
		"on and back":                {"@every 30m", map[int]time.Duration{45: time.Hour, 50: -time.Hour}, []int{30, 45, 75, 105, 135, 165}},
	} {
		s, err := ParseSchedule(c.spec, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		clock := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
		a := alarm{schedule: s, random: func() float64 { return 0 }}
		a.set(reading{clock: clock}, clock)
		var fired []int
		for minute := 1; minute <= 180; minute++ {
			clock = clock.Add(time.Minute + c.hands[minute])
			if a.rings(reading{clock: clock, elapsed: time.Duration(minute) * time.Minute}) {
				fired = append(fired, minute)
			}
		}
		if !slices.Equal(fired, c.want) {
			t.Errorf("%s: %s fires at the minutes %v, want %v", name, c.spec, fired, c.want)
		}
	}
}

// A time of Go's holds both clocks and is compared by the one that nobody can set; schedules go by the other.
func TestSchedulesGoByTheClockThatPeopleSet(t *testing.T) {
	w, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r := w.reading(); r.clock != r.clock.Round(0) {
		t.Errorf("%s holds a monotonic reading", r.clock)
	}
}
