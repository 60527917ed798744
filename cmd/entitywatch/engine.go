package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"entitywatch/config"
	"entitywatch/enrich"
	"entitywatch/notify"
	"entitywatch/redact"
	"entitywatch/store"
	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
)

// engine is both halves, wired: what the daemon, a single poll and the demo run alike.
type engine struct {
	config     *config.Config
	zone       *time.Location // of schedules, and of what is shown
	db         *store.DB
	watcher    *watcher.Watcher
	client     *fetch.Client // of all sources
	schedules  watcher.Schedules
	enricher   *enrich.Enricher
	router     *notify.Router
	digester   *notify.Digester
	dispatcher *notify.Dispatcher
	channels   map[string]notify.Channel
	audience   audience
	signer     notify.Signer
	scrub      *redact.Scrubber
	now        func() time.Time // the scenario's clock, or the real one
	log        *slog.Logger
	changed    chan struct{} // holds a token while there may be something to enrich
	unread     chan struct{} // and while there may be news to read
	noticed    chan struct{} // and while there may be something to tell
	turns      turns
	room       func(folder string) (free int64, known bool) // of the database's file system
	low        atomic.Bool                                  // whether that was low when it was last looked at
}

// wait is how long a Change may wait for its counterparty hits before it is told without them.
const wait = 2 * time.Minute

// Close closes the database, and the connections to upstreams that nobody uses.
func (e *engine) Close() error {
	if e.client != nil {
		e.client.Close()
	}
	return e.db.Close()
}

// tell routes everything that was noticed. One part's failure stops no other.
func (e *engine) tell(ctx context.Context) error {
	failing := e.router.TellFailing(ctx, e.db, time.Now(), e.config.TellAfter.Or.Std())
	_, routed := e.router.Route(ctx)
	_, reminded := e.router.Remind(ctx, e.db)
	return errors.Join(failing, routed, reminded)
}

// enrichAndTell does one turn of everything behind the store, in the order in which a person would read it.
func (e *engine) enrichAndTell(ctx context.Context) error {
	return errors.Join(e.enricher.Changes(ctx), e.enricher.Background(ctx), e.tell(ctx))
}

// round does once what the daemon does all day: look, enrich, route, send. patience is how long sends that fail are
// tried again.
func (e *engine) round(ctx context.Context, patience time.Duration, sources ...string) (watcher.Report, error) {
	report, err := e.watcher.Poll(ctx, sources...)
	if err != nil {
		err = fmt.Errorf("poll: %w", err)
	}
	return report, errors.Join(err, e.enrichAndTell(ctx), e.dispatcher.Drain(ctx, patience))
}

// wakeAll has everything behind the store look at once.
func (e *engine) wakeAll(...string) {
	nudge(e.changed)
	nudge(e.unread)
	e.wake()
}

// wake has the telling half look at once.
func (e *engine) wake() { nudge(e.noticed) }

func nudge(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default: // it is about to look anyway
	}
}
