package store

import (
	"context"
	"fmt"
	"slices"

	"entitywatch/diff"
)

// nextState raises the version of the legal state before rows of it are written, once in a transaction, and returns the version that they
// are to hold. Nothing is raised where no rows are written.
func (tx *Tx) nextState(rows int) (n int64, err error) {
	if rows == 0 || tx.written != 0 {
		return tx.written, nil
	}
	if _, err := tx.Exec(`UPDATE state_version SET n = n + 1 WHERE name = 'entries'`); err != nil {
		return 0, fmt.Errorf("store: raise the version of the state: %w", err)
	}
	tx.written, err = tx.stateVersion()
	return tx.written, err
}

func (tx *Tx) stateVersion() (n int64, err error) {
	if _, err := tx.Get([]any{&n}, `SELECT n FROM state_version WHERE name = 'entries'`); err != nil {
		return 0, fmt.Errorf("store: read the version of the state: %w", err)
	}
	return n, nil
}

// StateVersion is the version of the legal state: it rises with each transaction that writes to it.
func (db *DB) StateVersion(ctx context.Context) (n int64, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		n, err = tx.stateVersion()
		return err
	})
	return n, err
}

const inForce = `recorded_to IS NULL AND valid_from <= $1 AND (valid_to = '' OR valid_to > $2)`

// InForce gives f the entries of all lists that are in force on a day, as is believed now, one after the other, and returns the version
// of the state that they are.
func (db *DB) InForce(ctx context.Context, day diff.Date, f func(diff.Entry)) (version int64, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		if version, err = tx.stateVersion(); err != nil {
			return err
		}
		return tx.eachEntry(f, inForce+` ORDER BY list, country, name, key, entry_id`, string(day), string(day))
	})
	if err != nil {
		return 0, fmt.Errorf("store: read what is in force: %w", err)
	}
	return version, nil
}

// Moved is what happened to the legal state between two versions and two days.
type Moved struct {
	Version int64
	IDs     []string     // entry ids that may have moved
	Entries []diff.Entry // those of them that are in force on the later day; empty where All
	All     bool         // so much has moved that the whole is better read anew
}

// mostMoved is how many entries are read one by one; reading the whole state costs about as much as reading a tenth of it so.
const mostMoved = 2000

// MovedSince reads what was written to the state since a version, and what began or ended by the calendar between two days.
func (db *DB) MovedSince(ctx context.Context, version int64, before, day diff.Date) (m Moved, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		if m.Version, err = tx.stateVersion(); err != nil {
			return err
		}
		if m.Version != version {
			if m.IDs, err = tx.entryIDs(m.IDs, `written > $1`, version); err != nil {
				return err
			}
		}
		if from, to := min(before, day), max(before, day); from != to { // a clock may have been set back
			m.IDs, err = tx.entryIDs(m.IDs, `recorded_to IS NULL AND (valid_from > $1 AND valid_from <= $2 OR valid_to > $3 AND valid_to <= $4)`,
				string(from), string(to), string(from), string(to))
			if err != nil {
				return err
			}
		}
		if m.All = len(m.IDs) > mostMoved; m.All {
			return nil
		}
		for _, id := range m.IDs {
			err := tx.eachEntry(func(e diff.Entry) { m.Entries = append(m.Entries, e) }, inForce+` AND entry_id = $3`, string(day), string(day), id)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return m, fmt.Errorf("store: read what moved: %w", err)
	}
	return m, nil
}

// entryIDs adds the ids of the entries that have a version of which where holds. It does not ask for each once: for that SQLite would walk
// through all versions in the order of their entries, instead of through the few of which where holds.
func (tx *Tx) entryIDs(ids []string, where string, args ...any) ([]string, error) {
	err := tx.Query(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT entry_id FROM entry_versions WHERE `+where, args...)
	slices.Sort(ids)
	return slices.Compact(ids), err
}

func (tx *Tx) eachEntry(f func(diff.Entry), where string, args ...any) error {
	return tx.Query(func(scan func(...any) error) error {
		var json string
		var e diff.Entry
		if err := scan(&json); err != nil {
			return err
		}
		if err := parse(json, &e); err != nil {
			return err
		}
		f(e)
		return nil
	}, `SELECT entry FROM entry_versions WHERE `+where, args...)
}
