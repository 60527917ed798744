package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"time"

	"entitywatch/notify"
)

// CaseView is a case as a page shows it: as it stands, who was told of it, and who has taken note.
type CaseView struct {
	notify.PendingCase                   // with Standing and Notes, all of them
	Deliveries         []notify.Delivery // those of the cases that were merged into it too
	AckedBy            string
	AckedAt, AskedBy   time.Time // AskedBy: by when somebody should; zero where nobody was asked
}

// CaseView is the case with that id, or the one that it was merged into. It changes nothing.
func (db *DB) CaseView(ctx context.Context, id string) (v CaseView, found bool, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		if id, found, err = tx.mergedInto(id); err != nil || !found {
			return err
		}
		if v.PendingCase, err = tx.caseNow(id); err != nil {
			return err
		}
		v.Deliveries, err = tx.deliveries(`case_id = $1 OR case_id IN (SELECT id FROM cases WHERE merged_into = $1) ORDER BY seq`, id)
		if err != nil {
			return err
		}
		return tx.acknowledged(&v)
	})
	if err != nil {
		return v, false, fmt.Errorf("store: view case %s: %w", id, err)
	}
	return v, found, nil
}

// mergedInto is the id of a case, or of the one that it was merged into.
func (tx *Tx) mergedInto(id string) (_ string, found bool, err error) {
	k, found, err := tx.Case(id)
	if err != nil || !found {
		return id, false, err
	}
	return cmp.Or(k.MergedInto, id), true, nil
}

// caseNow is a case as it stands, with all its Changes and notes and nothing pending.
func (tx *Tx) caseNow(id string) (notify.PendingCase, error) {
	set := newCaseSet()
	pc := set.get(id)
	notes, err := tx.caseNotes(id)
	if err != nil {
		return *pc, err
	}
	for _, n := range notes {
		pc.Notes = append(pc.Notes, notify.CaseNote{Kind: n.Kind, Lists: n.Lists, Text: n.Text})
	}
	if err := tx.standing(id, pc, time.Time{}); err != nil {
		return *pc, err
	}
	all, err := tx.fillCases(set)
	if err != nil {
		return *pc, err
	}
	return all[0], nil
}

func (tx *Tx) acknowledged(v *CaseView) error {
	var due, at sql.NullInt64
	_, err := tx.Get([]any{&v.AckedBy, &at, &due}, `SELECT acked_by, acked_at, due_at FROM acknowledgements WHERE case_id = $1`, v.Case.ID)
	v.AckedAt, v.AskedBy = Time(at), Time(due)
	return err
}
