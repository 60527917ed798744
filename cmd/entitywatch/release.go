package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"entitywatch/notify"
)

func (a *app) releaseCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "release SOURCE|ENTRY",
		Short: "Let a held answer of a source through, or accept that a held entry is gone",
		Args:  exactly(1),
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
		fmt.Fprintf(a.stdout, "%s of %s: the answer that is held is taken at the next look that shows it\n", l.Title(), what)
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
	_, err = fmt.Fprintf(a.stdout, "%s is removed from the %s without a rule; the alert says so\n", notify.Clean(c.Name),
		c.List.Title())
	return err
}
