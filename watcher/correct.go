package watcher

import (
	"slices"
	"time"

	"entitywatch/diff"
)

// correcting stores a Change of an act. Where the act corrects an earlier one and its Change undoes or rewords what that one did to the
// same entry, the earlier Change is taken back or told anew: whoever got the alert must hear that it was wrong.
func (k *work) correcting(s StoredAct, c diff.Change) error {
	from := lawDay(k, s.Act)
	wrong, found, err := k.corrected(s, c)
	if err != nil {
		return err
	}
	if !found {
		return k.put(c, from)
	}
	why := "corrected by " + s.Act.DocumentNumber
	if c.After == nil {
		wrong.Revision++
		if err := k.retract(wrong, why); err != nil {
			return err
		}
	} else {
		right := wrong
		right.Revision++
		right.After, right.Entry, right.Key, right.Name, right.Country = c.After, c.Entry, c.Key, c.Name, c.Country
		right.Fields = nil
		if right.Before != nil {
			right.Fields = diff.CompareEntries(*right.Before, *right.After)
		}
		right.Note, right.Evidence = join(wrong.Note, why), slices.Concat(wrong.Evidence, c.Evidence)
		if err := k.revise(right, wrong, max(from, wrong.EffectiveOn)); err != nil {
			return err
		}
	}
	c.Note = join(c.Note, "corrects "+wrong.ID)
	if err := k.putSilently(StoredChange{Change: c, Supersedes: rowOf(wrong)}); err != nil || c.After == nil {
		return err
	}
	return k.sightEverywhere(c) // the told Change is the one that lists are to show
}

// corrected is the Change of the act that s corrects which concerns the same entry.
func (k *work) corrected(s StoredAct, c diff.Change) (wrong diff.Change, found bool, err error) {
	if s.Act.CorrectionOf == "" || c.EntryID == "" {
		return wrong, false, nil
	}
	all, err := k.tx.ChangesOfAct(s.Act.CorrectionOf)
	for _, o := range all {
		if o.Retracted == "" && o.Change.EntryID == c.EntryID && o.Change.After != nil && o.Change.Change != diff.Discrepancy {
			return o.Change, true, err
		}
	}
	return wrong, false, err
}

// noticedWithin is how long before an act was read a list may have shown its effect for the act to explain it.
const noticedWithin = 180 * 24 * time.Hour

// noticedBefore finds, for the Changes of an act that is read for the first time, those that a list source showed before. By change id.
func (k *work) noticedBefore(changes []diff.Change) (map[string]*StoredChange, error) {
	found := map[string]*StoredChange{}
	seen := map[diff.ListID][]StoredChange{}
	for _, c := range changes {
		if _, ok := seen[c.List]; !ok {
			all, err := k.tx.ChangesOfList(c.List, k.at.Add(-noticedWithin))
			if err != nil {
				return nil, err
			}
			seen[c.List] = slices.DeleteFunc(all, func(s StoredChange) bool {
				return s.Change.Act != "" || s.Change.Change == diff.Discrepancy || !s.Change.Substantive
			})
		}
		for i := range seen[c.List] {
			if s := &seen[c.List][i]; sameEffect(s.Change, c) {
				found[c.ID] = s
				break
			}
		}
	}
	return found, nil
}

// sameEffect reports whether two Changes make the same of the same party.
func sameEffect(a, b diff.Change) bool {
	if (a.After == nil) != (b.After == nil) || (a.Before == nil) != (b.Before == nil) && a.EntryID != b.EntryID {
		return false
	}
	if a.EntryID != "" && a.EntryID == b.EntryID {
		return a.After == nil || !diff.AnySubstantive(diff.CompareEntries(*a.After, *b.After))
	}
	return diff.SameCountry(a.Country, b.Country) && diff.SameText(a.Name, b.Name) && a.Change == b.Change
}

// caseOf is the case under which an act's Changes are told. Where a list showed some of them before, those who heard of that are told of
// the act: the older case goes on and the act's own is merged into it. So it is where another source showed a removal before the act did.
func (k *work) caseOf(s StoredAct, earlier map[string]*StoredChange, doubts []diff.Change) (string, error) {
	var cases []string
	for _, d := range doubts {
		cases = append(cases, d.Case)
		if err := k.resolve(d); err != nil {
			return "", err
		}
	}
	for _, e := range earlier {
		cases = append(cases, e.Change.Case)
	}
	slices.Sort(cases)
	cases = slices.Compact(cases)
	if len(cases) == 0 {
		return s.Case, nil
	}
	into, _, err := k.tx.Case(cases[0])
	if err != nil {
		return "", err
	}
	into.Act, into.Title, into.Problems = s.Act.DocumentNumber, s.Act.Title, s.Act.Problems
	if err := k.tx.SaveCase(into); err != nil {
		return "", err
	}
	for _, id := range append(cases[1:], s.Case) {
		if err := k.merge(id, into.ID); err != nil {
			return "", err
		}
	}
	return into.ID, nil
}

func (k *work) merge(id, into string) error {
	c, found, err := k.tx.Case(id)
	if err != nil || !found || id == into {
		return err
	}
	c.MergedInto = into
	if err := k.tx.SaveCase(c); err != nil {
		return err
	}
	return k.tx.Audit(k.at, "case merged", map[string]string{"case": id, "into": into})
}
