package store

import (
	"context"
	"fmt"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
)

// Record implements notify.Outbox. A delivery that was sent is recorded as sent even where the lease had ended meanwhile.
func (db *DB) Record(ctx context.Context, o notify.Outcome) error {
	err := db.Write(ctx, func(tx *Tx) error {
		d, held, err := tx.leased(o)
		if err != nil || !held {
			return err
		}
		if err := tx.ownFault(d, &o); err != nil {
			return err
		}
		if err := tx.putOutcome(o); err != nil {
			return err
		}
		d.State, d.Error, d.Proof = o.State, o.Error, o.Receipt
		if o.State != notify.Failed {
			if err := tx.recordEnd(d, o); err != nil {
				return err
			}
		}
		if o.State == notify.Sent {
			return tx.reached(d, o.At)
		}
		if o.Failing {
			if err := tx.failing(d, o); err != nil {
				return err
			}
		}
		return tx.pause(d, o)
	})
	if err != nil {
		return fmt.Errorf("store: record delivery %s: %w", o.ID, err)
	}
	return nil
}

// leased is the delivery of an outcome; held is false where the outcome comes too late to count.
func (tx *Tx) leased(o notify.Outcome) (d notify.Delivery, held bool, err error) {
	all, err := tx.deliveries(`id = $1 AND state <> 'sent' AND (lease_owner = $2 OR $3 = 'sent')`, o.ID, o.Owner, string(o.State))
	if err != nil || len(all) == 0 {
		return d, false, err
	}
	return all[0], true, nil
}

func (tx *Tx) putOutcome(o notify.Outcome) error {
	receipt := ""
	var sent, refused any
	if o.State == notify.Sent {
		var err error
		if receipt, err = text(o.Receipt); err != nil {
			return err
		}
		sent = Stamp(o.Receipt.At)
	}
	if o.Pause != nil {
		refused = o.At.UnixMicro()
	}
	_, err := tx.Exec(`UPDATE deliveries SET state = $1, lease_owner = '', lease_until = 0, not_before = $2, doubtful = $3, error = $4,
		receipt = $5, sent_at = $6, refused_at = COALESCE(refused_at, $7) WHERE id = $8`,
		string(o.State), micros(o.NotBefore), bit(o.Doubtful), o.Error, receipt, sent, refused, o.ID)
	return err
}

// recordEnd puts the end of a delivery into the audit chain, and tells the operators of a dead one. A dead notice to operators is not
// told to them again.
func (tx *Tx) recordEnd(d notify.Delivery, o notify.Outcome) error {
	err := tx.auditEnd(d, o.At)
	if err != nil || o.State != notify.Dead || d.Kind == notify.KindOperator {
		return err
	}
	if o.GivenUp { // a channel that is down for long fails with everything on it: one message an hour says so
		text := fmt.Sprintf("What was to be sent on the channel %s%s is given up: %s. Once it works, `entitywatch retry --channel %s` sends it all.",
			d.Channel, toWhom(d.Recipient), d.Error, d.Channel)
		return tx.notice("dead", d.Channel, text, o.At, d.Channel, d.Recipient, o.At.UTC().Format("2006-01-02T15"))
	}
	return tx.notice("dead", d.Channel, fmt.Sprintf("The %s “%s” was not delivered%s: %s. `entitywatch retry %s` tries again.",
		d.Kind, d.Message.Headline, toWhom(d.Recipient), d.Error, d.ID), o.At, d.ID, fmt.Sprint(d.Attempts))
}

func (tx *Tx) auditEnd(d notify.Delivery, at time.Time) error {
	return tx.Audit(at, "delivery "+string(d.State), map[string]any{
		"delivery": d.ID, "channel": d.Channel, "recipient": d.Recipient, "kind": d.Kind, "case": d.Case, "stage": d.Stage,
		"revision": d.Revision, "part": d.Part, "attempts": d.Attempts, "proof": d.Proof, "error": d.Error,
	})
}

// notice stores what the operators must hear; parts make it the same notice or another one.
func (tx *Tx) notice(kind, subject, text string, at time.Time, parts ...string) error {
	_, err := tx.Exec(`INSERT INTO notices (id, kind, source, list, text, at) VALUES ($1, $2, $3, '', $4, $5) ON CONFLICT (id) DO NOTHING`,
		diff.HashID("ntc", append([]string{kind}, parts...)...), kind, subject, text, at.UnixMicro())
	return err
}

func toWhom(recipient string) string {
	if recipient == "" {
		return ""
	}
	return " to " + recipient
}
