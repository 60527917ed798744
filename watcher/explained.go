package watcher

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"entitywatch/diff"
)

// showing is what a list source shows now, beside what it showed before.
type showing struct {
	meta     SourceList
	day      diff.Date // on which the list says what it says
	snapshot diff.Snapshot
	missing  []diff.Entry
	stored   []SourceEntry
	settles  map[string]diff.Change // by the id of a Change that nothing explains
}

// explained moves the cases on whose Changes the source shows now. Nobody is told of the difference again; of the
// stage, they are.
func (k *look) explained(v showing, all []diff.Explained) error {
	var agreed []string
	var confirmed []diff.Change
	for _, e := range all {
		if e.Accept != nil {
			if err := k.accept(v, e); err != nil {
				return err
			}
		}
		if e.Known == nil {
			continue
		}
		if err := k.book.sight(*e.Known, v.meta.Primary); err != nil {
			return err
		}
		if err := k.book.stage(e.Known.Case, e.Stage, k.midnight(v.day), v.snapshot.Evidence, false); err != nil {
			return err
		}
		if e.Verdict == diff.Differs {
			e.Change.Source = k.Source
			if err := k.book.differs(e.Change, *e.Known, e.Fields, e.Stage); err != nil {
				return err
			}
		}
		if e.Verdict != diff.Agrees {
			continue
		}
		if !slices.Contains(agreed, e.Known.Case) {
			agreed = append(agreed, e.Known.Case)
		}
		if e.Known.Unconfirmed {
			confirmed = append(confirmed, *e.Known)
		}
	}
	for _, id := range agreed { // at the end: a case may have hundreds of Changes
		if err := k.book.confirm(id); err != nil {
			return err
		}
	}
	return k.book.confirmed(confirmed, k.Source)
}

// accept puts the primary source's text in force in silence.
func (k *look) accept(v showing, e diff.Explained) error {
	c := *e.Accept
	if e.Known != nil && e.Known.EntryID != "" {
		c = sameParty(c, e.Known.EntryID)
	}
	return k.book.led.show(c, v.day)
}

// differs tells that what the primary source shows, c, does not read as a known Change of an act does.
func (b *caseBook) differs(c, known diff.Change, fields []diff.FieldChange, stage diff.Stage) error {
	c.ID = diff.HashID("chg", "differs", known.ID, strconv.Itoa(known.Revision), fieldText(fields))
	c.Change, c.Fields, c.Act, c.Case, c.Stage = diff.Discrepancy, fields, known.Act, known.Case, stage
	c.Before, c.Note, c.Substantive = known.Entry, "the list's text is not the act's", true
	b.contested[c.Case] = true
	return b.dispute(c)
}

func fieldText(fields []diff.FieldChange) string {
	var b strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&b, "%s\x1f%s\x1f%s\x1e", f.Field, f.Before, f.After)
	}
	return b.String()
}

// editorial stores what differs in layout only, and lets the legal state read as its primary source does.
func (k *look) editorial(v showing, r diff.Reconciliation) error {
	for _, c := range r.Editorial {
		if id, ok := r.Identities[c.EntryID]; ok {
			c = sameParty(c, id)
		}
		c.Case, c.Source, c.DetectedAt = k.book.sourceCase(v), k.Source, k.at
		c.Stage = k.spec.stage()
		if err := k.book.openSourceCase(v); err != nil {
			return err
		}
		if !v.meta.Primary {
			if err := k.book.store(StoredChange{Change: c, RecordedAt: k.at}); err != nil {
				return err
			}
			continue
		}
		if err := k.book.putShown(c, v.day); err != nil {
			return err
		}
	}
	return nil
}

// unexplained stores what nothing explains. Removals from lists that change by acts only are held.
func (k *look) unexplained(v showing, all []diff.Change) error {
	var removals, others []diff.Change
	for _, c := range all {
		if c.Change == diff.Removed && v.meta.Primary {
			removals = append(removals, c)
		} else {
			others = append(others, c)
		}
	}
	held := map[string]diff.Date{}
	for _, e := range v.stored {
		if missing(e) {
			held[e.Entry.EntryID] = diff.DateOf(e.MissingSince.In(k.w.o.Location))
		}
	}
	d := diff.HoldMissing(removals, v.missing, held, diff.HoldOptions{Today: k.w.today()})
	if err := k.holdEntries(v, d); err != nil {
		return err
	}
	for _, c := range slices.Concat(others, d.Removed) {
		if err := k.tell(v, c); err != nil {
			return err
		}
	}
	return nil
}

// tell stores a Change that no act explains, under the case of this version of the source.
func (k *look) tell(v showing, c diff.Change) error {
	c.Source, c.DetectedAt = k.Source, k.at
	if c.Stage == "" {
		c.Stage = k.spec.stage()
	}
	if doubt, ok := v.settles[c.ID]; ok {
		return k.certain(v, c, doubt)
	}
	if c.Case != "" { // it was told before, and taken back
		return k.toldAgain(v, c)
	}
	if err := k.book.openSourceCase(v); err != nil {
		return err
	}
	c.Case = k.book.sourceCase(v)
	if err := k.book.stage(c.Case, c.Stage, k.midnight(v.day), v.snapshot.Evidence, true); err != nil {
		return err
	}
	if !v.meta.Primary || c.Change == diff.Discrepancy {
		return k.book.store(StoredChange{Change: c, RecordedAt: k.at}) // not in force: nobody who may say so has said it
	}
	return k.book.putShown(c, v.day)
}

// certain stores a removal that another source showed before as a discrepancy, in that one's case, which is confirmed
// by it.
func (k *look) certain(v showing, c, doubt diff.Change) error {
	into, found, err := k.book.standing(doubt.Case)
	if err != nil {
		return err
	}
	if c.Case = doubt.Case; found {
		c.Case = into.ID
	}
	if err := k.book.stage(c.Case, c.Stage, k.midnight(v.day), v.snapshot.Evidence, true); err != nil {
		return err
	}
	if err := k.book.putShown(c, v.day); err != nil {
		return err
	}
	if err := k.tx.MarkShown(c.ID, k.at); err != nil {
		return err
	}
	if err := k.book.resolve(doubt); err != nil {
		return err
	}
	return k.book.confirm(c.Case)
}

// holdEntries keeps entries that vanished without an act, and tells the operators of those that vanished now or came
// back.
func (k *look) holdEntries(v showing, d diff.HoldDecision) error {
	since := map[string]time.Time{}
	for _, e := range v.stored {
		since[e.Entry.EntryID] = e.MissingSince
	}
	var names []string
	for _, h := range d.Held {
		at := since[h.Change.EntryID]
		if h.First {
			at = k.at
			names = append(names, h.Change.Name)
		}
		k.heldSince[h.Change.EntryID] = at
	}
	if len(names) > 0 {
		text := fmt.Sprintf("The %s no longer shows %s, and no rule removes it; it counts as listed until a rule removes it or a person releases it",
			v.meta.List.Title(), strings.Join(names, "; "))
		if err := k.notice("missing", v.meta.List, text); err != nil {
			return err
		}
	}
	if len(d.Back) == 0 {
		return nil
	}
	back := map[string]bool{}
	for _, id := range d.Back {
		back[id] = true
	}
	var again []string
	for _, e := range v.stored {
		if back[e.Entry.EntryID] {
			again = append(again, e.Entry.Name)
		}
	}
	return k.notice("recovered", v.meta.List, fmt.Sprintf("The %s shows %s again.", v.meta.List.Title(), strings.Join(again, "; ")))
}
