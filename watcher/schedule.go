package watcher

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// MinInterval is the shortest time between two looks that a schedule may ask for. Upstreams are public services.
const MinInterval = time.Minute

// Schedule says when a source is looked at.
type Schedule struct {
	spec string
	next cron.Schedule
	loc  *time.Location
}

// ParseSchedule reads a cron spec of five fields, a descriptor such as "@hourly", or "@every 10m", in the zone loc. It refuses what
// never fires and what fires more often than MinInterval, in words for the person who wrote it.
func ParseSchedule(spec string, loc *time.Location) (Schedule, error) {
	spec = strings.TrimSpace(spec)
	if loc == nil {
		loc = time.UTC
	}
	if every, ok := strings.CutPrefix(spec, "@every"); ok {
		if err := checkEvery(strings.TrimSpace(every)); err != nil {
			return Schedule{}, err
		}
	}
	next, err := parseCron(spec)
	if err != nil {
		return Schedule{}, err
	}
	s := Schedule{spec: spec, next: next, loc: loc}
	if s.Next(reference).IsZero() {
		return Schedule{}, fmt.Errorf("the schedule %q never fires: no year has such a day", spec)
	}
	return s, nil
}

// CheckSchedule reports what is wrong with a schedule, nil where nothing is.
func CheckSchedule(spec string, loc *time.Location) error {
	_, err := ParseSchedule(spec, loc)
	return err
}

// reference is an arbitrary moment from which a schedule must fire at all; the library looks five years ahead.
var reference = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

func checkEvery(text string) error {
	d, err := time.ParseDuration(text)
	if err != nil {
		return fmt.Errorf("%q is no duration: write @every 10m or @every 1h30m", text)
	}
	if d < MinInterval {
		return fmt.Errorf("@every %s is more often than once in %s, the least that is allowed", text, MinInterval)
	}
	return nil
}

// parseCron calls the library, which panics on a zone without a spec ("TZ=UTC").
func parseCron(spec string) (s cron.Schedule, err error) {
	if spec == "" {
		return nil, fmt.Errorf(`no schedule is given: write "*/5 6-19 * * MON-FRI" or "@every 10m"`)
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%q is no schedule: after the zone must come five fields or a descriptor", spec)
		}
	}()
	if s, err = cron.ParseStandard(spec); err != nil {
		return nil, fmt.Errorf("%q is no schedule: %s", spec, err)
	}
	return s, nil
}

// String is the spec as it was written.
func (s Schedule) String() string { return s.spec }

// IsZero reports whether there is no schedule: the source is looked at only when it is named.
func (s Schedule) IsZero() bool { return s.next == nil }

// Next is the first time after t at which the schedule fires; the zero time where there is none.
func (s Schedule) Next(t time.Time) time.Time {
	if s.next == nil {
		return time.Time{}
	}
	return s.next.Next(t.In(s.loc))
}

// Due reports whether a firing lies between the last run and now. What never ran is due; so is what a clock set back would keep
// silent for long.
func (s Schedule) Due(last, now time.Time) bool {
	if s.next == nil {
		return false
	}
	if last.IsZero() || last.After(now.Add(MinInterval)) {
		return true
	}
	return !s.Next(last).After(now)
}

// jittered moves each firing by up to a tenth of the interval, at most maxJitter, so that many daemons do not ask at the same second.
type jittered struct {
	cron.Schedule
	random func() float64 // in [0,1)
}

const maxJitter = 20 * time.Second

// Next implements cron.Schedule.
func (j jittered) Next(t time.Time) time.Time {
	next := j.Schedule.Next(t)
	if next.IsZero() {
		return next
	}
	span := min(next.Sub(t)/10, maxJitter)
	return next.Add(time.Duration(j.random() * float64(span)))
}
