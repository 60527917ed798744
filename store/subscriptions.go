package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"entitywatch/notify"
)

// Unsubscribe ends a subscription, tells the operators and audits it, at once or not at all. Ending it twice tells once. Nobody knows how
// many read an address, and a forwarded mail carries its link along: so the operators are told how it comes back.
func (db *DB) Unsubscribe(ctx context.Context, s notify.Subscription, at time.Time) error {
	s.At = time.Time{}
	err := db.Write(ctx, func(tx *Tx) error {
		n, err := tx.Exec(`INSERT INTO unsubscribed (channel, recipient, digest, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
			s.Channel, s.Recipient, s.Digest, at.UnixMicro())
		if n == 0 || err != nil {
			return err
		}
		text := fmt.Sprintf("%[1]s has unsubscribed from %[2]s, by the link in a mail. Nobody who reads that address gets these mails any more. "+
			"Where that was not meant, `entitywatch subscriptions restore %[1]s` brings them back.", s.Recipient, s.What())
		if err := tx.notice("unsubscribed", s.Recipient, text, at, s.Channel, s.Recipient, s.Digest, at.UTC().Format(time.RFC3339Nano)); err != nil {
			return err
		}
		return tx.Audit(at, "unsubscribed", s)
	})
	if err != nil {
		return fmt.Errorf("store: unsubscribe: %w", err)
	}
	return nil
}

// Resubscribe brings back what a recipient ended: one subscription, or, where channel and digest are "", all of that address. The
// operators hear who did it. It returns what came back; nothing where nothing was ended.
func (db *DB) Resubscribe(ctx context.Context, s notify.Subscription, who string, at time.Time) (back []notify.Subscription, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		const those = ` FROM unsubscribed WHERE LOWER(recipient) = LOWER($1) AND ($2 = '' OR channel = $2 AND digest = $3)`
		if back, err = tx.ended(those, s.Recipient, s.Channel, s.Digest); err != nil || len(back) == 0 {
			return err
		}
		if _, err := tx.Exec(`DELETE`+those, s.Recipient, s.Channel, s.Digest); err != nil {
			return err
		}
		for _, b := range back {
			text := fmt.Sprintf("%s gets the mails of %s again; %s asked for it.", b.Recipient, b.What(), who)
			if err := tx.notice("subscribed", b.Recipient, text, at, b.Channel, b.Recipient, b.Digest, at.UTC().Format(time.RFC3339Nano)); err != nil {
				return err
			}
			b.At = time.Time{}
			if err := tx.Audit(at, "subscribed again", map[string]any{"subscription": b, "by": who}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store: subscribe again: %w", err)
	}
	return back, nil
}

// Unsubscribed are all subscriptions that their recipients ended.
func (db *DB) Unsubscribed(ctx context.Context) (all []notify.Subscription, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		all, err = tx.ended(` FROM unsubscribed`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: read who has unsubscribed: %w", err)
	}
	return all, nil
}

func (tx *Tx) ended(where string, args ...any) (all []notify.Subscription, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		var s notify.Subscription
		var at sql.NullInt64
		err := scan(&s.Channel, &s.Recipient, &s.Digest, &at)
		s.At = Time(at)
		all = append(all, s)
		return err
	}, `SELECT channel, recipient, digest, at`+where+` ORDER BY channel, recipient, digest`, args...)
	return all, err
}
