package main

import (
	"context"
	"path/filepath"

	"entitywatch/diff"
	"entitywatch/notify"
)

// tellBegun tells the operators, once for each database, that the daemon begins with one in which no source was looked
// at yet: where another was expected (it was moved, its path is wrong, the volume is new), nobody would notice the
// silent baseline.
func (d *daemon) tellBegun(ctx context.Context, e *engine) {
	known, err := e.db.Sources(ctx)
	if err == nil && len(known) > 0 {
		return
	}
	if err == nil {
		err = e.db.Notify(ctx, e.begun())
	}
	if err != nil {
		d.log.Error("the operators could not be told that monitoring begins with a new database", "err", err)
	}
}

func (e *engine) begun() notify.Notice {
	path := e.config.Database
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	lists := map[diff.ListID]bool{}
	for _, s := range e.config.Sources {
		for _, l := range listsShown(s) {
			lists[l] = true
		}
	}
	text := "The database at " + path + " is new. "
	if len(lists) > 0 {
		text += amount(len(lists), "list is", "lists are") +
			" being read as a baseline: what changed before now is not told. "
	}
	text += "If you expected an existing database, stop the daemon, check `database` in the config, and put the file back."
	return notify.Notice{ID: diff.HashID("ntc", "begun"), Kind: "begun", Text: text, At: e.now()}
}
