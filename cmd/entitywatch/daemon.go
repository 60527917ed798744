package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/web"
)

// daemon runs one engine after the other: a changed config that is valid replaces the engine, an invalid one never
// does.
type daemon struct {
	app   *app
	log   *slog.Logger
	build func(context.Context, *config.Config, parts) (*engine, error) // wires a config

	mu      sync.Mutex
	db      string    // of the config in force
	refused time.Time // since when the file on disk is not the config in force; zero where it is
}

// since is since when the file is refused, which is now where it was not.
func (d *daemon) since(now time.Time) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refused.IsZero() {
		d.refused = now
	}
	return d.refused
}

// inForce takes note of the database of the config in force, and returns since when that file was refused; zero where
// it was not.
func (d *daemon) inForce(database string, asOnDisk bool) (refused time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.db = database
	if asOnDisk {
		refused, d.refused = d.refused, time.Time{}
	}
	return refused
}

func (d *daemon) database() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.db
}

// serve runs one config until ctx ends (nil, nil) or another config takes over.
func (d *daemon) serve(
	ctx context.Context, c *config.Config, asOnDisk bool, changed <-chan *config.Config,
) (next *config.Config, err error) {
	e, l, err := d.start(ctx, c, asOnDisk)
	if err != nil {
		return nil, err
	}
	hangs := false
	defer func() {
		if !hangs { // what hangs may still use the database
			err = errors.Join(err, e.Close())
		}
	}()
	inner, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg sync.WaitGroup
	start := func(f func(context.Context) error) {
		wg.Go(func() {
			if err := f(inner); err != nil && inner.Err() == nil {
				stop(err)
			}
		})
	}
	e.turns.begin()
	start(e.watcher.Run)
	start(func(ctx context.Context) error { e.dispatcher.Run(ctx); return nil })
	start(e.enrichAlways)
	start(e.readAlways)
	start(e.tellAlways)
	start(func(ctx context.Context) error { return servePages(ctx, e, l) })
	start(func(ctx context.Context) error { return d.beat(ctx, e) })
	start(e.guard)
	start(e.acknowledgeBySlack)
	d.log.Info("running", "config", c.File(), "sources", len(c.Sources), "rules", len(c.Rules))
	select {
	case <-inner.Done():
	case next = <-changed:
	}
	cause := context.Cause(inner)
	stop(nil)
	if hangs = !ended(&wg, handover); hangs {
		d.log.Error("something of the daemon does not end, and is left behind", "after", handover, "stuck", e.stuck())
	}
	if next == nil && ctx.Err() == nil {
		return nil, cause
	}
	return next, nil
}

// beats reports whether the watchdog outside may trust that somebody is told what happens.
func beats(h web.Health) bool { return len(h.Stuck) == 0 && h.Unheard == "" }

func (d *daemon) beat(ctx context.Context, e *engine) error {
	h := e.config.Heartbeat
	if h.URL == "" {
		return nil
	}
	well := func() bool {
		health, err := e.health(ctx)
		return err == nil && beats(health)
	}
	notify.Heartbeat(ctx, credentialed(d.app.scrub), h.URL.Reveal(), h.Every.Std(), well, d.log)
	return nil
}
