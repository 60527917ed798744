package store

import (
	"context"
	"fmt"

	"entitywatch/diff"
)

// Entries are the entries of a list that are in force on a day, as is believed now, in the order of country and name.
func (db *DB) Entries(ctx context.Context, list diff.ListID, on diff.Date) (entries []diff.Entry, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		rows, err := tx.versions(`WHERE list = $1 AND recorded_to IS NULL AND valid_from <= $2 AND (valid_to = '' OR valid_to > $3)
			ORDER BY country, name, key, entry_id`, string(list), string(on), string(on))
		for _, r := range rows {
			entries = append(entries, r.Entry)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: read %s: %w", list, err)
	}
	return entries, nil
}
