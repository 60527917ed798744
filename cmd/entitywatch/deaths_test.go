package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"entitywatch/store"
)

var errDead = errors.New("dead")

// A process that dies between any two statements, whatever it is at and in whatever order it came to look, leaves no Change in more messages
// than one that nobody disturbs: not where two sources show one act at once, and not where a Change of a case is enriched after its siblings.
// ENTITYWATCH_DEATHS says how many orders are tried.
func TestDeathPutsNoChangeInTwoMessages(t *testing.T) {
	orders := 3
	if testing.Short() {
		orders = 1
	}
	if v := os.Getenv("ENTITYWATCH_DEATHS"); v != "" {
		var err error
		if orders, err = strconv.Atoi(v); err != nil {
			t.Fatal(err)
		}
	}
	for i := range orders {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			random := rand.New(rand.NewPCG(11, uint64(i)))
			k := newKillsWorld(t, nowhere, nowhere)
			undisturbed := newKillsWorld(t, nowhere, nowhere)
			deaths := 0
			for more := true; more; {
				work := k.order(random)
				if died := undisturbed.dieAt(work, -1); died {
					t.Fatal("died")
				}
				for n := random.IntN(9); k.dieAt(work, n); n += 1 + random.IntN(9) {
					deaths++
				}
				more = k.next()
				undisturbed.next()
			}
			k.tally().differs(t, "died", undisturbed.tally())
			undisturbed.tally().differs(t, "order", undisturbedTally(t))
			t.Logf("%d deaths", deaths)
		})
	}
}

// step is a part of what a daemon does.
type step struct {
	name string
	do   func(context.Context, *engine) error
}

// order is one order in which a daemon's halves may come to their work: the looks in any, and between two of them any of the others.
func (k *killsWorld) order(random *rand.Rand) (all []step) {
	others := []step{
		{"enrich", func(ctx context.Context, e *engine) error { return e.enricher.Changes(ctx) }},
		{"read", func(ctx context.Context, e *engine) error { return e.enricher.Background(ctx) }},
		{"tell", func(ctx context.Context, e *engine) error { return e.tell(ctx) }},
		{"send", func(ctx context.Context, e *engine) error { return e.dispatcher.Drain(ctx, sendAll) }},
	}
	for _, i := range random.Perm(len(killsSources)) {
		all = append(all, step{"look at " + killsSources[i], func(ctx context.Context, e *engine) error {
			_, err := e.watcher.Poll(ctx, killsSources[i])
			return err
		}})
		for _, o := range others {
			if random.IntN(2) == 0 {
				all = append(all, o)
			}
		}
	}
	return append(all, others...)
}

// dieAt does the work in a new engine that dies before its nth statement, and reports whether it came to that.
func (k *killsWorld) dieAt(work []step, n int) (died bool) {
	k.t.Helper()
	e, err := k.build(store.WithFault(func(string) error {
		if died = n == 0; died {
			return errDead
		}
		n--
		return nil
	}))
	if err == nil {
		defer e.Close()
		_, err = e.db.ReleaseDeadLeases(k.t.Context(), time.Time{}, func(string) bool { return true })
	}
	for i := 0; i < len(work) && err == nil && !died; i++ {
		err = work[i].do(k.t.Context(), e)
	}
	if err != nil && !died {
		k.t.Fatal(err)
	}
	return died
}
