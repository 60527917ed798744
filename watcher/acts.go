package watcher

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// act takes in one reading of a legal document: a first one, the published form of a filed one, a later edit, or its end.
func (k *work) act(a diff.Act) error {
	stored, known, err := k.tx.Act(a.DocumentNumber)
	if err != nil {
		return err
	}
	print := fingerprint(a)
	ended := a.Status == diff.ActWithdrawn || a.Status == diff.ActRevoked
	switch {
	case known && stored.Fingerprint == print:
		return nil
	case !known && (ended || !matters(a)):
		return nil // nobody heard of it
	case known && ended && stored.Standing == TakenBack:
		return nil
	case known && stored.Act.Status == diff.ActPublished && a.Status == diff.ActFiled:
		return k.filedToo(stored, a) // public inspection still shows what is printed already
	case known && ended:
		return k.takeBack(stored, a, print)
	case !known:
		return k.newAct(a, print)
	}
	return k.actAgain(stored, a, print)
}

// matters reports whether a document says anything that somebody must know.
func matters(a diff.Act) bool {
	return len(a.Amendments) > 0 || a.ReadThis != "" || len(a.Declared) > 0 || diff.NeedsHuman(a.Problems)
}

// fingerprint tells two readings of a document apart by all that matters in them: where it can be fetched does not.
func fingerprint(a diff.Act) string {
	a.URLs, a.Evidence = nil, nil
	b, err := jsonOf(a, a.Amendments, a.Text)
	if err != nil {
		return "" // never equal to a stored one that could be written: read as changed
	}
	return diff.HashID("act", b)
}

func (k *work) newAct(a diff.Act, print string) error {
	c, err := k.openCase(a)
	if err != nil {
		return err
	}
	s := StoredAct{Act: a, Case: c.ID, Source: k.Source, Fingerprint: print, SeenAt: k.at, UpdatedAt: k.at}
	switch {
	case k.awaitsBaseline(a):
		s.Standing = Waiting
	case !k.newer(a):
		s.Standing = Background
	default:
		return k.applyAct(s)
	}
	if err := k.tx.SaveAct(s); err != nil {
		return err
	}
	return k.stages(s, true)
}

// openCase finds or makes the case of an act; a correction belongs to the case of what it corrects.
func (k *work) openCase(a diff.Act) (diff.Case, error) {
	id := diff.ActCaseID(a.DocumentNumber)
	if a.CorrectionOf != "" {
		corrected, found, err := k.tx.Act(a.CorrectionOf)
		if err != nil {
			return diff.Case{}, err
		}
		id = diff.ActCaseID(a.CorrectionOf)
		if found {
			id = corrected.Case
		}
	}
	c, found, err := k.tx.Case(id)
	if err != nil || found && c.MergedInto == "" {
		return c, err
	}
	if found {
		c, _, err = k.tx.Case(c.MergedInto)
		return c, err
	}
	c = diff.Case{ID: id, Title: a.Title, Status: diff.Open, Act: a.DocumentNumber, Source: k.Source, Problems: a.Problems, OpenedAt: k.at}
	return c, k.tx.SaveCase(c)
}

// applyAct makes the Changes of an act that was never applied, and tells them.
func (k *work) applyAct(s StoredAct) error {
	state, err := k.stateFor(s.Act)
	if err != nil {
		return err
	}
	applied := diff.Apply(state, s.Act)
	earlier, err := k.noticedBefore(applied.Changes)
	if err != nil {
		return err
	}
	if len(earlier) == 0 && diff.AlreadyApplied(state, s.Act) {
		// the list shows all of it, from before we could know of it
		s.Standing = Background
		if err := k.tx.SaveAct(s); err != nil {
			return err
		}
		return k.stages(s, true)
	}
	s.Standing = Applied
	s.Act.Problems = append(slices.Clone(s.Act.Problems), applied.Problems...)
	doubts, err := k.doubtsOf(applied.Changes)
	if err != nil {
		return err
	}
	if s.Case, err = k.caseOf(s, earlier, doubts); err != nil {
		return err
	}
	fresh, err := k.untold(s.Case)
	if err != nil {
		return err
	}
	if err := k.tx.SaveAct(s); err != nil {
		return err
	}
	k.Acts = append(k.Acts, s.Act)
	for _, c := range applied.Changes {
		if err := k.actChange(s, c, earlier[c.ID]); err != nil {
			return err
		}
		if earlier[c.ID] != nil || slices.Contains(applied.Already, c.ID) {
			if err := k.sightWhereShown(c); err != nil {
				return err
			}
		}
	}
	if err := k.readThis(s, len(applied.Changes)); err != nil {
		return err
	}
	return k.stages(s, fresh)
}

// actChange stores one Change of an act that is applied for the first time. What a list showed before the act was read is known: the
// act explains it, and nobody is told again.
func (k *work) actChange(s StoredAct, c diff.Change, before *StoredChange) error {
	c.Source, c.Case, c.DetectedAt = k.sourceOf(s), s.Case, k.at
	if k.onFile(s.Act) {
		c.Note = join(c.Note, "on file when monitoring began")
	}
	if before == nil {
		return k.correcting(s, c)
	}
	if before.Change.Unconfirmed {
		if err := k.confirmed([]diff.Change{before.Change}, s.Act.DocumentNumber); err != nil {
			return err
		}
		if err := k.sightEverywhere(before.Change); err != nil { // the act's is the one that lists are to show
			return err
		}
		c = sameParty(c, before.Change.EntryID)
		if err := k.led.follow(c, lawDay(k, s.Act)); err != nil {
			return err
		}
	}
	c.Problems = slices.DeleteFunc(slices.Clone(c.Problems), func(p diff.Problem) bool { return p.Kind == diff.Surprise })
	c.Note = join(c.Note, "noticed before its act was read")
	return k.putSilently(StoredChange{Change: c, Supersedes: rowOf(before.Change)})
}

// actAgain compares a later reading of an act with what was told of it.
func (k *work) actAgain(s StoredAct, a diff.Act, print string) error {
	a = inherit(a, s.Act)
	wasFiled := s.Act.Status == diff.ActFiled
	s.Act, s.Fingerprint, s.UpdatedAt, s.Revision = a, print, k.at, s.Revision+1
	if err := k.renewCase(s); err != nil {
		return err
	}
	switch s.Standing {
	case Waiting:
		if err := k.tx.SaveAct(s); err != nil {
			return err
		}
		return k.stages(s, true)
	case Background:
		if !k.newer(a) || !wasFiled && !laterEffect(k, a) {
			if err := k.tx.SaveAct(s); err != nil {
				return err
			}
			return k.stages(s, true)
		}
		return k.applyAct(s)
	}
	return k.reread(s)
}

// inherit keeps what an earlier reading knew and a later one does not say: public inspection knows the filing, the printed page does not.
func inherit(a, earlier diff.Act) diff.Act {
	if a.FiledOn == "" {
		a.FiledOn = earlier.FiledOn
	}
	if a.FiledAt.IsZero() {
		a.FiledAt, a.PlannedOn = earlier.FiledAt, cmp.Or(a.PlannedOn, earlier.PlannedOn)
	}
	if a.CorrectionOf == "" {
		a.CorrectionOf = earlier.CorrectionOf
	}
	urls := map[string]string{}
	for _, m := range []map[string]string{earlier.URLs, a.URLs} {
		for name, url := range m {
			urls[name] = url
		}
	}
	a.URLs = urls
	return a
}

// reread applies the act anew to the state as it was before it, and tells what differs.
func (k *work) reread(s StoredAct) error {
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
	if err := k.tx.SaveAct(s); err != nil {
		return err
	}
	k.Acts = append(k.Acts, s.Act)
	if err := k.weighed(s, told, diff.Reread(dated(told, s.Act), applied.Changes)); err != nil {
		return err
	}
	if err := k.readThis(s, len(applied.Changes)); err != nil {
		return err
	}
	return k.stages(s, fresh)
}

// dated are Changes told while the day of effect was unknown, with the day now known: that it is known is no news of its own, the stage
// that brought it is.
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

// takeBack ends an act that its publisher withdrew or revoked: everyone who heard of it must hear that.
func (k *work) takeBack(s StoredAct, a diff.Act, print string) error {
	told, err := k.toldBy(s)
	if err != nil {
		return err
	}
	why := fmt.Sprintf("%s was %s by its publisher", s.Act.DocumentNumber, a.Status)
	for i := len(told) - 1; i >= 0; i-- {
		c := told[i]
		c.Revision++
		if err := k.retract(c, why); err != nil {
			return err
		}
	}
	s.Act.Status, s.Fingerprint, s.UpdatedAt = a.Status, print, k.at
	heard := s.Standing == Applied
	s.Standing = TakenBack
	if err := k.tx.SaveAct(s); err != nil {
		return err
	}
	k.Acts = append(k.Acts, s.Act)
	if err := k.caseEvent(s.Case, diff.TakenBack); err != nil || !heard {
		return err
	}
	return k.note(s, "withdrawn", why)
}

// filedToo learns the day of filing from public inspection after the document was printed.
func (k *work) filedToo(s StoredAct, a diff.Act) error {
	if s.Act.FiledOn != "" || a.FiledOn == "" {
		return nil
	}
	s.Act.FiledOn, s.Act.FiledAt = a.FiledOn, a.FiledAt
	if err := k.tx.SaveAct(s); err != nil {
		return err
	}
	return k.stages(s, true)
}

// readThis tells what a human must read: a document that could not be parsed, or instructions that could not.
func (k *work) readThis(s StoredAct, changes int) error {
	var texts []string
	for _, p := range s.Act.Problems {
		if p.Kind == diff.Unread || changes == 0 && p.Kind == diff.Surprise {
			texts = append(texts, strings.TrimSpace(p.Text+" "+p.Where))
		}
	}
	switch {
	case s.Act.ReadThis != "":
		texts = append([]string{s.Act.ReadThis}, texts...)
	case changes == 0 && len(s.Act.Declared) > 0 && s.Act.Status == diff.ActFiled:
		texts = append(texts, "on public inspection; its parties can be read when it is published")
	}
	if len(texts) == 0 {
		return nil
	}
	return k.note(s, "read_this", strings.Join(texts, "\n"))
}
