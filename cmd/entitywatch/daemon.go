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
	"entitywatch/web"
)

func (a *app) runCommand() *cobra.Command {
	var verbose bool
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run the daemon until it is told to stop",
		Args:  noWords,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			level := slog.LevelInfo
			if verbose {
				level = slog.LevelDebug
			}
			defer holdHeap(a.getenv)()
			d := &daemon{app: a, log: a.logger(level), build: build}
			return d.run(cmd.Context(), c)
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "log every request")
	return cmd
}

// daemon runs one engine after the other: a changed config that is valid replaces the engine, an invalid one never does.
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

// inForce takes note of the database of the config in force, and returns since when that file was refused; zero where it was not.
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

// run ends when ctx does, or when the first config cannot be put to work. A later one that cannot, because its database cannot be opened or
// its address is taken, is refused like one with a mistake: the one before goes on.
func (d *daemon) run(ctx context.Context, c *config.Config) error {
	changed := make(chan *config.Config, 1)
	go d.watchConfig(ctx, c.File(), changed)
	var before *config.Config
	for back := false; ; {
		next, err := d.serve(ctx, c, !back, changed)
		if ctx.Err() != nil && errors.Is(err, context.Canceled) {
			return nil // told to stop while the next config was being put to work
		}
		if _, failed := errors.AsType[*notStarted](err); failed && before != nil {
			d.refuse(ctx, c.File(), err)
			c, before, back = before, nil, true
			continue
		}
		if err != nil || next == nil {
			return err
		}
		d.log.Info("the config was read again", "file", next.File())
		c, before, back = next, c, false
	}
}

// notStarted says why a config could not be put to work.
type notStarted struct{ err error }

// Error says what went wrong, in the words of what went wrong.
func (e *notStarted) Error() string { return e.err.Error() }

// Unwrap gives what went wrong.
func (e *notStarted) Unwrap() error { return e.err }

// start builds the engine of a config, and takes its address. asOnDisk says that c is what the file says now.
func (d *daemon) start(ctx context.Context, c *config.Config, asOnDisk bool) (e *engine, l net.Listener, err error) {
	e, err = d.build(ctx, c, parts{scrub: d.app.scrub, stdout: d.app.stdout, colour: isTerminal(d.app.stdout), log: d.log})
	if err != nil {
		return nil, nil, &notStarted{err}
	}
	if c.Listen != "" {
		l, err = (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
	}
	if err != nil {
		err = fmt.Errorf("listen on %s: %w; set listen: to a free address, or to \"\"", c.Listen, err)
		return nil, nil, &notStarted{errors.Join(err, e.Close())}
	}
	if refused := d.inForce(c.Database, asOnDisk); !refused.IsZero() {
		d.tellAccepted(ctx, e, refused)
	}
	d.tellBegun(ctx, e)
	return e, l, nil
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

// servePages serves the pages until ctx ends; l is nil where there are none.
func servePages(ctx context.Context, e *engine, l net.Listener) error {
	if l == nil {
		return nil
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
