package store

import (
	"context"
	"fmt"
	"time"

	"entitywatch/notify"
)

// DeliveryFilter chooses deliveries; empty fields choose all.
type DeliveryFilter struct {
	ID      string
	State   notify.State
	Channel string
	Case    string
	Limit   int // the newest ones; 0 is no limit
}

// Deliveries lists deliveries in the order in which they were written.
func (db *DB) Deliveries(ctx context.Context, f DeliveryFilter) (all []notify.Delivery, err error) {
	where, args := f.where()
	err = db.Read(ctx, func(tx *Tx) error {
		all, err = tx.deliveries(where, args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: list deliveries: %w", err)
	}
	return all, nil
}

// where names only what is asked for, so that an index can answer it.
func (f DeliveryFilter) where() (text string, args []any) {
	text = `1 = 1`
	for _, w := range []struct{ column, value string }{{"id", f.ID}, {"state", string(f.State)}, {"channel", f.Channel}, {"case_id", f.Case}} {
		if w.value != "" {
			args = append(args, w.value)
			text += fmt.Sprintf(` AND %s = $%d`, w.column, len(args))
		}
	}
	if f.Limit > 0 {
		args = append(args, f.Limit)
		text = fmt.Sprintf(`seq IN (SELECT seq FROM deliveries WHERE %s ORDER BY seq DESC LIMIT $%d)`, text, len(args))
	}
	return text + ` ORDER BY seq`, args
}

// Retry puts a delivery that failed or died back into the outbox, due at once.
func (db *DB) Retry(ctx context.Context, id string, at time.Time) error {
	return db.Write(ctx, func(tx *Tx) error {
		all, err := tx.deliveries(`id = $1`, id)
		switch {
		case err != nil:
			return fmt.Errorf("store: retry %s: %w", id, err)
		case len(all) == 0:
			return fmt.Errorf("there is no delivery %q; `entitywatch deliveries` lists them", id)
		case all[0].State == notify.Sent:
			return fmt.Errorf("delivery %s was sent at %s", id, all[0].Proof.At.UTC().Format(time.RFC3339))
		}
		if _, err := tx.Exec(putBack+`, not_before = 0 WHERE id = $1 AND state IN ('failed', 'dead')`, id); err != nil {
			return fmt.Errorf("store: retry %s: %w", id, err)
		}
		if err := tx.probe(all[0].Channel); err != nil {
			return err
		}
		return tx.Audit(at, "delivery retried", map[string]any{"delivery": id})
	})
}

// putBack makes a delivery due at once, as if it had never been tried. What nobody knows the outcome of stays doubtful.
const putBack = `UPDATE deliveries SET state = 'pending', first_try_at = NULL, refused_at = NULL, lease_owner = '', lease_until = 0`

// RetryChannel puts everything of a channel that waits or died back into the outbox, due at once, and has a paused channel tried. It
// returns the ids, in the order of writing.
func (db *DB) RetryChannel(ctx context.Context, channel string, at time.Time) (ids []string, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		const those = ` FROM deliveries WHERE channel = $1 AND (state IN ('pending', 'failed') OR state = 'dead') AND lease_owner = ''`
		err := tx.Query(func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		}, `SELECT id`+those+` ORDER BY seq`, channel)
		if err != nil || len(ids) == 0 {
			return err
		}
		// what may still be under way keeps its rest
		if _, err := tx.Exec(putBack+`, not_before = CASE WHEN doubtful = 1 AND state <> 'dead' THEN not_before ELSE 0 END
			WHERE seq IN (SELECT seq`+those+`)`, channel); err != nil {
			return err
		}
		if err := tx.probe(channel); err != nil {
			return err
		}
		return tx.Audit(at, "channel retried", map[string]any{"channel": channel, "deliveries": ids})
	})
	if err != nil {
		return nil, fmt.Errorf("store: retry %s: %w", channel, err)
	}
	return ids, nil
}

// Acknowledge notes who took note of a case, in the audit chain too. Only the first counts; first is false for later ones.
func (db *DB) Acknowledge(ctx context.Context, caseID, who string, at time.Time) (first bool, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		_, found, err := tx.Case(caseID)
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("there is no case %q", caseID)
		}
		n, err := tx.Exec(`INSERT INTO acknowledgements (case_id, rule, escalate, message, acked_by, acked_at) VALUES ($1, '', '[]', '', $2, $3)
			ON CONFLICT (case_id) DO UPDATE SET acked_by = excluded.acked_by, acked_at = excluded.acked_at WHERE acknowledgements.acked_at IS NULL`,
			caseID, who, at.UnixMicro())
		if err != nil {
			return fmt.Errorf("store: acknowledge %s: %w", caseID, err)
		}
		if first = n == 1; !first {
			return nil
		}
		return tx.Audit(at, "case acknowledged", map[string]any{"case": caseID, "by": who})
	})
	return first, err
}

// ReleaseDeadLeases frees the deliveries of holders that are gone, so that a restart after a crash need not wait for their
// leases to end. It returns how many. Nobody knows when such a process died: an attempt that is to rest, since the other side
// may still be at work on it, rests until then (wall clock) and not from its beginning.
func (db *DB) ReleaseDeadLeases(ctx context.Context, rest time.Time, gone func(holder string) bool) (n int64, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		var dead []string
		err := tx.Query(func(scan func(...any) error) error {
			var owner string
			if err := scan(&owner); err != nil {
				return err
			}
			if gone(owner) {
				dead = append(dead, owner)
			}
			return nil
		}, `SELECT DISTINCT lease_owner FROM deliveries WHERE state IN ('pending', 'failed') AND lease_owner <> ''`)
		if err != nil {
			return err
		}
		for _, owner := range dead {
			k, err := tx.Exec(`UPDATE deliveries SET lease_owner = '', lease_until = 0,
				not_before = CASE WHEN not_before > 0 THEN MAX(not_before, $1) ELSE 0 END WHERE lease_owner = $2`, micros(rest), owner)
			if err != nil {
				return err
			}
			n += k
		}
		return nil
	})
	if err != nil {
		return n, fmt.Errorf("store: release leases: %w", err)
	}
	return n, nil
}

// SaveCaseNews relates a report to a case. Those who were told the case already are told of the report, once.
func (db *DB) SaveCaseNews(ctx context.Context, caseID string, n notify.NewsRef, at time.Time) error {
	json, err := text(n)
	if err != nil {
		return err
	}
	return db.Write(ctx, func(tx *Tx) error {
		if _, err := tx.Exec(`INSERT INTO case_news (case_id, news_id, report, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (case_id, news_id) DO UPDATE SET report = excluded.report`, caseID, n.ID, json, at.UnixMicro()); err != nil {
			return fmt.Errorf("store: relate report %s to case %s: %w", n.ID, caseID, err)
		}
		return nil
	})
}

// SaveNewsAlert stores a report to be told by the rules about news, once: until it is told, what is known of it may grow.
func (db *DB) SaveNewsAlert(ctx context.Context, n notify.PendingNews, at time.Time) error {
	json, err := text(n)
	if err != nil {
		return err
	}
	return db.Write(ctx, func(tx *Tx) error {
		if _, err := tx.Exec(`INSERT INTO news_alerts (id, alert, recorded_at) VALUES ($1, $2, $3)
			ON CONFLICT (id) DO UPDATE SET alert = excluded.alert WHERE news_alerts.routed_at IS NULL`,
			n.Item.ID, json, at.UnixMicro()); err != nil {
			return fmt.Errorf("store: add news alert %s: %w", n.Item.ID, err)
		}
		return nil
	})
}

// Notify stores something that the operators must hear, once: a refused config, somebody who unsubscribed.
func (db *DB) Notify(ctx context.Context, n notify.Notice) error {
	return db.Write(ctx, func(tx *Tx) error { return tx.addNotice(n) })
}

func (tx *Tx) addNotice(n notify.Notice) error {
	if _, err := tx.Exec(`INSERT INTO notices (id, kind, source, list, text, at) VALUES ($1, $2, $3, '', $4, $5) ON CONFLICT (id) DO NOTHING`,
		n.ID, n.Kind, n.Subject, n.Text, n.At.UnixMicro()); err != nil {
		return fmt.Errorf("store: add notice %s: %w", n.ID, err)
	}
	return nil
}
