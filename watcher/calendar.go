package watcher

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"entitywatch/diff"
)

// Tick does what the calendar asks for: effective dates that have come are announced, acts that the lists do not show
// in time are disputed, filed documents that never appeared are said so, and entry holds end that were to end by time.
// Doing it twice changes nothing.
func (w *Watcher) Tick(ctx context.Context) (Look, error) {
	t := &occasion{w: w, at: w.now()}
	sources, err := w.states(ctx)
	if err != nil {
		return Look{Source: "calendar", Outcome: string(Failed)}, err
	}
	err = w.o.Store.Maintain(ctx, func(tx Tx) error {
		if err := t.enter(tx, ""); err != nil {
			return err
		}
		cal := calendar{occasion: t, book: newCaseBook(t, time.Time{}), sources: sources}
		for _, step := range []func() error{
			cal.takeEffect, cal.overdue, cal.neverPublished, cal.releaseOld, cal.unattended, cal.tellFailing,
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if w.storing("calendar", err); err != nil {
		return Look{Source: "calendar", Outcome: string(Failed)}, fmt.Errorf("watcher: look at the calendar: %w", err)
	}
	t.Source, t.Outcome = "calendar", string(OK)
	if t.Told() {
		w.o.Changed(t.Source)
	}
	return t.Look, nil
}

// calendar is what is due by time alone.
type calendar struct {
	*occasion
	book    *caseBook
	sources map[string]SourceState // as they were before the transaction
}

// takeEffect announces, on the day, that an act is in force.
func (cal *calendar) takeEffect() error {
	acts, err := cal.tx.ActsTakingEffect(cal.w.today())
	if err != nil {
		return err
	}
	for _, s := range acts {
		if s.Act.Status == diff.ActFiled {
			continue // until it is printed it may yet be withdrawn; one that is in force before, its filing has told
		}
		cal.Source = s.Source
		if err := cal.book.stage(s.Case, diff.Effective, cal.midnight(s.Act.EffectiveOn), s.Act.Evidence, false); err != nil {
			return err
		}
	}
	return nil
}

// Business days that a filed document may take to be printed: after the day for which it is scheduled, and after its
// filing where it is not.
const (
	printedAfterScheduled = 3
	printedAfterFiling    = 20
)

// neverPublished says so of filed documents that did not appear. It takes nothing back: only their publisher can.
func (cal *calendar) neverPublished() error {
	acts, err := cal.tx.ActsFiled()
	if err != nil {
		return err
	}
	for _, s := range acts {
		from, days := cmp.Or(s.Act.PublishedOn, s.Act.PlannedOn), printedAfterScheduled
		if from == "" {
			from, days = s.Act.FiledOn, printedAfterFiling
		}
		if from == "" || diff.AddBusinessDays(max(from, cal.seenOn(s)), days) >= min(cal.registerRead(), cal.w.today()) {
			continue
		}
		cal.Source = s.Source
		text := notSeenInPrint(s.Act)
		if err := cal.book.note(s, "never_published", text); err != nil {
			return err
		}
	}
	return nil
}

// notSeenInPrint says what is known of a filed document that was not printed in time, and what to do about it.
func notSeenInPrint(a diff.Act) string {
	planned := ""
	if day := cmp.Or(a.PublishedOn, a.PlannedOn); day != "" {
		planned = ", to be published " + string(day)
	}
	return fmt.Sprintf("%s was on public inspection (filed %s%s), and we have not seen it in the Federal Register. Its publisher has not "+
		"withdrawn it, so what we told you of it stands; look it up before you rely on it.", a.DocumentNumber, a.FiledOn, planned)
}

// releaseOld ends entry holds by time, where the source is configured so.
func (cal *calendar) releaseOld() error {
	all, err := cal.tx.MissingEntries()
	if err != nil {
		return err
	}
	for _, m := range all {
		s := cal.w.specs[m.Source]
		if s == nil || s.ReleaseAfter == 0 || cal.at.Sub(m.MissingSince) < s.ReleaseAfter {
			continue
		}
		if err := cal.book.letGo(m, fmt.Sprintf("released after %d days", int(s.ReleaseAfter/(24*time.Hour)))); err != nil {
			return err
		}
	}
	return nil
}

// waitingActs applies acts that waited for the baseline of a list, once it stands.
func (b *caseBook) waitingActs() error {
	acts, err := b.tx.ActsOf(Waiting)
	if err != nil {
		return err
	}
	b.waited = true
	defer func() { b.waited = false }()
	for _, s := range acts {
		if b.awaitsBaseline(s.Act) {
			continue
		}
		s.UpdatedAt = b.at
		if !b.newer(s.Act) && !b.ofItsDay(s.Act) {
			s.Standing = Background
			if err := b.tx.SaveAct(s); err != nil {
				return err
			}
			continue
		}
		if err := b.applyAct(s); err != nil {
			return fmt.Errorf("act %s: %w", s.Act.DocumentNumber, err)
		}
	}
	return nil
}

// stateFor is the state of the lists that an act touches or touched.
func (b *caseBook) stateFor(a diff.Act, told ...diff.Change) (s diff.State, err error) {
	lists := listsOf(a)
	for _, c := range told {
		if !slices.Contains(lists, c.List) {
			lists = append(lists, c.List)
		}
	}
	for _, l := range lists {
		one, err := b.led.in(l)
		if err != nil {
			return s, err
		}
		s.Entries = append(s.Entries, one.Entries...)
	}
	return s, nil
}
