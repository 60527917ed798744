package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

// Entries are the entries of a list that are in force on a day, as is believed now, in the order of country and name.
func (db *DB) Entries(ctx context.Context, list diff.ListID, on diff.Date) ([]diff.Entry, error) {
	return db.entries(ctx, list, `recorded_to IS NULL AND valid_from <= $2 AND (valid_to = '' OR valid_to > $3)`, string(on), string(on))
}

// EntriesAsOf are the entries of a list that were in force on a day, as was believed at an instant.
func (db *DB) EntriesAsOf(ctx context.Context, list diff.ListID, on diff.Date, believed time.Time) ([]diff.Entry, error) {
	at := believed.UnixMicro()
	return db.entries(ctx, list, `valid_from <= $2 AND (valid_to = '' OR valid_to > $3) AND recorded_from <= $4 AND (recorded_to IS NULL OR recorded_to > $5)`,
		string(on), string(on), at, at)
}

func (db *DB) entries(ctx context.Context, list diff.ListID, where string, args ...any) (entries []diff.Entry, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		rows, err := tx.versions(`WHERE list = $1 AND `+where+` ORDER BY country, name, key, entry_id`, append([]any{string(list)}, args...)...)
		for _, r := range rows {
			entries = append(entries, r.Entry)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: read %s: %w", list, err)
	}
	return entries, nil
}

// Lists are the lists of which anything is stored.
func (db *DB) Lists(ctx context.Context) (lists []diff.ListID, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		return tx.Query(func(scan func(...any) error) error {
			var l diff.ListID
			err := scan(&l)
			lists = append(lists, l)
			return err
		}, `SELECT DISTINCT list FROM entry_versions ORDER BY list`)
	})
	if err != nil {
		return nil, fmt.Errorf("store: read lists: %w", err)
	}
	return lists, nil
}

// HistoryFilter chooses Changes. Zero values choose all.
type HistoryFilter struct {
	Lists         []diff.ListID
	Kinds         []diff.ChangeKind
	Source        string
	Act           string // document number, in any form
	Case          string
	Entry         string    // entry id or key
	Name          string    // a part of the name, whatever its case
	Since, Before time.Time // of recording: [Since, Before)
	Editorial     bool      // with the editorial ones
	Revisions     bool      // every telling, not only the last one of each Change
	Limit         int       // the newest; 0 is all
}

// History are the Changes noticed, oldest first.
func (db *DB) History(ctx context.Context, f HistoryFilter) (all []watcher.StoredChange, err error) {
	where, args := f.where()
	err = db.Read(ctx, func(tx *Tx) error {
		if f.Limit == 0 {
			all, err = tx.changes(where+changeOrder, args...)
			return err
		}
		all, err = tx.changes(where+` ORDER BY recorded_at DESC, id DESC LIMIT `+fmt.Sprint(f.Limit), args...)
		slices.SortFunc(all, inChangeOrder)
		return err
	})
	return all, err
}

// EachChange gives each what History would return, one after the other; Limit is not heeded.
func (db *DB) EachChange(ctx context.Context, f HistoryFilter, each func(watcher.StoredChange)) error {
	where, args := f.where()
	err := db.Read(ctx, func(tx *Tx) error { return tx.eachStored(each, where+changeOrder, args...) })
	if err != nil {
		return fmt.Errorf("store: read changes: %w", err)
	}
	return nil
}

func (f HistoryFilter) where() (string, []any) {
	var conditions []string
	var args []any
	add := func(condition string, vs ...any) {
		for _, v := range vs {
			args = append(args, v)
			condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(args)), 1)
		}
		conditions = append(conditions, condition)
	}
	oneOf := func(column string, vs []any) {
		if len(vs) > 0 {
			add(column+` IN (`+strings.TrimSuffix(strings.Repeat("?, ", len(vs)), ", ")+`)`, vs...)
		}
	}
	equal := func(column, v string) {
		if v != "" {
			add(column+` = ?`, v)
		}
	}
	oneOf("list", anys(f.Lists))
	oneOf("kind", anys(f.Kinds))
	equal("source", f.Source)
	equal("act", diff.FoldDocumentNumber(f.Act))
	equal("case_id", f.Case)
	if f.Entry != "" {
		add(`(entry_id = ? OR key = ?)`, f.Entry, f.Entry)
	}
	if f.Name != "" {
		add(`instr(lower(name), lower(?)) > 0`, f.Name)
	}
	if !f.Since.IsZero() {
		add(`recorded_at >= ?`, f.Since.UnixMicro())
	}
	if !f.Before.IsZero() {
		add(`recorded_at < ?`, f.Before.UnixMicro())
	}
	if !f.Editorial {
		add(`substantive = 1`)
	}
	if !f.Revisions {
		add(`latest = 1`)
	}
	if len(conditions) == 0 {
		return "", nil
	}
	return `WHERE ` + strings.Join(conditions, ` AND `), args
}

func anys[T ~string](vs []T) []any {
	out := make([]any, len(vs))
	for i, v := range vs {
		out[i] = string(v)
	}
	return out
}

// UnscannedNews are the reports, baselines left out, that were not yet searched for listed parties, oldest first.
func (db *DB) UnscannedNews(ctx context.Context) ([]diff.NewsItem, error) {
	return db.news(ctx, `scanned_at IS NULL AND baseline = 0`)
}

// NewsSince are all reports seen since, baselines included, oldest first.
func (db *DB) NewsSince(ctx context.Context, since time.Time) ([]diff.NewsItem, error) {
	return db.news(ctx, `seen_at >= $1`, since.UnixMicro())
}

func (db *DB) news(ctx context.Context, where string, args ...any) (items []diff.NewsItem, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		return tx.Query(func(scan func(...any) error) error {
			var json string
			if err := scan(&json); err != nil {
				return err
			}
			var item diff.NewsItem
			err := parse(json, &item)
			items = append(items, item)
			return err
		}, `SELECT item FROM news_items WHERE `+where+` ORDER BY seen_at, id`, args...)
	})
	if err != nil {
		return nil, fmt.Errorf("store: read news: %w", err)
	}
	return items, nil
}

// MarkScanned notes that reports were searched for listed parties.
func (db *DB) MarkScanned(ctx context.Context, at time.Time, ids ...string) error {
	err := db.Write(ctx, func(tx *Tx) error {
		return tx.execAll(`UPDATE news_items SET scanned_at = $1 WHERE id = $2`, len(ids), func(i int) ([]any, error) { return []any{Stamp(at), ids[i]}, nil })
	})
	if err != nil {
		return fmt.Errorf("store: mark news as searched: %w", err)
	}
	return nil
}
