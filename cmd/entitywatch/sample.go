package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/store"
)

const quiet = slog.LevelError

// sample sends one marked message at once, past the outbox: a test that waits behind other deliveries would test them.
func (a *app) sample(ctx context.Context, c *config.Config, name string) error {
	var names []string
	for _, cc := range c.Channels {
		names = append(names, cc.Name)
		if cc.Name != name {
			continue
		}
		ch, err := channelOf(cc, outlets{stdout: a.stdout, color: isTerminal(a.stdout), publicURL: "", scrub: a.scrub,
			now: a.now, log: a.logger(quiet)})
		if err != nil {
			return err
		}
		return a.sendSample(ctx, c.Database, ch, name, recipients(cc))
	}
	return usage("there is no channel %q; one of: %s", name, strings.Join(names, ", "))
}

// sendSample tries every recipient, whatever comes of the others. Who took it is not paused any more.
func (a *app) sendSample(ctx context.Context, database string, ch notify.Channel, name string, to []string) error {
	var errs []error
	var took []string
	for _, recipient := range to {
		m := notify.Sample(name, a.now())
		m.Recipient = recipient
		receipt, err := ch.Send(ctx, m)
		whom := strings.TrimSpace(name + " " + recipient)
		if faulty, ok := errors.AsType[*notify.Misconfigured](err); ok {
			err = fmt.Errorf("%w\n%s", err, faulty.Remedy)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", whom, err))
			continue
		}
		took = append(took, recipient)
		fmt.Fprintf(a.stderr, "%s took it: %s %s\n", whom, receipt.ID, receipt.Status)
	}
	return errors.Join(append(errs, a.unpause(ctx, database, name, took))...)
}

// unpause notes that recipients of a channel were reached, where there is a database to note it in.
func (a *app) unpause(ctx context.Context, database, channel string, recipients []string) (err error) {
	if _, err := os.Stat(database); err != nil || len(recipients) == 0 {
		return nil
	}
	db, err := store.Open(ctx, database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, r := range recipients {
		if err := db.Reached(ctx, channel, r, a.now()); err != nil {
			return err
		}
	}
	return nil
}
