package watcher

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// NoteConfirmed is the kind of the note that tells those who heard of something unconfirmed that it is so.
const NoteConfirmed = "confirmed"

// isDoubt reports a removal that a secondary source shows and nobody else has said yet.
func isDoubt(s StoredChange) bool {
	return s.Change.Change == diff.Discrepancy && s.Change.Act == "" && s.ShownAt.IsZero()
}

// doubts are the removals of a list that only other sources than this one have shown so far.
func (k *look) doubts(list diff.ListID) (out []diff.Change, err error) {
	all, err := k.tx.UnseenChanges(list, k.Source)
	for _, s := range all {
		if isDoubt(s) {
			out = append(out, s.Change)
		}
	}
	return out, err
}

// doubtOf is the doubtful removal that a removal makes certain.
func (b *caseBook) doubtOf(c diff.Change) (doubt diff.Change, found bool, err error) {
	if c.Change != diff.Removed {
		return doubt, false, nil
	}
	all, err := b.tx.ChangesOfList(c.List, b.at.Add(-noticedWithin))
	for _, s := range slices.Backward(all) {
		d := s.Change
		same := d.EntryID != "" && d.EntryID == c.EntryID || diff.SameCountry(d.Country, c.Country) && diff.SameText(d.Name, c.Name)
		if isDoubt(s) && same {
			return d, true, err
		}
	}
	return doubt, false, err
}

// doubtsOf are those of several Changes.
func (b *caseBook) doubtsOf(changes []diff.Change) (out []diff.Change, err error) {
	for _, c := range changes {
		d, found, err := b.doubtOf(c)
		if err != nil {
			return nil, err
		}
		if found {
			out = append(out, d)
		}
	}
	return out, nil
}

// resolve ends a doubt: what a secondary source showed is now said by who may say so, in the same case.
func (b *caseBook) resolve(doubt diff.Change) error { return b.tx.MarkShown(doubt.ID, b.at) }

// confirmed tells those who heard of unconfirmed Changes that they are so now: one note a case, with the parties'
// names.
func (b *caseBook) confirmed(changes []diff.Change, by string) error {
	var cases []string
	names, lists := map[string][]string{}, map[string][]diff.ListID{}
	for _, c := range changes {
		c.Unconfirmed = false
		if err := b.tx.RefreshChange(c); err != nil {
			return err
		}
		if names[c.Case] == nil {
			cases = append(cases, c.Case)
		}
		names[c.Case] = append(names[c.Case], c.Name)
		if !slices.Contains(lists[c.Case], c.List) {
			lists[c.Case] = append(lists[c.Case], c.List)
		}
	}
	for _, id := range cases {
		text := fmt.Sprintf("confirmed by %s: %s", by, strings.Join(names[id], "; "))
		if err := b.noteOn(id, lists[id], NoteConfirmed, text, ""); err != nil {
			return err
		}
	}
	return nil
}
