package watcher

import (
	"fmt"
	"math/bits"
	"regexp"
	"strconv"
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

// ParseSchedule reads a cron spec of five fields, a descriptor such as "@hourly", or "@every 10m", in the zone loc. It
// refuses what never fires and what fires more often than MinInterval, in words for the person who wrote it.
func ParseSchedule(spec string, loc *time.Location) (Schedule, error) {
	spec = strings.TrimSpace(spec)
	if loc == nil {
		loc = time.UTC
	}
	read := spec
	if every, ok := strings.CutPrefix(spec, "@every"); ok {
		d, err := checkEvery(strings.TrimSpace(every))
		if err != nil {
			return Schedule{}, err
		}
		if strings.HasPrefix(every, " ") {
			read = "@every " + d.String()
		}
	}
	next, err := parseCron(read)
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

// checkEvery reads "10m", "1h30m" or, as everywhere else in the config, whole days: "7d".
func checkEvery(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		var n int
		n, err = strconv.Atoi(days)
		d = time.Duration(min(n, maxDays)) * 24 * time.Hour
	}
	if err != nil {
		return 0, fmt.Errorf("%q is not a valid duration: write @every 10m, @every 1h30m or @every 7d", text)
	}
	if d < MinInterval {
		return 0, fmt.Errorf("@every %s is more often than once in %s, the least that is allowed", text, MinInterval)
	}
	return d, nil
}

// maxDays is a century, so that no number of days overflows.
const maxDays = 36_500

// notNumber is how the library says that a field holds a word it does not know.
var notNumber = regexp.MustCompile(`^failed to parse int from (\S+):`)

// parseCron calls the library, which panics on a zone without a spec ("TZ=UTC").
func parseCron(spec string) (s cron.Schedule, err error) {
	if spec == "" {
		return nil, fmt.Errorf(`no schedule is given: write "*/5 6-19 * * MON-FRI" or "@every 10m"`)
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%q is not a valid schedule: after the zone must come five fields or a descriptor", spec)
		}
	}()
	if s, err = cron.ParseStandard(spec); err != nil {
		if word := notNumber.FindStringSubmatch(err.Error()); word != nil {
			return nil, fmt.Errorf("%q is not a valid schedule: %q is neither a number nor a name such as MON or JAN", spec, word[1])
		}
		return nil, fmt.Errorf("%q is not a valid schedule: %w", spec, err)
	}
	return s, nil
}

// String is the spec as it was written.
func (s Schedule) String() string { return s.spec }

// IsZero reports whether there is no schedule: the source is looked at only when it is named.
func (s Schedule) IsZero() bool { return s.next == nil }

// Next is the first time after t at which the schedule fires; the zero time where there is none. What fires every hour,
// or more than once an hour, goes by elapsed time, whatever the clocks of its zone do. Other specs name times of day:
// such a time comes once where the clocks of autumn show it twice, and with the change of the clocks where those of
// spring leave it out.
func (s Schedule) Next(t time.Time) time.Time {
	if s.next == nil {
		return time.Time{}
	}
	if spec, zone, ok := s.timesOfDay(); ok {
		return nextTimeOfDay(spec, zone, t)
	}
	return s.next.Next(t.In(s.loc))
}

// timesOfDay gives a spec of times of day on the clocks of its zone, ok where it is one.
func (s Schedule) timesOfDay() (spec cron.SpecSchedule, zone *time.Location, ok bool) {
	const everyHour = 1<<24 - 1
	c, ok := s.next.(*cron.SpecSchedule)
	if !ok || c.Hour&everyHour == everyHour || bits.OnesCount64(c.Minute&(1<<60-1)) > 1 {
		return spec, nil, false
	}
	spec, zone = *c, c.Location
	if zone == time.Local { // the library's word for a spec that names none
		zone = s.loc
	}
	spec.Location = time.UTC
	return spec, zone, true
}

// nextTimeOfDay asks the spec on a clock without summer time, and finds when the zone's clocks show what it answers.
func nextTimeOfDay(spec cron.SpecSchedule, zone *time.Location, t time.Time) time.Time {
	for shown := clockFace(t.In(zone)); ; {
		if shown = spec.Next(shown); shown.IsZero() {
			return shown
		}
		if at := firstShown(shown, zone); at.After(t) {
			return at
		}
	}
}

// clockFace is what the clocks show at t, as if they were those of UTC.
func clockFace(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// firstShown is when the clocks of a zone first show a time; the moment at which they pass over it where they never do.
func firstShown(shown time.Time, zone *time.Location) time.Time {
	const around = 24 * time.Hour // no zone changes its clocks twice in two days
	_, before := shown.Add(-around).In(zone).Zone()
	_, after := shown.Add(around).In(zone).Zone()
	early, late := shown.Add(-time.Duration(before)*time.Second), shown.Add(-time.Duration(after)*time.Second)
	switch {
	case clockFace(early.In(zone)).Equal(shown):
		return early.In(zone)
	case clockFace(late.In(zone)).Equal(shown):
		return late.In(zone)
	}
	change, _ := early.In(zone).ZoneBounds()
	return change
}

// Due reports whether a firing lies between the last run and now. What never ran is due; so is what a clock set back
// would keep silent for long.
func (s Schedule) Due(last, now time.Time) bool {
	if s.next == nil {
		return false
	}
	if last.IsZero() || last.After(now.Add(MinInterval)) {
		return true
	}
	return !s.Next(last).After(now)
}
