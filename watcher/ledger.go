package watcher

import (
	"slices"
	"time"

	"entitywatch/diff"
)

// ledger writes the legal state of entries. Rows are never rewritten: what is no longer believed is ended, and what is believed instead
// is added, so both "what was in force on that day" and "what did we believe on that day" can be asked for ever.
type ledger struct {
	tx     Versions
	at     time.Time // recorded
	source string
}

// in is the state of a list as far as it is known ahead: future acts included.
func (g ledger) in(list diff.ListID) (diff.State, error) {
	rows, err := g.tx.Believed(list)
	return lastOf(rows), err
}

// inForce is the state of a list on a day.
func (g ledger) inForce(list diff.ListID, on diff.Date) (s diff.State, err error) {
	rows, err := g.tx.Believed(list)
	for _, r := range rows {
		if r.ValidFrom <= on && (r.ValidTo == "" || r.ValidTo > on) {
			s.Entries = append(s.Entries, r.Entry)
		}
	}
	return s, err
}

// lastOf keeps the versions that nothing ends.
func lastOf(rows []EntryVersion) (s diff.State) {
	for _, r := range rows {
		if r.ValidTo == "" {
			s.Entries = append(s.Entries, r.Entry)
		}
	}
	return s
}

// begin puts entries into the state without a Change: a baseline.
func (g ledger) begin(entries []diff.Entry) error {
	rows := make([]EntryVersion, len(entries))
	for i, e := range entries {
		rows[i] = EntryVersion{Entry: e, RecordedFrom: g.at, Source: g.source}
	}
	return g.tx.AddVersions(rows...)
}

// follow writes what a Change does to its entry, from a day on. Discrepancies, and Changes that found no entry to act on, do nothing.
func (g ledger) follow(c diff.Change, from diff.Date) error {
	if c.Change == diff.Discrepancy || c.EntryID == "" {
		return nil
	}
	line, err := g.tx.Timeline(c.EntryID)
	if err != nil {
		return err
	}
	return g.replace(line, continued(line, c, from))
}

// show writes what a list shows of an entry on a day. Versions that begin later, by acts not yet in effect, stay.
func (g ledger) show(c diff.Change, on diff.Date) error {
	if c.Change == diff.Discrepancy || c.EntryID == "" {
		return nil
	}
	line, err := g.tx.Timeline(c.EntryID)
	if err != nil {
		return err
	}
	return g.replace(line, shown(line, c, on))
}

// undo takes back what a Change did to its entry. What later Changes made of the entry stays.
func (g ledger) undo(c diff.Change) error {
	if c.EntryID == "" {
		return nil
	}
	line, err := g.tx.Timeline(c.EntryID)
	if err != nil {
		return err
	}
	return g.replace(line, without(line, c))
}

// replace believes next instead of line. Rows that are in both stay untouched.
func (g ledger) replace(line, next []EntryVersion) error {
	var gone []string
	for _, r := range line {
		if !slices.ContainsFunc(next, func(n EntryVersion) bool { return n.ID == r.ID }) {
			gone = append(gone, r.ID)
		}
	}
	var added []EntryVersion
	for _, n := range next {
		if n.ID == "" {
			n.RecordedFrom, n.RecordedTo = g.at, time.Time{}
			if n.Source == "" {
				n.Source = g.source
			}
			added = append(added, n)
		}
	}
	if len(gone) == 0 && len(added) == 0 {
		return nil
	}
	if err := g.tx.Disbelieve(g.at, gone...); err != nil {
		return err
	}
	return g.tx.AddVersions(added...)
}

// continued is an entry's timeline after a Change that counts from a day on. Versions that lasted no day (two acts of one day) stay:
// they are what one returns to when the later act is taken back.
func continued(line []EntryVersion, c diff.Change, from diff.Date) []EntryVersion {
	next := slices.Clone(line)
	if n := len(next); n > 0 && next[n-1].ValidTo == "" {
		from = max(from, next[n-1].ValidFrom)
		next[n-1].ID, next[n-1].ValidTo, next[n-1].EndedBy = "", from, c.ID
	}
	if c.After != nil {
		e := *c.After
		e.EntryID = c.EntryID
		next = append(next, EntryVersion{Entry: e, ValidFrom: from, ChangeID: c.ID})
	}
	return next
}

// shown is an entry's timeline after what a list shows on a day, under the versions that begin later.
func shown(line []EntryVersion, c diff.Change, on diff.Date) []EntryVersion {
	at := slices.IndexFunc(line, func(r EntryVersion) bool { return r.ValidFrom > on })
	if at < 0 {
		return continued(line, c, on)
	}
	now, later := slices.Clone(line[:at]), line[at:]
	if n := len(now); n > 0 && now[n-1].ValidTo == later[0].ValidFrom {
		reopened := now[n-1]
		reopened.ValidTo, reopened.EndedBy = "", ""
		now[n-1] = reopened
		now = continued(now, c, on)
		if n := len(now); c.After != nil {
			now[n-1].ValidTo, now[n-1].EndedBy = later[0].ValidFrom, line[at-1].EndedBy
		}
		return append(now, later...)
	}
	return slices.Clone(line)
}

// without is an entry's timeline as if a Change had never been: its version goes, and the one before lasts until the one after.
func without(line []EntryVersion, c diff.Change) []EntryVersion {
	var next []EntryVersion
	var gone *EntryVersion
	for i := range line {
		if line[i].ChangeID == c.ID {
			gone = &line[i]
			continue
		}
		next = append(next, line[i])
	}
	for i := range next {
		if next[i].EndedBy == c.ID {
			next[i].ID, next[i].ValidTo, next[i].EndedBy = "", "", ""
			if gone != nil {
				next[i].ValidTo, next[i].EndedBy = gone.ValidTo, gone.EndedBy
			}
		}
	}
	return next
}

// amend writes a later reading of a Change in the place of the told one, under whatever later Changes made of the entry.
func (g ledger) amend(told, now diff.Change, from diff.Date) error {
	if told.EntryID == "" || now.EntryID != told.EntryID {
		if err := g.undo(told); err != nil {
			return err
		}
		return g.follow(now, from)
	}
	line, err := g.tx.Timeline(told.EntryID)
	if err != nil {
		return err
	}
	next, ok := reworded(line, told, now, from)
	if !ok {
		next = continued(without(line, told), now, from)
	}
	return g.replace(line, next)
}

// reworded is a timeline in which a Change's version has another text or another first day; ok is false where it has no version, or
// is to have none.
func reworded(line []EntryVersion, told, now diff.Change, from diff.Date) (next []EntryVersion, ok bool) {
	next = slices.Clone(line)
	for i := range next {
		r := &next[i]
		if r.ChangeID != told.ID || now.After == nil {
			continue
		}
		if r.ValidTo != "" {
			from = min(from, r.ValidTo)
		}
		r.ID, r.ValidFrom, r.Entry = "", from, *now.After
		r.Entry.EntryID = now.EntryID
		ok = true
	}
	for i := range next {
		if ok && next[i].EndedBy == told.ID {
			next[i].ID, next[i].ValidTo = "", max(from, next[i].ValidFrom)
		}
	}
	return next, ok
}
