package watcher

import (
	"strconv"

	"entitywatch/diff"
)

// rowOf names one telling of a Change.
func rowOf(c diff.Change) string { return c.ID + "@" + strconv.Itoa(c.Revision) }

// put stores a Change that is to be told, and what it does to the legal state from a day on. One that was told and
// taken back before is told again as the next revision of itself.
func (b *caseBook) put(c diff.Change, from diff.Date) error {
	if err := b.led.follow(c, from); err != nil {
		return err
	}
	return b.putRow(c)
}

// putShown is put for what a list shows on a day: what is to come after that day stays.
func (b *caseBook) putShown(c diff.Change, on diff.Date) error {
	if err := b.led.show(c, on); err != nil {
		return err
	}
	return b.putRow(c)
}

func (b *caseBook) putRow(c diff.Change) error {
	s := StoredChange{Change: c, RecordedAt: b.at}
	earlier, found, err := b.tx.Change(c.ID)
	if err != nil {
		return err
	}
	if found {
		s.Change.Revision, s.Supersedes = earlier.Change.Revision+1, rowOf(earlier.Change)
		if earlier.Retracted != "" {
			s.Change.Reinstatement = &diff.Reinstatement{Reason: earlier.Retracted, At: earlier.RecordedAt}
		}
	}
	if err := b.tx.Unsight(c.ID); err != nil {
		return err
	}
	if err := b.store(s); err != nil {
		return err
	}
	return b.letGoRemoved(c)
}

// putSilently stores a Change that nobody is to hear of, and leaves the legal state alone.
func (b *caseBook) putSilently(s StoredChange) error {
	s.Silent, s.RecordedAt = true, b.at
	if _, found, err := b.tx.Change(s.Change.ID); err != nil || found {
		return err
	}
	return b.store(s)
}

// revise tells a Change anew.
func (b *caseBook) revise(c, told diff.Change, from diff.Date) error {
	if err := b.led.amend(told, c, from); err != nil {
		return err
	}
	if err := b.tx.Unsight(c.ID); err != nil {
		return err
	}
	if err := b.store(StoredChange{Change: c, Supersedes: rowOf(told), RecordedAt: b.at}); err != nil {
		return err
	}
	return b.sightWhereShown(c)
}

// refresh brings a told Change up to date without telling it anew.
func (b *caseBook) refresh(c, told diff.Change, from diff.Date) error {
	same, err := alike(c, told)
	if err != nil || same {
		return err
	}
	if err := b.led.amend(told, c, from); err != nil {
		return err
	}
	b.Silent = append(b.Silent, c)
	return b.tx.RefreshChange(c)
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
func (b *caseBook) retract(c diff.Change, why string) error {
	if err := b.led.undo(c); err != nil {
		return err
	}
	told := c
	told.Revision--
	b.Retracts = append(b.Retracts, c.ID)
	return b.store(StoredChange{Change: c, Supersedes: rowOf(told), Retracted: why, RecordedAt: b.at})
}

func (b *caseBook) store(s StoredChange) error {
	if s.Silent {
		b.Silent = append(b.Silent, s.Change)
	} else {
		b.Changes = append(b.Changes, s.Change)
	}
	if err := b.tx.AddChange(s); err != nil {
		return err
	}
	return b.tx.Audit(b.at, "change", map[string]any{"change": s.Change, "retracted": s.Retracted, "silent": s.Silent})
}
