package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/notify"
	"entitywatch/screen/ours"
	"entitywatch/store"
)

func (a *app) dismissCommand() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   "dismiss COUNTERPARTY ENTRY --reason TEXT",
		Short: "Find that one of ours is not the listed party that it resembles; silent until either changes",
		Long: "Find that one of ours is not the listed party that it resembles. COUNTERPARTY is FILE/ID (the\n" +
			"config's name of the file), or ID where only one file has it; ENTRY is an entry id or key. The pair\n" +
			"stays silent until either side changes substantively.",
		Args: exactly(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(reason) == "" {
				return usage("--reason is needed: somebody will ask why")
			}
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			return a.withDatabase(cmd.Context(), func(db *store.DB) error {
				return a.dismiss(cmd.Context(), db, c, args[0], args[1], reason)
			})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why they are two parties")
	return cmd
}

func (a *app) dismiss(ctx context.Context, db *store.DB, c *config.Config, party, entry, reason string) error {
	name, own, err := a.findParty(c, party)
	if err != nil {
		return err
	}
	e, err := findListed(ctx, db, entry, diff.DateOf(a.now()))
	if err != nil {
		return err
	}
	err = db.Dismiss(ctx, store.Dismissal{
		Counterparty: name + "/" + own.ID, EntryID: e.EntryID, Reason: reason, Who: who(),
		PartyPrint: enrich.PartyPrint(own), EntryPrint: enrich.EntryPrint(e), At: a.now(),
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "%s (%s/%s) is not %s [%s]: %s\n", notify.Clean(own.Name), name, own.ID,
		notify.Clean(e.Name), e.List.Title(), notify.Clean(reason))
	return err
}

// findParty finds a counterparty by FILE/ID, or by ID where that is clear.
func (a *app) findParty(c *config.Config, party string) (file string, found ours.Counterparty, err error) {
	only, id, named := strings.Cut(party, "/")
	if !named {
		id = party
	}
	matches := 0
	for _, f := range c.Counterparties {
		if named && f.Name != only {
			continue
		}
		parties, _, err := a.counterparties(f.File)
		if err != nil {
			return "", found, err
		}
		if i, ok := parties.Find(id); ok {
			file, found = f.Name, parties.At(i)
			matches++
		}
	}
	switch matches {
	case 0:
		return "", found, fmt.Errorf("no counterparty is called %q in the config's files", party)
	case 1:
		return file, found, nil
	}
	return "", found, usage("%q is in several files; say FILE/%s", party, id)
}

var errNotListed = errors.New("is not an entry in force: give an entry id or key, as `entitywatch screen --db " +
	"--json` shows it")

func findListed(ctx context.Context, db *store.DB, id string, day diff.Date) (diff.Entry, error) {
	all, err := entriesInForce(ctx, db, day)
	if err != nil {
		return diff.Entry{}, err
	}
	for _, e := range all {
		if e.EntryID == id || e.Key == id {
			return e, nil
		}
	}
	return diff.Entry{}, fmt.Errorf("%q %w", id, errNotListed)
}
