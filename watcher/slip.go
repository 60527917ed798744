package watcher

import (
	"fmt"
	"maps"
	"slices"

	"entitywatch/diff"
)

// slips takes back, from those who were alerted, what this source was the last to show: an unconfirmed addition of a
// secondary source, or an entry that the primary one showed for a few days without a rule. The same party shown again
// is the same Change told again. It returns the news that is left.
func (k *look) slips(v showing, d difference) ([]diff.Change, error) {
	news := d.r.News
	var gone []diff.Change
	for _, c := range d.found.Changes {
		if c.Change == diff.Removed {
			gone = append(gone, c)
		}
	}
	if len(gone) > 0 {
		own, err := k.ownAdditions(v)
		if err != nil {
			return nil, err
		}
		for _, c := range gone {
			told, ok := own[c.EntryID]
			if !ok {
				continue
			}
			if elsewhere, err := k.shownElsewhere(told); err != nil || elsewhere {
				if err != nil {
					return nil, err
				}
				continue
			}
			if err := k.takeBackShown(v, told); err != nil {
				return nil, err
			}
			news = slices.DeleteFunc(slices.Clone(news), func(n diff.Change) bool { return n.ID == c.ID })
		}
	}
	return k.returned(v, d, news)
}

// shownElsewhere reports whether another source shows what an unconfirmed addition says.
func (k *look) shownElsewhere(c diff.Change) (bool, error) {
	for _, l := range k.lists {
		if l.List != c.List || l.Source == k.Source || l.Version == 0 || !c.Unconfirmed {
			continue
		}
		if view, err := k.viewOf(l); err != nil || view.Shows(c) {
			return true, err
		}
	}
	return false, nil
}

// ownAdditions are the additions that no act and no primary source has confirmed, by EntryID: of secondary sources for
// as long as that is so, of the primary one for as long as the eCFR may run ahead of a rule that we have yet to read.
func (k *look) ownAdditions(v showing) (map[string]diff.Change, error) {
	all, err := k.tx.ChangesOfList(v.meta.List, k.at.Add(-noticedWithin))
	if err != nil {
		return nil, err
	}
	own, others, explained := map[string]diff.Change{}, map[string]bool{}, map[string]bool{}
	for _, s := range all {
		c := s.Change
		switch {
		case c.Act != "":
			others[c.EntryID], explained[s.Supersedes] = true, true // an act says so too
		case c.Change != diff.Added || !c.Substantive || v.meta.Primary && c.Source != k.Source:
		case c.Unconfirmed == v.meta.Primary:
		case v.meta.Primary && k.w.today() > diff.AddBusinessDays(diff.DateOf(c.DetectedAt.In(k.w.o.Location)), diff.OverdueAfter):
		default:
			own[c.EntryID] = c
		}
	}
	maps.DeleteFunc(own, func(id string, c diff.Change) bool { return others[id] || explained[rowOf(c)] })
	return own, k.confirmedOut(v, own)
}

// confirmedOut leaves out of additions those that a source may not take back: what the primary source removes from a
// list without acts is removed, and what is in force was confirmed to a secondary one.
func (k *look) confirmedOut(v showing, own map[string]diff.Change) error {
	for id := range own {
		inForce, err := k.book.led.stands(id, k.w.today())
		if err != nil {
			return err
		}
		if !v.meta.Primary && inForce || !v.meta.List.ActGoverned() && v.meta.Primary {
			delete(own, id)
		}
	}
	return nil
}

// takeBackShown tells those who heard of an addition that it does not stand.
func (k *look) takeBackShown(v showing, told diff.Change) error {
	why := fmt.Sprintf("%s alone showed it, nobody confirmed it, and %s no longer shows it", told.Source, k.Source)
	if told.Source != k.Source {
		why = fmt.Sprintf("%s showed it, nobody confirmed it, and %s, the last to show it, no longer does", told.Source, k.Source)
	}
	if v.meta.Primary {
		why = fmt.Sprintf("the %s had shown it since %s without a rule, and no longer shows it", v.meta.List.Title(), diff.DateOf(told.DetectedAt.In(k.w.o.Location)))
	}
	told.Revision++
	told.Evidence = append(slices.Clone(told.Evidence), v.snapshot.Evidence...)
	if err := k.book.retract(told, why); err != nil {
		return err
	}
	all, err := k.tx.ChangesOfCase(told.Case)
	if err != nil || slices.ContainsFunc(all, func(s StoredChange) bool { return s.Retracted == "" && s.Change.Substantive }) {
		return err
	}
	return k.book.caseEvent(told.Case, diff.TakenBack)
}

// returned gives additions that were told and taken back their Change, Case and identity again.
func (k *look) returned(v showing, d difference, news []diff.Change) ([]diff.Change, error) {
	if !slices.ContainsFunc(news, func(c diff.Change) bool { return c.Change == diff.Added }) {
		return news, nil
	}
	all, err := k.tx.TakenBack(v.meta.List, k.Source, k.at.Add(-noticedWithin))
	if err != nil || len(all) == 0 {
		return news, err
	}
	shown := map[string]bool{}
	for i := range d.found.Entries {
		shown[d.found.Entries[i].EntryID] = true
	}
	news = slices.Clone(news)
	for i, c := range news {
		at := slices.IndexFunc(all, func(s StoredChange) bool {
			return c.Change == diff.Added && !shown[s.Change.EntryID] && (s.Change.Key == c.Key || diff.SameCountry(s.Change.Country, c.Country) && diff.SameText(s.Change.Name, c.Name))
		})
		if at < 0 {
			continue
		}
		told := all[at].Change
		shown[told.EntryID] = true
		d.r.Identities[c.EntryID] = told.EntryID
		c = sameParty(c, told.EntryID)
		c.ID, c.Case = told.ID, told.Case
		news[i] = c
	}
	return news, nil
}

// toldAgain tells a Change as its own next revision, which makes the retraction void.
func (k *look) toldAgain(v showing, c diff.Change) error {
	if err := k.book.caseEvent(c.Case, diff.FiledAnew); err != nil {
		return err
	}
	if !v.meta.Primary {
		return k.book.putRow(c)
	}
	return k.book.putShown(c, v.day)
}
