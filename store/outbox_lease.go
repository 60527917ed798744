package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
)

// unblocked are deliveries that wait, and before which nothing of their case waits for the same recipient.
const unblocked = ` FROM deliveries d WHERE d.channel = $1 AND d.state IN ('pending', 'failed') AND NOT EXISTS (
	SELECT 1 FROM deliveries e WHERE e.case_id = d.case_id AND e.channel = d.channel AND e.recipient = d.recipient
	AND e.seq < d.seq AND e.state IN ('pending', 'failed'))`

// NextDue implements notify.Outbox.
func (db *DB) NextDue(ctx context.Context, channel string, now, scenario time.Time) (next time.Time, err error) {
	var at sql.NullInt64
	err = db.Read(ctx, func(tx *Tx) error {
		_, err := tx.Get([]any{&at}, `SELECT MIN(MAX(d.not_before, d.lease_until,
			CASE WHEN d.muted_until > $3 THEN $2 + d.muted_until - $3 ELSE 0 END))`+unblocked, channel, now.UnixMicro(), scenario.UnixMicro())
		return err
	})
	if err != nil {
		return next, fmt.Errorf("store: next delivery of %s: %w", channel, err)
	}
	if !at.Valid {
		return next, nil
	}
	if next = time.UnixMicro(at.Int64); next.Before(now) {
		next = now
	}
	return next, nil
}

// Lease implements notify.Outbox.
func (db *DB) Lease(ctx context.Context, l notify.Lease) (del *notify.Delivery, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		now := l.Now.UnixMicro()
		var id string
		found, err := tx.Get([]any{&id}, `SELECT d.id`+unblocked+` AND d.lease_until <= $2 AND d.not_before <= $2 AND d.muted_until <= $3
			ORDER BY d.seq LIMIT 1`, l.Channel, now, l.Scenario.UnixMicro())
		if err != nil || !found {
			return err
		}
		all, err := tx.deliveries(`id = $1`, id)
		if err != nil {
			return err
		}
		d := all[0]
		if _, err := tx.Exec(`UPDATE deliveries SET lease_owner = $1, lease_until = $2, attempts = attempts + 1, doubtful = 1,
			first_try_at = COALESCE(first_try_at, $3) WHERE id = $4`, l.Owner, l.Until.UnixMicro(), now, id); err != nil {
			return err
		}
		d.Attempts++
		if d.FirstTryAt.IsZero() {
			d.FirstTryAt = l.Now.UTC()
		}
		d.Message.Delivery, d.Message.Recipient, d.Message.Since = d.ID, d.Recipient, d.FirstTryAt
		del = &d
		return tx.addThread(&d)
	})
	if err != nil {
		return nil, fmt.Errorf("store: lease a delivery of %s: %w", l.Channel, err)
	}
	return del, nil
}

// addThread adds the first message that the recipient got of the same case.
func (tx *Tx) addThread(d *notify.Delivery) error {
	var id, receipt, message string
	found, err := tx.Get([]any{&id, &receipt, &message}, `SELECT id, receipt, message FROM deliveries
		WHERE (case_id = $1 OR case_id IN (SELECT id FROM cases WHERE merged_into = $1)) AND channel = $2 AND recipient = $3 AND state = 'sent'
		AND part = 1 AND id <> $4 ORDER BY seq LIMIT 1`, d.Case, d.Channel, d.Recipient, d.ID)
	if err != nil || !found {
		return err
	}
	d.Message.Thread, d.Head = &notify.Receipt{}, &notify.Message{}
	if err := parse(receipt, d.Message.Thread); err != nil {
		return err
	}
	d.Head.Delivery, d.Head.Recipient = id, d.Recipient
	return parse(message, d.Head)
}

const deliveryColumns = `id, channel, recipient, kind, case_id, stage, revision, part, rules, severity, message, state, attempts, doubtful,
	not_before, muted_until, created_at, first_try_at, receipt, error`

func (tx *Tx) deliveries(where string, args ...any) (all []notify.Delivery, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		d, err := scanDelivery(scan)
		all = append(all, d)
		return err
	}, `SELECT `+deliveryColumns+` FROM deliveries WHERE `+where, args...)
	return all, err
}

func scanDelivery(scan func(...any) error) (d notify.Delivery, err error) {
	var rules, message, receipt string
	var doubtful, notBefore, muted, created int64
	var first sql.NullInt64
	err = scan(&d.ID, &d.Channel, &d.Recipient, &d.Kind, &d.Case, &d.Stage, &d.Revision, &d.Part, &rules, &d.Severity, &message, &d.State,
		&d.Attempts, &doubtful, &notBefore, &muted, &created, &first, &receipt, &d.Error)
	if err != nil {
		return d, err
	}
	d.Doubtful, d.NotBefore, d.MutedUntil, d.CreatedAt, d.FirstTryAt = doubtful == 1, instant(notBefore), instant(muted), instant(created), Time(first)
	if err := parse(rules, &d.Rules); err != nil {
		return d, err
	}
	if receipt != "" {
		d.Proof = &notify.Receipt{}
		if err := parse(receipt, d.Proof); err != nil {
			return d, err
		}
	}
	return d, parse(message, &d.Message)
}

// Record implements notify.Outbox. A delivery that was sent is recorded as sent even where the lease had ended meanwhile.
func (db *DB) Record(ctx context.Context, o notify.Outcome) error {
	err := db.Write(ctx, func(tx *Tx) error {
		receipt := ""
		var sent any
		if o.State == notify.Sent {
			var err error
			if receipt, err = text(o.Receipt); err != nil {
				return err
			}
			sent = Stamp(o.Receipt.At)
		}
		n, err := tx.Exec(`UPDATE deliveries SET state = $1, lease_owner = '', lease_until = 0, not_before = $2, doubtful = $3, error = $4,
			receipt = $5, sent_at = $6 WHERE id = $7 AND state <> 'sent' AND (lease_owner = $8 OR $1 = 'sent')`,
			string(o.State), micros(o.NotBefore), bit(o.Doubtful), o.Error, receipt, sent, o.ID, o.Owner)
		if err != nil || n == 0 || o.State == notify.Failed {
			return err
		}
		all, err := tx.deliveries(`id = $1`, o.ID)
		if err != nil {
			return err
		}
		return tx.recordEnd(all[0], o)
	})
	if err != nil {
		return fmt.Errorf("store: record delivery %s: %w", o.ID, err)
	}
	return nil
}

// recordEnd puts the end of a delivery into the audit chain, and tells the operators of a dead one. A dead notice to operators is not
// told to them again.
func (tx *Tx) recordEnd(d notify.Delivery, o notify.Outcome) error {
	err := tx.Audit(o.At, "delivery "+string(o.State), map[string]any{
		"delivery": d.ID, "channel": d.Channel, "recipient": d.Recipient, "kind": d.Kind, "case": d.Case, "stage": d.Stage,
		"revision": d.Revision, "part": d.Part, "attempts": d.Attempts, "proof": d.Proof, "error": d.Error,
	})
	if err != nil || o.State != notify.Dead || d.Kind == notify.KindOperator {
		return err
	}
	_, err = tx.Exec(`INSERT INTO notices (id, kind, source, list, text, at) VALUES ($1, 'dead', $2, '', $3, $4) ON CONFLICT (id) DO NOTHING`,
		diff.HashID("ntc", "dead", d.ID, fmt.Sprint(d.Attempts)), d.Channel,
		fmt.Sprintf("The %s “%s” was not delivered%s: %s. `entitywatch retry %s` tries again.",
			d.Kind, d.Message.Headline, toWhom(d.Recipient), d.Error, d.ID), o.At.UnixMicro())
	return err
}

func toWhom(recipient string) string {
	if recipient == "" {
		return ""
	}
	return " to " + recipient
}
