package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/store"
)

func (a *app) deliveriesCommand() *cobra.Command {
	var f store.DeliveryFilter
	var state string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "deliveries",
		Short: "List what was sent, waits, or was given up, with the proof",
		Args:  noWords,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := errors.Join(known("state", notify.States(), state), notNegative("limit", f.Limit)); err != nil {
				return err
			}
			f.State = notify.State(state)
			return a.withDatabase(cmd.Context(), func(db *store.DB) error {
				all, err := db.Deliveries(cmd.Context(), f)
				if err == nil && len(all) == 0 && f.Channel != "" {
					err = a.knownChannel(cmd.Context(), db, f.Channel)
				}
				if err != nil {
					return err
				}
				return a.printer(asJSON).deliveries(all)
			})
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&state, "state", "", "only these: pending, failed, sent, dead")
	fl.StringVar(&f.Channel, "channel", "", "only those of a channel")
	fl.StringVar(&f.Case, "case", "", "only those of a case")
	fl.IntVar(&f.Limit, "limit", 0, "only the newest")
	fl.BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (p *printer) deliveries(all []notify.Delivery) error {
	states := map[notify.State]int{}
	for _, d := range all {
		states[d.State]++
		if err := p.one(d, deliveryLine(d)); err != nil {
			return err
		}
	}
	return p.summary(summary{Count: len(all), Extra: map[string]any{"by_state": states}}, func(w io.Writer) {
		fmt.Fprintf(w, "\n%s: %s\n", amount(len(all), "delivery", "deliveries"), orNone(counts(states)))
	})
}

func deliveryLine(d notify.Delivery) func(io.Writer) {
	return func(w io.Writer) {
		to := d.Channel
		if d.Recipient != "" {
			to += " " + d.Recipient
		}
		fmt.Fprintf(w, "%-7s %s  %s  %s  %s\n", d.State, d.ID, d.Kind, notify.Clean(to), d.Case)
		if d.Proof != nil {
			fmt.Fprintf(w, "        %s  %s  %s\n", d.Proof.At.UTC().Format(time.RFC3339), notify.Clean(d.Proof.ID), notify.Clean(d.Proof.Status))
		}
		if d.Error != "" && d.State != notify.Sent {
			fmt.Fprintf(w, "        after %s: %s\n", amount(d.Attempts, "attempt", "attempts"), notify.Clean(d.Error))
		}
	}
}

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
