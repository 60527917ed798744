package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/user"
	"time"

	"github.com/spf13/cobra"

	"entitywatch/notify"
	"entitywatch/store"
)

// who names the person at the keyboard, for the audit trail.
func who() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "somebody at the command line"
}

// withEngine wires the config's engine on an existing database, for commands that change what is held or sent.
func (a *app) withEngine(ctx context.Context, f func(*engine) error) error {
	c, err := a.loadConfig()
	if err != nil {
		return err
	}
	return a.withDatabase(ctx, func(*store.DB) error {
		e, err := build(ctx, c, parts{stdout: a.stdout, colour: isTerminal(a.stdout), log: a.logger(quiet)})
		if err != nil {
			return err
		}
		return errors.Join(f(e), e.Close())
	})
}

func (a *app) releaseCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "release SOURCE|ENTRY",
		Short: "Let a held answer of a source through, or accept that a held entry is gone",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withEngine(cmd.Context(), func(e *engine) error { return a.release(cmd.Context(), e, args[0]) })
		},
	}
}

func (a *app) release(ctx context.Context, e *engine, what string) error {
	lists, err := e.watcher.ReleaseSource(ctx, what, who())
	if err != nil {
		return err
	}
	for _, l := range lists {
		fmt.Fprintf(a.stdout, "%s of %s: the answer that is held is taken at the next look\n", l.Title(), what)
	}
	if len(lists) > 0 {
		return nil
	}
	c, found, err := e.watcher.ReleaseEntry(ctx, what, who())
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("nothing that is called %q is held; `entitywatch held` lists what is", what)
	}
	_, err = fmt.Fprintf(a.stdout, "%s is removed from the %s without a rule; the alert says so\n", notify.Clean(c.Name), c.List.Title())
	return err
}

func (a *app) deliveriesCommand() *cobra.Command {
	var f store.DeliveryFilter
	var state string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "deliveries",
		Short: "List what was sent, waits, or was given up, with the proof",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.State = notify.State(state)
			return a.withDatabase(cmd.Context(), func(db *store.DB) error {
				all, err := db.Deliveries(cmd.Context(), f)
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
		fmt.Fprintf(w, "\n%d deliveries: %s\n", len(all), orNone(counts(states)))
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
			fmt.Fprintf(w, "        after %d attempts: %s\n", d.Attempts, notify.Clean(d.Error))
		}
	}
}

func (a *app) retryCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "retry ID",
		Short: "Put a delivery that failed or was given up back in the queue, and try it",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return a.withEngine(ctx, func(e *engine) error {
				if err := e.db.Retry(ctx, args[0], e.now()); err != nil {
					return err
				}
				if err := e.dispatcher.Drain(ctx, 0); err != nil {
					return err
				}
				return a.outcome(ctx, e.db, args[0])
			})
		},
	}
}

// outcome prints one delivery, and fails where it was not sent.
func (a *app) outcome(ctx context.Context, db *store.DB, id string) error {
	all, err := db.Deliveries(ctx, store.DeliveryFilter{ID: id})
	if err != nil {
		return err
	}
	for _, d := range all {
		deliveryLine(d)(a.stdout)
		if d.State != notify.Sent {
			return &exitError{code: exitFailed}
		}
	}
	return nil
}

func (a *app) ackCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "ack CASE",
		Short: "Acknowledge a case: somebody has taken note, and nobody need be reminded",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withDatabase(cmd.Context(), func(db *store.DB) error {
				first, err := db.Acknowledge(cmd.Context(), args[0], who(), a.now())
				if err != nil {
					return err
				}
				text := "acknowledged by " + who()
				if !first {
					text = "somebody had acknowledged it before"
				}
				_, err = fmt.Fprintf(a.stdout, "%s: %s\n", args[0], text)
				return err
			})
		},
	}
}

func (a *app) testCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test CHANNEL",
		Short: "Send a marked sample to one channel",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			return a.sample(cmd.Context(), c, args[0])
		},
	}
}
