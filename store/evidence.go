package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
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
		if err := tx.putBlob(p.Source, x); err != nil {
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

// putBlob stores the bytes of an answer, once: as a patch of the whole body that the URL's last answer is made of, where that is much
// smaller, else whole. No patch is made of a patch, so any body can be had from two rows.
func (tx *Tx) putBlob(source string, x fetch.Exchange) error {
	var one int
	if found, err := tx.Get([]any{&one}, `SELECT 1 FROM blobs WHERE sha256 = $1`, x.SHA256); err != nil || found {
		return err
	}
	base, packed, err := tx.patched(source, x)
	if err != nil {
		return err
	}
	if base == "" {
		packed = tx.db.zip.EncodeAll(x.Body, nil)
	}
	_, err = tx.Exec(`INSERT INTO blobs (sha256, size, zstd, base, stored_at) VALUES ($1, $2, $3, $4, $5)`,
		x.SHA256, len(x.Body), packed, base, Stamp(tx.db.now()))
	return err
}

// Bodies below minPatched are stored whole, and so is one whose patch has more than a quarter of the bytes of its base: then that body
// is the base of the next.
const (
	minPatched = 32 << 10
	worthPatch = 4
)

// patched is a body as a patch, packed, and the body of which it is one; base is "" where it is to be stored whole.
func (tx *Tx) patched(source string, x fetch.Exchange) (base string, packed []byte, err error) {
	if len(x.Body) < minPatched {
		return "", nil, nil
	}
	var whole []byte
	var length int
	found, err := tx.Get([]any{&base, &whole, &length}, `SELECT b.sha256, b.zstd, b.size FROM blobs b WHERE b.base = '' AND b.sha256 =
		(SELECT CASE WHEN l.base = '' THEN l.sha256 ELSE l.base END FROM fetches f JOIN blobs l ON l.sha256 = f.sha256
		WHERE f.source = $1 AND f.url = $2 ORDER BY f.at DESC LIMIT 1)`, source, x.URL)
	if err != nil || !found || length < minPatched {
		return "", nil, err
	}
	from, err := unzip(whole, length)
	if err != nil {
		return "", nil, fmt.Errorf("read evidence %s: %w", base, err)
	}
	patch := makePatch(from, x.Body)
	if len(patch) > len(x.Body)/2 { // nothing in common: packing it is no use
		return "", nil, nil
	}
	if packed = tx.db.zip.EncodeAll(patch, nil); worthPatch*len(packed) > len(whole) {
		return "", nil, nil
	}
	return base, packed, nil
}

// Blob is the stored bytes with that sha256 (hex); found is false where there are none.
func (db *DB) Blob(ctx context.Context, sum string) (body []byte, found bool, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		body, found, err = tx.blob(sum)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("store: read evidence %s: %w", sum, err)
	}
	return body, found, nil
}

// blob reads a body, and checks of one that is made of a patch that it is the one with that sha256.
func (tx *Tx) blob(sum string) (body []byte, found bool, err error) {
	var packed []byte
	var base string
	var size int
	if found, err = tx.Get([]any{&packed, &base, &size}, `SELECT zstd, base, size FROM blobs WHERE sha256 = $1`, sum); err != nil || !found {
		return nil, found, err
	}
	if body, err = unzip(packed, 0); err != nil {
		return nil, true, err
	}
	if base != "" {
		from, whole, err := tx.blob(base)
		if err != nil || !whole {
			return nil, true, errors.Join(fmt.Errorf("it is a patch of %s, which cannot be read", base), err)
		}
		if body, err = unpatch(from, body, size); err != nil {
			return nil, true, err
		}
		if got := sha256.Sum256(body); hex.EncodeToString(got[:]) != sum {
			return nil, true, errors.New("the stored bytes are not those with this sha256")
		}
	}
	return body, true, nil
}

// zipWindow is how far back a packed body may refer, in bytes. The packer keeps a buffer of this size for good: with its usual 8 MiB, twice
// that, 16 MB stayed in use after the first list, for half a percent of the room that evidence takes.
const zipWindow = 1 << 20

// newZip makes the packer of blobs; it may be used by several goroutines.
func newZip() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(zipWindow), zstd.WithLowerEncoderMem(true))
}

// unzip unpacks a blob of size bytes. Its decoder is let go with it: one that is kept holds the last body for good.
func unzip(packed []byte, size int) ([]byte, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.DecodeAll(packed, make([]byte, 0, size))
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
