package watcher

import (
	"slices"

	"entitywatch/diff"
)

// reread applies the act anew to the state as it was before it, and tells what differs. What a doubtful reading would
// take back is held.
func (k *work) reread(s, was StoredAct) error {
	told, err := k.toldBy(s)
	if err != nil {
		return err
	}
	fresh, err := k.untold(s.Case)
	if err != nil {
		return err
	}
	state, err := k.stateFor(s.Act, told...)
	if err != nil {
		return err
	}
	applied := diff.Apply(diff.UnapplyChanges(state, told), s.Act)
	if told, applied.Changes, err = k.notCorrected(s, told, applied.Changes); err != nil {
		return err
	}
	s.Act.Problems = append(slices.Clone(s.Act.Problems), applied.Problems...)
	s.Standing = Applied
	r := diff.Reread(dated(told, s.Act), applied.Changes)
	if r, s, err = k.believed(r, told, s, was); err != nil {
		return err
	}
	if err := k.tx.SaveAct(s); err != nil {
		return err
	}
	if s.Held == nil {
		k.Acts = append(k.Acts, s.Act)
	}
	if err := k.weighed(s, told, r); err != nil {
		return err
	}
	if err := k.readThis(s, len(applied.Changes)); err != nil {
		return err
	}
	return k.stages(s, fresh)
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
func (k *work) weighed(s StoredAct, told []diff.Change, r diff.Rereading) error {
	from := lawDay(k, s.Act)
	old := make(map[string]diff.Change, len(told))
	for _, c := range told {
		old[c.ID] = c
	}
	for _, c := range r.Retracted {
		c.Problems = slices.Clone(c.Problems)
		if err := k.retract(c, "a later reading of "+s.Act.DocumentNumber+" does not say this"); err != nil {
			return err
		}
	}
	for _, c := range r.Same {
		if err := k.refresh(k.stamped(s, c), old[c.ID], from); err != nil {
			return err
		}
	}
	for _, c := range r.Revised {
		if before := old[c.ID]; before.After != nil && !before.After.NameOnly() && before.Stage == c.Stage {
			c.Correction = diff.Corrected(s.Act.DocumentNumber, s.Act.DocumentNumber, before.After, c.After)
		}
		if err := k.revise(k.stamped(s, c), old[c.ID], from); err != nil {
			return err
		}
	}
	for _, c := range r.New {
		c.DetectedAt = k.at
		if err := k.put(k.stamped(s, c), from); err != nil {
			return err
		}
	}
	return nil
}

func (k *work) stamped(s StoredAct, c diff.Change) diff.Change {
	c.Source, c.Case = k.sourceOf(s), s.Case
	return c
}

// toldBy are the Changes of an act that still stand.
func (k *work) toldBy(s StoredAct) (told []diff.Change, err error) {
	all, err := k.tx.ChangesOfAct(s.Act.DocumentNumber)
	for _, c := range all {
		if c.Retracted == "" && c.Change.Change != diff.Discrepancy {
			told = append(told, c.Change)
		}
	}
	return told, err
}
