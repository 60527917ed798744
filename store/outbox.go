package store

import (
	"context"
	"fmt"
	"time"

	"entitywatch/notify"
)

var (
	_ notify.Routing     = (*DB)(nil)
	_ notify.Outbox      = (*DB)(nil)
	_ notify.Reminding   = (*DB)(nil)
	_ notify.DigestStore = (*DB)(nil)
)

// Route implements notify.Routing.
func (db *DB) Route(ctx context.Context, now time.Time, wait time.Duration, plan func(notify.Pending) notify.Plan) (p notify.Plan, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		batch, err := tx.pending(now, wait)
		if err != nil {
			return fmt.Errorf("store: read what is pending: %w", err)
		}
		if batch.empty() {
			return nil
		}
		p = plan(batch.Pending)
		if err := tx.putPlan(&p); err != nil {
			return err
		}
		return tx.markRouted(batch, now)
	})
	return p, err
}

// putPlan stores a plan's deliveries and asks, and leaves in it only what was new.
func (tx *Tx) putPlan(p *notify.Plan) error {
	fresh := p.Deliveries[:0:0]
	for _, d := range p.Deliveries {
		added, err := tx.putDelivery(d)
		if err != nil {
			return fmt.Errorf("store: add delivery %s: %w", d.ID, err)
		}
		if added {
			fresh = append(fresh, d)
		}
	}
	p.Deliveries = fresh
	for _, id := range p.Settled {
		if _, err := tx.Exec(`DELETE FROM acknowledgements WHERE case_id = $1`, id); err != nil {
			return fmt.Errorf("store: ask no more about %s: %w", id, err)
		}
	}
	for _, a := range p.Awaiting {
		if err := tx.putAwaiting(a); err != nil {
			return fmt.Errorf("store: ask for acknowledgement of %s: %w", a.Case, err)
		}
	}
	return nil
}

// partDelay is how much later than the part before it a part takes its turn. At one message a second, the usual rate, everything of few
// parts that comes within a minute of any part passes it; the last of 400 parts lets pass what comes within seven hours, and no more.
const partDelay = time.Minute

func (tx *Tx) putDelivery(d notify.Delivery) (added bool, err error) {
	now := tx.db.now()
	if d.Rules == nil {
		d.Rules = []string{}
	}
	json, err := texts(d.Rules, d.Message)
	if err != nil {
		return false, err
	}
	n, err := tx.Exec(`INSERT INTO deliveries (id, seq, channel, recipient, kind, case_id, stage, revision, part, rules, severity, message, state,
		attempts, doubtful, lease_owner, lease_until, not_before, muted_until, created_at, turn, receipt, error)
		VALUES ($1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM deliveries), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'pending', 0, 0, '', 0, 0, $12, $13, $14, '', '')
		ON CONFLICT DO NOTHING`,
		d.ID, d.Channel, d.Recipient, string(d.Kind), d.Case, string(d.Stage), d.Revision, d.Part, json[0], string(d.Severity), json[1],
		micros(d.MutedUntil), now.UnixMicro(), now.Add(partDelay*time.Duration(max(d.Part-1, 0))).UnixMicro())
	return n == 1, err
}

func (tx *Tx) putAwaiting(a notify.Awaiting) error {
	json, err := texts(a.Escalate, a.Message)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO acknowledgements (case_id, rule, due_at, escalate, message, acked_by) VALUES ($1, $2, $3, $4, $5, '')
		ON CONFLICT (case_id) DO NOTHING`, a.Case, a.Rule, Stamp(a.Before), json[0], json[1])
	return err
}

// micros is an instant as a number that is never null; 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// instant turns micros back.
func instant(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

func (tx *Tx) markRouted(b batch, now time.Time) error {
	at := now.UnixMicro()
	mark := func(query string, args ...any) error {
		if _, err := tx.Exec(query, append([]any{at}, args...)...); err != nil {
			return fmt.Errorf("store: mark as routed: %w", err)
		}
		return nil
	}
	// later than recorded_at, which marks the rows that nobody is to hear of
	if err := tx.execAll(`UPDATE changes SET routed_at = MAX($1, recorded_at + 1) WHERE id = $2 AND revision = $3 AND routed_at IS NULL`,
		len(b.changes), func(i int) ([]any, error) { return []any{at, b.changes[i].id, b.changes[i].revision}, nil }); err != nil {
		return fmt.Errorf("store: mark as routed: %w", err)
	}
	for _, s := range b.stages {
		if err := mark(`UPDATE case_stages SET routed_at = CASE WHEN $1 > recorded_at THEN $1 ELSE recorded_at + 1 END WHERE case_id = $2 AND stage = $3 AND routed_at IS NULL`, s.caseID, string(s.stage)); err != nil {
			return err
		}
	}
	for _, r := range b.reports {
		if err := mark(`UPDATE case_news SET routed_at = $1 WHERE case_id = $2 AND news_id = $3 AND routed_at IS NULL`, r.caseID, r.newsID); err != nil {
			return err
		}
	}
	for _, m := range []struct {
		table string
		ids   []string
	}{{"case_notes", b.notes}, {"notices", b.notices}, {"news_alerts", b.news}} {
		for _, id := range m.ids {
			if err := mark(`UPDATE `+m.table+` SET routed_at = $1 WHERE id = $2 AND routed_at IS NULL`, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// stands leaves out what was taken back: a case that was withdrawn, and one of which no Change is left.
const stands = ` AND NOT EXISTS (SELECT 1 FROM cases k WHERE k.id = acknowledgements.case_id AND k.status = 'withdrawn')
	AND (NOT EXISTS (SELECT 1 FROM changes c WHERE c.case_id = acknowledgements.case_id AND c.latest = 1 AND c.retracted <> '')
		OR EXISTS (SELECT 1 FROM changes c WHERE c.case_id = acknowledgements.case_id AND c.latest = 1 AND c.retracted = ''))`

// Remind implements notify.Reminding. Of a case that was taken back nobody is reminded.
func (db *DB) Remind(ctx context.Context, now time.Time, plan func([]notify.Awaiting) notify.Plan) (p notify.Plan, err error) {
	err = db.Write(ctx, func(tx *Tx) error {
		var overdue []notify.Awaiting
		err := tx.Query(func(scan func(...any) error) error {
			var a notify.Awaiting
			var due int64
			var escalate, message string
			if err := scan(&a.Case, &a.Rule, &due, &escalate, &message); err != nil {
				return err
			}
			a.Before = instant(due)
			if err := parse(escalate, &a.Escalate); err != nil {
				return err
			}
			overdue = append(overdue, a)
			return parse(message, &overdue[len(overdue)-1].Message)
		}, `SELECT case_id, rule, due_at, escalate, message FROM acknowledgements
			WHERE due_at <= $1 AND acked_at IS NULL AND escalated_at IS NULL`+stands+` ORDER BY due_at, case_id`, now.UnixMicro())
		if err != nil || len(overdue) == 0 {
			return err
		}
		for i := range overdue {
			id, _, err := tx.mergedInto(overdue[i].Case)
			if err != nil {
				return err
			}
			if overdue[i].Now, err = tx.caseNow(id); err != nil {
				return err
			}
		}
		p = plan(overdue)
		if err := tx.putPlan(&p); err != nil {
			return err
		}
		for _, a := range overdue {
			if _, err := tx.Exec(`UPDATE acknowledgements SET escalated_at = $1 WHERE case_id = $2`, now.UnixMicro(), a.Case); err != nil {
				return fmt.Errorf("store: mark %s as escalated: %w", a.Case, err)
			}
		}
		return nil
	})
	return p, err
}
