package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/spf13/cobra"

	"entitywatch/notify/slack"
	"entitywatch/store"
)

func (a *app) ackCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "ack CASE",
		Short: "Acknowledge a case: somebody has taken note, and nobody need be reminded",
		Args:  exactly(1),
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

// acknowledgeBySlack takes clicks on Acknowledge for every Slack channel that has an app token, until ctx ends.
func (e *engine) acknowledgeBySlack(ctx context.Context) error {
	var wg sync.WaitGroup
	for _, c := range e.config.Channels {
		if c.Kind != "slack" || c.AppToken == "" {
			continue
		}
		wg.Go(func() {
			err := slack.Listen(ctx, slack.ListenOptions{
				AppToken: c.AppToken.Reveal(), Token: c.Token.Reveal(), APIURL: c.APIURL.Reveal(), HTTP: credentialed(e.scrub),
				Log: e.log,
			}, e.db.Acknowledge)
			if err != nil && ctx.Err() == nil {
				e.log.Error("the Acknowledge button does not work; alerts do", "channel", c.Name, "err", err)
			}
		})
	}
	wg.Wait()
	return nil
}
