package store

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
)

// batch is one reading of what is pending, with the rows to mark as routed.
type batch struct {
	notify.Pending
	changes []tellingRow
	stages  []stageRow
	notes   []string
	notices []string
	news    []string
	reports []reportRow
}

// tellingRow is one telling of a Change.
type tellingRow struct {
	id       string
	revision int
}

// reportRow is a report of a case.
type reportRow struct{ caseID, newsID string }

type stageRow struct {
	caseID string
	stage  diff.Stage
	at     time.Time
}

func (b batch) empty() bool {
	return len(b.changes)+len(b.stages)+len(b.notes)+len(b.notices)+len(b.news)+len(b.reports) == 0
}

// pending reads everything whose routed_at is null. A case with a Change that is still to be enriched, and younger than wait, is left as
// a whole for later, and its Changes are not read: of a mass event they would be at every turn.
func (tx *Tx) pending(now time.Time, wait time.Duration) (b batch, err error) {
	waiting, err := tx.waitingCases(now.Add(-wait))
	if err != nil {
		return b, err
	}
	where, args := `c.routed_at IS NULL`, []any{}
	if len(waiting) > 0 {
		left, err := text(slices.Collect(maps.Keys(waiting)))
		if err != nil {
			return b, err
		}
		where, args = where+` AND `+ofCase+` NOT IN (SELECT value FROM json_each($1))`, []any{left}
	}
	cases := newCaseSet()
	err = tx.eachChange(func(c changeRow) {
		b.changes = append(b.changes, tellingRow{c.id, c.revision})
		cases.addChange(c)
	}, where, args...)
	if err != nil {
		return b, err
	}
	if err := tx.pendingStages(&b, cases, waiting); err != nil {
		return b, err
	}
	if err := tx.pendingNotes(&b, cases, waiting); err != nil {
		return b, err
	}
	if err := tx.pendingReports(&b, cases, waiting); err != nil {
		return b, err
	}
	if b.Cases, err = tx.fillCases(cases); err != nil {
		return b, err
	}
	return b, tx.pendingOthers(&b)
}

// waitingCases are those with a Change recorded after an instant that is still to be enriched.
func (tx *Tx) waitingCases(after time.Time) (waiting map[string]bool, err error) {
	waiting = map[string]bool{}
	err = tx.Query(func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		waiting[id] = true
		return err
	}, `SELECT DISTINCT `+ofCase+` FROM changes c JOIN cases k ON k.id = c.case_id WHERE c.routed_at IS NULL AND c.latest = 1 AND c.recorded_at > $1
		AND NOT EXISTS (SELECT 1 FROM enrichments e WHERE e.change_id = c.id AND e.revision = c.revision)`, after.UnixMicro())
	return waiting, err
}

func (tx *Tx) pendingStages(b *batch, cases *caseSet, waiting map[string]bool) error {
	return tx.Query(func(scan func(...any) error) error {
		var s stageRow
		var into string
		var at int64
		if err := scan(&s.caseID, &s.stage, &at, &into); err != nil {
			return err
		}
		id := s.caseID
		if into != "" {
			id = into
		}
		if waiting[id] {
			return nil
		}
		s.at = instant(at)
		b.stages = append(b.stages, s)
		pc := cases.get(id)
		pc.Stages = append(pc.Stages, notify.StageTime{Stage: s.stage, At: s.at})
		return nil
	}, `SELECT s.case_id, s.stage, s.at, k.merged_into FROM case_stages s JOIN cases k ON k.id = s.case_id
		WHERE s.routed_at IS NULL ORDER BY s.recorded_at, s.case_id, s.at`)
}

func (tx *Tx) pendingNotes(b *batch, cases *caseSet, waiting map[string]bool) error {
	return tx.Query(func(scan func(...any) error) error {
		var id, caseID, into, lists string
		var n notify.CaseNote
		if err := scan(&id, &caseID, &n.Kind, &lists, &n.Text, &into); err != nil {
			return err
		}
		if into != "" {
			caseID = into
		}
		if waiting[caseID] {
			return nil
		}
		if err := parse(lists, &n.Lists); err != nil {
			return err
		}
		b.notes = append(b.notes, id)
		pc := cases.get(caseID)
		pc.Notes = append(pc.Notes, n)
		return nil
	}, `SELECT n.id, n.case_id, n.kind, n.lists, n.text, k.merged_into FROM case_notes n JOIN cases k ON k.id = n.case_id
		WHERE n.routed_at IS NULL ORDER BY n.recorded_at, n.id`)
}

// pendingReports reads what the press said of cases since they were told; what was said before is told with them.
func (tx *Tx) pendingReports(b *batch, cases *caseSet, waiting map[string]bool) error {
	return tx.Query(func(scan func(...any) error) error {
		var r reportRow
		var into, json string
		var n notify.NewsRef
		if err := scan(&r.caseID, &r.newsID, &json, &into); err != nil {
			return err
		}
		id := r.caseID
		if into != "" {
			id = into
		}
		if waiting[id] {
			return nil
		}
		if err := parse(json, &n); err != nil {
			return err
		}
		b.reports = append(b.reports, r)
		pc := cases.get(id)
		pc.Reports = append(pc.Reports, n)
		return nil
	}, `SELECT n.case_id, n.news_id, n.report, COALESCE(k.merged_into, '') FROM case_news n LEFT JOIN cases k ON k.id = n.case_id
		WHERE n.routed_at IS NULL ORDER BY n.at, n.news_id`)
}

// fillCases adds to each case what it is, its act, its news, and what was told of it.
func (tx *Tx) fillCases(s *caseSet) ([]notify.PendingCase, error) {
	out := make([]notify.PendingCase, 0, len(s.ids))
	for _, id := range s.ids {
		pc := s.by[id]
		var err error
		var found bool
		if pc.Case, found, err = tx.Case(id); err != nil {
			return nil, err
		}
		if !found {
			pc.Case = diff.Case{ID: id, Status: diff.Open}
		}
		acts, err := tx.ActsOfCase(id)
		if err != nil {
			return nil, err
		}
		for i := range acts {
			if acts[i].Act.CorrectionOf == "" || pc.Act == nil {
				pc.Act = &acts[i].Act
			}
			if acts[i].Act.CorrectionOf != "" {
				pc.Corrections = append(pc.Corrections, acts[i].Act)
			}
		}
		if pc.News, err = tx.caseNews(id); err != nil {
			return nil, err
		}
		if pc.Told, err = tx.told(id); err != nil {
			return nil, err
		}
		if pc.Standing == nil && len(pc.Told) > 0 {
			if err := tx.standing(id, pc, time.Time{}); err != nil {
				return nil, err
			}
		}
		out = append(out, *pc)
	}
	return out, nil
}

// standing adds to a case all its Changes as they stand, or stood at a time, with what of ours they touch. Editorial ones that nobody was
// told of are left out.
func (tx *Tx) standing(id string, pc *notify.PendingCase, at time.Time) error {
	until := int64(math.MaxInt64)
	if !at.IsZero() {
		until = at.UnixMicro()
	}
	rows, err := tx.changeRows(`c.latest = 1 AND (c.routed_at IS NULL OR c.routed_at > c.recorded_at) AND c.recorded_at <= $2 AND
		c.case_id IN (SELECT id FROM cases WHERE id = $1 OR merged_into = $1)`, id, until)
	if err != nil {
		return fmt.Errorf("store: read changes of %s: %w", id, err)
	}
	for _, r := range rows {
		pc.Standing = append(pc.Standing, r.pending)
		if len(r.hits) > 0 {
			pc.Hits[r.id] = r.hits
		}
	}
	return nil
}

func (tx *Tx) caseNews(id string) (all []notify.NewsRef, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		var json string
		var n notify.NewsRef
		if err := scan(&json); err != nil {
			return err
		}
		err := parse(json, &n)
		all = append(all, n)
		return err
	}, `SELECT report FROM case_news WHERE case_id = $1 ORDER BY at, news_id`, id)
	if err != nil {
		return nil, fmt.Errorf("store: read news of %s: %w", id, err)
	}
	return all, nil
}

// told reads what was told of a case, and of those that were merged into it.
func (tx *Tx) told(id string) (all []notify.Told, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		var t notify.Told
		var rules, message string
		if err := scan(&t.Channel, &t.Recipient, &t.Kind, &t.Stage, &t.Revision, &rules, &message); err != nil {
			return err
		}
		if err := parse(rules, &t.Rules); err != nil {
			return err
		}
		err := parse(message, &t.Message)
		all = append(all, t)
		return err
	}, `SELECT channel, recipient, kind, stage, revision, rules, message FROM deliveries
		WHERE part = 1 AND (case_id = $1 OR case_id IN (SELECT id FROM cases WHERE merged_into = $1)) ORDER BY seq`, id)
	if err != nil {
		return nil, fmt.Errorf("store: read what was told of %s: %w", id, err)
	}
	return all, nil
}

func (tx *Tx) pendingOthers(b *batch) error {
	err := tx.Query(func(scan func(...any) error) error {
		var n notify.Notice
		var list diff.ListID
		var at int64
		if err := scan(&n.ID, &n.Kind, &n.Subject, &list, &n.Text, &at); err != nil {
			return err
		}
		n.At = instant(at)
		if list != "" {
			n.Subject += " (" + list.Title() + ")"
		}
		b.notices = append(b.notices, n.ID)
		b.Notices = append(b.Notices, n)
		return nil
	}, `SELECT id, kind, source, list, text, at FROM notices WHERE routed_at IS NULL ORDER BY at, id`)
	if err != nil {
		return err
	}
	if len(b.Notices) > 0 {
		if err := tx.pendingFailing(b); err != nil {
			return err
		}
	}
	alerts, err := tx.newsAlerts(`routed_at IS NULL`)
	for _, a := range alerts {
		b.news = append(b.news, a.Item.ID)
		b.News = append(b.News, a)
	}
	return err
}

func (tx *Tx) newsAlerts(where string, args ...any) (all []notify.PendingNews, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		var json string
		var n notify.PendingNews
		if err := scan(&json); err != nil {
			return err
		}
		err := parse(json, &n)
		all = append(all, n)
		return err
	}, `SELECT alert FROM news_alerts WHERE `+where+` ORDER BY recorded_at, id`, args...)
	return all, err
}
