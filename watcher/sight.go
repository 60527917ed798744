package watcher

import (
	"entitywatch/diff"
)

// sight notes that this source shows a Change.
func (b *caseBook) sight(c diff.Change, primary bool) error { return b.sightBy(c, b.Source, primary) }

func (b *caseBook) sightBy(c diff.Change, source string, primary bool) error {
	if err := b.tx.Sight(c.ID, source, b.at); err != nil || !primary {
		return err
	}
	return b.tx.MarkShown(c.ID, b.at)
}

// sightShown notes, at a first look, which earlier Changes the source shows already.
func (k *look) sightShown(list diff.ListID, entries []diff.Entry) error {
	all, err := k.unseen(list)
	if err != nil || len(all) == 0 {
		return err
	}
	view := diff.NewView(entries)
	for _, c := range all {
		if view.Shows(c) {
			if err := k.book.sight(c, k.spec.primary(list)); err != nil {
				return err
			}
		}
	}
	return nil
}

// sightWhereShown notes which sources show a Change already, so that none of them is waited for.
func (b *caseBook) sightWhereShown(c diff.Change) error {
	for _, l := range b.lists {
		if l.List != c.List || l.Version == 0 {
			continue
		}
		view, err := b.viewOf(l)
		if err != nil {
			return err
		}
		if showsText(view, c) {
			if err := b.sightBy(c, l.Source, l.Primary); err != nil {
				return err
			}
		}
	}
	return nil
}

// sightEverywhere has no source waited for.
func (b *caseBook) sightEverywhere(c diff.Change) error {
	for _, l := range b.lists {
		if l.List == c.List {
			if err := b.tx.Sight(c.ID, l.Source, b.at); err != nil {
				return err
			}
		}
	}
	return b.tx.MarkShown(c.ID, b.at)
}

// showsText reports whether a Change can be seen with the very text that it gives the entry, citations aside.
func showsText(v *diff.View, c diff.Change) bool {
	if c.After == nil {
		return v.Shows(c)
	}
	e := v.Find(c.After)
	if e == nil {
		return false
	}
	a, b := *e, *c.After
	a.Citations, b.Citations, a.Parent, b.Parent = nil, nil, "", ""
	return !diff.AnySubstantive(diff.CompareEntries(a, b))
}
