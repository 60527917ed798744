package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Fault is a database that cannot be used: damaged, full, gone, locked, not writable. Its text says what to do.
type Fault struct {
	Remedy string
	Err    error
}

// Error implements error.
func (e *Fault) Error() string { return e.Err.Error() + ": " + e.Remedy }

// Unwrap gives the engine's error.
func (e *Fault) Unwrap() error { return e.Err }

// remedied makes a *Fault of an error of the engine about which a person can do something; any other error it gives back as it is.
func remedied(path string, err error) error {
	if f := (*Fault)(nil); err == nil || errors.As(err, &f) {
		return err
	}
	if r := remedy(path, err); r != "" {
		return &Fault{Remedy: r, Err: err}
	}
	return err
}

// remedy says what to do about a database that cannot be used, to follow the error; "" where nobody knows.
func remedy(path string, err error) string {
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return ""
	}
	dir := filepath.Dir(path)
	switch se.Code() & 0xff { // the rest of the number is detail
	case sqlite3.SQLITE_CANTOPEN:
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return path + " is a folder; name a file in it"
		}
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			return "the folder " + dir + " does not exist; make it, or name another file as database in the config"
		}
		return "the folder " + dir + " must be writable, and the file a plain one"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return "the file and its folder " + dir + " must be writable"
	case sqlite3.SQLITE_BUSY:
		return "another program holds " + path + " locked, such as a database browser or one that copies it; close that program. " +
			"Nothing is lost, and the daemon goes on by itself"
	case sqlite3.SQLITE_NOTADB:
		return "the file is another thing than a database and is left as it is; name another file as database in the config"
	case sqlite3.SQLITE_FULL:
		return "the disk of " + dir + " is full; make room, and the daemon goes on by itself"
	case sqlite3.SQLITE_IOERR:
		return "the disk of " + dir + " cannot be read or written: it may be full or broken"
	case sqlite3.SQLITE_CORRUPT:
		return damaged(path)
	}
	return ""
}

func damaged(path string) string {
	return "the file " + path + " is damaged; stop the daemon, keep a copy of it and of what lies beside it (-wal, -shm), and go on from a backup"
}

// Damage reads every page of the database and reports the first that is damaged, as a *Fault; nil where all are whole. It takes as long as
// reading the file.
func (db *DB) Damage(ctx context.Context) error {
	err := db.Read(ctx, func(tx *Tx) error {
		var said string
		if _, err := tx.Get([]any{&said}, `PRAGMA quick_check(1)`); err != nil {
			return err
		}
		if said != "ok" {
			return &Fault{Remedy: damaged(db.path), Err: errors.New(said)}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: check every page: %w", err)
	}
	return nil
}

// Present reports, as a *Fault, that the file which was opened is not there any more: deleted, moved away, or replaced by another. What is
// written then is lost when the process ends.
func (db *DB) Present() error {
	now, err := os.Stat(db.path)
	switch {
	case err != nil:
		return &Fault{Remedy: gone, Err: fmt.Errorf("store: the database was deleted or moved while it was in use: %w", err)}
	case !os.SameFile(now, db.file):
		return &Fault{Remedy: gone, Err: fmt.Errorf("store: %s is another file than the one that was opened", db.path)}
	}
	return nil
}

const gone = "put the file back or restore a backup, and start the daemon again; what is noticed until then is lost"
