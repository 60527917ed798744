package store

import (
	"database/sql"
	"fmt"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

const versionColumns = `id, entry, valid_from, valid_to, recorded_from, recorded_to, change_id, ended_by, source`

// Believed are the versions of a list's entries that are believed now. See watcher.Versions.
func (tx *Tx) Believed(list diff.ListID) ([]watcher.VersionRef, error) {
	return tx.versionRefs(nil, ` AND list = $1`+refOrder, string(list))
}

// fewSought is how many entries of a list are asked for by name; more are chosen from all.
const fewSought = 500

// InForce are the versions of a list's entries that count on a day and are sought. See watcher.Versions.
func (tx *Tx) InForce(list diff.ListID, on diff.Date, sought *diff.Sought) ([]watcher.VersionRef, error) {
	where, args := onDay, []any{string(list), string(on), string(on)}
	if ids, keys, ok := sought.Few(fewSought); ok {
		where += ` AND (entry_id IN (` + places(4, len(ids)) + `) OR key IN (` + places(4+len(ids), len(keys)) + `))`
		args = append(append(args, anys(ids)...), anys(keys)...)
	}
	return tx.versionRefs(sought, where+refOrder, args...)
}

// FirstInForce is the first version of a list's entries that counts on a day. See watcher.Versions.
func (tx *Tx) FirstInForce(list diff.ListID, on diff.Date) (first watcher.VersionRef, err error) {
	all, err := tx.versionRefs(nil, onDay+refOrder+` LIMIT 1`, string(list), string(on), string(on))
	if len(all) > 0 {
		first = all[0]
	}
	return first, err
}

const (
	onDay    = ` AND list = $1 AND valid_from <= $2 AND (valid_to = '' OR valid_to > $3)`
	refOrder = ` ORDER BY entry_id, valid_from, recorded_from, id`
)

func (tx *Tx) versionRefs(sought *diff.Sought, rest string, args ...any) (all []watcher.VersionRef, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		var r watcher.VersionRef
		if err := scan(&r.ID, &r.EntryID, &r.Key, &r.ValidFrom, &r.ValidTo, &r.Print); err != nil {
			return err
		}
		if sought.Wants(r.EntryID, r.Key) {
			all = append(all, r)
		}
		return nil
	}, `SELECT id, entry_id, key, valid_from, valid_to, print FROM entry_versions WHERE recorded_to IS NULL`+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("store: read legal state: %w", err)
	}
	return all, nil
}

// VersionEntries are the entries of versions, in their order. See watcher.Versions.
func (tx *Tx) VersionEntries(of []watcher.VersionRef, at *diff.Rows) ([]diff.Entry, error) {
	out := make([]diff.Entry, len(of))
	u := unread{table: `entry_versions`, key: `id`}
	for i, r := range of {
		e, found := at.Find(r.Print, r.EntryID)
		if out[i] = e; !found {
			u.rows = append(u.rows, unreadRow{r.ID, r.Print, &out[i]})
		}
	}
	if err := tx.readEntries(u); err != nil {
		return nil, fmt.Errorf("store: read legal state: %w", err)
	}
	return out, nil
}

// Timeline are the believed versions of one entry. See watcher.Versions.
func (tx *Tx) Timeline(entryID string) ([]watcher.EntryVersion, error) {
	return tx.versions(`WHERE entry_id = $1 AND recorded_to IS NULL ORDER BY valid_from, recorded_from, id`, entryID)
}

func (tx *Tx) versions(where string, args ...any) (all []watcher.EntryVersion, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		v, err := scanVersion(scan)
		all = append(all, v)
		return err
	}, `SELECT `+versionColumns+` FROM entry_versions `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("store: read legal state: %w", err)
	}
	return all, nil
}

func scanVersion(scan func(...any) error) (v watcher.EntryVersion, err error) {
	var entry string
	var from int64
	var to sql.NullInt64
	if err := scan(&v.ID, &entry, &v.ValidFrom, &v.ValidTo, &from, &to, &v.ChangeID, &v.EndedBy, &v.Source); err != nil {
		return v, err
	}
	v.RecordedFrom, v.RecordedTo = time.UnixMicro(from).UTC(), Time(to)
	return v, parse(entry, &v.Entry)
}

// Disbelieve ends the belief in versions. See watcher.Versions.
func (tx *Tx) Disbelieve(at time.Time, ids ...string) error {
	written, err := tx.nextState(len(ids))
	if err != nil {
		return err
	}
	err = tx.execAll(`UPDATE entry_versions SET recorded_to = $1, written = $2 WHERE id = $3 AND recorded_to IS NULL`, len(ids), func(i int) ([]any, error) {
		return []any{Stamp(at), written, ids[i]}, nil
	})
	if err != nil {
		return fmt.Errorf("store: end belief: %w", err)
	}
	return nil
}

// AddVersions stores new beliefs. See watcher.Versions.
func (tx *Tx) AddVersions(vs ...watcher.EntryVersion) error {
	written, err := tx.nextState(len(vs))
	if err != nil {
		return err
	}
	err = tx.execAll(`INSERT INTO entry_versions (id, entry_id, list, key, country, name, entry, valid_from, valid_to, recorded_from, recorded_to,
		change_id, ended_by, source, written, print) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, $11, $12, $13, $14, $15)`, len(vs), func(i int) ([]any, error) {
		v := &vs[i]
		if v.ID == "" {
			v.ID = newID()
		}
		e := &v.Entry
		entry, err := text(e)
		return []any{v.ID, e.EntryID, string(e.List), e.Key, e.Country, e.Name, entry, string(v.ValidFrom), string(v.ValidTo),
			v.RecordedFrom.UnixMicro(), v.ChangeID, v.EndedBy, v.Source, written, printOf(e)}, err
	})
	if err != nil {
		return fmt.Errorf("store: add to legal state: %w", err)
	}
	return nil
}
