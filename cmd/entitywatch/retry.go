package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/store"
)

func (a *app) retryCommand() *cobra.Command {
	var channel string
	cmd := &cobra.Command{
		Use:   "retry ID | --channel NAME",
		Short: "Put a delivery, or all of a channel, that failed or was given up back in the queue, and try it",
		Args:  atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 1) == (channel != "") {
				return usage("name one delivery, or a channel: entitywatch retry ID, or entitywatch retry --channel NAME")
			}
			ctx := cmd.Context()
			return a.withEngine(ctx, func(e *engine) error {
				if channel != "" {
					return a.retryChannel(ctx, e, channel)
				}
				if err := e.db.Retry(ctx, args[0], e.now()); err != nil {
					return err
				}
				return a.drained(ctx, e, args, 0)
			})
		},
	}
	cmd.Flags().StringVar(&channel, "channel", "", "everything of this channel that waits or was given up")
	return cmd
}

func (a *app) retryChannel(ctx context.Context, e *engine, channel string) error {
	if _, ok := e.channels[channel]; !ok {
		return usage("there is no channel %q; %s", channel, config.DidYouMean(channel, slices.Sorted(maps.Keys(e.channels))))
	}
	ids, err := e.db.RetryChannel(ctx, channel, e.now())
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		_, err := fmt.Fprintf(a.stdout, "nothing waits on %s, and nothing was given up\n", channel)
		return err
	}
	every := max(time.Second, notify.LimitsOf(e.channels[channel]).Every)
	return a.drained(ctx, e, ids, pollPatience+time.Duration(len(ids))*every)
}

// drained sends what is due, prints what came of some deliveries, and fails where one was not sent.
func (a *app) drained(ctx context.Context, e *engine, ids []string, patience time.Duration) error {
	if err := e.dispatcher.Drain(ctx, patience); err != nil {
		return err
	}
	states := map[notify.State]int{}
	for _, id := range ids {
		all, err := e.db.Deliveries(ctx, store.DeliveryFilter{ID: id})
		if err != nil {
			return err
		}
		for _, d := range all {
			states[d.State]++
			deliveryLine(d)(a.stdout)
		}
	}
	if len(ids) > 1 {
		fmt.Fprintf(a.stdout, "\n%s: %s\n", amount(len(ids), "delivery", "deliveries"), counts(states))
	}
	if states[notify.Sent] != len(ids) {
		return &exitError{code: exitFailed}
	}
	return nil
}
