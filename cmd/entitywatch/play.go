package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"entitywatch/config"
	"entitywatch/replay"
)

// demoPatience is how long a demo tries a delivery again before it leaves it to a later run: enough for a short "try
// again later".
const demoPatience = 20 * time.Second

// dontWait stands for the time between two tries of a request: a scenario's time does not pass by waiting.
func dontWait(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// play lets the scenario pass, state by state, and then fires each digest once.
func (a *app) play(ctx context.Context, c *config.Config, upstreams *replay.Server, o demoOptions) (err error) {
	out := a.stdout
	if o.asJSON {
		out = io.Discard // the console's text; the channels of the config still get theirs
	}
	t := newTape()
	p := parts{scrub: a.scrub, stdout: out, color: isTerminal(out), now: upstreams.Now, log: a.logger(slog.LevelError),
		done: t.attempted, sleep: dontWait}
	if o.render != "" {
		p.wrap = recordTo(o.render, o.samples)
	}
	e, err := build(ctx, c, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	for {
		a.announce(out, upstreams, o)
		report, err := e.round(ctx, demoPatience, allSources(c)...)
		if err != nil {
			return err
		}
		t.add(report)
		if upstreams.Done() {
			break
		}
		upstreams.Next()
	}
	if err := e.fireDigests(ctx); err != nil {
		return err
	}
	return a.finish(ctx, e, t, o)
}

func allSources(c *config.Config) []string {
	names := make([]string, len(c.Sources))
	for i, s := range c.Sources {
		names[i] = s.Name
	}
	return names
}

func (a *app) announce(out io.Writer, upstreams *replay.Server, o demoOptions) {
	if o.asJSON {
		return
	}
	i, n, what := upstreams.State()
	fmt.Fprintf(out, "\n%s  [%d/%d] %s\n", upstreams.Now().Format("Mon 2006-01-02 15:04 MST"), i+1, n, what)
}

// fireDigests sends each digest once, and everything that still waits.
func (e *engine) fireDigests(ctx context.Context) error {
	var errs []error
	for _, d := range e.config.Digests {
		_, err := e.digester.Fire(ctx, d.Name, e.now())
		errs = append(errs, err)
	}
	return errors.Join(append(errs, e.enrichAndTell(ctx), e.dispatcher.Drain(ctx, demoPatience))...)
}
