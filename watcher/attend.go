package watcher

import (
	"fmt"
	"slices"
	"time"
)

// Overdue is the health of a source that its schedule has asked for and nobody looked at: its silence says nothing,
// however good its last look was. It is never stored, since it comes of time alone.
const Overdue Health = "overdue"

// Dropped is the health of a source that the config does not name any more: nobody looks at it. It is never stored.
const Dropped Health = "dropped"

// lookGrace is how much later than its time the record of a look may come: the longest look with its commit, and the
// schedule's jitter.
const lookGrace = 10*time.Minute + leaseMargin + maxJitter

// Overdue reports whether the schedule has fired twice since the last look, and the second look should have been stored
// by now. One look may be left out where the one before it still runs.
func (s Schedule) Overdue(last, now time.Time) bool {
	if s.next == nil || last.IsZero() {
		return false
	}
	second := s.Next(s.Next(last))
	return !second.IsZero() && now.After(second.Add(lookGrace))
}

// Schedules are those of the configured sources, by name.
type Schedules map[string]Schedule

// Judge is how a source does at a moment, and why: its health as of its last look, unless that look is not the last
// that was due.
func (s Schedules) Judge(name string, h Health, reason string, last, at time.Time) (Health, string) {
	schedule, configured := s[name]
	switch {
	case !configured:
		return Dropped, "the config does not name it any more"
	case h == Fresh || !schedule.Overdue(last, at):
		return h, reason
	}
	why := fmt.Sprintf("it was not looked at since then, though its schedule is %s", schedule)
	if h != OK && reason != "" {
		why += "; at the last look: " + reason
	}
	return Overdue, why
}

// unattended notes the sources that are due and not looked at, for tellFailing, and those that are looked at again.
// What was due before this process began is caught up with at once.
func (cal *calendar) unattended() error {
	all, err := cal.tx.Failing()
	if err != nil {
		return err
	}
	for i := range cal.w.o.Specs {
		s := &cal.w.o.Specs[i]
		polled := cal.sources[s.Name].PolledAt
		last := polled
		if last.Before(cal.w.began) {
			last = cal.w.began
		}
		noted := slices.ContainsFunc(all, func(f Failing) bool { return f.Source == s.Name && f.Kind == failOverdue && f.EndedAt.IsZero() })
		cal.Source = s.Name
		switch {
		case s.Schedule.Overdue(last, cal.at):
			err = cal.fails(failOverdue, cal.overdueText(s, polled))
		case noted:
			err = cal.works(false, failOverdue)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (cal *calendar) overdueText(s *Spec, polled time.Time) string {
	if polled.IsZero() {
		return fmt.Sprintf("It was never looked at, though its schedule is %s.", s.Schedule)
	}
	return fmt.Sprintf("It was last looked at %s, though its schedule is %s.", cal.moment(polled), s.Schedule)
}
