package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// migrate brings the schema up to date. Where another process does the same just now, one of the two finds that its step is done: it goes
// on from where the other got.
func migrate(ctx context.Context, db *sql.DB) error {
	for last := int64(-1); ; {
		at, err := migrateFrom(ctx, db)
		if err == nil || at <= last {
			return err
		}
		last = at
	}
}

// migrateFrom does all steps, and tells at which version of the schema it began; -1 where that cannot be read.
func migrateFrom(ctx context.Context, db *sql.DB) (at int64, err error) {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return -1, err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir)
	if err != nil {
		return -1, fmt.Errorf("read migrations: %w", err)
	}
	if at, err = p.GetDBVersion(ctx); err != nil {
		return -1, fmt.Errorf("read schema version: %w", err)
	}
	if newest := newestMigration(p); at > newest {
		return -1, fmt.Errorf("a newer program wrote it (schema %d, this program knows %d): use that program, or another file", at, newest)
	}
	if _, err := p.Up(ctx); err != nil {
		return at, fmt.Errorf("bring the schema up to date: %w", err)
	}
	return at, nil
}

func newestMigration(p *goose.Provider) int64 {
	var n int64
	for _, s := range p.ListSources() {
		n = max(n, s.Version)
	}
	return n
}
