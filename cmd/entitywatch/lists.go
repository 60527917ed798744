package main

import (
	"context"

	"github.com/spf13/cobra"

	"entitywatch/diff"
	"entitywatch/store"
)

// listFlags are how a command says against which lists it works.
func (a *app) listFlags(cmd *cobra.Command, lists *[]string, useDB *bool) {
	cmd.Flags().StringArrayVar(lists, "list", nil, "KIND:FILE of a list; may be given several times")
	cmd.Flags().BoolVar(useDB, "db", false, "the lists in the config's database")
}

// entriesOf are the entries of files, or of what the database holds in force today.
func (a *app) entriesOf(ctx context.Context, specs []string, useDB bool) ([]diff.Entry, error) {
	if len(specs) == 0 && !useDB {
		return nil, usage("name the lists: --list KIND:FILE, or --db for those of the database")
	}
	var all []diff.Entry
	for _, spec := range specs {
		snapshots, err := a.listsOf(spec)
		if err != nil {
			return nil, err
		}
		for _, s := range snapshots {
			all = append(all, s.Entries...)
		}
	}
	if !useDB {
		return all, nil
	}
	stored, err := a.storedEntries(ctx)
	return append(all, stored...), err
}

func (a *app) storedEntries(ctx context.Context) (all []diff.Entry, err error) {
	err = a.withDatabase(ctx, func(db *store.DB) error {
		all, err = entriesInForce(ctx, db, diff.DateOf(a.now()))
		return err
	})
	return all, err
}

// entriesInForce are all entries of all lists that are in force on a day.
func entriesInForce(ctx context.Context, db *store.DB, day diff.Date) (all []diff.Entry, err error) {
	_, err = db.InForce(ctx, day, func(e diff.Entry) { all = append(all, e) })
	return all, err
}
