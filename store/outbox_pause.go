package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"entitywatch/notify"
)

// inScope chooses the waiting deliveries of channel $1 to recipient $2, or to all where that is "".
const inScope = ` FROM deliveries WHERE channel = $1 AND state IN ('pending', 'failed') AND ($2 = '' OR recipient = $2)`

// ownFault makes a refusal the message's own where others were taken since this one was refused first: a faulty configuration would
// have refused them too.
func (tx *Tx) ownFault(d notify.Delivery, o *notify.Outcome) error {
	if o.Pause == nil || o.State != notify.Failed {
		return nil
	}
	var refused, taken sql.NullInt64
	if _, err := tx.Get([]any{&refused}, `SELECT refused_at FROM deliveries WHERE id = $1`, d.ID); err != nil || !refused.Valid {
		return err
	}
	if _, err := tx.Get([]any{&taken}, `SELECT MAX(sent_at) FROM channel_states WHERE channel = $1 AND ($2 = '' OR recipient = $2)`,
		d.Channel, o.Pause.Recipient); err != nil {
		return err
	}
	if taken.Valid && taken.Int64 > refused.Int64 {
		o.State, o.Pause, o.NotBefore = notify.Dead, nil, time.Time{}
		o.Error = "refused, while other messages are taken: " + o.Error
	}
	return nil
}

// pause closes the channel, or one recipient of it, where the outcome says so, and gives up what has waited too long behind a pause.
func (tx *Tx) pause(d notify.Delivery, o notify.Outcome) error {
	if o.Pause != nil {
		if err := tx.shut(d.Channel, *o.Pause, o); err != nil {
			return err
		}
	}
	var scope string
	found, err := tx.Get([]any{&scope}, `SELECT recipient FROM channel_states WHERE channel = $1 AND recipient IN ('', $2)
		AND paused_since IS NOT NULL ORDER BY recipient LIMIT 1`, d.Channel, d.Recipient)
	if err != nil || !found {
		return err
	}
	// What waits behind a pause is as good as tried: it is given up like what was.
	if _, err := tx.Exec(`UPDATE deliveries SET first_try_at = $3 WHERE seq IN (SELECT seq`+inScope+`) AND first_try_at IS NULL`,
		d.Channel, scope, o.At.UnixMicro()); err != nil {
		return err
	}
	return tx.expire(d.Channel, scope, o)
}

// shut begins a pause, and tells the operators once, with the remedy.
func (tx *Tx) shut(channel string, p notify.Pause, o notify.Outcome) error {
	n, err := tx.Exec(`INSERT INTO channel_states (channel, recipient, paused_since, probe_at, reason) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (channel, recipient) DO UPDATE SET paused_since = excluded.paused_since, probe_at = excluded.probe_at,
		reason = excluded.reason WHERE channel_states.paused_since IS NULL`,
		channel, p.Recipient, o.At.UnixMicro(), p.ProbeAt.UnixMicro(), o.Error)
	if err != nil || n == 0 {
		return err
	}
	text := fmt.Sprintf("Nothing can be sent on the channel %s%s: %s. ", channel, toWhom(p.Recipient), strings.TrimSuffix(o.Error, "."))
	if p.Remedy != "" {
		text += p.Remedy + " "
	}
	text += fmt.Sprintf("What is to be sent waits %s; one message is tried every %s. `entitywatch test %s` tries the channel at once and ends the pause; "+
		"`entitywatch retry --channel %s` sends what was given up.", span(p.GiveUp), span(p.ProbeAt.Sub(o.At)), channel, channel)
	if err := tx.notice("paused", channel, text, o.At, channel, p.Recipient, o.At.UTC().Format(time.RFC3339Nano)); err != nil {
		return err
	}
	return tx.Audit(o.At, "channel paused", map[string]any{"channel": channel, "recipient": p.Recipient, "reason": o.Error})
}

// span is a duration in words, for whole hours and minutes.
func span(d time.Duration) string {
	if d >= time.Hour && d%time.Hour == 0 {
		return fmt.Sprintf("%d h", d/time.Hour)
	}
	return fmt.Sprintf("%d minutes", d.Round(time.Minute)/time.Minute)
}

// expire gives up what has waited longer than a delivery is tried, and tells the operators how many in one message.
func (tx *Tx) expire(channel, scope string, o notify.Outcome) error {
	if o.GiveUpBefore.IsZero() {
		return nil
	}
	old, err := tx.deliveries(`seq IN (SELECT seq`+inScope+`) AND first_try_at < $3 ORDER BY seq`, channel, scope, o.GiveUpBefore.UnixMicro())
	if err != nil || len(old) == 0 {
		return err
	}
	for _, d := range old {
		d.State, d.Error = notify.Dead, "given up while the channel was paused: "+o.Error
		if _, err := tx.Exec(`UPDATE deliveries SET state = 'dead', error = $1, lease_owner = '', lease_until = 0 WHERE id = $2`, d.Error, d.ID); err != nil {
			return err
		}
		if err := tx.auditEnd(d, o.At); err != nil {
			return err
		}
	}
	what := "1 message was"
	if len(old) > 1 {
		what = fmt.Sprintf("%d messages were", len(old))
	}
	return tx.notice("dead", channel, fmt.Sprintf("%s given up after waiting for the paused channel %s: %s. `entitywatch retry --channel %s` sends what was given up.",
		what, channel, o.Error, channel), o.At, channel, scope, o.At.UTC().Format(time.RFC3339Nano))
}

// reached notes that something was taken, and ends the pause that this disproves.
func (tx *Tx) reached(d notify.Delivery, at time.Time) error {
	if _, err := tx.Exec(`INSERT INTO channel_states (channel, recipient, sent_at, probe_at, reason) VALUES ($1, $2, $3, 0, '')
		ON CONFLICT (channel, recipient) DO UPDATE SET sent_at = excluded.sent_at`, d.Channel, d.Recipient, at.UnixMicro()); err != nil {
		return err
	}
	if err := tx.working(d, at); err != nil {
		return err
	}
	return tx.reopen(d.Channel, d.Recipient, at)
}

// reopen ends the pause of a channel and of one recipient; what waits is due at once, and the operators hear it.
func (tx *Tx) reopen(channel, recipient string, at time.Time) error {
	n, err := tx.Exec(`UPDATE channel_states SET paused_since = NULL, probe_at = 0, reason = ''
		WHERE channel = $1 AND recipient IN ('', $2) AND paused_since IS NOT NULL`, channel, recipient)
	if err != nil || n == 0 {
		return err
	}
	if _, err := tx.Exec(`UPDATE deliveries SET not_before = 0 WHERE seq IN (SELECT seq FROM deliveries WHERE channel = $1
		AND state IN ('pending', 'failed') AND lease_until = 0 AND not_before > 0) AND doubtful = 0`, channel); err != nil {
		return err
	}
	if err := tx.notice("resumed", channel, "The channel "+channel+toWhom(recipient)+" takes messages again; what waited is being sent.",
		at, channel, recipient, at.UTC().Format(time.RFC3339Nano)); err != nil {
		return err
	}
	return tx.Audit(at, "channel resumed", map[string]any{"channel": channel, "recipient": recipient})
}

// Reached notes that a channel took something outside the outbox, as the sample of `test` is: a pause of it ends. It proves nothing about
// what the outbox is refused: the sample may have gone out with a secret of another environment than the daemon's.
func (db *DB) Reached(ctx context.Context, channel, recipient string, at time.Time) error {
	err := db.Write(ctx, func(tx *Tx) error { return tx.reopen(channel, recipient, at) })
	if err != nil {
		return fmt.Errorf("store: note that %s works: %w", channel, err)
	}
	return nil
}

// ProbeNow has every paused channel tried at the next occasion: the configuration may have been mended. "" means all channels.
func (db *DB) ProbeNow(ctx context.Context, channel string) error {
	return db.Write(ctx, func(tx *Tx) error { return tx.probe(channel) })
}

func (tx *Tx) probe(channel string) error {
	if _, err := tx.Exec(`UPDATE channel_states SET probe_at = 0 WHERE ($1 = '' OR channel = $1) AND paused_since IS NOT NULL`, channel); err != nil {
		return fmt.Errorf("store: try paused channels: %w", err)
	}
	return nil
}
