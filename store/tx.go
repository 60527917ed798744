package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Tx is one transaction. Every statement of the store goes through it.
type Tx struct {
	ctx     context.Context
	tx      *sql.Tx
	db      *DB
	known   map[string]*statement // what was asked for so far, by its text
	written int64                 // the version of the legal state that this transaction writes; 0 before it writes any
	end     *chainEnd             // of the audit chain; nil before the first record
}

// Write runs f in one transaction that may change the database; it commits when f returns nil, and else leaves everything as it was.
// Writers wait for each other, so what f reads cannot change under it.
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	return db.in(ctx, db.write, f, func() error { return db.fault("COMMIT") })
}

// Read runs f in one transaction that sees one state of the database throughout.
func (db *DB) Read(ctx context.Context, f func(*Tx) error) error {
	return db.in(ctx, db.read, f, func() error { return nil })
}

func (db *DB) in(ctx context.Context, handle *sql.DB, f func(*Tx) error, before func() error) (err error) {
	defer func() { err = remedied(db.path, err) }()
	tx, err := handle.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer tx.Rollback() // after a commit it does nothing; after a panic in f it frees the handle
	if err := f(&Tx{ctx: ctx, tx: tx, db: db, known: map[string]*statement{}}); err != nil {
		return err
	}
	if err := before(); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	return nil
}

func (db *DB) fault(query string) error {
	if db.onStatement == nil {
		return nil
	}
	return db.onStatement(query)
}

// Exec runs a statement that changes something and returns how many rows it touched.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	if err := tx.db.fault(query); err != nil {
		return 0, err
	}
	st, err := tx.statement(query)
	if err != nil {
		return 0, err
	}
	res, err := st.exec(tx, query, tx.db.masked(args))
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// masked are the arguments of a statement that writes, without secrets. Bytes are evidence, which was masked before it got its hash.
func (db *DB) masked(args []any) []any {
	if db.scrub == nil {
		return args
	}
	out := args
	for i, a := range args {
		text, ok := a.(string)
		if !ok {
			continue
		}
		if clean := db.scrub(text); clean != text {
			if &out[0] == &args[0] {
				out = slices.Clone(args)
			}
			out[i] = clean
		}
	}
	return out
}

// Query calls each for every row that the query yields.
func (tx *Tx) Query(each func(scan func(...any) error) error, query string, args ...any) error {
	tx.asks(query, args)
	st, err := tx.statement(query)
	if err != nil {
		return err
	}
	rows, done, err := st.query(tx, query, args) //nolint:sqlclosecheck // done closes them
	if err != nil {
		return err
	}
	defer done()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// errEnough ends a query of which no more rows are wanted.
var errEnough = errors.New("enough")

// Get scans the first row that the query yields into dest; found is false where there is none.
func (tx *Tx) Get(dest []any, query string, args ...any) (found bool, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		found = true
		return cmp.Or(scan(dest...), errEnough)
	}, query, args...)
	if errors.Is(err, errEnough) {
		err = nil
	}
	return found && err == nil, err
}

func (tx *Tx) asks(query string, args []any) {
	if tx.db.onQuery != nil {
		tx.db.onQuery(query, args)
	}
}

// Context is the transaction's context.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Stamp is t as the database stores it: UTC microseconds since 1970; nil for the zero time.
func Stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// Time is a stored instant; the zero time for null.
func Time(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return time.UnixMicro(n.Int64).UTC()
}

// execAll runs one statement n times. Its arguments are made one row at a time: those of a whole list would take as much memory as its file.
func (tx *Tx) execAll(query string, n int, args func(i int) ([]any, error)) error {
	for i := range n {
		row, err := args(i)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(query, row...); err != nil {
			return err
		}
	}
	return nil
}

// bit is a boolean as the database stores it.
func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// text is v as JSON.
func text(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("write as JSON: %w", err)
	}
	return string(b), nil
}

// texts is text for several values.
func texts(vs ...any) ([]string, error) {
	out := make([]string, len(vs))
	for i, v := range vs {
		var err error
		if out[i], err = text(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func parse(s string, v any) error {
	if err := json.Unmarshal([]byte(s), v); err != nil {
		return fmt.Errorf("read stored JSON: %w", err)
	}
	return nil
}
