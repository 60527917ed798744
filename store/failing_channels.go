package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"entitywatch/notify"
)

var _ notify.FailingStore = (*DB)(nil)

// FailingChannels implements notify.FailingStore.
func (db *DB) FailingChannels(ctx context.Context) (all []notify.FailingChannel, err error) {
	err = db.Read(ctx, func(tx *Tx) error { all, err = tx.failingChannels(); return err })
	return all, err
}

// TellFailing implements notify.FailingStore.
func (db *DB) TellFailing(ctx context.Context, plan func([]notify.FailingChannel) notify.FailingPlan) error {
	return db.Write(ctx, func(tx *Tx) error {
		all, err := tx.failingChannels()
		if err != nil {
			return err
		}
		p := plan(all)
		for _, f := range p.Save {
			if _, err := tx.Exec(`UPDATE failing_channels SET told_at = $1, ended_at = $2 WHERE channel = $3 AND recipient = $4`,
				Stamp(f.ToldAt), Stamp(f.EndedAt), f.Channel, f.Recipient); err != nil {
				return fmt.Errorf("store: note that %s fails: %w", f.Channel, err)
			}
		}
		for _, f := range p.Drop {
			if err := tx.dropFailingChannel(f.Channel, f.Recipient); err != nil {
				return err
			}
		}
		for _, n := range p.Notices {
			if err := tx.addNotice(n); err != nil {
				return err
			}
		}
		return nil
	})
}

// failingChannels are the rows, with what waits for each.
func (tx *Tx) failingChannels() (all []notify.FailingChannel, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		var f notify.FailingChannel
		var since, last int64
		var told, ended, oldest sql.NullInt64
		err := scan(&f.Channel, &f.Recipient, &since, &last, &f.Attempts, &f.Reason, &f.Remedy, &told, &ended, &f.Paused, &f.Waiting, &oldest)
		f.Since, f.LastAt = time.UnixMicro(since).UTC(), time.UnixMicro(last).UTC()
		f.ToldAt, f.EndedAt, f.Oldest = Time(told), Time(ended), Time(oldest)
		all = append(all, f)
		return err
	}, `WITH waits AS (
			SELECT channel, recipient, COUNT(*) AS n, MIN(seq) AS oldest FROM deliveries
			WHERE state IN ('pending', 'failed') AND channel IN (SELECT channel FROM failing_channels) GROUP BY channel, recipient)
		SELECT f.channel, f.recipient, f.since, f.last_at, f.attempts, f.reason, f.remedy, f.told_at, f.ended_at,
			EXISTS (SELECT 1 FROM channel_states p WHERE p.channel = f.channel AND p.recipient IN ('', f.recipient) AND p.paused_since IS NOT NULL),
			COALESCE(w.n, 0), d.created_at
		FROM failing_channels f LEFT JOIN waits w ON w.channel = f.channel AND w.recipient = f.recipient
		LEFT JOIN deliveries d ON d.seq = w.oldest ORDER BY f.channel, f.recipient`)
	if err != nil {
		return nil, fmt.Errorf("store: read which channels fail: %w", err)
	}
	return all, nil
}

// failing counts an attempt in vain that no configuration explains.
func (tx *Tx) failing(d notify.Delivery, o notify.Outcome) error {
	_, err := tx.Exec(`INSERT INTO failing_channels (channel, recipient, since, last_at, attempts, reason, remedy) VALUES ($1, $2, $3, $3, 1, $4, $5)
		ON CONFLICT (channel, recipient) DO UPDATE SET last_at = excluded.last_at, attempts = attempts + 1, reason = excluded.reason,
		remedy = excluded.remedy, ended_at = NULL`, d.Channel, d.Recipient, o.At.UnixMicro(), o.Error, o.Remedy)
	return err
}

// working ends what was counted: what nobody was told of ends in silence.
func (tx *Tx) working(d notify.Delivery, at time.Time) error {
	if _, err := tx.Exec(`DELETE FROM failing_channels WHERE channel = $1 AND recipient = $2 AND told_at IS NULL`, d.Channel, d.Recipient); err != nil {
		return err
	}
	_, err := tx.Exec(`UPDATE failing_channels SET ended_at = $1 WHERE channel = $2 AND recipient = $3 AND ended_at IS NULL`,
		at.UnixMicro(), d.Channel, d.Recipient)
	return err
}

func (tx *Tx) dropFailingChannel(channel, recipient string) error {
	if _, err := tx.Exec(`DELETE FROM failing_channels WHERE channel = $1 AND recipient = $2`, channel, recipient); err != nil {
		return fmt.Errorf("store: note that %s works: %w", channel, err)
	}
	return nil
}

// pendingFailing adds where nothing is taken, as the operators were told.
func (tx *Tx) pendingFailing(b *batch) error {
	all, err := tx.failingChannels()
	for _, f := range all {
		if !f.ToldAt.IsZero() && f.EndedAt.IsZero() {
			b.Failing = append(b.Failing, f)
		}
	}
	return err
}
