package watcher

import (
	"slices"

	"entitywatch/diff"
)

// sight notes that this source shows a Change.
func (k *work) sight(c diff.Change, primary bool) error { return k.sightBy(c, k.Source, primary) }

func (k *work) sightBy(c diff.Change, source string, primary bool) error {
	if err := k.tx.Sight(c.ID, source, k.at); err != nil || !primary {
		return err
	}
	return k.tx.MarkShown(c.ID, k.at)
}

// sightShown notes, at a first look, which earlier Changes the source shows already.
func (k *work) sightShown(list diff.ListID, entries []diff.Entry) error {
	all, err := k.unseen(list)
	if err != nil || len(all) == 0 {
		return err
	}
	view := diff.NewView(entries)
	for _, c := range all {
		if view.Shows(c) {
			if err := k.sight(c, k.spec.primary(list)); err != nil {
				return err
			}
		}
	}
	return nil
}

// sightWhereShown notes which sources show a Change already, so that none of them is waited for.
func (k *work) sightWhereShown(c diff.Change) error {
	for _, l := range k.shown {
		if l.List != c.List || l.Version == 0 {
			continue
		}
		view, err := k.viewOf(l)
		if err != nil {
			return err
		}
		if showsText(view, c) {
			if err := k.sightBy(c, l.Source, l.Primary); err != nil {
				return err
			}
		}
	}
	return nil
}

// sightEverywhere has no source waited for.
func (k *work) sightEverywhere(c diff.Change) error {
	for _, l := range k.shown {
		if l.List == c.List {
			if err := k.tx.Sight(c.ID, l.Source, k.at); err != nil {
				return err
			}
		}
	}
	return k.tx.MarkShown(c.ID, k.at)
}

// viewOf is what a source last showed of a list, read once in a transaction.
func (k *work) viewOf(l SourceList) (*diff.View, error) {
	name := l.Source + "\x1f" + string(l.List)
	if v := k.views[name]; v != nil {
		return v, nil
	}
	stored, err := k.tx.SourceEntries(l.Source, l.List, nil)
	if err != nil {
		return nil, err
	}
	var entries []diff.Entry
	for _, e := range slices.DeleteFunc(stored, missing) {
		entries = append(entries, e.Entry)
	}
	k.views[name] = diff.NewView(entries)
	return k.views[name], nil
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
