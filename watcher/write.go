package watcher

import (
	"strconv"
	"time"

	"entitywatch/diff"
)

// rowOf names one telling of a Change.
func rowOf(c diff.Change) string { return c.ID + "@" + strconv.Itoa(c.Revision) }

// put stores a Change that is to be told, and what it does to the legal state from a day on. One that was told and taken back before is
// told again as the next revision of itself.
func (k *work) put(c diff.Change, from diff.Date) error {
	if err := k.led.follow(c, from); err != nil {
		return err
	}
	return k.putRow(c)
}

// putShown is put for what a list shows on a day: what is to come after that day stays.
func (k *work) putShown(c diff.Change, on diff.Date) error {
	if err := k.led.show(c, on); err != nil {
		return err
	}
	return k.putRow(c)
}

func (k *work) putRow(c diff.Change) error {
	s := StoredChange{Change: c, RecordedAt: k.at}
	earlier, found, err := k.tx.Change(c.ID)
	if err != nil {
		return err
	}
	if found {
		s.Change.Revision, s.Supersedes = earlier.Change.Revision+1, rowOf(earlier.Change)
		if earlier.Retracted != "" {
			s.Change.Reinstatement = &diff.Reinstatement{Reason: earlier.Retracted, At: earlier.RecordedAt}
		}
	}
	if err := k.tx.Unsight(c.ID); err != nil {
		return err
	}
	if err := k.store(s); err != nil {
		return err
	}
	return k.letGoRemoved(c)
}

// putSilently stores a Change that nobody is to hear of, and leaves the legal state alone.
func (k *work) putSilently(s StoredChange) error {
	s.Silent, s.RecordedAt = true, k.at
	if _, found, err := k.tx.Change(s.Change.ID); err != nil || found {
		return err
	}
	return k.store(s)
}

// revise tells a Change anew.
func (k *work) revise(c, told diff.Change, from diff.Date) error {
	if err := k.led.amend(told, c, from); err != nil {
		return err
	}
	if err := k.tx.Unsight(c.ID); err != nil {
		return err
	}
	if err := k.store(StoredChange{Change: c, Supersedes: rowOf(told), RecordedAt: k.at}); err != nil {
		return err
	}
	return k.sightWhereShown(c)
}

// refresh brings a told Change up to date without telling it anew.
func (k *work) refresh(c, told diff.Change, from diff.Date) error {
	same, err := alike(c, told)
	if err != nil || same {
		return err
	}
	if err := k.led.amend(told, c, from); err != nil {
		return err
	}
	k.Silent = append(k.Silent, c)
	return k.tx.RefreshChange(c)
}

// alike reports whether two readings of a Change are the same to the letter, their evidence aside.
func alike(a, b diff.Change) (bool, error) {
	a.Evidence, b.Evidence = nil, nil
	x, err := jsonOf(a)
	if err != nil {
		return false, err
	}
	y, err := jsonOf(b)
	return x == y, err
}

// retract takes a Change back, with what it did to the legal state. Its revision is the one of the retraction.
func (k *work) retract(c diff.Change, why string) error {
	if err := k.led.undo(c); err != nil {
		return err
	}
	told := c
	told.Revision--
	k.Retracts = append(k.Retracts, c.ID)
	return k.store(StoredChange{Change: c, Supersedes: rowOf(told), Retracted: why, RecordedAt: k.at})
}

func (k *work) store(s StoredChange) error {
	if s.Silent {
		k.Silent = append(k.Silent, s.Change)
	} else {
		k.Changes = append(k.Changes, s.Change)
	}
	if err := k.tx.AddChange(s); err != nil {
		return err
	}
	return k.tx.Audit(k.at, "change", map[string]any{"change": s.Change, "retracted": s.Retracted, "silent": s.Silent})
}

// stages adds the stages that an act has reached to its case. Silent: the case's Changes are told with them, or nobody heard of it.
func (k *work) stages(s StoredAct, silent bool) error {
	a := s.Act
	type mark struct {
		stage diff.Stage
		on    diff.Date
	}
	marks := []mark{{diff.Filed, a.FiledOn}}
	if a.Status != diff.ActFiled {
		marks = append(marks, mark{diff.Published, a.PublishedOn})
	}
	if a.EffectiveOn <= k.w.today() {
		marks = append(marks, mark{diff.Effective, a.EffectiveOn})
	}
	for _, m := range marks {
		if m.on == "" {
			continue
		}
		at := k.midnight(m.on)
		if m.stage == diff.Filed && !a.FiledAt.IsZero() {
			at = a.FiledAt.UTC()
		}
		if err := k.stage(s.Case, m.stage, at, a.Evidence, silent); err != nil {
			return err
		}
	}
	return nil
}

func (k *work) stage(id string, stage diff.Stage, at time.Time, evidence []diff.Evidence, silent bool) error {
	m := StageMark{Case: id, Stage: stage, At: at, Source: k.Source, Evidence: evidence, RecordedAt: k.at, Silent: silent}
	added, err := k.tx.AddStage(m)
	if err != nil || !added {
		return err
	}
	k.Stages = append(k.Stages, m)
	return k.tx.Audit(k.at, "stage", map[string]any{"case": id, "stage": stage, "at": at.UTC(), "silent": silent})
}

// note tells those who heard of a case something about it, once.
func (k *work) note(s StoredAct, kind, text string) error {
	return k.noteOn(s.Case, listsOf(s.Act), kind, text, "")
}

func (k *work) noteOn(id string, lists []diff.ListID, kind, text, salt string) error {
	n := CaseNote{ID: diff.HashID("note", id, kind, text, salt), Case: id, Kind: kind, Lists: lists, Text: text, At: k.at}
	added, err := k.tx.AddCaseNote(n)
	if err != nil || !added {
		return err
	}
	k.Notes = append(k.Notes, n)
	return k.tx.Audit(k.at, "note", n)
}

// untold reports whether nothing of a case was ever told.
func (k *work) untold(id string) (bool, error) {
	if fresh, known := k.fresh[id]; known {
		return fresh, nil
	}
	changes, err := k.tx.ChangesOfCase(id)
	if err != nil {
		return false, err
	}
	acts, err := k.tx.ActsOfCase(id)
	if err != nil {
		return false, err
	}
	fresh := len(changes) == 0
	for _, a := range acts {
		fresh = fresh && a.Standing != Applied && a.Standing != TakenBack
	}
	k.fresh[id] = fresh
	return fresh, nil
}

// caseEvent moves a case's status on.
func (k *work) caseEvent(id string, e diff.CaseEvent) error {
	c, found, err := k.tx.Case(id)
	if err != nil || !found || c.Status == c.Status.After(e) {
		return err
	}
	c.Status = c.Status.After(e)
	if err := k.tx.SaveCase(c); err != nil {
		return err
	}
	return k.tx.Audit(k.at, "case", map[string]any{"case": id, "status": c.Status, "event": e})
}

// renewCase brings a case up to date with a later reading of its act.
func (k *work) renewCase(s StoredAct) error {
	c, found, err := k.tx.Case(s.Case)
	if err != nil || !found || s.Act.CorrectionOf != "" {
		return err
	}
	c.Title, c.Act, c.Problems = s.Act.Title, s.Act.DocumentNumber, s.Act.Problems
	c.Status = c.Status.After(diff.FiledAnew)
	return k.tx.SaveCase(c)
}
