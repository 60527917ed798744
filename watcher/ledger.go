package watcher

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// ledger writes the legal state of entries. Rows are never rewritten: what is no longer believed is ended, and what is
// believed instead is added, so both "what was in force on that day" and "what did we believe on that day" can be asked
// for ever.
type ledger struct {
	tx     Versions
	at     time.Time // recorded
	source string
}

// in is the state of a list as far as it is known ahead: future acts included.
func (g ledger) in(list diff.ListID) (s diff.State, err error) {
	all, err := g.tx.Believed(list)
	if err != nil {
		return s, err
	}
	all = slices.DeleteFunc(all, func(r VersionRef) bool { return r.ValidTo != "" })
	s.Entries, err = g.tx.VersionEntries(all, nil)
	return s, err
}

// sought is the state of a list on a day, without the entries that nobody asks for to explain differences beside known
// Changes.
func (g ledger) sought(list diff.ListID, on diff.Date, found, known []diff.Change, at *diff.Rows) (s diff.State, err error) {
	first, err := g.tx.FirstInForce(list, on)
	if err != nil || first.ID == "" {
		return s, err
	}
	sought := diff.SoughtBy(found, known, first.EntryID, first.Key)
	refs, err := g.tx.InForce(list, on, &sought)
	if err != nil {
		return s, err
	}
	s.Entries, err = g.tx.VersionEntries(refs, at)
	return s, err
}

// begin puts entries into the state without a Change: a baseline.
func (g ledger) begin(entries []diff.Entry) error {
	rows := make([]EntryVersion, len(entries))
	for i, e := range entries {
		rows[i] = EntryVersion{Entry: e, RecordedFrom: g.at, Source: g.source}
	}
	return g.tx.AddVersions(rows...)
}

// follow writes what a Change does to its entry, from a day on. Discrepancies, and Changes that found no entry to act
// on, do nothing.
func (g ledger) follow(c diff.Change, from diff.Date) error {
	if c.Change == diff.Discrepancy || c.EntryID == "" {
		return nil
	}
	line, err := g.timeline(c.EntryID)
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
	line, err := g.timeline(c.EntryID)
	if err != nil {
		return err
	}
	return g.replace(line, asShown(line, c, on))
}

// undo takes back what a Change did to its entry. What later Changes made of the entry stays.
func (g ledger) undo(c diff.Change) error {
	if c.EntryID == "" {
		return nil
	}
	line, err := g.timeline(c.EntryID)
	if err != nil {
		return err
	}
	return g.replace(line, lacking(line, c))
}

// timeline is the believed versions of an entry, in order.
func (g ledger) timeline(id string) ([]EntryVersion, error) {
	line, err := g.tx.Timeline(id)
	return inOrder(line), err
}

// stands reports whether an entry is in force on a day.
func (g ledger) stands(id string, on diff.Date) (bool, error) {
	line, err := g.tx.Timeline(id)
	return slices.ContainsFunc(line, func(r EntryVersion) bool { return r.ValidFrom <= on && (r.ValidTo == "" || r.ValidTo > on) }), err
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

// continued is an entry's timeline after a Change that counts from a day on. Versions that lasted no day (two acts of
// one day) stay: they are what one returns to when the later act is taken back.
func continued(line []EntryVersion, c diff.Change, from diff.Date) []EntryVersion {
	next := slices.Clone(line)
	if n := len(next); n > 0 {
		last := &next[n-1]
		from = max(from, last.ValidFrom, last.ValidTo)
		if last.ValidTo == "" {
			last.ID, last.ValidTo, last.EndedBy = "", from, c.ID
		}
	}
	if c.After != nil {
		next = append(next, versionOf(c, from))
	}
	return next
}

// versionOf is the version that a Change begins.
func versionOf(c diff.Change, from diff.Date) EntryVersion {
	e := *c.After
	e.EntryID = c.EntryID
	return EntryVersion{Entry: e, ValidFrom: from, ChangeID: c.ID}
}

// asShown is an entry's timeline after what a list shows on a day, under what is to come after that day by acts.
func asShown(line []EntryVersion, c diff.Change, on diff.Date) []EntryVersion {
	later := slices.IndexFunc(line, func(r EntryVersion) bool { return r.ValidFrom > on })
	now := slices.IndexFunc(line, func(r EntryVersion) bool { return r.ValidFrom <= on && r.ValidTo > on })
	switch {
	case later < 0 && now < 0:
		return continued(line, c, on)
	case now >= 0 && later < 0 && c.After == nil:
		return line // it is to end anyway, by an act
	case now < 0 && c.After == nil:
		return line // it is not there, and is to come
	}
	next := slices.Clone(line)
	var v EntryVersion
	if c.After != nil {
		v = versionOf(c, on)
	}
	if now >= 0 {
		v.ValidTo, v.EndedBy = next[now].ValidTo, next[now].EndedBy
		next[now].ID, next[now].ValidTo, next[now].EndedBy = "", on, c.ID
	} else {
		v.ValidTo, v.EndedBy = next[later].ValidFrom, next[later].ChangeID
	}
	if c.After != nil {
		next = append(next, v)
	}
	return inOrder(next)
}

// inOrder sorts a timeline by day; of one day, what lasted no time comes first.
func inOrder(line []EntryVersion) []EntryVersion {
	slices.SortStableFunc(line, func(a, b EntryVersion) int {
		return cmp.Or(strings.Compare(string(a.ValidFrom), string(b.ValidFrom)), strings.Compare(end(a), end(b)))
	})
	return line
}

// end is the last day of a version as a text that sorts after all days where none is known.
func end(r EntryVersion) string {
	if r.ValidTo == "" {
		return "~"
	}
	return string(r.ValidTo)
}

// lacking is an entry's timeline as if a Change had never been: its version goes, and the one before lasts until the
// one after.
func lacking(line []EntryVersion, c diff.Change) []EntryVersion {
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
		r := &next[i]
		switch {
		case r.EndedBy != c.ID:
		case gone != nil:
			r.ID, r.ValidTo, r.EndedBy = "", gone.ValidTo, gone.EndedBy
		case i+1 < len(next):
			r.ID, r.ValidTo, r.EndedBy = "", next[i+1].ValidFrom, next[i+1].ChangeID
		default:
			r.ID, r.ValidTo, r.EndedBy = "", "", ""
		}
	}
	return next
}

// amend writes a later reading of a Change in the place of the told one, under whatever later Changes made of the
// entry.
func (g ledger) amend(told, now diff.Change, from diff.Date) error {
	if told.EntryID == "" || now.EntryID != told.EntryID {
		if err := g.undo(told); err != nil {
			return err
		}
		return g.follow(now, from)
	}
	line, err := g.timeline(told.EntryID)
	if err != nil {
		return err
	}
	next, ok := reworded(line, told, now, from)
	if !ok {
		next = continued(lacking(line, told), now, from)
	}
	return g.replace(line, next)
}

// reworded is a timeline in which a Change's version has another text or another first day; ok is false where it has no
// version, or is to have none.
func reworded(line []EntryVersion, told, now diff.Change, from diff.Date) (next []EntryVersion, ok bool) {
	at := slices.IndexFunc(line, func(r EntryVersion) bool { return r.ChangeID == told.ID })
	if at < 0 || now.After == nil {
		return nil, false
	}
	next = slices.Clone(line)
	for i := range next[:at] {
		before := &next[i]
		from = max(from, before.ValidFrom)
		if before.EndedBy != told.ID {
			from = max(from, before.ValidTo)
		}
	}
	r := &next[at]
	if r.ValidTo != "" {
		from = min(from, r.ValidTo)
	}
	r.ID, r.ValidFrom, r.Entry = "", from, *now.After
	r.Entry.EntryID = now.EntryID
	for i := range next[:at] {
		if next[i].EndedBy == told.ID {
			next[i].ID, next[i].ValidTo = "", from
		}
	}
	return next, true
}
