package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"entitywatch/notify"
)

// lateCommit is how much later than its stamp a row may have become visible.
const lateCommit = 24 * time.Hour

// LastCut implements notify.DigestStore.
func (db *DB) LastCut(ctx context.Context, digest string) (at time.Time, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		_, at, err = tx.cuts(digest)
		return err
	})
	return at, err
}

func (tx *Tx) cuts(digest string) (first, last time.Time, err error) {
	var a, b sql.NullInt64
	if _, err := tx.Get([]any{&a, &b}, `SELECT MIN(at), MAX(at) FROM digest_cuts WHERE digest = $1`, digest); err != nil {
		return first, last, fmt.Errorf("store: last cut-off of digest %s: %w", digest, err)
	}
	return Time(a), Time(b), nil
}

// Cut implements notify.DigestStore.
func (db *DB) Cut(ctx context.Context, digest string, from, to time.Time, plan func(notify.Collected) notify.Plan) (p notify.Plan, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		first, last, err := tx.cuts(digest)
		if err != nil || !last.Equal(from) {
			return err
		}
		after := int64(0)
		if !from.IsZero() {
			after = max(from.Add(-lateCommit).UnixMicro(), first.UnixMicro())
		}
		c, items, err := tx.collected(digest, after, from, to)
		if err != nil {
			return fmt.Errorf("store: collect for digest %s: %w", digest, err)
		}
		p = plan(c)
		if err := tx.putPlan(&p); err != nil {
			return err
		}
		for _, item := range items {
			if _, err := tx.Exec(`INSERT INTO digest_items (digest, item, at) VALUES ($1, $2, $3)`, digest, item, to.UnixMicro()); err != nil {
				return fmt.Errorf("store: mark as covered by digest %s: %w", digest, err)
			}
		}
		if _, err := tx.Exec(`INSERT INTO digest_cuts (digest, at) VALUES ($1, $2)`, digest, to.UnixMicro()); err != nil {
			return fmt.Errorf("store: store cut-off of digest %s: %w", digest, err)
		}
		return nil
	})
	return p, err
}

// collected reads what a digest has not covered of (after, to], and what was checked in (from, to].
func (tx *Tx) collected(digest string, after int64, from, to time.Time) (c notify.Collected, items []string, err error) {
	rows, err := tx.changeRows(`c.latest = 1 AND (c.routed_at IS NULL OR c.routed_at > c.recorded_at) AND c.recorded_at > $1 AND c.recorded_at <= $2 AND NOT EXISTS (
		SELECT 1 FROM digest_items i WHERE i.digest = $3 AND i.item = c.id || '@' || c.revision)`, after, to.UnixMicro(), digest)
	if err != nil {
		return c, nil, err
	}
	cases := newCaseSet()
	for _, r := range rows {
		items = append(items, fmt.Sprintf("%s@%d", r.id, r.revision))
		if r.pending.Retracted != "" {
			r.pending.Note = "taken back: " + r.pending.Retracted
			r.pending.Retracted = ""
		}
		cases.addChange(r)
	}
	if c.Cases, err = tx.fillCases(cases); err != nil {
		return c, nil, err
	}
	if c.News, err = tx.newsAlerts(`recorded_at > $1 AND recorded_at <= $2 AND NOT EXISTS (
		SELECT 1 FROM digest_items i WHERE i.digest = $3 AND i.item = news_alerts.id)`, after, to.UnixMicro(), digest); err != nil {
		return c, nil, err
	}
	for _, n := range c.News {
		items = append(items, n.Item.ID)
	}
	c.Sources, err = tx.assurance(from, to)
	return c, items, err
}

// assurance says of every source how often it was looked at in a period, and whether its silence can be trusted.
func (tx *Tx) assurance(from, to time.Time) (all []notify.SourceReport, err error) {
	states := map[string]string{"new": "never", "ok": "ok", "unchanged": "ok", "failed": "broken"}
	err = tx.Query(func(scan func(...any) error) error {
		var r notify.SourceReport
		var checked, good sql.NullInt64
		if err := scan(&r.Name, &r.State, &r.Reason, &checked, &good, &r.Checks, &r.Failed, &r.Changes); err != nil {
			return err
		}
		if word, ok := states[r.State]; ok {
			r.State = word
		}
		r.LastChecked, r.LastGood = Time(checked), Time(good)
		all = append(all, r)
		return nil
	}, `SELECT s.name, s.health, s.reason, s.polled_at, s.succeeded_at, COUNT(p.id),
		COALESCE(SUM(CASE WHEN p.outcome IN ('ok', 'unchanged') THEN 0 WHEN p.id IS NULL THEN 0 ELSE 1 END), 0), COALESCE(SUM(p.changes), 0)
		FROM sources s LEFT JOIN polls p ON p.source = s.name AND p.at > $1 AND p.at <= $2
		GROUP BY s.name, s.health, s.reason, s.polled_at, s.succeeded_at ORDER BY s.name`, micros(from), to.UnixMicro())
	return all, err
}
