package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

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
			fmt.Fprintf(w, "        %s  %s  %s\n", d.Proof.At.UTC().Format(time.RFC3339), notify.Clean(d.Proof.ID),
				notify.Clean(d.Proof.Status))
		}
		if d.Error != "" && d.State != notify.Sent {
			fmt.Fprintf(w, "        after %s: %s\n", amount(d.Attempts, "attempt", "attempts"), notify.Clean(d.Error))
		}
	}
}
