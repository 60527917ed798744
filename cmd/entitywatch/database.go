package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"

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
		e, err := build(ctx, c, parts{scrub: a.scrub, stdout: a.stdout, color: isTerminal(a.stdout), log: a.logger(quiet)})
		if err != nil {
			return err
		}
		return errors.Join(f(e), e.Close())
	})
}
