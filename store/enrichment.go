package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
)

// SaveEnrichments stores what enriching found for readings of Changes, so that they are told without further wait.
func (db *DB) SaveEnrichments(ctx context.Context, at time.Time, found ...notify.Enrichment) error {
	return db.Write(ctx, func(tx *Tx) error {
		for _, e := range found {
			hits := e.Hits
			if hits == nil {
				hits = []notify.Hit{}
			}
			json, err := text(hits)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(`INSERT INTO enrichments (change_id, revision, hits, recorded_at) VALUES ($1, $2, $3, $4)
				ON CONFLICT (change_id, revision) DO UPDATE SET hits = excluded.hits, recorded_at = excluded.recorded_at`,
				e.Change, e.Revision, json, at.UnixMicro()); err != nil {
				return fmt.Errorf("store: enrich change %s: %w", e.Change, err)
			}
		}
		return nil
	})
}

const unenriched = `c.routed_at IS NULL AND c.latest = 1 AND NOT EXISTS (SELECT 1 FROM enrichments e WHERE e.change_id = c.id AND e.revision = c.revision)`

// Unenriched are the newest readings of Changes to be told that were not enriched yet, oldest first: a mass event has
// more of them than anybody should hold at once.
func (db *DB) Unenriched(ctx context.Context) (all []notify.Reading, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		return tx.Query(func(scan func(...any) error) error {
			var r notify.Reading
			err := scan(&r.Change, &r.Revision)
			all = append(all, r)
			return err
		}, `SELECT c.id, c.revision FROM changes c WHERE `+unenriched+changeOrder)
	})
	if err != nil {
		return nil, fmt.Errorf("store: read which changes to enrich: %w", err)
	}
	return all, nil
}

// Readings are the Changes of Unenriched that are given, in that order, without those that were enriched or read anew
// since.
func (db *DB) Readings(ctx context.Context, of ...notify.Reading) (all []diff.Change, err error) {
	ids := make([]string, len(of))
	for i, r := range of {
		ids[i] = r.Change
	}
	given, err := text(ids)
	if err != nil {
		return nil, err
	}
	err = db.Read(ctx, func(tx *Tx) error {
		return tx.Query(func(scan func(...any) error) error {
			var json string
			var c diff.Change
			var revision int
			if err := scan(&json, &revision); err != nil {
				return err
			}
			if err := parse(json, &c); err != nil {
				return err
			}
			c.Revision = revision
			if slices.Contains(of, notify.Reading{Change: c.ID, Revision: revision}) {
				all = append(all, c)
			}
			return nil
		}, `SELECT c.change, c.revision FROM changes c WHERE c.id IN (SELECT value FROM json_each($1)) AND `+unenriched+changeOrder, given)
	})
	if err != nil {
		return nil, fmt.Errorf("store: read changes to enrich: %w", err)
	}
	return all, nil
}

// Hits are our counterparties that the newest reading of a Change touches, as enriching found them.
func (db *DB) Hits(ctx context.Context, changeID string) (hits []notify.Hit, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		rows, err := tx.changeRows(`c.id = $1 AND c.latest = 1`, changeID)
		for _, r := range rows {
			hits = r.hits
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: read hits of %s: %w", changeID, err)
	}
	return hits, nil
}
