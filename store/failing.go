package store

import (
	"database/sql"
	"fmt"
	"time"

	"entitywatch/watcher"
)

// Failing are the sources that cannot be read as they should be, oldest first. See watcher.Records.
func (tx *Tx) Failing() (all []watcher.Failing, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		var f watcher.Failing
		var since int64
		var told, ended sql.NullInt64
		err := scan(&f.Source, &f.Kind, &since, &f.Looks, &f.Reason, &told, &ended)
		f.Since, f.ToldAt, f.EndedAt = time.UnixMicro(since).UTC(), Time(told), Time(ended)
		all = append(all, f)
		return err
	}, `SELECT source, kind, since, looks, reason, told_at, ended_at FROM failing ORDER BY since, source, kind`)
	if err != nil {
		return nil, fmt.Errorf("store: read what fails: %w", err)
	}
	return all, nil
}

// SaveFailing writes a row of Failing. See watcher.Records.
func (tx *Tx) SaveFailing(f watcher.Failing) error {
	_, err := tx.Exec(`INSERT INTO failing (source, kind, since, looks, reason, told_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (source, kind) DO UPDATE SET since = excluded.since, looks = excluded.looks, reason = excluded.reason,
		told_at = excluded.told_at, ended_at = excluded.ended_at`,
		f.Source, f.Kind, f.Since.UnixMicro(), f.Looks, f.Reason, Stamp(f.ToldAt), Stamp(f.EndedAt))
	if err != nil {
		return fmt.Errorf("store: note that %s fails: %w", f.Source, err)
	}
	return nil
}

// DropFailing removes a row of Failing. See watcher.Records.
func (tx *Tx) DropFailing(source, kind string) error {
	if _, err := tx.Exec(`DELETE FROM failing WHERE source = $1 AND kind = $2`, source, kind); err != nil {
		return fmt.Errorf("store: note that %s works: %w", source, err)
	}
	return nil
}
