package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"
	"github.com/klauspost/compress/zstd"

	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
)

// RecordPoll stores a look with its exchanges. See watcher.Records.
func (tx *Tx) RecordPoll(p watcher.Poll) error {
	_, err := tx.Exec(`INSERT INTO polls (id, source, at, outcome, reason, changes) VALUES ($1, $2, $3, $4, $5, $6)`,
		p.ID, p.Source, Stamp(p.At), p.Outcome, p.Reason, p.Changes)
	if err != nil {
		return fmt.Errorf("store: record poll of %s: %w", p.Source, err)
	}
	for _, x := range p.Exchanges {
		if err := tx.recordExchange(p, x); err != nil {
			return fmt.Errorf("store: record fetch of %s: %w", x.URL, err)
		}
	}
	return nil
}

func (tx *Tx) recordExchange(p watcher.Poll, x fetch.Exchange) error {
	if x.SHA256 != "" {
		if err := tx.putBlob(x); err != nil {
			return err
		}
	}
	headers, err := text(x.Header)
	if err != nil {
		return err
	}
	at := x.At
	if at.IsZero() {
		at = p.At
	}
	_, err = tx.Exec(`INSERT INTO fetches (id, poll_id, source, url, as_of, status, not_modified, headers, sha256, parser_version, error, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		newID(), p.ID, p.Source, x.URL, string(p.AsOf), x.Status, bit(x.NotModified), headers,
		sql.NullString{String: x.SHA256, Valid: x.SHA256 != ""}, p.Parser, x.Err, Stamp(at))
	return err
}

func (tx *Tx) putBlob(x fetch.Exchange) error {
	var one int
	if found, err := tx.Get([]any{&one}, `SELECT 1 FROM blobs WHERE sha256 = $1`, x.SHA256); err != nil || found {
		return err
	}
	_, err := tx.Exec(`INSERT INTO blobs (sha256, size, zstd, stored_at) VALUES ($1, $2, $3, $4)`,
		x.SHA256, len(x.Body), tx.db.zip.EncodeAll(x.Body, nil), Stamp(tx.db.now()))
	return err
}

// Blob is the stored bytes with that sha256 (hex); found is false where there are none.
func (db *DB) Blob(ctx context.Context, sha256 string) (body []byte, found bool, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		var packed []byte
		if found, err = tx.Get([]any{&packed}, `SELECT zstd FROM blobs WHERE sha256 = $1`, sha256); err != nil || !found {
			return err
		}
		body, err = db.unzip.DecodeAll(packed, nil)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("store: read evidence %s: %w", sha256, err)
	}
	return body, found, nil
}

// newZip makes the coders of blobs; both may be used by several goroutines. Half-sized windows keep a small machine small.
func newZip() (*zstd.Encoder, *zstd.Decoder, error) {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, nil, err
	}
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	return w, r, err
}

// newID is an id whose order is that of time, so that indexes grow at their end.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// AddNotice stores a notice. See watcher.Records.
func (tx *Tx) AddNotice(n watcher.Notice) error {
	_, err := tx.Exec(`INSERT INTO notices (id, kind, source, list, text, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
		n.ID, n.Kind, n.Source, string(n.List), n.Text, Stamp(n.At))
	if err != nil {
		return fmt.Errorf("store: add notice of %s: %w", n.Source, err)
	}
	return nil
}
