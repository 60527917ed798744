package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"entitywatch/store"
)

// withDatabase opens the config's database for a command that works on what is there; it never makes a new one.
func (a *app) withDatabase(ctx context.Context, f func(*store.DB) error) (err error) {
	c, err := a.loadConfig()
	if err != nil {
		return err
	}
	if _, err := os.Stat(c.Database); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no database at %s yet; `entitywatch run` or `entitywatch poll` makes it", c.Database)
	}
	db, err := store.Open(ctx, c.Database, store.WithScrub(a.scrub.String))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return f(db)
}
