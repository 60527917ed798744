package watcher

import (
	"cmp"
	"slices"
	"strings"

	"entitywatch/diff"
)

// act takes in one reading of a legal document: a first one, the published form of a filed one, a later edit, or its
// end.
func (k *work) act(a diff.Act) error {
	stored, known, err := k.tx.Act(a.DocumentNumber)
	if err != nil {
		return err
	}
	print := fingerprint(a)
	ended := a.Status == diff.ActWithdrawn || a.Status == diff.ActRevoked
	switch {
	case known && stored.Fingerprint == print && stored.Held == nil:
		return nil
	case !known && (ended || !matters(a)):
		return nil // nobody heard of it
	case known && ended && stored.Standing == TakenBack:
		return nil
	case known && stored.Act.Status == diff.ActPublished && ended:
		return nil // public inspection knows nothing of what is printed: only a further document ends it
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
	return k.admit(StoredAct{Act: a, Case: c.ID, Source: k.Source, Fingerprint: print, SeenAt: k.at, UpdatedAt: k.at})
}

// admit decides about an act of which nobody heard yet: it waits for a baseline, is older than it, or is applied and
// told.
func (k *work) admit(s StoredAct) error {
	switch {
	case k.awaitsBaseline(s.Act):
		s.Standing = Waiting
	case !k.newer(s.Act) && !k.ofItsDay(s.Act):
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
	if len(earlier) == 0 && (diff.AlreadyApplied(state, s.Act) || k.ofItsDay(s.Act) && showsSome(state, s.Act, applied)) {
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

// showsSome reports whether a list shows anything of an act: an effect, or a row that cites it.
func showsSome(state diff.State, a diff.Act, applied diff.Application) bool {
	return len(applied.Already) > 0 || slices.ContainsFunc(state.Entries, func(e diff.Entry) bool { return diff.Cites(e, a) })
}

// actChange stores one Change of an act that is applied for the first time. What a list showed before the act was read
// is known: the act explains it, and nobody is told again.
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
func (k *work) actAgain(was StoredAct, a diff.Act, print string) error {
	s := was
	s.Act, s.Fingerprint, s.UpdatedAt, s.Revision = inherit(a, was.Act), print, k.at, was.Revision+1
	if was.Standing == TakenBack {
		return k.reinstate(s)
	}
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
		if !k.newer(s.Act) || was.Act.Status != diff.ActFiled && !laterEffect(k, s.Act) {
			if err := k.tx.SaveAct(s); err != nil {
				return err
			}
			return k.stages(s, true)
		}
		return k.applyAct(s)
	}
	return k.reread(s, was)
}

// inherit keeps what an earlier reading knew and a later one does not say: public inspection knows the filing, the
// printed page does not.
func inherit(a, earlier diff.Act) diff.Act {
	if a.FiledOn == "" {
		a.FiledOn = earlier.FiledOn
	}
	if a.FiledAt.IsZero() {
		a.FiledAt, a.PlannedOn = earlier.FiledAt, cmp.Or(a.PlannedOn, earlier.PlannedOn)
	}
	a.CorrectionOf = cmp.Or(a.CorrectionOf, earlier.CorrectionOf)
	a.EffectiveOn = cmp.Or(a.EffectiveOn, earlier.EffectiveOn)
	a.SavingsClause = cmp.Or(a.SavingsClause, earlier.SavingsClause)
	if earlier.Status == a.Status {
		a.PublishedOn = cmp.Or(a.PublishedOn, earlier.PublishedOn)
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
	return k.noteAnew(s, "read_this", strings.Join(texts, "\n"))
}
