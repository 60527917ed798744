package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"entitywatch/config"
)

// run ends when ctx does, or when the first config cannot be put to work. A later one that cannot, because its database
// cannot be opened or its address is taken, is refused like one with a mistake: the one before goes on.
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
	e, err = d.build(ctx, c, parts{scrub: d.app.scrub, stdout: d.app.stdout, color: isTerminal(d.app.stdout), log: d.log})
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

// handover is how long a config that was replaced may take to end what it does; the longest of that is a send under
// way.
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
