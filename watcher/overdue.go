package watcher

import (
	"entitywatch/diff"
)

// overdue disputes acts whose Changes their list's primary source does not show in time. Days on which it could not be
// read do not count, nor do those before the act was read. What a later act has overtaken is not awaited: the list
// shows the last text only.
func (cal *calendar) overdue() error {
	unshown, err := cal.tx.UnshownChanges()
	if err != nil {
		return err
	}
	acts := map[string]*StoredAct{}
	for _, c := range unshown {
		looked := cal.lookedOn(c.Change.List)
		if looked == "" {
			continue
		}
		a, err := cal.book.actOf(acts, c.Change.Act)
		if err != nil {
			return err
		}
		if a == nil || a.Act.Status == diff.ActFiled {
			continue // it may never be law
		}
		due := func(diff.Change) diff.Date {
			return diff.DueDate(a.Act.PublishedOn, max(a.Act.EffectiveOn, cal.seenOn(*a)))
		}
		for _, d := range diff.Overdue([]diff.Change{c.Change}, due, min(looked, cal.w.today())) {
			if err := cal.late(c, d, acts, looked); err != nil {
				return err
			}
		}
	}
	return nil
}

// late disputes a Change that is due, unless the list shows it by now or a later act has overtaken it.
func (cal *calendar) late(c StoredChange, d diff.Change, acts map[string]*StoredAct, looked diff.Date) error {
	if _, told, err := cal.tx.Change(d.ID); err != nil || told {
		return err
	}
	if shown, err := cal.shownBy(c.Change); err != nil || shown {
		return err
	}
	overtaken, err := cal.overtaken(c, acts, looked)
	if err != nil {
		return err
	}
	if overtaken {
		return cal.tx.MarkShown(c.Change.ID, cal.at) // nothing is to come of it
	}
	d.Stage = cal.awaitedStage(c.Change.List)
	return cal.book.dispute(d)
}

// shownBy reports whether the primary source's list reads as a Change says, though no difference of it ever showed
// that: the list had the text before, or went past another. The Change is then confirmed as it would be by a
// difference.
func (cal *calendar) shownBy(c diff.Change) (bool, error) {
	for _, l := range cal.lists {
		if l.List != c.List || !l.Primary || l.Version == 0 {
			continue
		}
		view, err := cal.viewOf(l)
		if err != nil {
			return false, err
		}
		if !showsText(view, c) {
			continue
		}
		if err := cal.book.sightBy(c, l.Source, true); err != nil {
			return false, err
		}
		cal.Source = l.Source
		if err := cal.book.stage(c.Case, cal.stageOf(l.Source), cal.at, l.Evidence, false); err != nil {
			return false, err
		}
		return true, cal.book.confirm(c.Case)
	}
	return false, nil
}

// overtaken reports whether a later act, in force by the day of the look, has done something else to the party.
func (cal *calendar) overtaken(c StoredChange, acts map[string]*StoredAct, looked diff.Date) (bool, error) {
	all, err := cal.tx.ChangesOfList(c.Change.List, cal.at.Add(-noticedWithin))
	if err != nil {
		return false, err
	}
	mine, err := cal.book.actOf(acts, c.Change.Act)
	if err != nil || mine == nil {
		return false, err
	}
	number := diff.FoldDocumentNumber(c.Change.Act)
	for _, o := range all {
		x := o.Change
		told := x.Act != "" && x.Change != diff.Discrepancy && x.Substantive
		if !told || !sameEntry(x, c.Change) || diff.FoldDocumentNumber(x.Act) == number {
			continue
		}
		later, err := cal.book.actOf(acts, x.Act)
		if err != nil {
			return false, err
		}
		if later == nil || later.Act.Status == diff.ActFiled {
			continue
		}
		from, since := cal.lawDay(later.Act), cal.lawDay(mine.Act)
		if from <= looked && (from > since || from == since && later.SeenAt.After(mine.SeenAt)) {
			return true, nil
		}
	}
	return false, nil
}

// sameEntry reports whether two Changes concern one entry: by its identity, or by country and name, as where it was
// added anew.
func sameEntry(a, b diff.Change) bool {
	return a.EntryID != "" && a.EntryID == b.EntryID || diff.SameCountry(a.Country, b.Country) && diff.SameText(a.Name, b.Name)
}

// actOf reads an act once in a transaction; nil where it is not stored.
func (b *caseBook) actOf(acts map[string]*StoredAct, number string) (*StoredAct, error) {
	key := diff.FoldDocumentNumber(number)
	if a, read := acts[key]; read {
		return a, nil
	}
	s, found, err := b.tx.Act(number)
	if err != nil {
		return nil, err
	}
	acts[key] = nil
	if found {
		acts[key] = &s
	}
	return acts[key], nil
}

// registerRead is the day of the last good look at the Federal Register by each of its sources; today where none is
// configured.
func (cal *calendar) registerRead() diff.Date {
	day := cal.w.today()
	for name, s := range cal.w.specs {
		if s.Kind == "federal-register" {
			day = min(day, diff.DateOf(cal.sources[name].SucceededAt.In(cal.w.o.Location)))
		}
	}
	return day
}

// lookedOn is the day of the last good look at a list by its primary source.
func (cal *calendar) lookedOn(list diff.ListID) diff.Date {
	if _, stands := cal.baseline(list); !stands {
		return ""
	}
	for _, name := range cal.w.primaries(list) {
		if at := cal.sources[name].SucceededAt; !at.IsZero() {
			return diff.DateOf(at.In(cal.w.o.Location))
		}
	}
	return ""
}
