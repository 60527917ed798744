package watcher

import (
	"slices"
	"time"

	"entitywatch/diff"
)

// correcting stores a Change of an act. Where the act corrects an earlier one and its Change undoes or rewords what
// that one did to the same entry, the earlier Change is taken back, told anew or told again: whoever got the alert must
// hear that it was wrong, what is right, and which document says so.
func (k *work) correcting(s StoredAct, c diff.Change) error {
	from := lawDay(k, s.Act)
	was, found, err := k.corrected(s, c)
	if err != nil {
		return err
	}
	if !found {
		return k.put(c, from)
	}
	c.Note = join(c.Note, "corrects "+was.Change.Act)
	switch {
	case was.Change.After == nil:
		return k.restore(s, was.Change, c)
	case c.After == nil:
		err = k.retractCorrected(s, was.Change, nil)
	default:
		err = k.reword(s, was, c, max(from, was.Change.EffectiveOn))
	}
	if err != nil {
		return err
	}
	if err := k.putSilently(StoredChange{Change: c, Supersedes: rowOf(was.Change)}); err != nil || c.After == nil {
		return err
	}
	return k.sightEverywhere(c) // the told Change is the one that lists are to show
}

// reword tells a Change anew as a correction reads, or again where an earlier correction took it back.
func (k *work) reword(s StoredAct, was StoredChange, c diff.Change, from diff.Date) error {
	right := was.Change
	right.Revision++
	right.After, right.Entry, right.Key, right.Name, right.Country = c.After, c.Entry, c.Key, c.Name, c.Country
	right = sameParty(right, was.Change.EntryID)
	right.Fields = nil
	if right.Before != nil {
		right.Fields = diff.CompareEntries(*right.Before, *right.After)
	}
	right.Note, right.Evidence = k.correctedBy(s), slices.Concat(was.Change.Evidence, c.Evidence)
	if was.Retracted != "" {
		right.Correction = diff.Corrected(s.Act.DocumentNumber, s.Act.CorrectionOf, nil, right.After)
		return k.put(right, from)
	}
	right.Correction = diff.Corrected(s.Act.DocumentNumber, s.Act.CorrectionOf, was.Change.After, right.After)
	return k.revise(right, was.Change, from)
}

// restore takes back a removal that a correction undoes; where the entry comes back with another text, that is told
// besides.
func (k *work) restore(s StoredAct, removal, c diff.Change) error {
	if err := k.retractCorrected(s, removal, c.After); err != nil {
		return err
	}
	c = sameParty(c, removal.EntryID)
	c.Before, c.Fields = removal.Before, nil
	if removal.Before != nil {
		c.Fields = diff.CompareEntries(*removal.Before, *c.After)
	}
	if !diff.AnySubstantive(c.Fields) {
		return k.putSilently(StoredChange{Change: c, Supersedes: rowOf(removal)})
	}
	c.Change = diff.Amended
	c.Correction = diff.Corrected(s.Act.DocumentNumber, s.Act.CorrectionOf, removal.Before, c.After)
	return k.put(c, lawDay(k, s.Act))
}

// retractCorrected takes a Change back because a correction says otherwise.
func (k *work) retractCorrected(s StoredAct, wrong diff.Change, now *diff.Entry) error {
	wrong.Revision++
	wrong.Correction = diff.Corrected(s.Act.DocumentNumber, s.Act.CorrectionOf, wrong.After, now)
	return k.retract(wrong, k.correctedBy(s))
}

func (k *work) correctedBy(s StoredAct) string { return "corrected by " + s.Act.DocumentNumber }

// corrected is the Change that concerns the same entry and was told of the act which s corrects, or of the one that
// that one corrected: the first telling is the one that people know, and the one that is put right. One that an earlier
// correction took back counts too.
func (k *work) corrected(s StoredAct, c diff.Change) (was StoredChange, found bool, err error) {
	chain, err := k.correctedActs(s.Act)
	for _, number := range slices.Backward(chain) {
		all, err := k.tx.ChangesOfAct(number)
		if err != nil {
			return was, false, err
		}
		for _, o := range all {
			if undoes(o, c) {
				return o, true, nil
			}
		}
	}
	return was, false, err
}

// notCorrected leaves out of a later reading of an act what a correction has put right since: the correction's word
// stands.
func (k *work) notCorrected(s StoredAct, told, now []diff.Change) (ofTold, ofNow []diff.Change, err error) {
	all, err := k.tx.ChangesOfAct(s.Act.DocumentNumber)
	number := diff.FoldDocumentNumber(s.Act.DocumentNumber)
	right := map[string]bool{}
	for _, c := range all {
		x := c.Change.Correction
		right[c.Change.ID] = x != nil && diff.FoldDocumentNumber(x.By) != number
	}
	settled := func(c diff.Change) bool { return right[c.ID] }
	return slices.DeleteFunc(slices.Clone(told), settled), slices.DeleteFunc(now, settled), err
}

// correctedActs are the numbers of the act that an act corrects, of the one that that one corrects, and so on.
func (k *work) correctedActs(a diff.Act) (chain []string, err error) {
	for a.CorrectionOf != "" {
		number := diff.FoldDocumentNumber(a.CorrectionOf)
		if slices.Contains(chain, number) {
			return chain, nil
		}
		chain = append(chain, number)
		s, found, err := k.tx.Act(number)
		if err != nil || !found {
			return chain, err
		}
		a = s.Act
	}
	return chain, nil
}

// undoes reports whether a correction's Change puts an earlier Change right.
func undoes(o StoredChange, c diff.Change) bool {
	switch {
	case o.Change.List != c.List || !sameEntry(o.Change, c) || o.Change.Change == diff.Discrepancy:
		return false
	case o.Retracted != "":
		return o.Change.Correction != nil && o.Change.After != nil && c.After != nil
	}
	return o.Change.After != nil || c.After != nil
}

// noticedWithin is how long before an act was read a list may have shown its effect for the act to explain it.
const noticedWithin = 180 * 24 * time.Hour

// noticedBefore finds, for the Changes of an act that is read for the first time, those that a list source showed
// before. By change id.
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

// caseOf is the case under which an act's Changes are told. Where a list showed some of them before, those who heard of
// that are told of the act: the older case goes on and the act's own is merged into it. So it is where another source
// showed a removal before the act did.
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
