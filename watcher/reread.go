package watcher

import (
	"slices"
	"strings"

	"entitywatch/diff"
)

// reread applies the act anew to the state as it was before it, and tells what differs. What a doubtful reading would
// take back is held.
func (b *caseBook) reread(s, was StoredAct) error {
	told, err := b.toldBy(s)
	if err != nil {
		return err
	}
	fresh, err := b.untold(s.Case)
	if err != nil {
		return err
	}
	state, err := b.stateFor(s.Act, told...)
	if err != nil {
		return err
	}
	applied := diff.Apply(diff.UnapplyChanges(state, told), s.Act)
	if told, applied.Changes, err = b.notCorrected(s, told, applied.Changes); err != nil {
		return err
	}
	s.Act.Problems = append(slices.Clone(s.Act.Problems), applied.Problems...)
	s.Standing = Applied
	r := diff.Reread(dated(told, s.Act), applied.Changes)
	if r, s, err = b.believed(r, told, s, was); err != nil {
		return err
	}
	if err := b.tx.SaveAct(s); err != nil {
		return err
	}
	if s.Held == nil {
		b.Acts = append(b.Acts, s.Act)
	}
	if err := b.weighed(s, told, r); err != nil {
		return err
	}
	if err := b.readThis(s, len(applied.Changes)); err != nil {
		return err
	}
	return b.stages(s, fresh)
}

// dated are Changes told while the day of effect was unknown, with the day now known: that it is known is no news of
// its own, the stage that brought it is.
func dated(told []diff.Change, a diff.Act) []diff.Change {
	told = slices.Clone(told)
	for i := range told {
		if told[i].EffectiveOn == "" {
			told[i].EffectiveOn = a.EffectiveOn
		}
	}
	return told
}

// weighed stores what a later reading came to.
func (b *caseBook) weighed(s StoredAct, told []diff.Change, r diff.Rereading) error {
	from := b.lawDay(s.Act)
	old := make(map[string]diff.Change, len(told))
	for _, c := range told {
		old[c.ID] = c
	}
	for _, c := range r.Retracted {
		c.Problems = slices.Clone(c.Problems)
		if err := b.retract(c, "a later reading of "+s.Act.DocumentNumber+" does not say this"); err != nil {
			return err
		}
	}
	for _, c := range r.Same {
		if err := b.refresh(b.stamped(s, c), old[c.ID], from); err != nil {
			return err
		}
	}
	for _, c := range r.Revised {
		shown, err := b.noticedAs(old[c.ID])
		if err != nil {
			return err
		}
		if shown != nil {
			if err := b.noticedAgain(s, c, old[c.ID], *shown); err != nil {
				return err
			}
			continue
		}
		if before := old[c.ID]; before.After != nil && !before.After.NameOnly() && before.Stage == c.Stage {
			c.Correction = diff.Corrected(s.Act.DocumentNumber, s.Act.DocumentNumber, before.After, c.After)
		}
		if err := b.revise(b.stamped(s, c), old[c.ID], from); err != nil {
			return err
		}
	}
	for _, c := range r.New {
		c.DetectedAt = b.at
		if err := b.put(b.stamped(s, c), from); err != nil {
			return err
		}
	}
	return nil
}

// noticedAs is the Change by which the primary source's list told of an act's Change before the act was read; nil where none did.
func (b *caseBook) noticedAs(c diff.Change) (*diff.Change, error) {
	if c.ID == "" {
		return nil, nil
	}
	row, found, err := b.tx.Change(c.ID)
	first, _, other := strings.Cut(row.Supersedes, "@")
	if err != nil || !found || !other || first == c.ID {
		return nil, err
	}
	shown, found, err := b.tx.Change(first)
	if err != nil || !found || shown.Retracted != "" || shown.Change.Act != "" || !b.w.decides(shown.Change.Source, shown.Change.List) {
		return nil, err
	}
	return &shown.Change, nil
}

// noticedAgain takes a later reading of what a list showed before its act was read: everybody knows it from the list, whose text is in
// force. Where the act's text is another one, it is in dispute.
func (b *caseBook) noticedAgain(s StoredAct, c, before, shown diff.Change) error {
	c = b.stamped(s, c)
	c.Revision, c.Note = before.Revision, before.Note
	c.Problems = slices.DeleteFunc(slices.Clone(c.Problems), func(p diff.Problem) bool { return p.Kind == diff.Surprise })
	b.Silent = append(b.Silent, c)
	if err := b.tx.RefreshChange(c); err != nil {
		return err
	}
	if !diff.AnySubstantive(diff.TextDifference(before.After, c.After)) {
		return b.aheadInOtherWords(c, shown)
	}
	settled, err := b.undisputed(c, shown)
	if err != nil {
		return err
	}
	if err := b.aheadInOtherWords(c, shown); err != nil || !settled {
		return err
	}
	if err := b.tx.MarkShown(shown.ID, b.at); err != nil {
		return err
	}
	return b.confirm(c.Case)
}

// undisputed takes back what was told of how a list's text differs from one of an act's that a later reading has
// otherwise. settled reports whether that leaves nothing of the act in dispute.
func (b *caseBook) undisputed(c, shown diff.Change) (settled bool, err error) {
	all, err := b.tx.ChangesOfAct(c.Act)
	if err != nil {
		return false, err
	}
	left := false
	for _, s := range all {
		d := s.Change
		switch {
		case d.Change != diff.Discrepancy || s.Retracted != "":
		case d.EntryID != shown.EntryID:
			left = true
		default:
			d.Revision++
			if err := b.retract(d, "a later reading of "+c.Act+" has another text"); err != nil {
				return false, err
			}
			settled = true
		}
	}
	return settled && !left, nil
}

func (b *caseBook) stamped(s StoredAct, c diff.Change) diff.Change {
	c.Source, c.Case = b.sourceOf(s), s.Case
	return c
}

// toldBy are the Changes of an act that still stand.
func (b *caseBook) toldBy(s StoredAct) (told []diff.Change, err error) {
	all, err := b.tx.ChangesOfAct(s.Act.DocumentNumber)
	for _, c := range all {
		if c.Retracted == "" && c.Change.Change != diff.Discrepancy {
			told = append(told, c.Change)
		}
	}
	return told, err
}
