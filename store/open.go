package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// DB is the database. It is safe for use by several goroutines: writes queue up behind one handle, reads have a pool of their own.
type DB struct {
	write, read *sql.DB
	path        string
	file        os.FileInfo // what lay at path when it was opened
	now         func() time.Time
	zip         *zstd.Encoder
	scrub       func(string) string            // masks secrets in what is written; nil masks nothing
	onQuery     func(query string, args []any) // tests look at query plans with it; nil otherwise
	onStatement func(query string) error       // tests inject faults here; nil otherwise
}

// Option changes how a DB is opened.
type Option func(*DB)

// WithClock gives the clock that stamps rows whose caller gives no time. The default is time.Now.
func WithClock(now func() time.Time) Option { return func(db *DB) { db.now = now } }

// WithScrub has every text that is written pass f, which masks the secrets in it.
func WithScrub(f func(string) string) Option { return func(db *DB) { db.scrub = f } }

// WithFault has f called before every statement that changes something, and before the commit ("COMMIT"); its error fails the
// statement, and with it the transaction. Tests use it to die between any two statements.
func WithFault(f func(query string) error) Option { return func(db *DB) { db.onStatement = f } }

// WithQueries has f called before every query. Tests ask for the plan of each.
func WithQueries(f func(query string, args []any)) Option { return func(db *DB) { db.onQuery = f } }

// readers is the size of the read pool: enough for the dashboard's few pages beside the daemon.
const readers = 4

// Open opens the database that dsn names, creates it if need be, and brings its schema up to date. A dsn is a file path, with or
// without "sqlite:" before it. Its files are for their owner alone; those that others can read are closed to them.
func Open(ctx context.Context, dsn string, opts ...Option) (*DB, error) {
	path, err := sqlitePath(dsn)
	if err != nil {
		return nil, err
	}
	if err := makePrivate(path); err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	db := &DB{now: time.Now, path: path}
	for _, o := range opts {
		o(db)
	}
	if db.zip, err = newZip(); err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	if db.write, err = sql.Open("sqlite", sqliteDSN(path, "immediate")); err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	db.write.SetMaxOpenConns(1)
	if err := migrate(ctx, db.write); err != nil {
		db.write.Close()
		return nil, fmt.Errorf("store: open %s: %w", path, remedied(path, err))
	}
	if db.read, err = sql.Open("sqlite", sqliteDSN(path, "deferred")+"&_pragma=query_only(1)"); err != nil {
		db.write.Close()
		return nil, fmt.Errorf("store: open %s for reading: %w", path, err)
	}
	db.read.SetMaxOpenConns(readers)
	if db.file, err = os.Stat(path); err != nil {
		return nil, errors.Join(fmt.Errorf("store: open %s: %w", path, err), db.Close())
	}
	return db, nil
}

// Close closes both handles.
func (db *DB) Close() error {
	rerr := db.read.Close()
	if err := db.write.Close(); err != nil {
		return fmt.Errorf("store: close: %w", err)
	}
	return rerr
}

func sqlitePath(dsn string) (string, error) {
	scheme, rest, found := strings.Cut(dsn, ":")
	switch {
	case dsn == "":
		return "", fmt.Errorf("store: no database is named")
	case found && scheme == "sqlite":
		return strings.TrimPrefix(rest, "//"), nil
	case found && (scheme == "postgres" || scheme == "postgresql"):
		return "", fmt.Errorf("store: this program has no PostgreSQL store: name a file")
	case found && scheme == "file" || dsn == ":memory:":
		return "", fmt.Errorf("store: %q: name the database by its path alone", dsn)
	}
	return dsn, nil
}

// sqliteDSN sets the pragmas in the DSN, where they reach every connection of a pool.
func sqliteDSN(path, lock string) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	return u.String() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)" +
		"&_pragma=foreign_keys(1)&_txlock=" + lock
}
