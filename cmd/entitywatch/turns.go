package main

import (
	"sync/atomic"
	"time"
)

// turns say when each loop behind the store last came round, by the wall clock. A loop that has not turned for long is not well,
// whatever it says.
type turns struct {
	enriching, reading, telling turn
}

// turn is when a loop last came round.
type turn struct{ at atomic.Int64 }

func (t *turn) mark() { t.at.Store(time.Now().UnixNano()) }

// last is the zero time before the first turn.
func (t *turn) last() time.Time {
	if n := t.at.Load(); n != 0 {
		return time.Unix(0, n)
	}
	return time.Time{}
}
