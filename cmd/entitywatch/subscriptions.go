package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"entitywatch/notify"
	"entitywatch/store"
)

func (a *app) subscriptionsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "subscriptions",
		Short: "Who has left a channel or digest by the link in a mail, and how to bring them back",
		Args:  knownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.subscriptionsListCommand(), a.subscriptionsRestoreCommand())
	return cmd
}

func (a *app) subscriptionsListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List who has unsubscribed from what, and when",
		Args:  noWords,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withDatabase(cmd.Context(), func(db *store.DB) error {
				gone, err := db.Unsubscribed(cmd.Context())
				if err != nil {
					return err
				}
				return a.printer(asJSON).subscriptions(gone)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (p *printer) subscriptions(gone []notify.Subscription) error {
	for _, s := range gone {
		err := p.one(s, func(w io.Writer) {
			fmt.Fprintf(w, "%s  %s left %s\n", s.At.UTC().Format(time.RFC3339), notify.Clean(s.Recipient), s.What())
		})
		if err != nil {
			return err
		}
	}
	return p.summary(summary{Count: len(gone)}, func(w io.Writer) {
		if len(gone) == 0 {
			fmt.Fprintln(w, "nobody has unsubscribed")
		} else {
			fmt.Fprintln(w, "\nentitywatch subscriptions restore ADDRESS brings an address back")
		}
	})
}

func (a *app) subscriptionsRestoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore ADDRESS",
		Short: "Send an address again what it has unsubscribed from",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withDatabase(cmd.Context(), func(db *store.DB) error {
				back, err := db.Resubscribe(cmd.Context(), notify.Subscription{Recipient: args[0]}, who(), a.now())
				if err != nil {
					return err
				}
				if len(back) == 0 {
					return fmt.Errorf("%s has not unsubscribed from anything; `entitywatch subscriptions list` shows who has", args[0])
				}
				for _, s := range back {
					fmt.Fprintf(a.stdout, "%s gets the mails of %s again\n", notify.Clean(s.Recipient), s.What())
				}
				return nil
			})
		},
	}
}
