package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"entitywatch/config"
	"entitywatch/notify"
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
		ch, err := channelOf(cc, outlets{stdout: a.stdout, colour: isTerminal(a.stdout), publicURL: "", now: a.now, log: a.logger(quiet)})
		if err != nil {
			return err
		}
		return a.sendSample(ctx, ch, name, recipients(cc))
	}
	return usage("there is no channel %q; one of: %s", name, strings.Join(names, ", "))
}

func (a *app) sendSample(ctx context.Context, ch notify.Channel, name string, to []string) error {
	for _, recipient := range to {
		m := notify.Sample(name, a.now())
		m.Recipient = recipient
		receipt, err := ch.Send(ctx, m)
		if err != nil {
			return fmt.Errorf("%s: %w", strings.TrimSpace(name+" "+recipient), err)
		}
		fmt.Fprintf(a.stderr, "%s took it: %s %s\n", strings.TrimSpace(name+" "+recipient), receipt.ID, receipt.Status)
	}
	return nil
}
