package enrich

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// guard runs work that has to end. What does not end when its time is over cannot be killed; it is left behind and not waited for, and
// after a few of these nothing is begun any more, so that they never take the whole machine.
type guard struct {
	left  atomic.Int32 // works that were left behind and have not ended
	most  int32
	grace time.Duration // for work that heeds its context
}

// The errors of work that was given up. Both are faults of this program, or of its machine, and not of the item.
var (
	errEndless  = errors.New("it did not end in time")
	errTooMany  = errors.New("too much earlier work has not ended; restart the daemon to search again")
	errPanicked = errors.New("it failed inside the program")
)

// Stuck says, for a person, that works were left behind and have not ended; it is empty where none are.
func (e *Enricher) Stuck() []string {
	switch n := e.guard.left.Load(); n {
	case 0:
		return nil
	case 1:
		return []string{"a search of the lists has not ended, and is left behind; restart the daemon"}
	default:
		return []string{fmt.Sprintf("%d searches of the lists have not ended, and are left behind; restart the daemon", n)}
	}
}

// givenUp reports whether work ended in a way in which it would end again.
func givenUp(err error) bool { return errors.Is(err, errEndless) || errors.Is(err, errPanicked) }

// within runs f for at most limit of real time. f gets a context that ends then; it must keep what it makes to itself until it returns,
// as nobody may be there any more to take it.
func within[T any](ctx context.Context, g *guard, limit time.Duration, what string, f func(context.Context) (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	var none T
	if g.left.Load() >= g.most {
		return none, fmt.Errorf("%s: %w", what, errTooMany)
	}
	inner, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			if p := recover(); p != nil {
				o.err = fmt.Errorf("%w: %v\n%s", errPanicked, p, debug.Stack())
			}
			done <- o
		}()
		o.value, o.err = f(inner)
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-inner.Done():
	}
	if ctx.Err() != nil {
		return none, ctx.Err() // told to stop: nobody waits for anything
	}
	patience := time.NewTimer(g.grace)
	defer patience.Stop()
	select {
	case <-done:
		return none, fmt.Errorf("%s: %w (%v)", what, errEndless, limit)
	case <-ctx.Done():
		return none, ctx.Err()
	case <-patience.C:
	}
	g.left.Add(1)
	go func() {
		<-done
		g.left.Add(-1)
	}()
	return none, fmt.Errorf("%s: %w (%v), and goes on", what, errEndless, limit)
}
