package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Audit appends one decision to the chain: what was done, and to what. The record is stored in canonical form (keys sorted, no
// spaces), so that its hash can be computed again by anyone.
func (tx *Tx) Audit(at time.Time, action string, what any) error {
	record, err := canonical(map[string]any{"action": action, "at": at.UTC().Format(time.RFC3339Nano), "what": what})
	if err != nil {
		return fmt.Errorf("store: audit %s: %w", action, err)
	}
	if tx.db.scrub != nil {
		record = tx.db.scrub(record) // before it gets its hash
	}
	end, err := tx.chainEnd()
	if err != nil {
		return fmt.Errorf("store: audit %s: read the chain's end: %w", action, err)
	}
	next := chainEnd{end.seq + 1, chainHash(end.hash, record)}
	_, err = tx.Exec(`INSERT INTO audit (seq, at, canonical_json, prev_hash, hash) VALUES ($1, $2, $3, $4, $5)`,
		next.seq, Stamp(at), record, end.hash, next.hash)
	if err != nil {
		return fmt.Errorf("store: audit %s: %w", action, err)
	}
	tx.end = &next
	return nil
}

// chainEnd is the last record of the chain; zero before the first.
type chainEnd struct {
	seq  int64
	hash string
}

// chainEnd is read once in a transaction: nobody else writes meanwhile.
func (tx *Tx) chainEnd() (end chainEnd, err error) {
	if tx.end != nil {
		return *tx.end, nil
	}
	_, err = tx.Get([]any{&end.seq, &end.hash}, `SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`)
	return end, err
}

// BrokenChain is what VerifyAudit finds where the chain does not hold: somebody changed, removed or put in a record.
type BrokenChain struct {
	Seq    int64
	Reason string
}

// Error implements error.
func (e *BrokenChain) Error() string {
	return fmt.Sprintf("the audit chain is broken at record %d: %s", e.Seq, e.Reason)
}

// VerifyAudit computes the whole chain again and returns how many records hold and the last one's hash. An *BrokenChain says where it
// breaks. Keep the last hash elsewhere to notice that records were cut off at the end.
func (db *DB) VerifyAudit(ctx context.Context) (n int64, last string, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		return tx.Query(func(scan func(...any) error) error {
			var seq int64
			var record, prev, hash string
			if err := scan(&seq, &record, &prev, &hash); err != nil {
				return fmt.Errorf("store: verify audit: %w", err)
			}
			switch {
			case seq != n+1:
				return &BrokenChain{n + 1, fmt.Sprintf("the next record is %d", seq)}
			case prev != last:
				return &BrokenChain{seq, "it does not continue the record before it"}
			case hash != chainHash(prev, record):
				return &BrokenChain{seq, "its text does not have its hash"}
			}
			n, last = seq, hash
			return nil
		}, `SELECT seq, canonical_json, prev_hash, hash FROM audit ORDER BY seq`)
	})
	return n, last, err
}

func chainHash(prev, record string) string {
	sum := sha256.Sum256([]byte(prev + record))
	return hex.EncodeToString(sum[:])
}

// canonical is v as JSON with sorted keys: encoding/json sorts the keys of maps, so v makes a way through a map.
func canonical(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var plain any
	if err := d.Decode(&plain); err != nil {
		return "", err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(plain); err != nil {
		return "", err
	}
	return string(bytes.TrimSuffix(out.Bytes(), []byte("\n"))), nil
}
