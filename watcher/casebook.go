package watcher

import (
	"fmt"
	"slices"
	"time"

	"entitywatch/diff"
)

// caseBook is what becomes of acts, Changes and their cases within one transaction. It alone opens, moves and merges
// cases, and writes rows of Changes.
type caseBook struct {
	*occasion
	led        ledger
	baselineAt time.Time       // of the source; zero where this is its first look
	fresh      map[string]bool // by case: whether nothing of it was told before this transaction
	contested  map[string]bool // cases that this look disputes
	begun      map[string]bool // cases of what lists show, and their stages, that are stored for certain
	waited     bool            // the act at hand waited for a baseline
}

func newCaseBook(t *occasion, baseline time.Time) *caseBook {
	return &caseBook{occasion: t, led: ledger{tx: t.tx, at: t.at, source: t.Source}, baselineAt: baseline,
		fresh: map[string]bool{}, contested: map[string]bool{}, begun: map[string]bool{}}
}

// openCase finds or makes the case of an act; a correction belongs to the case of what it corrects.
func (b *caseBook) openCase(a diff.Act) (diff.Case, error) {
	id := diff.ActCaseID(a.DocumentNumber)
	if a.CorrectionOf != "" {
		corrected, found, err := b.tx.Act(a.CorrectionOf)
		if err != nil {
			return diff.Case{}, err
		}
		id = diff.ActCaseID(a.CorrectionOf)
		if found {
			id = corrected.Case
		}
	}
	c, found, err := b.standing(id)
	if err != nil || found {
		return c, err
	}
	return b.open(diff.Case{ID: id, Title: a.Title, Act: a.DocumentNumber, Source: b.Source, Problems: a.Problems})
}

// open stores a new case.
func (b *caseBook) open(c diff.Case) (diff.Case, error) {
	c.Status, c.OpenedAt = diff.Open, b.at
	return c, b.tx.SaveCase(c)
}

// standing is a case, or the one into which it was merged.
func (b *caseBook) standing(id string) (c diff.Case, found bool, err error) {
	if c, found, err = b.tx.Case(id); err == nil && c.MergedInto != "" {
		return b.tx.Case(c.MergedInto)
	}
	return c, found, err
}

// sourceCase is the id of the case of what a list shows and no act explains: one for each version of it.
func (b *caseBook) sourceCase(v showing) string {
	return diff.SourceCaseID(b.Source, fmt.Sprintf("%s/%d", v.meta.List, v.meta.Version+1))
}

func (b *caseBook) openSourceCase(v showing) error {
	id := b.sourceCase(v)
	if b.begun[id] {
		return nil
	}
	_, found, err := b.tx.Case(id)
	if err != nil {
		return err
	}
	if b.begun[id] = true; found {
		return nil
	}
	title := v.meta.List.Title() + " as " + b.Source + " shows it"
	if v.snapshot.AsOf != "" {
		title += " on " + string(v.snapshot.AsOf)
	}
	_, err = b.open(diff.Case{ID: id, Title: title, Source: b.Source})
	return err
}

// caseOf is the case under which an act's Changes are told. Where a list showed some of them before, those who heard of
// that are told of the act: the older case goes on and the act's own is merged into it. So it is where another source
// showed a removal before the act did.
func (b *caseBook) caseOf(s StoredAct, earlier map[string]*StoredChange, doubts []diff.Change) (string, error) {
	var cases []string
	for _, d := range doubts {
		cases = append(cases, d.Case)
		if err := b.resolve(d); err != nil {
			return "", err
		}
	}
	for _, e := range earlier {
		cases = append(cases, e.Change.Case)
	}
	for i := range cases { // one that was merged goes on as another
		c, found, err := b.standing(cases[i])
		if err != nil {
			return "", err
		}
		if found {
			cases[i] = c.ID
		}
	}
	slices.Sort(cases)
	cases = slices.Compact(cases)
	if len(cases) == 0 {
		return s.Case, nil
	}
	into, _, err := b.tx.Case(cases[0])
	if err != nil {
		return "", err
	}
	into.Act, into.Title, into.Problems = s.Act.DocumentNumber, s.Act.Title, s.Act.Problems
	if err := b.tx.SaveCase(into); err != nil {
		return "", err
	}
	for _, id := range append(cases[1:], s.Case) {
		if err := b.merge(id, into.ID); err != nil {
			return "", err
		}
	}
	return into.ID, nil
}

func (b *caseBook) merge(id, into string) error {
	c, found, err := b.tx.Case(id)
	if err != nil || !found || id == into {
		return err
	}
	c.MergedInto = into
	if err := b.tx.SaveCase(c); err != nil {
		return err
	}
	return b.tx.Audit(b.at, "case merged", map[string]string{"case": id, "into": into})
}

// untold reports whether nothing of a case was ever told.
func (b *caseBook) untold(id string) (bool, error) {
	if fresh, known := b.fresh[id]; known {
		return fresh, nil
	}
	changes, err := b.tx.ChangesOfCase(id)
	if err != nil {
		return false, err
	}
	acts, err := b.tx.ActsOfCase(id)
	if err != nil {
		return false, err
	}
	fresh := len(changes) == 0
	for _, a := range acts {
		fresh = fresh && a.Standing != Applied && a.Standing != TakenBack
	}
	b.fresh[id] = fresh
	return fresh, nil
}

// caseEvent moves a case's status on.
func (b *caseBook) caseEvent(id string, e diff.CaseEvent) error {
	c, found, err := b.tx.Case(id)
	if err != nil || !found || c.Status == c.Status.After(e) {
		return err
	}
	c.Status = c.Status.After(e)
	if err := b.tx.SaveCase(c); err != nil {
		return err
	}
	return b.tx.Audit(b.at, "case", map[string]any{"case": id, "status": c.Status, "event": e})
}

// renewCase brings a case up to date with a later reading of its act.
func (b *caseBook) renewCase(s StoredAct) error {
	c, found, err := b.tx.Case(s.Case)
	if err != nil || !found || s.Act.CorrectionOf != "" {
		return err
	}
	c.Title, c.Act, c.Problems = s.Act.Title, s.Act.DocumentNumber, s.Act.Problems
	c.Status = c.Status.After(diff.FiledAnew)
	return b.tx.SaveCase(c)
}

// confirm marks a case whose Changes the primary sources all show, none of them otherwise in this very look.
func (b *caseBook) confirm(id string) error {
	if b.contested[id] {
		return nil
	}
	all, err := b.tx.ChangesOfCase(id)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Retracted == "" && (isDoubt(c) || c.Change.Change != diff.Discrepancy && c.ShownAt.IsZero()) {
			return nil
		}
	}
	return b.caseEvent(id, diff.Agreed)
}

// dispute tells a discrepancy, once; one that was taken back, as the next revision of itself.
func (b *caseBook) dispute(c diff.Change) error {
	if told, found, err := b.tx.Change(c.ID); err != nil || found && told.Retracted == "" {
		return err
	}
	c.DetectedAt = b.at
	if err := b.caseEvent(c.Case, diff.Contradict); err != nil {
		return err
	}
	return b.putRow(c)
}
