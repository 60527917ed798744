package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// OurFile is how one configured file of counterparties does.
type OurFile struct {
	Name        string    `json:"counterparties"`
	File        string    `json:"file"`
	Parties     int       `json:"parties"`           // that are screened
	Unread      int       `json:"unread"`            // rows that were not taken
	Problem     string    `json:"problem,omitempty"` // the first of these
	Note        string    `json:"note,omitempty"`    // what was read otherwise than it stands, such as in another encoding
	ReadAt      time.Time `json:"read_at,omitzero"`  // of the reading in use; zero where there is none
	Broken      string    `json:"broken,omitempty"`  // why the file as it is now cannot be read
	BrokenSince time.Time `json:"broken_since,omitzero"`
}

// SaveOurFile writes how a file does.
func (db *DB) SaveOurFile(ctx context.Context, f OurFile) error {
	err := db.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec(`INSERT INTO our_files (name, file, parties, unread, problem, read_at, broken, broken_since, note)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (name) DO UPDATE SET file = excluded.file, parties = excluded.parties,
			unread = excluded.unread, problem = excluded.problem, read_at = excluded.read_at, broken = excluded.broken, broken_since = excluded.broken_since,
			note = excluded.note`,
			f.Name, f.File, f.Parties, f.Unread, f.Problem, Stamp(f.ReadAt), f.Broken, Stamp(f.BrokenSince), f.Note)
		return err
	})
	if err != nil {
		return fmt.Errorf("store: save how the counterparties %s do: %w", f.Name, err)
	}
	return nil
}

// OurFiles is how all files of counterparties did when the daemon read them, in the order of their names.
func (db *DB) OurFiles(ctx context.Context) (all []OurFile, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		return tx.Query(func(scan func(...any) error) error {
			var f OurFile
			var read, since sql.NullInt64
			if err := scan(&f.Name, &f.File, &f.Parties, &f.Unread, &f.Problem, &read, &f.Broken, &since, &f.Note); err != nil {
				return err
			}
			f.ReadAt, f.BrokenSince = Time(read), Time(since)
			all = append(all, f)
			return nil
		}, `SELECT name, file, parties, unread, problem, read_at, broken, broken_since, note FROM our_files ORDER BY name`)
	})
	if err != nil {
		return nil, fmt.Errorf("store: read how the counterparties do: %w", err)
	}
	return all, nil
}
