package watcher

import "slices"

// remember lets the bodies of this look's answers stand for what came of them, so that they need not be read when they
// are sent again, only where reading them again would come to nothing: the source does well, and nothing of it is held,
// damaged, missing, flapping or let through by a person. Else whatever is sent next is read in full, the same or not.
func (k *look) remember() error {
	if !k.state.Cursor.Remembers() {
		return nil
	}
	open := k.state.Health != OK || slices.ContainsFunc(k.lists, func(l SourceList) bool {
		return l.Source == k.Source && l.open()
	})
	if !open {
		held, err := k.tx.MissingEntries()
		if err != nil {
			return err
		}
		open = slices.ContainsFunc(held, func(m Missing) bool { return m.Source == k.Source })
	}
	if open {
		k.state.Cursor = k.state.Cursor.Forgetful()
	}
	return nil
}

// open reports whether more may follow from the answer that a list was last taken from.
func (l SourceList) open() bool {
	return l.Version == 0 || !l.HeldSince.IsZero() || l.HeldDigest != "" || l.ReleasedDigest != "" ||
		!l.FlappedAt.IsZero() ||
		len(l.Blind.Records)+len(l.Blind.Known)+len(l.Blind.Hidden)+len(l.Blind.Kept) > 0
}
