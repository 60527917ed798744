package store

import (
	"fmt"
	"slices"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

const actColumns = `case_id, source, act, text, amendments, evidence, fingerprint, revision, standing, seen_at, updated_at, held, withdrawals`

// Act is the stored act with that folded number. See watcher.Acts.
func (tx *Tx) Act(number string) (a watcher.StoredAct, found bool, err error) {
	all, err := tx.acts(`WHERE number = $1`, diff.FoldDocumentNumber(number))
	if err != nil || len(all) == 0 {
		return a, false, err
	}
	return all[0], true, nil
}

// ActsOf are the acts of a standing, oldest first. See watcher.Acts.
func (tx *Tx) ActsOf(standing watcher.Standing) ([]watcher.StoredAct, error) {
	return tx.acts(`WHERE standing = $1 ORDER BY published_on, effective_on, number`, string(standing))
}

// ActsTakingEffect are in force and not announced as such. See watcher.Acts.
func (tx *Tx) ActsTakingEffect(today diff.Date) ([]watcher.StoredAct, error) {
	return applied(tx.acts(`WHERE in_force = 0 AND effective_on <> '' AND effective_on <= $1 ORDER BY effective_on, number`, string(today)))
}

// ActsFiled are on public inspection only. See watcher.Acts.
func (tx *Tx) ActsFiled() ([]watcher.StoredAct, error) {
	// the status stands in the query, where the index wants it
	return applied(tx.acts(`WHERE status = '` + string(diff.ActFiled) + `' ORDER BY filed_on, number`))
}

// applied leaves the acts whose changes are stored. In the query, the standing would have the database take the index of all acts that ever
// were applied instead of that of the few that are asked for.
func applied(all []watcher.StoredAct, err error) ([]watcher.StoredAct, error) {
	return slices.DeleteFunc(all, func(a watcher.StoredAct) bool { return a.Standing != watcher.Applied }), err
}

// ActsHeld are the acts of which a later reading is held. See watcher.Acts.
func (tx *Tx) ActsHeld(source string) ([]watcher.StoredAct, error) {
	return tx.acts(`WHERE held <> 'null' AND source = $1 ORDER BY number`, source)
}

// ActsOfCase are the acts of one legal action. See watcher.Acts.
func (tx *Tx) ActsOfCase(id string) ([]watcher.StoredAct, error) {
	return tx.acts(`WHERE case_id = $1 ORDER BY seen_at, number`, id)
}

func (tx *Tx) acts(where string, args ...any) (all []watcher.StoredAct, err error) {
	err = tx.Query(func(scan func(...any) error) error {
		a, err := scanAct(scan)
		all = append(all, a)
		return err
	}, `SELECT `+actColumns+` FROM acts `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("store: read acts: %w", err)
	}
	return all, nil
}

func scanAct(scan func(...any) error) (a watcher.StoredAct, err error) {
	var act, words, amendments, evidence, held string
	var seen, updated int64
	err = scan(&a.Case, &a.Source, &act, &words, &amendments, &evidence, &a.Fingerprint, &a.Revision, &a.Standing, &seen, &updated, &held,
		&a.Withdrawals)
	if err != nil {
		return a, err
	}
	if err := parse(act, &a.Act); err != nil {
		return a, err
	}
	a.Act.Text, a.SeenAt, a.UpdatedAt = words, time.UnixMicro(seen).UTC(), time.UnixMicro(updated).UTC()
	if err := parse(amendments, &a.Act.Amendments); err != nil {
		return a, err
	}
	if err := parse(held, &a.Held); err != nil {
		return a, err
	}
	return a, parse(evidence, &a.Act.Evidence)
}

// SaveAct writes an act under its folded number. See watcher.Acts.
func (tx *Tx) SaveAct(s watcher.StoredAct) error {
	a := &s.Act
	json, err := texts(a, a.Amendments, a.Evidence, s.Held)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO acts (number, document_number, case_id, source, status, title, filed_on, published_on, effective_on, correction_of,
		act, text, amendments, evidence, fingerprint, revision, standing, seen_at, updated_at, held, withdrawals, in_force)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
		(SELECT COUNT(*) FROM case_stages WHERE case_id = $22 AND stage = $23))
		ON CONFLICT (number) DO UPDATE SET document_number = excluded.document_number, case_id = excluded.case_id, source = excluded.source,
		status = excluded.status, title = excluded.title, filed_on = excluded.filed_on, published_on = excluded.published_on,
		effective_on = excluded.effective_on, correction_of = excluded.correction_of, act = excluded.act, text = excluded.text,
		amendments = excluded.amendments, evidence = excluded.evidence, fingerprint = excluded.fingerprint, revision = excluded.revision,
		standing = excluded.standing, updated_at = excluded.updated_at, held = excluded.held, withdrawals = excluded.withdrawals,
		in_force = excluded.in_force`,
		diff.FoldDocumentNumber(a.DocumentNumber), a.DocumentNumber, s.Case, s.Source, string(a.Status), a.Title, string(a.FiledOn),
		string(a.PublishedOn), string(a.EffectiveOn), diff.FoldDocumentNumber(a.CorrectionOf), json[0], a.Text, json[1], json[2],
		s.Fingerprint, s.Revision, string(s.Standing), s.SeenAt.UnixMicro(), s.UpdatedAt.UnixMicro(), json[3], s.Withdrawals,
		s.Case, string(diff.Effective))
	if err != nil {
		return fmt.Errorf("store: save act %s: %w", a.DocumentNumber, err)
	}
	return nil
}
