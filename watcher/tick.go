package watcher

import (
	"cmp"
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
		for _, step := range []func() error{k.takeEffect, k.overdue, k.neverPublished, k.releaseOld, k.unattended, k.tellFailing} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if w.storing("calendar", err); err != nil {
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

// Business days that a filed document may take to be printed: after the day for which it is scheduled, and after its filing where it is
// not.
const (
	printedAfterScheduled = 3
	printedAfterFiling    = 20
)

// neverPublished says so of filed documents that did not appear. It takes nothing back: only their publisher can.
func (k *work) neverPublished() error {
	acts, err := k.tx.ActsFiled()
	if err != nil {
		return err
	}
	for _, s := range acts {
		from, days := cmp.Or(s.Act.PublishedOn, s.Act.PlannedOn), printedAfterScheduled
		if from == "" {
			from, days = s.Act.FiledOn, printedAfterFiling
		}
		if from == "" || diff.AddBusinessDays(max(from, k.seenOn(s)), days) >= min(k.registerRead(), k.w.today()) {
			continue
		}
		k.Source = s.Source
		text := notSeenInPrint(s.Act)
		if err := k.note(s, "never_published", text); err != nil {
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
		if !k.newer(s.Act) && !k.ofItsDay(s.Act) {
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
