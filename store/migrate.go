package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// connect makes the first connection. Where several processes put a new file into WAL mode at once, SQLite refuses all but one of them
// without the wait that is configured, since to wait could be a deadlock: they try again, for as long as a statement waits for a lock.
func connect(ctx context.Context, db *sql.DB) error {
	const tries, pause = 500, 20 * time.Millisecond
	for range tries {
		if err := db.PingContext(ctx); !isBusy(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return db.PingContext(ctx)
}

func isBusy(err error) bool {
	var se *sqlite.Error
	return errors.As(err, &se) && se.Code()&0xff == sqlite3.SQLITE_BUSY
}

// migrate brings the schema up to date. Where another process does the same just now, one of the two finds that its step is done: it goes
// on from where the other got.
func migrate(ctx context.Context, db *sql.DB) error {
	if err := connect(ctx, db); err != nil {
		return err
	}
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
