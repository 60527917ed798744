package watcher

import (
	"context"
	"fmt"
	"slices"
	"time"

	"entitywatch/diff"
)

// Tick does what the calendar asks for: effective dates that have come are announced, acts that the lists do not show in time are disputed,
// filed documents that never appeared are said so, and entry holds end that were to end by time. Doing it twice changes nothing.
func (w *Watcher) Tick(ctx context.Context) (Look, error) {
	k := &work{w: w, at: w.now()}
	var err error
	if k.sources, err = w.states(ctx); err != nil {
		return Look{Source: "calendar", Outcome: string(Failed)}, err
	}
	err = w.o.Store.Maintain(ctx, func(tx Tx) error {
		if err := k.enter(tx); err != nil {
			return err
		}
		for _, step := range []func() error{k.takeEffect, k.overdue, k.neverPublished, k.releaseOld} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Look{Source: "calendar", Outcome: string(Failed)}, fmt.Errorf("watcher: look at the calendar: %w", err)
	}
	k.Source, k.Outcome = "calendar", string(OK)
	if k.Told() {
		w.o.Changed(k.Source)
	}
	return k.Look, nil
}

// takeEffect announces, on the day, that an act is in force.
func (k *work) takeEffect() error {
	acts, err := k.tx.ActsTakingEffect(k.w.today())
	if err != nil {
		return err
	}
	for _, s := range acts {
		if s.Act.Status == diff.ActFiled {
			continue // until it is printed it may yet be withdrawn; one that is in force before, its filing has told
		}
		k.Source = s.Source
		if err := k.stage(s.Case, diff.Effective, k.midnight(s.Act.EffectiveOn), s.Act.Evidence, false); err != nil {
			return err
		}
	}
	return nil
}

// overdue disputes acts whose Changes their list's primary source does not show in time. Days on which it could not be read do not count.
func (k *work) overdue() error {
	unshown, err := k.tx.UnshownChanges()
	if err != nil {
		return err
	}
	acts := map[string]diff.Act{}
	for _, c := range unshown {
		looked := k.lookedOn(c.Change.List)
		if looked == "" {
			continue
		}
		due := func(c diff.Change) diff.Date {
			a, ok := acts[c.Act]
			if !ok {
				s, found, actErr := k.tx.Act(c.Act)
				if actErr != nil || !found {
					err = actErr
					return ""
				}
				a = s.Act
				acts[c.Act] = a
			}
			if a.Status == diff.ActFiled {
				return "" // it may never be law
			}
			return diff.DueDate(a.PublishedOn, a.EffectiveOn)
		}
		late := diff.Overdue([]diff.Change{c.Change}, due, min(looked, k.w.today()))
		if err != nil {
			return err
		}
		for _, d := range late {
			d.Stage = diff.Codified
			if err := k.dispute(d); err != nil {
				return err
			}
		}
	}
	return nil
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

// Business days that a filed document may take to be printed: after the day for which it is scheduled, and after its filing where it is
// not.
const (
	printedAfterScheduled = 3
	printedAfterFiling    = 20
)

// neverPublished says so of filed documents that did not appear.
func (k *work) neverPublished() error {
	acts, err := k.tx.ActsFiled()
	if err != nil {
		return err
	}
	for _, s := range acts {
		from, days := s.Act.PublishedOn, printedAfterScheduled
		if from == "" {
			from, days = s.Act.FiledOn, printedAfterFiling
		}
		if from == "" || diff.AddBusinessDays(from, days) >= k.w.today() {
			continue
		}
		k.Source = s.Source
		text := fmt.Sprintf("%s was on public inspection (filed %s) and has not been published", s.Act.DocumentNumber, s.Act.FiledOn)
		if err := k.note(s, "never_published", text); err != nil {
			return err
		}
	}
	return nil
}

// releaseOld ends entry holds by time, where the source is configured so.
func (k *work) releaseOld() error {
	all, err := k.tx.MissingEntries()
	if err != nil {
		return err
	}
	for _, m := range all {
		s := k.w.specs[m.Source]
		if s == nil || s.ReleaseAfter == 0 || k.at.Sub(m.MissingSince) < s.ReleaseAfter {
			continue
		}
		if err := k.letGo(m, fmt.Sprintf("released after %d days", int(s.ReleaseAfter/(24*time.Hour)))); err != nil {
			return err
		}
	}
	return nil
}

// waitingActs applies acts that waited for the baseline of a list, once it stands.
func (k *work) waitingActs() error {
	acts, err := k.tx.ActsOf(Waiting)
	if err != nil {
		return err
	}
	k.waited = true
	defer func() { k.waited = false }()
	for _, s := range acts {
		if k.awaitsBaseline(s.Act) {
			continue
		}
		s.UpdatedAt = k.at
		if !k.newer(s.Act) {
			s.Standing = Background
			if err := k.tx.SaveAct(s); err != nil {
				return err
			}
			continue
		}
		if err := k.applyAct(s); err != nil {
			return fmt.Errorf("act %s: %w", s.Act.DocumentNumber, err)
		}
	}
	return nil
}

// stateFor is the state of the lists that an act touches or touched.
func (k *work) stateFor(a diff.Act, told ...diff.Change) (s diff.State, err error) {
	lists := listsOf(a)
	for _, c := range told {
		if !slices.Contains(lists, c.List) {
			lists = append(lists, c.List)
		}
	}
	for _, l := range lists {
		one, err := k.led.in(l)
		if err != nil {
			return s, err
		}
		s.Entries = append(s.Entries, one.Entries...)
	}
	return s, nil
}
