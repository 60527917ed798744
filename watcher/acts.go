package watcher

import (
	"cmp"
	"slices"
	"strings"

	"entitywatch/diff"
)

// act takes in one reading of a legal document: a first one, the published form of a filed one, a later edit, or its
// end.
func (b *caseBook) act(a diff.Act) error {
	stored, known, err := b.tx.Act(a.DocumentNumber)
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
		return b.filedToo(stored, a) // public inspection still shows what is printed already
	case known && ended:
		return b.takeBack(stored, a, print)
	case !known:
		return b.newAct(a, print)
	}
	return b.actAgain(stored, a, print)
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

func (b *caseBook) newAct(a diff.Act, print string) error {
	c, err := b.openCase(a)
	if err != nil {
		return err
	}
	return b.admit(StoredAct{Act: a, Case: c.ID, Source: b.Source, Fingerprint: print, SeenAt: b.at, UpdatedAt: b.at})
}

// admit decides about an act of which nobody heard yet: it waits for a baseline, is older than it, or is applied and
// told.
func (b *caseBook) admit(s StoredAct) error {
	switch {
	case b.awaitsBaseline(s.Act):
		s.Standing = Waiting
	case !b.newer(s.Act) && !b.ofItsDay(s.Act):
		s.Standing = Background
	default:
		return b.applyAct(s)
	}
	if err := b.tx.SaveAct(s); err != nil {
		return err
	}
	return b.stages(s, true)
}

// applyAct makes the Changes of an act that was never applied, and tells them.
func (b *caseBook) applyAct(s StoredAct) error {
	state, err := b.stateFor(s.Act)
	if err != nil {
		return err
	}
	applied := diff.Apply(state, s.Act)
	earlier, err := b.noticedBefore(applied.Changes)
	if err != nil {
		return err
	}
	if len(earlier) == 0 && (diff.AlreadyApplied(state, s.Act) || b.ofItsDay(s.Act) && showsSome(state, s.Act, applied)) {
		// the list shows all of it, from before we could know of it
		s.Standing = Background
		if err := b.tx.SaveAct(s); err != nil {
			return err
		}
		return b.stages(s, true)
	}
	s.Standing = Applied
	s.Act.Problems = append(slices.Clone(s.Act.Problems), applied.Problems...)
	doubts, err := b.doubtsOf(applied.Changes)
	if err != nil {
		return err
	}
	if s.Case, err = b.caseOf(s, earlier, doubts); err != nil {
		return err
	}
	fresh, err := b.untold(s.Case)
	if err != nil {
		return err
	}
	if err := b.tx.SaveAct(s); err != nil {
		return err
	}
	b.Acts = append(b.Acts, s.Act)
	for _, c := range applied.Changes {
		if err := b.actChange(s, c, earlier[c.ID], applied.Worded); err != nil {
			return err
		}
		if earlier[c.ID] != nil || slices.Contains(applied.Already, c.ID) {
			if err := b.sightWhereShown(c); err != nil {
				return err
			}
		}
	}
	if err := b.readThis(s, len(applied.Changes)); err != nil {
		return err
	}
	return b.stages(s, fresh)
}

// showsSome reports whether a list shows anything of an act: an effect, or a row that cites it.
func showsSome(state diff.State, a diff.Act, applied diff.Application) bool {
	return len(applied.Already) > 0 || slices.ContainsFunc(state.Entries, func(e diff.Entry) bool { return diff.Cites(e, a) })
}

// actChange stores one Change of an act that is applied for the first time. What a list showed before the act was read
// is known: the act explains it, and nobody is told again. worded are the act's own texts where a row has another.
func (b *caseBook) actChange(s StoredAct, c diff.Change, before *StoredChange, worded map[string]diff.Entry) error {
	c.Source, c.Case, c.DetectedAt = b.sourceOf(s), s.Case, b.at
	if b.onFile(s.Act) {
		c.Note = join(c.Note, "on file when monitoring began")
	}
	if before == nil {
		return b.correcting(s, c)
	}
	if before.Change.Unconfirmed {
		if err := b.confirmed([]diff.Change{before.Change}, s.Act.DocumentNumber); err != nil {
			return err
		}
		if err := b.sightEverywhere(before.Change); err != nil { // the act's is the one that lists are to show
			return err
		}
		c = sameParty(c, before.Change.EntryID)
		if err := b.led.follow(c, b.lawDay(s.Act)); err != nil {
			return err
		}
	}
	c.Problems = slices.DeleteFunc(slices.Clone(c.Problems), func(p diff.Problem) bool { return p.Kind == diff.Surprise })
	c.Note = join(c.Note, "noticed before its act was read")
	if err := b.putSilently(StoredChange{Change: c, Supersedes: rowOf(before.Change)}); err != nil || before.Change.Unconfirmed {
		return err
	}
	if text, ok := worded[c.ID]; ok { // the row cites the act, and stands for its text
		c.Entry, c.After = &text, &text
	}
	return b.aheadInOtherWords(c, before.Change)
}

// aheadInOtherWords disputes an act's Change that the primary source showed before, and shows otherwise than the act
// has it. It is shown, so that it is not awaited.
func (b *caseBook) aheadInOtherWords(c, shown diff.Change) error {
	if c.After == nil {
		return nil
	}
	for _, l := range b.lists {
		if l.List != c.List || !l.Primary || l.Version == 0 {
			continue
		}
		view, err := b.viewOf(l)
		if err != nil {
			return err
		}
		e := view.Find(shown.After)
		if e == nil {
			continue
		}
		fields := diff.TextDifference(c.After, e)
		if !diff.AnySubstantive(fields) {
			continue
		}
		if err := b.sightBy(c, l.Source, true); err != nil {
			return err
		}
		shown.After, shown.Entry, shown.Source = e, e, l.Source
		return b.differs(shown, c, fields, b.stageOf(l.Source))
	}
	return nil
}

// actAgain compares a later reading of an act with what was told of it.
func (b *caseBook) actAgain(was StoredAct, a diff.Act, print string) error {
	s := was
	s.Act, s.Fingerprint, s.UpdatedAt, s.Revision = inherit(a, was.Act), print, b.at, was.Revision+1
	if was.Standing == TakenBack {
		return b.reinstate(s)
	}
	if err := b.renewCase(s); err != nil {
		return err
	}
	switch s.Standing {
	case Waiting:
		if err := b.tx.SaveAct(s); err != nil {
			return err
		}
		return b.stages(s, true)
	case Background:
		if !b.newer(s.Act) || was.Act.Status != diff.ActFiled && !b.laterEffect(s.Act) {
			if err := b.tx.SaveAct(s); err != nil {
				return err
			}
			return b.stages(s, true)
		}
		return b.applyAct(s)
	}
	return b.reread(s, was)
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
func (b *caseBook) filedToo(s StoredAct, a diff.Act) error {
	if s.Act.FiledOn != "" || a.FiledOn == "" {
		return nil
	}
	s.Act.FiledOn, s.Act.FiledAt = a.FiledOn, a.FiledAt
	if err := b.tx.SaveAct(s); err != nil {
		return err
	}
	return b.stages(s, true)
}

// readThis tells what a human must read: a document that could not be parsed, or instructions that could not.
func (b *caseBook) readThis(s StoredAct, changes int) error {
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
	return b.noteAnew(s, "read_this", strings.Join(texts, "\n"))
}
