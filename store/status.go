package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

// Status is how one source does: what `doctor` shows and what makes its silence worth something.
type Status struct {
	watcher.SourceState
	Lists  []watcher.SourceList // what it last showed, and what of it is held
	Polls  int                  // looks in the period asked for
	Failed int                  // of them, those whose answer was not accepted
}

// Statuses are all sources, with the looks in (from, to].
func (db *DB) Statuses(ctx context.Context, from, to time.Time) (all []Status, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		lists, err := tx.SourceLists()
		if err != nil {
			return err
		}
		err = tx.Query(func(scan func(...any) error) error {
			s, err := scanSource(scan)
			st := Status{SourceState: s}
			for _, l := range lists {
				if l.Source == s.Name {
					st.Lists = append(st.Lists, l)
				}
			}
			all = append(all, st)
			return err
		}, `SELECT `+sourceColumns+` FROM sources ORDER BY name`)
		if err != nil {
			return err
		}
		for i := range all {
			if _, err := tx.Get([]any{&all[i].Polls, &all[i].Failed}, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN outcome IN ('ok', 'unchanged')
				THEN 0 ELSE 1 END), 0) FROM polls WHERE source = $1 AND at > $2 AND at <= $3`, all[i].Name, from.UnixMicro(), to.UnixMicro()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store: read how the sources do: %w", err)
	}
	return all, nil
}

// Hold is one thing that is held: a list's answer or a document's later text that is not believed, or an entry that vanished without an
// act.
type Hold struct {
	Source string      `json:"source"`
	List   diff.ListID `json:"list,omitempty"` // empty where a document's text is held
	Since  time.Time   `json:"since"`
	Reason string      `json:"reason"`
	Entry  *diff.Entry `json:"entry,omitempty"` // nil where the whole list is held
	Act    string      `json:"act,omitempty"`   // the number of the document
}

// Holds are everything that is held, oldest first within each kind: lists, then documents, then entries.
func (db *DB) Holds(ctx context.Context) (all []Hold, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		lists, err := tx.SourceLists()
		if err != nil {
			return err
		}
		for _, l := range lists {
			if !l.HeldSince.IsZero() {
				all = append(all, Hold{Source: l.Source, List: l.List, Since: l.HeldSince, Reason: l.HeldReason})
			}
		}
		acts, err := tx.acts(`WHERE held <> 'null' ORDER BY number`)
		if err != nil {
			return err
		}
		for _, a := range acts {
			all = append(all, Hold{Source: a.Source, Since: a.Held.Since, Reason: a.Held.Why, Act: a.Act.DocumentNumber})
		}
		missing, err := tx.MissingEntries()
		for _, m := range missing {
			e := m.Entry
			all = append(all, Hold{Source: m.Source, List: e.List, Since: m.MissingSince, Entry: &e,
				Reason: "no longer shown, and no act removes it: it stays listed"})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store: read what is held: %w", err)
	}
	return all, nil
}

// CaseFile is a case with everything that belongs to it.
type CaseFile struct {
	Case    diff.Case
	Changes []watcher.StoredChange
	Acts    []watcher.StoredAct
	Notes   []watcher.CaseNote
}

// CaseFile is the case with that id, or the one that it was merged into.
func (db *DB) CaseFile(ctx context.Context, id string) (f CaseFile, found bool, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		if f.Case, found, err = tx.Case(id); err != nil || !found {
			return err
		}
		if into := f.Case.MergedInto; into != "" {
			if f.Case, found, err = tx.Case(into); err != nil || !found {
				return err
			}
		}
		if f.Changes, err = tx.changes(`WHERE latest = 1 AND (case_id = $1 OR case_id IN (SELECT id FROM cases WHERE merged_into = $2))`+changeOrder,
			f.Case.ID, f.Case.ID); err != nil {
			return err
		}
		if f.Acts, err = tx.ActsOfCase(f.Case.ID); err != nil {
			return err
		}
		f.Notes, err = tx.caseNotes(f.Case.ID)
		return err
	})
	return f, found, err
}

func (tx *Tx) caseNotes(id string) (all []watcher.CaseNote, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		n := watcher.CaseNote{Case: id}
		var lists string
		var at int64
		if err := scan(&n.ID, &n.Kind, &lists, &n.Text, &at); err != nil {
			return err
		}
		n.At = time.UnixMicro(at).UTC()
		err := parse(lists, &n.Lists)
		all = append(all, n)
		return err
	}, `SELECT id, kind, lists, text, recorded_at FROM case_notes WHERE case_id = $1 ORDER BY recorded_at, id`, id)
	return all, wrapCase(id, err)
}

// Revisions are all tellings of a Change, oldest first.
func (db *DB) Revisions(ctx context.Context, id string) (all []watcher.StoredChange, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		all, err = tx.changes(`WHERE id = $1 ORDER BY revision`, id)
		return err
	})
	return all, err
}

// ActByNumber is the act with that document number, however it is written.
func (db *DB) ActByNumber(ctx context.Context, number string) (a watcher.StoredAct, found bool, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		a, found, err = tx.Act(number)
		return err
	})
	return a, found, err
}

// EntryHistory are all versions of an entry, by its id or key, those no longer believed included, in the order of recording.
func (db *DB) EntryHistory(ctx context.Context, entry string) (all []watcher.EntryVersion, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		all, err = tx.versions(`WHERE entry_id = $1 OR entry_id IN (SELECT entry_id FROM entry_versions WHERE key = $2)
			ORDER BY recorded_from, valid_from, id`, entry, entry)
		return err
	})
	return all, err
}

// Fetch is one stored request.
type Fetch struct {
	URL           string    `json:"url"`
	Source        string    `json:"source"`
	Status        int       `json:"status"`
	At            time.Time `json:"at"`
	SHA256        string    `json:"sha256,omitempty"`
	ParserVersion string    `json:"parser_version,omitempty"`
	Error         string    `json:"error,omitempty"`
}

// Fetches are the requests that brought certain bytes, oldest first: where a Change's evidence came from.
func (db *DB) Fetches(ctx context.Context, sha256 string) (all []Fetch, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		return tx.Query(func(scan func(...any) error) error {
			var f Fetch
			var at int64
			var sum sql.NullString
			if err := scan(&f.URL, &f.Source, &f.Status, &at, &sum, &f.ParserVersion, &f.Error); err != nil {
				return err
			}
			f.At, f.SHA256 = time.UnixMicro(at).UTC(), sum.String
			all = append(all, f)
			return nil
		}, `SELECT url, source, status, at, sha256, parser_version, error FROM fetches WHERE sha256 = $1 ORDER BY at, id`, sha256)
	})
	if err != nil {
		return nil, fmt.Errorf("store: read fetches of %s: %w", sha256, err)
	}
	return all, nil
}

// Notices are what the operators were to be told since, oldest first.
func (db *DB) Notices(ctx context.Context, since time.Time) (all []watcher.Notice, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		return tx.Query(func(scan func(...any) error) error {
			var n watcher.Notice
			var at int64
			err := scan(&n.ID, &n.Kind, &n.Source, &n.List, &n.Text, &at)
			n.At = time.UnixMicro(at).UTC()
			all = append(all, n)
			return err
		}, `SELECT id, kind, source, list, text, at FROM notices WHERE at >= $1 ORDER BY at, id`, since.UnixMicro())
	})
	if err != nil {
		return nil, fmt.Errorf("store: read notices: %w", err)
	}
	return all, nil
}
