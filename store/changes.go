package store

import (
	"cmp"
	"database/sql"
	"fmt"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

const changeColumns = `change, evidence, supersedes, retracted, shown_at, recorded_at, routed_at`

// Change is the newest row of a Change. See watcher.Changes.
func (tx *Tx) Change(id string) (c watcher.StoredChange, found bool, err error) {
	all, err := tx.changes(`WHERE id = $1 AND latest = 1`, id)
	if err != nil || len(all) == 0 {
		return c, false, err
	}
	return all[0], true, nil
}

const changeOrder = ` ORDER BY recorded_at, list, country, name, id, revision`

// inChangeOrder is changeOrder for rows that were read in another one.
func inChangeOrder(a, b watcher.StoredChange) int {
	x, y := &a.Change, &b.Change
	return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(x.List, y.List), cmp.Compare(x.Country, y.Country),
		cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID), cmp.Compare(x.Revision, y.Revision))
}

// ChangesOfAct are the Changes that an act made. See watcher.Changes.
func (tx *Tx) ChangesOfAct(number string) ([]watcher.StoredChange, error) {
	return tx.changes(`WHERE act = $1 AND latest = 1`+changeOrder, diff.FoldDocumentNumber(number))
}

// ChangesOfCase are the Changes of a legal action. See watcher.Changes.
func (tx *Tx) ChangesOfCase(id string) ([]watcher.StoredChange, error) {
	return tx.changes(`WHERE case_id = $1 AND latest = 1`+changeOrder, id)
}

// ChangesOfList are the Changes of a list. See watcher.Changes.
func (tx *Tx) ChangesOfList(list diff.ListID, since time.Time) ([]watcher.StoredChange, error) {
	return tx.changes(`WHERE list = $1 AND recorded_at >= $2 AND latest = 1 AND retracted = ''`+changeOrder, string(list), since.UnixMicro())
}

// UnseenChanges were not yet shown by a source. See watcher.Changes.
func (tx *Tx) UnseenChanges(list diff.ListID, source string) ([]watcher.StoredChange, error) {
	return tx.changes(`WHERE list = $1 AND latest = 1 AND retracted = '' AND (act <> '' OR source <> $2)
		AND NOT EXISTS (SELECT 1 FROM sightings s WHERE s.change_id = changes.id AND s.source = $3)`+changeOrder, string(list), source, source)
}

// TakenBack are additions that a source alone had shown. See watcher.Changes.
func (tx *Tx) TakenBack(list diff.ListID, source string, since time.Time) ([]watcher.StoredChange, error) {
	return tx.changes(`WHERE list = $1 AND source = $2 AND recorded_at >= $3 AND latest = 1 AND retracted <> '' AND act = '' AND kind = $4`+changeOrder,
		string(list), source, since.UnixMicro(), string(diff.Added))
}

// Sight notes that a source shows a Change. See watcher.Changes.
func (tx *Tx) Sight(id, source string, at time.Time) error {
	_, err := tx.Exec(`INSERT INTO sightings (change_id, source, at) VALUES ($1, $2, $3) ON CONFLICT (change_id, source) DO NOTHING`,
		id, source, at.UnixMicro())
	if err != nil {
		return fmt.Errorf("store: note that %s shows change %s: %w", source, id, err)
	}
	return nil
}

// Unsight forgets who shows a Change. See watcher.Changes.
func (tx *Tx) Unsight(id string) error {
	if _, err := tx.Exec(`DELETE FROM sightings WHERE change_id = $1`, id); err != nil {
		return fmt.Errorf("store: forget who shows change %s: %w", id, err)
	}
	return nil
}

// UnshownChanges wait for a primary source to show them. See watcher.Changes.
func (tx *Tx) UnshownChanges() ([]watcher.StoredChange, error) {
	return tx.changes(`WHERE act <> '' AND shown_at IS NULL AND latest = 1 AND retracted = '' AND kind <> $1`+changeOrder, string(diff.Discrepancy))
}

func (tx *Tx) changes(where string, args ...any) (all []watcher.StoredChange, err error) {
	err = tx.eachStored(func(c watcher.StoredChange) { all = append(all, c) }, where, args...)
	if err != nil {
		return nil, fmt.Errorf("store: read changes: %w", err)
	}
	return all, nil
}

func (tx *Tx) eachStored(each func(watcher.StoredChange), where string, args ...any) error {
	return tx.Query(func(scan func(...any) error) error {
		c, err := scanChange(scan)
		if err == nil {
			each(c)
		}
		return err
	}, `SELECT `+changeColumns+` FROM changes `+where, args...)
}

func scanChange(scan func(...any) error) (c watcher.StoredChange, err error) {
	var change, evidence string
	var recorded int64
	var shown, routed sql.NullInt64
	if err := scan(&change, &evidence, &c.Supersedes, &c.Retracted, &shown, &recorded, &routed); err != nil {
		return c, err
	}
	c.ShownAt, c.RecordedAt, c.RoutedAt = Time(shown), time.UnixMicro(recorded).UTC(), Time(routed)
	return c, parse(change, &c.Change)
}

// AddChange stores a row as the newest of its Change. See watcher.Changes.
func (tx *Tx) AddChange(s watcher.StoredChange) error {
	c := &s.Change
	json, err := texts(c, c.Evidence)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE changes SET latest = 0 WHERE id = $1 AND latest = 1`, c.ID); err != nil {
		return fmt.Errorf("store: add change %s: %w", c.ID, err)
	}
	var routed any
	if s.Silent {
		routed = Stamp(s.RecordedAt)
	}
	_, err = tx.Exec(`INSERT INTO changes (id, revision, supersedes, case_id, list, entry_id, key, kind, substantive, unconfirmed, country, name, act,
		source, stage, effective_on, detected_at, change, evidence, retracted, latest, shown_at, recorded_at, routed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1, $21, $22, $23)`,
		c.ID, c.Revision, s.Supersedes, c.Case, string(c.List), c.EntryID, c.Key, string(c.Change), bit(c.Substantive), bit(c.Unconfirmed),
		c.Country, c.Name, diff.FoldDocumentNumber(c.Act), c.Source, string(c.Stage), string(c.EffectiveOn), c.DetectedAt.UnixMicro(),
		json[0], json[1], s.Retracted, Stamp(s.ShownAt), s.RecordedAt.UnixMicro(), routed)
	if err != nil {
		return fmt.Errorf("store: add change %s: %w", c.ID, err)
	}
	return nil
}

// RefreshChange rewrites the newest row in place. See watcher.Changes.
func (tx *Tx) RefreshChange(c diff.Change) error {
	json, err := texts(c, c.Evidence)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE changes SET key = $1, unconfirmed = $2, country = $3, name = $4, stage = $5, effective_on = $6, change = $7, evidence = $8,
		case_id = $9 WHERE id = $10 AND latest = 1`,
		c.Key, bit(c.Unconfirmed), c.Country, c.Name, string(c.Stage), string(c.EffectiveOn), json[0], json[1], c.Case, c.ID)
	if err != nil {
		return fmt.Errorf("store: refresh change %s: %w", c.ID, err)
	}
	return nil
}

// MarkShown notes when the primary source showed a Change. See watcher.Changes.
func (tx *Tx) MarkShown(id string, at time.Time) error {
	if _, err := tx.Exec(`UPDATE changes SET shown_at = $1 WHERE id = $2 AND latest = 1 AND shown_at IS NULL`, Stamp(at), id); err != nil {
		return fmt.Errorf("store: mark change %s as shown: %w", id, err)
	}
	return nil
}
