package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"entitywatch/notify"
)

// heads are, by case and recipient, the first deliveries of channel $1 that wait, with the time (wall clock) from which each may be sent:
// all of it stands in the index deliveries_waiting, so that neither the number that wait nor the size of their messages costs anything.
const heads = `WITH heads AS (
	SELECT h.seq, h.turn, h.muted_until, MAX(h.lease_until, h.not_before, COALESCE(p.probe_at, 0)) AS due,
		CASE WHEN p.probe_at IS NULL THEN 0 ELSE h.attempts END AS tried
	FROM (SELECT seq, turn, attempts, recipient, lease_until, not_before, muted_until,
			ROW_NUMBER() OVER (PARTITION BY case_id, recipient ORDER BY seq) AS n
		FROM deliveries WHERE channel = $1 AND state IN ('pending', 'failed')) h
	LEFT JOIN channel_states p ON p.channel = $1 AND p.paused_since IS NOT NULL AND p.recipient = (
		SELECT q.recipient FROM channel_states q WHERE q.channel = $1 AND q.paused_since IS NOT NULL AND q.recipient IN ('', h.recipient)
		ORDER BY q.probe_at DESC LIMIT 1)
	WHERE h.n = 1) `

// NextDue implements notify.Outbox.
func (db *DB) NextDue(ctx context.Context, channel string, now, scenario time.Time) (next time.Time, err error) {
	var at sql.NullInt64
	err = db.Read(ctx, func(tx *Tx) error {
		_, err := tx.Get([]any{&at}, heads+`SELECT MIN(MAX(due, CASE WHEN muted_until > $3 THEN $2 + muted_until - $3 ELSE 0 END)) FROM heads`,
			channel, now.UnixMicro(), scenario.UnixMicro())
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

// Lease implements notify.Outbox. Deliveries go by their turn; a paused channel is tried with the one that was tried least, so that one
// message that is refused for its own sake does not keep it closed.
func (db *DB) Lease(ctx context.Context, l notify.Lease) (del *notify.Delivery, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		now := l.Now.UnixMicro()
		var seq int64
		found, err := tx.Get([]any{&seq}, heads+`SELECT seq FROM heads WHERE due <= $2 AND muted_until <= $3 ORDER BY tried, turn, seq LIMIT 1`,
			l.Channel, now, l.Scenario.UnixMicro())
		if err != nil || !found {
			return err
		}
		all, err := tx.deliveries(`seq = $1`, seq)
		if err != nil {
			return err
		}
		d := all[0]
		// Where the process dies now, not_before keeps the doubtful attempt from being judged before the other side is done with it.
		if _, err := tx.Exec(`UPDATE deliveries SET lease_owner = $1, lease_until = $2, not_before = $3, attempts = attempts + 1, doubtful = 1,
			first_try_at = COALESCE(first_try_at, $4) WHERE id = $5`, l.Owner, l.Until.UnixMicro(), micros(l.Rest), now, d.ID); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE channel_states SET probe_at = $1 WHERE channel = $2 AND recipient IN ('', $3) AND paused_since IS NOT NULL`,
			micros(l.Probe), d.Channel, d.Recipient); err != nil {
			return err
		}
		d.Attempts++
		if d.FirstTryAt.IsZero() {
			d.FirstTryAt = l.Now.UTC()
		}
		d.Message.Delivery, d.Message.Recipient, d.Message.Since = d.ID, d.Recipient, d.FirstTryAt
		if d.Doubtful && d.CreatedAt.Before(d.FirstTryAt) { // it may have been taken before somebody had it tried anew
			d.Message.Since = d.CreatedAt
		}
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
