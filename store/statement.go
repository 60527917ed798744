package store

import (
	"database/sql"
	"fmt"
)

// statement is one that a transaction asked for. The second time it is prepared, and again from then on: a look with
// thousands of Changes asks for the same dozen for each, and parsing them takes as long as running them.
type statement struct {
	stmt *sql.Stmt // nil before the second time
	busy bool      // its rows are being read: SQLite would begin anew for who asks again
}

func (tx *Tx) statement(query string) (*statement, error) {
	st, again := tx.known[query]
	if !again {
		st = &statement{}
		tx.known[query] = st
		return st, nil
	}
	if st.stmt == nil {
		stmt, err := tx.tx.PrepareContext(tx.ctx, query) // ends with the transaction
		if err != nil {
			return nil, fmt.Errorf("prepare: %w", err)
		}
		st.stmt = stmt
	}
	return st, nil
}

func (st *statement) exec(tx *Tx, query string, args []any) (sql.Result, error) {
	if st.stmt == nil || st.busy {
		return tx.tx.ExecContext(tx.ctx, query, args...)
	}
	return st.stmt.ExecContext(tx.ctx, args...)
}

// query gives the rows, and what must be called when they were read.
func (st *statement) query(tx *Tx, query string, args []any) (rows *sql.Rows, done func(), err error) {
	if st.stmt == nil || st.busy {
		if rows, err = tx.tx.QueryContext(tx.ctx, query, args...); err != nil {
			return nil, nil, err
		}
		return rows, func() { rows.Close() }, nil
	}
	if rows, err = st.stmt.QueryContext(tx.ctx, args...); err != nil {
		return nil, nil, err
	}
	st.busy = true
	return rows, func() { rows.Close(); st.busy = false }, nil
}
