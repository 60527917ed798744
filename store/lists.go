package store

import (
	"database/sql"
	"fmt"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

// SourceLists are all lists of all sources. See watcher.Lists.
func (tx *Tx) SourceLists() (all []watcher.SourceList, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		l, err := scanSourceList(scan)
		all = append(all, l)
		return err
	}, `SELECT source, list, as_of, baseline_as_of, taken_at, version, is_primary, entries, digest, evidence, held_since, held_reason, held_digest,
		released_digest, held_same_since, flapped_at, earlier, blind FROM source_lists ORDER BY source, list`)
	if err != nil {
		return nil, fmt.Errorf("store: read source lists: %w", err)
	}
	return all, nil
}

func scanSourceList(scan func(...any) error) (l watcher.SourceList, err error) {
	var taken int64
	var held, same, flapped sql.NullInt64
	var evidence, earlier, blind string
	err = scan(&l.Source, &l.List, &l.AsOf, &l.BaselineAsOf, &taken, &l.Version, &l.Primary, &l.Entries, &l.Digest, &evidence, &held, &l.HeldReason,
		&l.HeldDigest, &l.ReleasedDigest, &same, &flapped, &earlier, &blind)
	if err != nil {
		return l, err
	}
	l.TakenAt, l.HeldSince, l.HeldSameSince, l.FlappedAt = time.UnixMicro(taken).UTC(), Time(held), Time(same), Time(flapped)
	if err := parse(earlier, &l.Earlier); err != nil {
		return l, err
	}
	if err := parse(blind, &l.Blind); err != nil {
		return l, err
	}
	return l, parse(evidence, &l.Evidence)
}

// SaveSourceList writes one list of one source. See watcher.Lists.
func (tx *Tx) SaveSourceList(l watcher.SourceList) error {
	evidence, err := text(l.Evidence)
	if err != nil {
		return err
	}
	earlier, err := text(l.Earlier)
	if err != nil {
		return err
	}
	blind, err := text(l.Blind)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO source_lists (source, list, as_of, baseline_as_of, taken_at, version, is_primary, entries, digest, evidence, held_since,
		held_reason, held_digest, released_digest, held_same_since, flapped_at, earlier, blind)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
		ON CONFLICT (source, list) DO UPDATE SET as_of = excluded.as_of, baseline_as_of = excluded.baseline_as_of, taken_at = excluded.taken_at, version = excluded.version,
		is_primary = excluded.is_primary, entries = excluded.entries, digest = excluded.digest, evidence = excluded.evidence,
		held_since = excluded.held_since, held_reason = excluded.held_reason, held_digest = excluded.held_digest,
		released_digest = excluded.released_digest, held_same_since = excluded.held_same_since, flapped_at = excluded.flapped_at,
		earlier = excluded.earlier, blind = excluded.blind`,
		l.Source, string(l.List), string(l.AsOf), string(l.BaselineAsOf), l.TakenAt.UnixMicro(), l.Version, bit(l.Primary), l.Entries, l.Digest, evidence,
		Stamp(l.HeldSince), l.HeldReason, l.HeldDigest, l.ReleasedDigest, Stamp(l.HeldSameSince), Stamp(l.FlappedAt), earlier, blind)
	if err != nil {
		return fmt.Errorf("store: save list %s of %s: %w", l.List, l.Source, err)
	}
	return nil
}

// SourceEntries are what a source last showed of a list. See watcher.Lists.
func (tx *Tx) SourceEntries(source string, list diff.ListID, at *diff.Rows) ([]watcher.SourceEntry, error) {
	all, err := tx.sourceEntries(source, list, at)
	if err != nil {
		return nil, fmt.Errorf("store: read entries of %s from %s: %w", list, source, err)
	}
	return all, nil
}

func (tx *Tx) sourceEntries(source string, list diff.ListID, at *diff.Rows) (all []watcher.SourceEntry, err error) {
	type ref struct {
		key, id        string
		position, seen int64
		missing        sql.NullInt64
		print          []byte
	}
	var refs []ref
	err = tx.Query(func(scan func(...any) error) error {
		var r ref
		err := scan(&r.position, &r.key, &r.id, &r.seen, &r.missing, &r.print)
		refs = append(refs, r)
		return err
	}, `SELECT position, key, entry_id, seen_at, missing_since, print FROM source_entries WHERE source = $1 AND list = $2 ORDER BY position, key`,
		source, string(list))
	if err != nil || len(refs) == 0 {
		return nil, err
	}
	all = make([]watcher.SourceEntry, len(refs))
	u := unread{table: `source_entries`, key: `key`, where: `source = $1 AND list = $2 AND `, args: []any{source, string(list)}}
	for i, r := range refs {
		e, found := at.Find(r.print, r.id)
		all[i] = watcher.SourceEntry{Entry: e, Position: int(r.position), SeenAt: time.UnixMicro(r.seen).UTC(), MissingSince: Time(r.missing)}
		if !found {
			u.rows = append(u.rows, unreadRow{r.key, r.print, &all[i].Entry})
		}
	}
	return all, tx.readEntries(u)
}

func scanSourceEntry(scan func(...any) error) (source string, e watcher.SourceEntry, err error) {
	var entry string
	var seen int64
	var missing sql.NullInt64
	if err := scan(&source, &e.Position, &entry, &seen, &missing); err != nil {
		return "", e, err
	}
	e.SeenAt, e.MissingSince = time.UnixMicro(seen).UTC(), Time(missing)
	return source, e, parse(entry, &e.Entry)
}

// PutSourceEntries writes and drops entries of one list of one source. See watcher.Lists.
func (tx *Tx) PutSourceEntries(source string, list diff.ListID, put []watcher.SourceEntry, drop []string) error {
	err := tx.execAll(`DELETE FROM source_entries WHERE source = $1 AND list = $2 AND key = $3`, len(drop), func(i int) ([]any, error) {
		return []any{source, string(list), drop[i]}, nil
	})
	if err != nil {
		return fmt.Errorf("store: drop entries of %s from %s: %w", list, source, err)
	}
	err = tx.execAll(`INSERT INTO source_entries (source, list, key, entry_id, position, entry, seen_at, missing_since, print)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (source, list, key) DO UPDATE SET entry_id = excluded.entry_id, position = excluded.position, entry = excluded.entry,
		seen_at = excluded.seen_at, missing_since = excluded.missing_since, print = excluded.print`, len(put), func(i int) ([]any, error) {
		e := &put[i]
		entry, err := text(&e.Entry)
		return []any{source, string(list), e.Entry.Key, e.Entry.EntryID, e.Position, entry, e.SeenAt.UnixMicro(), Stamp(e.MissingSince), printOf(&e.Entry)}, err
	})
	if err != nil {
		return fmt.Errorf("store: write entries of %s from %s: %w", list, source, err)
	}
	return nil
}

// MissingEntries are the entry holds of all sources. See watcher.Lists.
func (tx *Tx) MissingEntries() (all []watcher.Missing, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		source, e, err := scanSourceEntry(scan)
		all = append(all, watcher.Missing{Source: source, SourceEntry: e})
		return err
	}, `SELECT source, position, entry, seen_at, missing_since FROM source_entries WHERE missing_since IS NOT NULL ORDER BY missing_since, key`)
	if err != nil {
		return nil, fmt.Errorf("store: read missing entries: %w", err)
	}
	return all, nil
}
