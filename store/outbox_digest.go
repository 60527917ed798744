package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"time"

	"entitywatch/diff"
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
		if err := tx.renumber(p.Deliveries); err != nil {
			return err
		}
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

// renumber gives deliveries of a digest whose time came before, since the clock was set back, keys of their own.
func (tx *Tx) renumber(all []notify.Delivery) error {
	for i := range all {
		d := &all[i]
		var last sql.NullInt64
		if _, err := tx.Get([]any{&last}, `SELECT MAX(revision) FROM deliveries WHERE case_id = $1 AND channel = $2 AND recipient = $3 AND part = $4`,
			d.Case, d.Channel, d.Recipient, d.Part); err != nil {
			return err
		}
		if last.Valid {
			d.Revision = int(last.Int64) + 1
			d.ID = notify.DeliveryID(*d)
		}
	}
	return nil
}

// Rewind implements notify.DigestStore.
func (db *DB) Rewind(ctx context.Context, digest string, to time.Time) error {
	err := db.Write(ctx, func(tx *Tx) error {
		if _, err := tx.Exec(`DELETE FROM digest_cuts WHERE digest = $1 AND at >= $2`, digest, to.UnixMicro()); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO digest_cuts (digest, at) VALUES ($1, $2)`, digest, to.UnixMicro())
		return err
	})
	if err != nil {
		return fmt.Errorf("store: begin digest %s anew at %s: %w", digest, to, err)
	}
	return nil
}

// collected reads what a digest has not covered of (after, to], and what was checked in (from, to].
func (tx *Tx) collected(digest string, after int64, from, to time.Time) (c notify.Collected, items []string, err error) {
	cases := newCaseSet()
	for _, step := range []func(string, int64, time.Time, *caseSet) ([]string, error){tx.newChanges, tx.newStages, tx.newNotes} {
		covered, err := step(digest, after, to, cases)
		if err != nil {
			return c, nil, err
		}
		items = append(items, covered...)
	}
	for _, id := range cases.ids {
		if err := tx.standing(id, cases.by[id], to); err != nil {
			return c, nil, err
		}
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
	if c.Held, err = tx.heldEntries(); err != nil {
		return c, nil, err
	}
	c.Sources, err = tx.assurance(from, to)
	return c, items, err
}

// newChanges are the tellings and retractions that the digest has not covered.
func (tx *Tx) newChanges(digest string, after int64, to time.Time, cases *caseSet) (items []string, err error) {
	rows, err := tx.changeRows(`c.latest = 1 AND (c.routed_at IS NULL OR c.routed_at > c.recorded_at) AND c.recorded_at > $1 AND
		c.recorded_at <= $2 AND NOT EXISTS (SELECT 1 FROM digest_items i WHERE i.digest = $3 AND i.item = c.id || '@' || c.revision)`,
		after, to.UnixMicro(), digest)
	for _, r := range rows {
		items = append(items, fmt.Sprintf("%s@%d", r.id, r.revision))
		if r.pending.Covered, err = tx.coveredBefore(digest, r.id, r.revision); err != nil {
			return nil, err
		}
		if !r.pending.Covered { // whoever reads it here for the first time never heard what was wrong
			r.pending.Correction = nil
		}
		cases.addChange(r)
	}
	return items, err
}

// coveredBefore reports whether an earlier reading of a Change stood in the digest.
func (tx *Tx) coveredBefore(digest, id string, revision int) (known bool, err error) {
	for n := revision - 1; n >= 0 && !known && err == nil; n-- {
		known, err = tx.Get([]any{new(string)}, `SELECT item FROM digest_items WHERE digest = $1 AND item = $2`, digest, fmt.Sprintf("%s@%d", id, n))
	}
	return known, err
}

// newStages are the stages that were told and that the digest has not covered. The silent ones came with the Changes.
func (tx *Tx) newStages(digest string, after int64, to time.Time, cases *caseSet) (items []string, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		var id, into, stage string
		var at int64
		if err := scan(&id, &stage, &at, &into); err != nil {
			return err
		}
		items = append(items, "stage/"+id+"/"+stage)
		pc := cases.get(cmp.Or(into, id))
		pc.Stages = append(pc.Stages, notify.StageTime{Stage: diff.Stage(stage), At: instant(at)})
		return nil
	}, `SELECT s.case_id, s.stage, s.at, k.merged_into FROM case_stages s JOIN cases k ON k.id = s.case_id
		WHERE s.recorded_at > $1 AND s.recorded_at <= $2 AND (s.routed_at IS NULL OR s.routed_at > s.recorded_at) AND NOT EXISTS (
		SELECT 1 FROM digest_items i WHERE i.digest = $3 AND i.item = 'stage/' || s.case_id || '/' || s.stage)
		ORDER BY s.recorded_at, s.case_id, s.at`, after, to.UnixMicro(), digest)
	return items, err
}

// newNotes are what was said of Cases and the digest has not covered.
func (tx *Tx) newNotes(digest string, after int64, to time.Time, cases *caseSet) (items []string, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		var noteID, id, into, lists string
		var n notify.CaseNote
		if err := scan(&noteID, &id, &n.Kind, &lists, &n.Text, &into); err != nil {
			return err
		}
		if err := parse(lists, &n.Lists); err != nil {
			return err
		}
		items = append(items, noteID)
		pc := cases.get(cmp.Or(into, id))
		pc.Notes = append(pc.Notes, n)
		return nil
	}, `SELECT n.id, n.case_id, n.kind, n.lists, n.text, k.merged_into FROM case_notes n JOIN cases k ON k.id = n.case_id
		WHERE n.recorded_at > $1 AND n.recorded_at <= $2 AND NOT EXISTS (
		SELECT 1 FROM digest_items i WHERE i.digest = $3 AND i.item = n.id) ORDER BY n.recorded_at, n.id`, after, to.UnixMicro(), digest)
	return items, err
}

// heldEntries are the entries that count as listed although their list does not show them.
func (tx *Tx) heldEntries() (all []notify.HeldEntry, err error) {
	held, err := tx.MissingEntries()
	for _, m := range held {
		all = append(all, notify.HeldEntry{
			Source: m.Source, List: m.Entry.List, Country: m.Entry.Country, Name: m.Entry.Name, Since: diff.DayOfLaw(m.MissingSince),
		})
	}
	return all, err
}

// assurance says of every source how often it was looked at in a period, and how it did at the period's end: what was noticed after it is in
// no digest yet.
func (tx *Tx) assurance(from, to time.Time) (all []notify.SourceReport, err error) {
	states := map[string]string{"new": "never", "unchanged": "ok", "failed": "broken"}
	err = tx.Query(func(scan func(...any) error) error {
		var r notify.SourceReport
		var checked, good, bad sql.NullInt64
		if err := scan(&r.Name, &r.State, &r.Reason, &checked, &good, &bad, &r.Checks, &r.Failed, &r.Changes); err != nil {
			return err
		}
		if word, ok := states[r.State]; ok {
			r.State = word
		}
		r.LastChecked, r.LastGood, r.LastFailed = Time(checked), Time(good), Time(bad)
		all = append(all, r)
		return nil
	}, `SELECT s.name, COALESCE(l.outcome, CASE WHEN s.polled_at <= $1 THEN s.health ELSE 'new' END),
		COALESCE(l.reason, CASE WHEN s.polled_at <= $2 THEN s.reason ELSE '' END),
		COALESCE(l.at, CASE WHEN s.polled_at <= $3 THEN s.polled_at END),
		COALESCE(CASE WHEN s.succeeded_at <= $4 THEN s.succeeded_at END,
			(SELECT g.at FROM polls g WHERE g.source = s.name AND g.at <= $5 AND g.outcome IN ('ok', 'unchanged') ORDER BY g.at DESC LIMIT 1)),
		MAX(CASE WHEN p.outcome NOT IN ('ok', 'unchanged') THEN p.at END), COUNT(p.id),
		COALESCE(SUM(CASE WHEN p.outcome IN ('ok', 'unchanged') THEN 0 WHEN p.id IS NULL THEN 0 ELSE 1 END), 0), COALESCE(SUM(p.changes), 0)
		FROM sources s LEFT JOIN polls p ON p.source = s.name AND p.at > $6 AND p.at <= $7
		LEFT JOIN polls l ON l.id = (SELECT n.id FROM polls n WHERE n.source = s.name AND n.at <= $8 ORDER BY n.at DESC, n.id DESC LIMIT 1)
		GROUP BY s.name, s.health, s.reason, s.polled_at, s.succeeded_at, l.outcome, l.reason, l.at ORDER BY s.name`,
		to.UnixMicro(), to.UnixMicro(), to.UnixMicro(), to.UnixMicro(), to.UnixMicro(), micros(from), to.UnixMicro(), to.UnixMicro())
	return all, err
}
