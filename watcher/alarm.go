package watcher

import "time"

// reading is what the two clocks show at one moment: the one that people set, and one that only ever runs on.
type reading struct {
	clock   time.Time
	elapsed time.Duration // since some fixed moment
}

// alarm says when a schedule fires, on a clock that may be set while it runs.
type alarm struct {
	schedule Schedule
	random   func() float64 // in [0,1)
	due      time.Time      // by the clock
	last     reading
}

// steady is how far the clock may drift from elapsed time between two readings without having been set: time services
// slew it by 0.05 % at most (ntpd's limit).
const steady = 2 * time.Second

// set begins to wait at a moment, or finds at once what has been missed since the schedule last fired.
func (a *alarm) set(now reading, fired time.Time) {
	a.last = now
	if a.due = a.next(now.clock); a.schedule.Due(fired, now.clock) {
		a.due = now.clock
	}
}

// rings reports whether the schedule fires now, and then waits for the next time. A clock that is set back does not
// lengthen the wait: it goes on by elapsed time, or by the schedule on the new clock where that is earlier. A clock
// that is set on, or a machine that slept, has it fire once for all that was missed.
func (a *alarm) rings(now reading) bool {
	jump := now.clock.Sub(a.last.clock) - (now.elapsed - a.last.elapsed)
	a.last = now
	if jump < -steady {
		a.due = a.due.Add(jump)
		if next := a.next(now.clock); !next.IsZero() && next.Before(a.due) {
			a.due = next
		}
	}
	if a.due.IsZero() || a.due.After(now.clock) {
		return false
	}
	a.due = a.next(now.clock)
	return true
}

// maxJitter keeps a look near its time.
const maxJitter = 20 * time.Second

// next is the schedule's next time, moved on by up to a tenth of the interval, at most maxJitter, so that many daemons
// do not ask at the same second.
func (a *alarm) next(t time.Time) time.Time {
	next := a.schedule.Next(t)
	if next.IsZero() {
		return next
	}
	span := min(next.Sub(t)/10, maxJitter)
	return next.Add(time.Duration(a.random() * float64(span)))
}
