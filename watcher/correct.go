package watcher

import (
	"slices"
	"time"

	"entitywatch/diff"
)

// correcting stores a Change of an act. Where the act corrects an earlier one and its Change undoes or rewords what
// that one did to the same entry, the earlier Change is taken back, told anew or told again: whoever got the alert must
// hear that it was wrong, what is right, and which document says so.
func (b *caseBook) correcting(s StoredAct, c diff.Change) error {
	from := b.lawDay(s.Act)
	was, found, err := b.corrected(s, c)
	if err != nil {
		return err
	}
	if !found {
		return b.put(c, from)
	}
	c.Note = join(c.Note, "corrects "+was.Change.Act)
	switch {
	case was.Change.After == nil:
		return b.restore(s, was.Change, c)
	case c.After == nil:
		err = b.retractCorrected(s, was.Change, nil)
	default:
		err = b.reword(s, was, c, max(from, was.Change.EffectiveOn))
	}
	if err != nil {
		return err
	}
	if err := b.putSilently(StoredChange{Change: c, Supersedes: rowOf(was.Change)}); err != nil || c.After == nil {
		return err
	}
	return b.sightEverywhere(c) // the told Change is the one that lists are to show
}

// reword tells a Change anew as a correction reads, or again where an earlier correction took it back.
func (b *caseBook) reword(s StoredAct, was StoredChange, c diff.Change, from diff.Date) error {
	right := was.Change
	right.Revision++
	right.After, right.Entry, right.Key, right.Name, right.Country = c.After, c.Entry, c.Key, c.Name, c.Country
	right = sameParty(right, was.Change.EntryID)
	right.Fields = nil
	if right.Before != nil {
		right.Fields = diff.CompareEntries(*right.Before, *right.After)
	}
	right.Note, right.Evidence = b.correctedBy(s), slices.Concat(was.Change.Evidence, c.Evidence)
	if was.Retracted != "" {
		right.Correction = diff.Corrected(s.Act.DocumentNumber, s.Act.CorrectionOf, nil, right.After)
		return b.put(right, from)
	}
	right.Correction = diff.Corrected(s.Act.DocumentNumber, s.Act.CorrectionOf, was.Change.After, right.After)
	return b.revise(right, was.Change, from)
}

// restore takes back a removal that a correction undoes; where the entry comes back with another text, that is told
// besides.
func (b *caseBook) restore(s StoredAct, removal, c diff.Change) error {
	if err := b.retractCorrected(s, removal, c.After); err != nil {
		return err
	}
	c = sameParty(c, removal.EntryID)
	c.Before, c.Fields = removal.Before, nil
	if removal.Before != nil {
		c.Fields = diff.CompareEntries(*removal.Before, *c.After)
	}
	if !diff.AnySubstantive(c.Fields) {
		return b.putSilently(StoredChange{Change: c, Supersedes: rowOf(removal)})
	}
	c.Change = diff.Amended
	c.Correction = diff.Corrected(s.Act.DocumentNumber, s.Act.CorrectionOf, removal.Before, c.After)
	return b.put(c, b.lawDay(s.Act))
}

// retractCorrected takes a Change back because a correction says otherwise.
func (b *caseBook) retractCorrected(s StoredAct, wrong diff.Change, now *diff.Entry) error {
	wrong.Revision++
	wrong.Correction = diff.Corrected(s.Act.DocumentNumber, s.Act.CorrectionOf, wrong.After, now)
	return b.retract(wrong, b.correctedBy(s))
}

func (b *caseBook) correctedBy(s StoredAct) string { return "corrected by " + s.Act.DocumentNumber }

// corrected is the Change that concerns the same entry and was told of the act which s corrects, or of the one that
// that one corrected: the first telling is the one that people know, and the one that is put right. One that an earlier
// correction took back counts too.
func (b *caseBook) corrected(s StoredAct, c diff.Change) (was StoredChange, found bool, err error) {
	chain, err := b.correctedActs(s.Act)
	for _, number := range slices.Backward(chain) {
		all, err := b.tx.ChangesOfAct(number)
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
func (b *caseBook) notCorrected(s StoredAct, told, now []diff.Change) (ofTold, ofNow []diff.Change, err error) {
	all, err := b.tx.ChangesOfAct(s.Act.DocumentNumber)
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
func (b *caseBook) correctedActs(a diff.Act) (chain []string, err error) {
	for a.CorrectionOf != "" {
		number := diff.FoldDocumentNumber(a.CorrectionOf)
		if slices.Contains(chain, number) {
			return chain, nil
		}
		chain = append(chain, number)
		s, found, err := b.tx.Act(number)
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
func (b *caseBook) noticedBefore(changes []diff.Change) (map[string]*StoredChange, error) {
	found := map[string]*StoredChange{}
	seen := map[diff.ListID][]StoredChange{}
	for _, c := range changes {
		if _, ok := seen[c.List]; !ok {
			all, err := b.tx.ChangesOfList(c.List, b.at.Add(-noticedWithin))
			if err != nil {
				return nil, err
			}
			seen[c.List] = unexplained(all)
		}
		for i := range seen[c.List] {
			if s := &seen[c.List][i]; sameEffect(s.Change, c, b.w.decides(s.Change.Source, c.List)) {
				found[c.ID] = s
				break
			}
		}
	}
	return found, nil
}

// unexplained are the Changes that only lists showed, that no act has explained, and that still say how their party stands: one that an act
// explained belongs to that act alone, and where a party went and came again, its first coming explains nothing.
func unexplained(all []StoredChange) (left []StoredChange) {
	explained := map[string]bool{}
	last := map[string]StoredChange{}
	for _, s := range all {
		if s.Change.Act != "" {
			explained[s.Supersedes] = true
		}
		if s.Change.Change == diff.Discrepancy || !s.Change.Substantive {
			continue
		}
		for _, party := range partiesOf(s.Change) {
			if !s.RecordedAt.Before(last[party].RecordedAt) {
				last[party] = s
			}
		}
	}
	for _, s := range all {
		if s.Change.Act != "" || explained[rowOf(s.Change)] || s.Change.Change == diff.Discrepancy || !s.Change.Substantive {
			continue
		}
		overtaken := slices.ContainsFunc(partiesOf(s.Change), func(party string) bool {
			return (last[party].Change.After == nil) != (s.Change.After == nil)
		})
		if !overtaken {
			left = append(left, s)
		}
	}
	return left
}

// partiesOf are the marks by which two Changes of a list are known to concern one party: its entry, and its name in its country.
func partiesOf(c diff.Change) []string {
	marks := []string{diff.MakeKey(c.List, c.Country, c.Name)}
	if c.EntryID != "" {
		marks = append(marks, c.EntryID)
	}
	return marks
}

// sameEffect reports whether a list's Change and an act's make the same of the same party. The text that a source which does not decide
// about the list shows is never the act's: it leaves out what it does not collect, and writes the rest in its own way. So a party that it
// adds is the act's, and an amendment is where each text reads as the other Change says.
func sameEffect(a, b diff.Change, decides bool) bool {
	if (a.After == nil) != (b.After == nil) || (a.Before == nil) != (b.Before == nil) && a.EntryID != b.EntryID {
		return false
	}
	if a.EntryID != "" && a.EntryID == b.EntryID {
		if a.After == nil || !diff.AnySubstantive(diff.CompareEntries(*a.After, *b.After)) {
			return true
		}
		added := a.Change == diff.Added && b.Change == diff.Added
		return !decides && (added || diff.Reads(b.After, a) && diff.Reads(a.After, b))
	}
	return diff.SameCountry(a.Country, b.Country) && diff.SameText(a.Name, b.Name) && a.Change == b.Change
}
