package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/watcher"
)

func (a *app) checkCommand() *cobra.Command {
	var online bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Load the config and show what it does: rules → channels, and the next fire times",
		Args:  noWords,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			if _, err := rulesOf(c); err != nil {
				return &exitError{exitUsage, err}
			}
			if err := a.describe(a.stdout, c); err != nil {
				return err
			}
			if err := unsubscribed(cmd.Context(), a.stdout, c.Database); err != nil {
				return err
			}
			if low := store.Cramped(c.Database, a.room, false); low != "" {
				fmt.Fprintf(a.stdout, "note: %s\n", low)
			}
			files := a.checkFiles(a.stdout, c)
			if online && (files == nil || errors.Is(files, errNeedsHuman)) { // a wrong config is told first
				if err := a.checkOnline(cmd.Context(), c); err != nil {
					return err
				}
			}
			return files
		},
	}
	cmd.Flags().BoolVar(&online, "online", false,
		"also ask each source once, and say what it answered; stores and sends nothing")
	return cmd
}

// unsubscribed shows who ended which mails, where there is a database: they get nothing, whatever the config says.
func unsubscribed(ctx context.Context, out io.Writer, database string) (err error) {
	if _, err := os.Stat(database); err != nil {
		return nil // nothing was ever sent
	}
	db, err := store.Open(ctx, database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	gone, err := db.Unsubscribed(ctx)
	for _, s := range gone {
		fmt.Fprintf(out, "note: %s has unsubscribed from %s and is sent nothing of it (entitywatch subscriptions restore "+
			"%s)\n",
			notify.Clean(s.Recipient), s.What(), notify.Clean(s.Recipient))
	}
	return err
}

// checkOnline asks each source once, in a rehearsal that stores nothing, and says what it answered.
func (a *app) checkOnline(ctx context.Context, c *config.Config) (err error) {
	dir, err := os.MkdirTemp("", "entitywatch-check-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	trial := *c
	trial.Database = filepath.Join(dir, "trial.db") // the real one is not touched, not even by a lease
	e, err := build(ctx, &trial, parts{scrub: a.scrub, stdout: io.Discard, log: a.logger(quiet)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	report, err := e.watcher.DryRun(ctx, allSources(c)...)
	fmt.Fprintln(a.stdout)
	failed := false
	for _, l := range report.Looks {
		fmt.Fprintf(a.stdout, "%s: %s %s\n", l.Source, l.Outcome, notify.Clean(l.Reason))
		failed = failed || l.Outcome == string(watcher.Failed)
	}
	if failed && err == nil {
		return &exitError{code: exitFailed}
	}
	return err
}
