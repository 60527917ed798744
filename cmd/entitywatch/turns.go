package main

import (
	"fmt"
	"sync"
	"time"
)

// turns say when each loop behind the store last came round. A loop that has not turned for long is not well, whatever
// it says.
type turns struct {
	enriching, reading, telling turn
}

// How long one turn of a loop may take: a Change never waits over two minutes for its enrichment; nothing waits for the
// news, nor for counterparties that are read again.
const (
	slowTelling = wait + time.Minute
	slowReading = 15 * time.Minute
)

// begin marks every loop, before the first turn of any.
func (t *turns) begin() {
	for _, one := range []*turn{&t.enriching, &t.reading, &t.telling} {
		one.mark()
	}
}

// stuck says which loops have not turned for too long, for a person; it is empty before begin.
func (t *turns) stuck() (all []string) {
	for _, l := range []struct {
		what string
		turn *turn
		most time.Duration
	}{
		{"nothing was enriched", &t.enriching, slowTelling},
		{"nothing was routed", &t.telling, slowTelling},
		{"no news were read", &t.reading, slowReading},
	} {
		if since := l.turn.since(); since > l.most {
			all = append(all, fmt.Sprintf("%s for %s", l.what, since.Round(time.Second)))
		}
	}
	return all
}

// turn is when a loop last came round, by the clock that nobody sets.
type turn struct {
	mu sync.Mutex
	at time.Time
}

func (t *turn) mark() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.at = time.Now()
}

// since is how long ago it last came round; 0 where it never did.
func (t *turn) since() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.at.IsZero() {
		return 0
	}
	return time.Since(t.at)
}
