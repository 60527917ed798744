package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"entitywatch/watcher"
)

var _ watcher.Store = (*DB)(nil)

const sourceColumns = `name, kind, version, cursor, health, health_since, reason, baseline_at, polled_at, succeeded_at, changed_at`

// Claim takes the lease on a source. See watcher.Claimer.
func (db *DB) Claim(ctx context.Context, c watcher.Claim) (lease watcher.Lease, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		if err := tx.adopt(c); err != nil {
			return err
		}
		state, found, err := tx.source(c.Name)
		if err != nil {
			return err
		}
		if !found {
			state = watcher.SourceState{Name: c.Name, Kind: c.Kind, Health: watcher.Fresh, Since: c.Now.UTC()}
			if err := tx.insertSource(state); err != nil {
				return err
			}
		}
		token, err := tx.lease(c)
		lease = watcher.Lease{State: state, Holder: c.Holder, Token: token}
		return err
	})
	if err != nil {
		return watcher.Lease{}, fmt.Errorf("store: claim source %s: %w", c.Name, err)
	}
	return lease, nil
}

// adopt gives the row of an earlier name the new one, with everything that hangs on it, once.
func (tx *Tx) adopt(c watcher.Claim) error {
	for _, was := range c.Was {
		if _, found, err := tx.source(c.Name); err != nil || found {
			return err
		}
		n, err := tx.Exec(`UPDATE sources SET name = $1 WHERE name = $2`, c.Name, was)
		if err != nil {
			return fmt.Errorf("take over from %s: %w", was, err)
		}
		if n == 0 {
			continue
		}
		// what was recorded under the old name stays so: it is history, and the audit says when the name changed
		for _, table := range []string{"source_lists", "source_entries", "sightings", "failing"} {
			if _, err := tx.Exec(`UPDATE `+table+` SET source = $1 WHERE source = $2`, c.Name, was); err != nil {
				return fmt.Errorf("take over from %s: %w", was, err)
			}
		}
		return tx.Audit(c.Now, "source renamed", map[string]string{"from": was, "to": c.Name})
	}
	return nil
}

func (tx *Tx) lease(c watcher.Claim) (token int64, err error) {
	var holder string
	var until int64
	if _, err := tx.Get([]any{&holder, &token, &until}, `SELECT lease_holder, lease_token, lease_until FROM sources WHERE name = $1`, c.Name); err != nil {
		return 0, err
	}
	if holder != "" && holder != c.Holder && until > c.Now.UnixMicro() && (c.Gone == nil || !c.Gone(holder)) {
		return 0, watcher.ErrBusy
	}
	_, err = tx.Exec(`UPDATE sources SET lease_holder = $1, lease_token = $2, lease_until = $3 WHERE name = $4`,
		c.Holder, token+1, Stamp(c.Until), c.Name)
	return token + 1, err
}

// Free gives a lease back. See watcher.Claimer.
func (db *DB) Free(ctx context.Context, l watcher.Lease) error {
	err := db.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec(`UPDATE sources SET lease_holder = '', lease_until = 0 WHERE name = $1 AND lease_token = $2`, l.State.Name, l.Token)
		return err
	})
	if err != nil {
		return fmt.Errorf("store: free source %s: %w", l.State.Name, err)
	}
	return nil
}

// Commit stores one poll's work. See watcher.Store.
func (db *DB) Commit(ctx context.Context, l watcher.Lease, f func(watcher.Tx) (watcher.SourceState, error)) error {
	err := db.Write(ctx, func(tx *Tx) error {
		if err := tx.holds(l); err != nil {
			return err
		}
		state, err := f(tx)
		if err != nil {
			return err
		}
		return tx.saveSource(l, state)
	})
	if err != nil {
		return fmt.Errorf("store: commit source %s: %w", l.State.Name, err)
	}
	return nil
}

// holds looks before the work is done; saveSource compares and swaps after it.
func (tx *Tx) holds(l watcher.Lease) error {
	var one int
	found, err := tx.Get([]any{&one}, `SELECT 1 FROM sources WHERE name = $1 AND version = $2 AND lease_token = $3`,
		l.State.Name, l.State.Version, l.Token)
	if err == nil && !found {
		err = watcher.ErrConflict
	}
	return err
}

func (tx *Tx) saveSource(l watcher.Lease, s watcher.SourceState) error {
	cursor, err := text(s.Cursor)
	if err != nil {
		return err
	}
	n, err := tx.Exec(`UPDATE sources SET version = version + 1, kind = $1, cursor = $2, health = $3, health_since = $4, reason = $5,
		baseline_at = $6, polled_at = $7, succeeded_at = $8, changed_at = $9, lease_holder = '', lease_until = 0
		WHERE name = $10 AND version = $11 AND lease_token = $12`,
		s.Kind, cursor, s.Health, Stamp(s.Since), s.Reason, Stamp(s.BaselineAt), Stamp(s.PolledAt), Stamp(s.SucceededAt), Stamp(s.ChangedAt),
		l.State.Name, l.State.Version, l.Token)
	if err == nil && n != 1 {
		err = watcher.ErrConflict
	}
	return err
}

func (tx *Tx) insertSource(s watcher.SourceState) error {
	cursor, err := text(s.Cursor)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO sources (`+sourceColumns+`, lease_holder, lease_token, lease_until)
		VALUES ($1, $2, 0, $3, $4, $5, '', NULL, NULL, NULL, NULL, '', 0, 0)`, s.Name, s.Kind, cursor, s.Health, Stamp(s.Since))
	return err
}

// AskAnew has the next look at a source read everything. See watcher.Lists.
func (tx *Tx) AskAnew(source string) error {
	s, found, err := tx.source(source)
	if err != nil || !found {
		return err
	}
	s.Cursor.Anew = true
	cursor, err := text(s.Cursor)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE sources SET version = version + 1, cursor = $1 WHERE name = $2`, cursor, source); err != nil {
		return fmt.Errorf("store: ask %s anew: %w", source, err)
	}
	return nil
}

// Maintain runs f in one transaction. See watcher.Store.
func (db *DB) Maintain(ctx context.Context, f func(watcher.Tx) error) error {
	return db.Write(ctx, func(tx *Tx) error { return f(tx) })
}

var errRehearsed = errors.New("rehearsed")

// Rehearse runs f and rolls back. See watcher.Store.
func (db *DB) Rehearse(ctx context.Context, f func(watcher.Tx) error) error {
	err := db.Write(ctx, func(tx *Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

// Sources are all stored sources, by name.
func (db *DB) Sources(ctx context.Context) (all []watcher.SourceState, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		return tx.Query(func(scan func(...any) error) error {
			s, err := scanSource(scan)
			all = append(all, s)
			return err
		}, `SELECT `+sourceColumns+` FROM sources ORDER BY name`)
	})
	if err != nil {
		return nil, fmt.Errorf("store: read sources: %w", err)
	}
	return all, nil
}

func (tx *Tx) source(name string) (s watcher.SourceState, found bool, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		found = true
		s, err = scanSource(scan)
		return err
	}, `SELECT `+sourceColumns+` FROM sources WHERE name = $1`, name)
	return s, found, err
}

func scanSource(scan func(...any) error) (s watcher.SourceState, err error) {
	var cursor string
	var since int64
	var baseline, polled, succeeded, changed sql.NullInt64
	err = scan(&s.Name, &s.Kind, &s.Version, &cursor, &s.Health, &since, &s.Reason, &baseline, &polled, &succeeded, &changed)
	if err != nil {
		return s, err
	}
	s.Since = time.UnixMicro(since).UTC()
	s.BaselineAt, s.PolledAt, s.SucceededAt, s.ChangedAt = Time(baseline), Time(polled), Time(succeeded), Time(changed)
	return s, parse(cursor, &s.Cursor)
}
