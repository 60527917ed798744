package main

import (
	"context"
	"errors"
	"fmt"
	"os/user"

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
		e, err := build(ctx, c, parts{scrub: a.scrub, stdout: a.stdout, colour: isTerminal(a.stdout), log: a.logger(quiet)})
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
	_, err = fmt.Fprintf(a.stdout, "%s is removed from the %s without a rule; the alert says so\n", notify.Clean(c.Name), c.List.Title())
	return err
}

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

func (a *app) testCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test CHANNEL",
		Short: "Send a marked sample to one channel",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			return a.sample(cmd.Context(), c, args[0])
		},
	}
}
