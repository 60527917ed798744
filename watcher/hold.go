package watcher

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// hold keeps a list as it was, because the answer for it cannot be believed. The operators hear of it once.
func (k *work) hold(meta SourceList, digest, why string) error {
	k.held = true
	first := meta.HeldSince.IsZero()
	if first {
		meta.HeldSince = k.at
	}
	if meta.HeldDigest != digest || meta.HeldSameSince.IsZero() {
		meta.HeldSameSince = k.at
	}
	meta.HeldReason, meta.HeldDigest = why, digest
	if first {
		k.begun = append(k.begun, meta)
	}
	return k.saveList(meta)
}

// recovered ends the hold of a list.
func (k *work) recovered(meta *SourceList) error {
	if meta.HeldSince.IsZero() {
		return nil
	}
	k.ended = append(k.ended, *meta)
	meta.HeldSince, meta.HeldReason, meta.HeldDigest = time.Time{}, "", ""
	meta.HeldSameSince, meta.FlappedAt = time.Time{}, time.Time{}
	return k.saveList(*meta)
}

// tellHolds tells the operators, in one notice each, which lists are held with this look, and what is well again. A source that could not
// be read and now answers incredibly has not recovered: the notice of the hold says both.
func (k *work) tellHolds(was Health) error {
	if len(k.begun) > 0 {
		var texts []string
		if was == Failed {
			texts = append(texts, "It answers again, but not credibly.")
		}
		for _, g := range heldAlike(k.begun) {
			texts = append(texts, fmt.Sprintf("%s held as %s: %s.", g.subject(), g.pick("it was", "they were"), heldWhy(g[0])))
		}
		if err := k.notice("held", onlyList(k.begun), strings.Join(texts, "\n")); err != nil {
			return err
		}
	}
	back := was == Held && !k.held && len(k.ended) == 0
	if !back && len(k.ended) == 0 {
		return nil
	}
	var texts []string
	if back {
		texts = append(texts, fmt.Sprintf("Its answer is believed again; it was not since %s.", k.moment(k.state.Since)))
	}
	for _, g := range heldAlike(k.ended) {
		texts = append(texts, fmt.Sprintf("%s believed again; %s held since %s (%s).", g.subject(), g.pick("it was", "they were"), k.moment(g[0].HeldSince), heldWhy(g[0])))
	}
	return k.notice("recovered", onlyList(k.ended), strings.Join(texts, "\n"))
}

// together are lists that one sentence tells.
type together []SourceList

// heldAlike puts the lists together that are held for the same reason since the same moment.
func heldAlike(all []SourceList) (out []together) {
	for _, l := range all {
		i := slices.IndexFunc(out, func(g together) bool { return g[0].HeldSince.Equal(l.HeldSince) && heldWhy(g[0]) == heldWhy(l) })
		if i < 0 {
			out, i = append(out, nil), len(out)
		}
		out[i] = append(out[i], l)
	}
	return out
}

// subject is the lists with their verb: "Entity List is", "SDN List and CAPTA List are".
func (g together) subject() string {
	names := make([]string, len(g))
	for i, l := range g {
		names[i] = l.List.Title()
	}
	if n := len(names); n > 2 {
		names = []string{strings.Join(names[:n-1], ", "), names[n-1]}
	}
	return strings.Join(names, " and ") + g.pick(" is", " are")
}

func (g together) pick(one, several string) string {
	if len(g) == 1 {
		return one
	}
	return several
}

// heldWhy is the reason of a hold without the list's name, which stands before it already.
func heldWhy(l SourceList) string { return strings.TrimPrefix(l.HeldReason, l.List.Title()+": ") }

// onlyList is the list where there is one.
func onlyList(of []SourceList) diff.ListID {
	if len(of) == 1 {
		return of[0].List
	}
	return ""
}

// moment is a time for people, where the law is made.
func (k *work) moment(t time.Time) string { return t.In(k.w.o.Location).Format("2006-01-02 15:04 MST") }

// recoverUnshown ends the holds of lists that a good answer says nothing new about: compared with the last good look, to which the stored
// validators belong, they are unchanged.
func (k *work) recoverUnshown() error {
	for _, meta := range slices.Clone(k.shown) {
		shown := slices.ContainsFunc(k.reading.Snapshots, func(s diff.Snapshot) bool { return s.List == meta.List })
		if meta.Source != k.Source || meta.HeldSince.IsZero() || shown || meta.Version == 0 {
			continue
		}
		if err := k.believedAgain(&meta); err != nil {
			return err
		}
	}
	return nil
}

func (k *work) heldReasons() string {
	var why []string
	for _, l := range k.shown {
		if l.Source == k.Source && !l.HeldSince.IsZero() {
			why = append(why, l.List.Title()+": "+heldWhy(l))
		}
	}
	return strings.Join(why, "; ")
}

// ReleaseSource lets a person accept the answers that are held of a source, and those that were taken but for damaged
// texts: the next look that shows them takes exactly those, and holds any other implausible one anew. It returns the
// lists released.
func (w *Watcher) ReleaseSource(ctx context.Context, source, who string) (lists []diff.ListID, err error) {
	err = w.o.Store.Maintain(ctx, func(tx Tx) error {
		k := &work{w: w, at: w.now()}
		if err := k.enter(tx); err != nil {
			return err
		}
		k.Source, lists = source, nil
		for _, l := range slices.Clone(k.shown) {
			if l.Source != source || l.HeldSince.IsZero() && len(l.Blind.Kept) == 0 {
				continue
			}
			why := l.HeldReason
			if l.ReleasedDigest = l.HeldDigest; l.HeldSince.IsZero() {
				l.ReleasedDigest, why = l.Digest, "a text is damaged: "+strings.Join(l.Blind.Kept, "; ")
			}
			if err := k.tx.SaveSourceList(l); err != nil {
				return err
			}
			lists = append(lists, l.List)
			text := fmt.Sprintf("%s from %s was released by %s: %s", l.List.Title(), source, who, why)
			if err := k.notice("released", l.List, text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("watcher: release source %s: %w", source, err)
	}
	w.o.Changed(source)
	return lists, nil
}

// ReleaseEntry lets a person accept that an entry which its list no longer shows is removed, although no act says so. The Change is told
// with the words "without a rule". found is false where no such entry is held.
func (w *Watcher) ReleaseEntry(ctx context.Context, entryID, who string) (c diff.Change, found bool, err error) {
	err = w.o.Store.Maintain(ctx, func(tx Tx) error {
		k := &work{w: w, at: w.now()}
		if err := k.enter(tx); err != nil {
			return err
		}
		all, err := tx.MissingEntries()
		if err != nil {
			return err
		}
		for _, m := range all {
			if m.Entry.EntryID != entryID && m.Entry.Key != entryID {
				continue
			}
			if err := k.letGo(m, "released by "+who); err != nil {
				return err
			}
			c, found = k.Changes[0], true
			return k.notice("released", m.Entry.List, fmt.Sprintf("%s was released by %s: removed without a rule", m.Entry.Name, who))
		}
		return nil
	})
	if err != nil {
		return c, false, fmt.Errorf("watcher: release entry %s: %w", entryID, err)
	}
	if found {
		w.o.Changed(c.Source)
	}
	return c, found, nil
}

// letGo makes the removal of a held entry.
func (k *work) letGo(m Missing, why string) error {
	k.Source, k.led.source = m.Source, m.Source
	since := diff.DateOf(m.MissingSince.In(k.w.o.Location))
	old := diff.Snapshot{List: m.Entry.List, Complete: true, Entries: []diff.Entry{m.Entry}}
	removed := diff.Compare(old, diff.Snapshot{List: m.Entry.List, Complete: true}).Changes[0]
	removed.ID = diff.HashID("chg", "released", m.Entry.EntryID, m.MissingSince.Format(time.RFC3339Nano))
	removed.Note = fmt.Sprintf("%s, missing since %s, %s", diff.WithoutARule, since, why)
	removed.Case = diff.HashID("case", "released", m.Entry.EntryID, m.MissingSince.Format(time.RFC3339Nano))
	removed.Source, removed.DetectedAt, removed.EffectiveOn = m.Source, k.at, k.w.today()
	removed.Stage = k.stageOf(m.Source)
	doubt, doubtful, err := k.doubtOf(removed)
	if err != nil {
		return err
	}
	if doubtful {
		removed.Case = doubt.Case
		if err := k.resolve(doubt); err != nil {
			return err
		}
	}
	for _, l := range k.shown {
		if l.Source == m.Source && l.List == m.Entry.List {
			removed.Evidence = l.Evidence
		}
	}
	c := diff.Case{ID: removed.Case, Title: m.Entry.List.Title() + ": " + m.Entry.Name + " removed without a rule", Status: diff.Open, Source: m.Source, OpenedAt: k.at}
	if !doubtful {
		if err := k.tx.SaveCase(c); err != nil {
			return err
		}
	}
	if err := k.stage(c.ID, removed.Stage, m.MissingSince, removed.Evidence, true); err != nil {
		return err
	}
	return k.putShown(removed, since) // which drops the held row too
}

func (k *work) stageOf(source string) diff.Stage {
	if s := k.w.specs[source]; s != nil {
		return s.stage()
	}
	return diff.Listed
}

// letGoRemoved drops the held rows of an entry whose removal is made now. The source showed its absence before the act was read.
func (k *work) letGoRemoved(c diff.Change) error {
	if c.Change != diff.Removed || c.EntryID == "" {
		return nil
	}
	all, err := k.tx.MissingEntries()
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Entry.EntryID != c.EntryID {
			continue
		}
		if err := k.tx.PutSourceEntries(m.Source, m.Entry.List, nil, []string{m.Entry.Key}); err != nil {
			return err
		}
		primary := slices.Contains(k.w.primaries(m.Entry.List), m.Source)
		if err := k.sight(c, primary); err != nil {
			return err
		}
	}
	return nil
}
