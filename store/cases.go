package store

import (
	"fmt"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

// Case is a case with its stages. See watcher.Cases.
func (tx *Tx) Case(id string) (c diff.Case, found bool, err error) {
	var problems string
	var opened int64
	found, err = tx.Get([]any{&c.ID, &c.Title, &c.Status, &c.Act, &c.Source, &c.MergedInto, &problems, &opened, &c.Version},
		`SELECT id, title, status, act, source, merged_into, problems, opened_at, version FROM cases WHERE id = $1`, id)
	if err != nil || !found {
		return c, false, wrapCase(id, err)
	}
	c.OpenedAt = time.UnixMicro(opened).UTC()
	if err := parse(problems, &c.Problems); err != nil {
		return c, false, wrapCase(id, err)
	}
	c.Stages = map[diff.Stage]time.Time{}
	err = tx.Query(func(scan func(...any) error) error {
		var stage diff.Stage
		var at int64
		if err := scan(&stage, &at); err != nil {
			return err
		}
		c.Stages[stage] = time.UnixMicro(at).UTC()
		return nil
	}, `SELECT stage, at FROM case_stages WHERE case_id = $1`, id)
	return c, err == nil, wrapCase(id, err)
}

func wrapCase(id string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("store: case %s: %w", id, err)
}

// SaveCase writes a case without its stages. See watcher.Cases.
func (tx *Tx) SaveCase(c diff.Case) error {
	problems, err := text(c.Problems)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO cases (id, title, status, act, source, merged_into, problems, opened_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
		ON CONFLICT (id) DO UPDATE SET title = excluded.title, status = excluded.status, act = excluded.act, source = excluded.source,
		merged_into = excluded.merged_into, problems = excluded.problems, version = cases.version + 1`,
		c.ID, c.Title, string(c.Status), c.Act, c.Source, c.MergedInto, problems, c.OpenedAt.UnixMicro())
	if err == nil && c.MergedInto != "" {
		_, err = tx.Exec(`UPDATE cases SET merged_into = $1 WHERE merged_into = $2`, c.MergedInto, c.ID)
	}
	return wrapCase(c.ID, err)
}

// AddStage adds a stage to a case. See watcher.Cases.
func (tx *Tx) AddStage(m watcher.StageMark) (added bool, err error) {
	evidence, err := text(m.Evidence)
	if err != nil {
		return false, err
	}
	var routed any
	if m.Silent {
		routed = Stamp(m.RecordedAt)
	}
	n, err := tx.Exec(`INSERT INTO case_stages (case_id, stage, at, source, evidence, recorded_at, routed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (case_id, stage) DO NOTHING`,
		m.Case, string(m.Stage), m.At.UnixMicro(), m.Source, evidence, m.RecordedAt.UnixMicro(), routed)
	if err == nil && m.Stage == diff.Effective {
		_, err = tx.Exec(`UPDATE acts SET in_force = 1 WHERE case_id = $1`, m.Case)
	}
	return n == 1, wrapCase(m.Case, err)
}

// AddCaseNote stores a note once. See watcher.Cases.
func (tx *Tx) AddCaseNote(n watcher.CaseNote) (added bool, err error) {
	lists := n.Lists
	if lists == nil {
		lists = []diff.ListID{}
	}
	json, err := text(lists)
	if err != nil {
		return false, err
	}
	rows, err := tx.Exec(`INSERT INTO case_notes (id, case_id, kind, lists, text, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO NOTHING`, n.ID, n.Case, n.Kind, json, n.Text, n.At.UnixMicro())
	return rows == 1, wrapCase(n.Case, err)
}

// AddNews stores the reports that are new. See watcher.News.
func (tx *Tx) AddNews(source string, at time.Time, baseline bool, items []diff.NewsItem) (added int, err error) {
	for _, item := range items {
		json, err := text(item)
		if err != nil {
			return added, err
		}
		n, err := tx.Exec(`INSERT INTO news_items (id, source, item, published_at, seen_at, baseline)
			VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
			item.ID, source, json, Stamp(item.Published), at.UnixMicro(), bit(baseline))
		if err != nil {
			return added, fmt.Errorf("store: add news of %s: %w", source, err)
		}
		added += int(n)
	}
	return added, nil
}
