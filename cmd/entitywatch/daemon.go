package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/notify"
)

func (a *app) runCommand() *cobra.Command {
	var verbose bool
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run the daemon until it is told to stop",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			level := slog.LevelInfo
			if verbose {
				level = slog.LevelDebug
			}
			d := &daemon{app: a, log: a.logger(level)}
			return d.run(cmd.Context(), c)
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "log every request")
	return cmd
}

// daemon runs one engine after the other: a changed config that is valid replaces the engine, an invalid one never does.
type daemon struct {
	app *app
	log *slog.Logger

	mu sync.Mutex
	db string // of the config in force
}

func (d *daemon) database() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.db
}

func (d *daemon) use(database string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.db = database
}

// run ends when ctx does, or when the first config cannot be put to work.
func (d *daemon) run(ctx context.Context, c *config.Config) error {
	changed := make(chan *config.Config, 1)
	go d.watchConfig(ctx, c.File(), changed)
	for {
		d.use(c.Database)
		next, err := d.serve(ctx, c, changed)
		if ctx.Err() != nil && errors.Is(err, context.Canceled) {
			return nil // told to stop while the next config was being put to work
		}
		if err != nil || next == nil {
			return err
		}
		d.log.Info("the config was read again", "file", next.File())
		c = next
	}
}

// serve runs one config until ctx ends (nil, nil) or another config takes over.
func (d *daemon) serve(ctx context.Context, c *config.Config, changed <-chan *config.Config) (next *config.Config, err error) {
	e, err := build(ctx, c, parts{scrub: d.app.scrub, stdout: d.app.stdout, colour: isTerminal(d.app.stdout), log: d.log})
	if err != nil {
		return nil, err
	}
	hangs := false
	defer func() {
		if !hangs { // what hangs may still use the database
			err = errors.Join(err, e.Close())
		}
	}()
	if _, err := e.db.ReleaseDeadLeases(ctx, notify.OwnerAlive); err != nil {
		return nil, err
	}
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
	start(func(ctx context.Context) error { return d.listen(ctx, e) })
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

// handover is how long a config that was replaced may take to end what it does; the longest of that is a send under way.
const handover = time.Minute

// ended waits for a group to end, and reports whether it did in time.
func ended(wg *sync.WaitGroup, within time.Duration) bool {
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	t := time.NewTimer(within)
	defer t.Stop()
	select {
	case <-done:
		return true
	case <-t.C:
		return false
	}
}

// pulse is how often the telling half looks for work that nothing woke it for: quiet hours that end, digests, reminders.
const pulse = 5 * time.Second

// tellAlways routes what was noticed, and fires digests, until ctx ends. A failure is logged and tried again: what is not routed stays
// in the database.
func (e *engine) tellAlways(ctx context.Context) error {
	return always(ctx, e.noticed, func() {
		if err := e.tell(ctx); err != nil && ctx.Err() == nil {
			e.log.Error("not everything could be routed", "err", err)
		}
		if _, err := e.digester.Due(ctx); err != nil && ctx.Err() == nil {
			e.log.Error("not every digest could be written", "err", err)
		}
		e.turns.telling.mark()
		e.dispatcher.Wake()
	})
}

func (d *daemon) beat(ctx context.Context, e *engine) error {
	h := e.config.Heartbeat
	if h.URL == "" {
		return nil
	}
	well := func() bool {
		health, err := e.health(ctx)
		return err == nil && len(health.Stuck) == 0
	}
	notify.Heartbeat(ctx, credentialed(d.app.scrub), h.URL.Reveal(), h.Every.Std(), well, d.log)
	return nil
}

// listen serves the pages until ctx ends.
func (d *daemon) listen(ctx context.Context, e *engine) error {
	if e.config.Listen == "" {
		return nil
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", e.config.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; set listen: to a free address, or to \"\"", e.config.Listen, err)
	}
	srv := &http.Server{Handler: e.pages(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = srv.Shutdown(grace) // a request that outlasts the grace is cut
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-gone
	return nil
}
