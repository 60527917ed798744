package watcher

import (
	"entitywatch/diff"
)

// overdue disputes acts whose Changes their list's primary source does not show in time. Days on which it could not be
// read do not count, nor do those before the act was read. What a later act has overtaken is not awaited: the list
// shows the last text only.
func (k *work) overdue() error {
	unshown, err := k.tx.UnshownChanges()
	if err != nil {
		return err
	}
	acts := map[string]*StoredAct{}
	for _, c := range unshown {
		looked := k.lookedOn(c.Change.List)
		if looked == "" {
			continue
		}
		a, err := k.actOf(acts, c.Change.Act)
		if err != nil {
			return err
		}
		if a == nil || a.Act.Status == diff.ActFiled {
			continue // it may never be law
		}
		due := func(diff.Change) diff.Date {
			return diff.DueDate(a.Act.PublishedOn, max(a.Act.EffectiveOn, k.seenOn(*a)))
		}
		for _, d := range diff.Overdue([]diff.Change{c.Change}, due, min(looked, k.w.today())) {
			if err := k.late(c, d, acts, looked); err != nil {
				return err
			}
		}
	}
	return nil
}

// late disputes a Change that is due, unless the list shows it by now or a later act has overtaken it.
func (k *work) late(c StoredChange, d diff.Change, acts map[string]*StoredAct, looked diff.Date) error {
	if _, told, err := k.tx.Change(d.ID); err != nil || told {
		return err
	}
	if shown, err := k.shownBy(c.Change); err != nil || shown {
		return err
	}
	overtaken, err := k.overtaken(c, acts, looked)
	if err != nil {
		return err
	}
	if overtaken {
		return k.tx.MarkShown(c.Change.ID, k.at) // nothing is to come of it
	}
	d.Stage = k.awaitedStage(c.Change.List)
	return k.dispute(d)
}

// awaitedStage is what a Case would have reached had its list's primary source shown it in time.
func (k *work) awaitedStage(list diff.ListID) diff.Stage {
	for _, name := range k.w.primaries(list) {
		return k.stageOf(name)
	}
	return diff.Codified
}

// shownBy reports whether the primary source's list reads as a Change says, though no difference of it ever showed
// that: the list had the text before, or went past another. The Change is then confirmed as it would be by a
// difference.
func (k *work) shownBy(c diff.Change) (bool, error) {
	for _, l := range k.shown {
		if l.List != c.List || !l.Primary || l.Version == 0 {
			continue
		}
		view, err := k.viewOf(l)
		if err != nil {
			return false, err
		}
		if !showsText(view, c) {
			continue
		}
		if err := k.sightBy(c, l.Source, true); err != nil {
			return false, err
		}
		k.Source = l.Source
		if err := k.stage(c.Case, k.stageOf(l.Source), k.at, l.Evidence, false); err != nil {
			return false, err
		}
		return true, k.confirm(c.Case)
	}
	return false, nil
}

// overtaken reports whether a later act, in force by the day of the look, has done something else to the party.
func (k *work) overtaken(c StoredChange, acts map[string]*StoredAct, looked diff.Date) (bool, error) {
	all, err := k.tx.ChangesOfList(c.Change.List, k.at.Add(-noticedWithin))
	if err != nil {
		return false, err
	}
	mine, err := k.actOf(acts, c.Change.Act)
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
		later, err := k.actOf(acts, x.Act)
		if err != nil {
			return false, err
		}
		if later == nil || later.Act.Status == diff.ActFiled {
			continue
		}
		from, since := lawDay(k, later.Act), lawDay(k, mine.Act)
		if from <= looked && (from > since || from == since && later.SeenAt.After(mine.SeenAt)) {
			return true, nil
		}
	}
	return false, nil
}

// sameEntry reports whether two Changes concern one entry: by its identity, or by country and name, as where it was added anew.
func sameEntry(a, b diff.Change) bool {
	return a.EntryID != "" && a.EntryID == b.EntryID || diff.SameCountry(a.Country, b.Country) && diff.SameText(a.Name, b.Name)
}

// actOf reads an act once in a transaction; nil where it is not stored.
func (k *work) actOf(acts map[string]*StoredAct, number string) (*StoredAct, error) {
	key := diff.FoldDocumentNumber(number)
	if a, read := acts[key]; read {
		return a, nil
	}
	s, found, err := k.tx.Act(number)
	if err != nil {
		return nil, err
	}
	acts[key] = nil
	if found {
		acts[key] = &s
	}
	return acts[key], nil
}

// seenOn is the day on which an act was first read.
func (k *work) seenOn(s StoredAct) diff.Date { return diff.DateOf(s.SeenAt.In(k.w.o.Location)) }

// registerRead is the day of the last good look at the Federal Register by each of its sources; today where none is
// configured.
func (k *work) registerRead() diff.Date {
	day := k.w.today()
	for name, s := range k.w.specs {
		if s.Kind == "federal-register" {
			day = min(day, diff.DateOf(k.sources[name].SucceededAt.In(k.w.o.Location)))
		}
	}
	return day
}

// lookedOn is the day of the last good look at a list by its primary source.
func (k *work) lookedOn(list diff.ListID) diff.Date {
	if _, stands := k.baseline(list); !stands {
		return ""
	}
	for _, name := range k.w.primaries(list) {
		if at := k.sources[name].SucceededAt; !at.IsZero() {
			return diff.DateOf(at.In(k.w.o.Location))
		}
	}
	return ""
}

// dispute tells a discrepancy, once.
func (k *work) dispute(c diff.Change) error {
	if _, found, err := k.tx.Change(c.ID); err != nil || found {
		return err
	}
	c.DetectedAt = k.at
	if err := k.caseEvent(c.Case, diff.Contradict); err != nil {
		return err
	}
	return k.store(StoredChange{Change: c, RecordedAt: k.at})
}
