package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"
)

// SigningKey is the 32-byte key of this database's links; it is made at the first call and never changes.
func (db *DB) SigningKey(ctx context.Context) (key []byte, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		found, err := tx.Get([]any{&key}, `SELECT key FROM secrets WHERE name = 'links'`)
		if found || err != nil {
			return err
		}
		key = make([]byte, 32)
		if _, err := rand.Read(key); err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO secrets (name, key, at) VALUES ('links', $1, $2)`, key, db.now().UnixMicro())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: read the key of links: %w", err)
	}
	return key, nil
}

// Dismissal is a person's finding that a counterparty is not the listed party that it resembles. The prints are of what both sides
// looked like then; a hit whose prints differ is told again.
type Dismissal struct {
	Counterparty string    `json:"counterparty"` // file/id
	EntryID      string    `json:"entry_id"`
	Reason       string    `json:"reason"`
	Who          string    `json:"who"`
	PartyPrint   string    `json:"-"`
	EntryPrint   string    `json:"-"`
	At           time.Time `json:"at"`
}

// Dismiss stores a finding, replacing an earlier one of the same pair, and audits it.
func (db *DB) Dismiss(ctx context.Context, d Dismissal) error {
	err := db.Write(ctx, func(tx *Tx) error {
		if _, err := tx.Exec(`INSERT INTO dismissals (counterparty, entry_id, reason, who, party_print, entry_print, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (counterparty, entry_id) DO UPDATE SET reason = excluded.reason, who = excluded.who,
			party_print = excluded.party_print, entry_print = excluded.entry_print, at = excluded.at`,
			d.Counterparty, d.EntryID, d.Reason, d.Who, d.PartyPrint, d.EntryPrint, d.At.UnixMicro()); err != nil {
			return err
		}
		return tx.Audit(d.At, "dismissed", d)
	})
	if err != nil {
		return fmt.Errorf("store: dismiss %s against %s: %w", d.Counterparty, d.EntryID, err)
	}
	return nil
}

// Dismissals are all findings.
func (db *DB) Dismissals(ctx context.Context) (all []Dismissal, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		return tx.Query(func(scan func(...any) error) error {
			var d Dismissal
			var at int64
			if err := scan(&d.Counterparty, &d.EntryID, &d.Reason, &d.Who, &d.PartyPrint, &d.EntryPrint, &at); err != nil {
				return err
			}
			d.At = time.UnixMicro(at).UTC()
			all = append(all, d)
			return nil
		}, `SELECT counterparty, entry_id, reason, who, party_print, entry_print, at FROM dismissals ORDER BY counterparty, entry_id`)
	})
	if err != nil {
		return nil, fmt.Errorf("store: read dismissals: %w", err)
	}
	return all, nil
}
