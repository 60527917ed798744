package watcher

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// ReleaseSource lets a person accept the answers that are held of a source, and those that were taken but for damaged
// texts: the next look that shows them takes exactly those, and holds any other implausible one anew. It returns the
// lists released.
func (w *Watcher) ReleaseSource(ctx context.Context, source, who string) (lists []diff.ListID, err error) {
	err = w.o.Store.Maintain(ctx, func(tx Tx) error {
		t := &occasion{w: w, at: w.now()}
		if err := t.enter(tx, source); err != nil {
			return err
		}
		lists = nil
		for _, l := range t.lists {
			if l.Source != source || l.HeldSince.IsZero() && len(l.Blind.Kept) == 0 {
				continue
			}
			why := l.HeldReason
			if l.ReleasedDigest = l.HeldDigest; l.HeldSince.IsZero() {
				l.ReleasedDigest, why = l.Digest, "a text is damaged: "+strings.Join(l.Blind.Kept, "; ")
				if err := tx.AskAnew(source); err != nil { // what was taken so would not be sent again
					return err
				}
			}
			if err := tx.SaveSourceList(l); err != nil {
				return err
			}
			lists = append(lists, l.List)
			text := fmt.Sprintf("%s from %s was released by %s: %s", l.List.Title(), source, who, why)
			if err := t.notice("released", l.List, text); err != nil {
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

// ReleaseEntry lets a person accept that an entry which its list no longer shows is removed, although no act says so.
// The Change is told with the words "without a rule". found is false where no such entry is held.
func (w *Watcher) ReleaseEntry(ctx context.Context, entryID, who string) (c diff.Change, found bool, err error) {
	err = w.o.Store.Maintain(ctx, func(tx Tx) error {
		t := &occasion{w: w, at: w.now()}
		if err := t.enter(tx, ""); err != nil {
			return err
		}
		c, found = diff.Change{}, false
		book := newCaseBook(t, time.Time{})
		all, err := tx.MissingEntries()
		if err != nil {
			return err
		}
		for _, m := range all {
			if m.Entry.EntryID != entryID && m.Entry.Key != entryID {
				continue
			}
			if err := book.letGo(m, "released by "+who); err != nil {
				return err
			}
			c, found = t.Changes[0], true
			return t.notice("released", m.Entry.List, fmt.Sprintf("%s was released by %s: removed without a rule", m.Entry.Name, who))
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
func (b *caseBook) letGo(m Missing, why string) error {
	b.Source, b.led.source = m.Source, m.Source
	since := diff.DateOf(m.MissingSince.In(b.w.o.Location))
	old := diff.Snapshot{List: m.Entry.List, Complete: true, Entries: []diff.Entry{m.Entry}}
	removed := diff.Compare(old, diff.Snapshot{List: m.Entry.List, Complete: true}).Changes[0]
	removed.ID = diff.HashID("chg", "released", m.Entry.EntryID, m.MissingSince.Format(time.RFC3339Nano))
	removed.Note = fmt.Sprintf("%s, missing since %s, %s", diff.WithoutARule, since, why)
	removed.Case = diff.HashID("case", "released", m.Entry.EntryID, m.MissingSince.Format(time.RFC3339Nano))
	removed.Source, removed.DetectedAt, removed.EffectiveOn = m.Source, b.at, b.w.today()
	removed.Stage = b.stageOf(m.Source)
	doubt, doubtful, err := b.doubtOf(removed)
	if err != nil {
		return err
	}
	if doubtful {
		removed.Case = doubt.Case
		if err := b.resolve(doubt); err != nil {
			return err
		}
	}
	for _, l := range b.lists {
		if l.Source == m.Source && l.List == m.Entry.List {
			removed.Evidence = l.Evidence
		}
	}
	if !doubtful {
		title := m.Entry.List.Title() + ": " + m.Entry.Name + " removed without a rule"
		if _, err := b.open(diff.Case{ID: removed.Case, Title: title, Source: m.Source}); err != nil {
			return err
		}
	}
	if err := b.stage(removed.Case, removed.Stage, m.MissingSince, removed.Evidence, true); err != nil {
		return err
	}
	return b.putShown(removed, since) // which drops the held row too
}

// letGoRemoved drops the held rows of an entry whose removal is made now. The source showed its absence before the act
// was read.
func (b *caseBook) letGoRemoved(c diff.Change) error {
	if c.Change != diff.Removed || c.EntryID == "" {
		return nil
	}
	all, err := b.tx.MissingEntries()
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Entry.EntryID != c.EntryID {
			continue
		}
		if err := b.tx.PutSourceEntries(m.Source, m.Entry.List, nil, []string{m.Entry.Key}); err != nil {
			return err
		}
		primary := slices.Contains(b.w.primaries(m.Entry.List), m.Source)
		if err := b.sight(c, primary); err != nil {
			return err
		}
	}
	return nil
}
