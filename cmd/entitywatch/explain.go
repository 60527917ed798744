package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"entitywatch/notify"
	"entitywatch/store"
)

func (a *app) explainCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "explain CHANGE",
		Short: "Say of every rule why it matches a Change, or why not",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			rules, err := rulesOf(c)
			if err != nil {
				return err
			}
			return a.withDatabase(cmd.Context(), func(db *store.DB) error {
				return a.explain(cmd.Context(), db, rules, args[0], asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (a *app) explain(ctx context.Context, db *store.DB, rules []notify.Rule, id string, asJSON bool) error {
	readings, err := db.Revisions(ctx, id)
	if err != nil {
		return err
	}
	if len(readings) == 0 {
		return fmt.Errorf("there is no Change %q; `entitywatch history` lists them", id)
	}
	hits, err := db.Hits(ctx, id)
	if err != nil {
		return err
	}
	p := a.printer(asJSON)
	for _, x := range notify.Explain(rules, readings[len(readings)-1].Change, notify.MatchContext{Hits: hits}) {
		if err := p.one(x, explanationLines(x)); err != nil {
			return err
		}
	}
	return nil
}

func explanationLines(x notify.Explanation) func(io.Writer) {
	return func(w io.Writer) {
		verdict := "does not match"
		if x.Matched {
			verdict = "matches"
		}
		fmt.Fprintf(w, "%s %s\n", x.Rule, verdict)
		for _, r := range x.Reasons {
			fmt.Fprintf(w, "    %s\n", notify.Clean(r))
		}
	}
}
