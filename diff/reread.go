package diff

import "slices"

// Rereading is what a later reading of the same act, or the same look, makes of the Changes told before.
type Rereading struct {
	Same      []Change // told already; with the newer reading's evidence and texts, to be stored and not told
	Revised   []Change // told differently before: the same id, the next Revision
	New       []Change // not told before
	Retracted []Change // told before and no longer there, the next Revision: whoever heard of them must hear that
}

// Reread compares the Changes of a later reading with those told before. What is told again must differ in substance: the kind, the
// day it takes effect, a letter or digit of the entry, what a human must look at. A Change whose name was read wrongly has another id;
// it is a revision of the told one where kind, list and country agree and their names are alike and nothing else is.
func Reread(told, now []Change) Rereading {
	var r Rereading
	byID := make(map[string]int, len(told))
	used := make([]bool, len(told))
	for i, c := range told {
		byID[c.ID] = i
	}
	var left []Change
	for _, c := range now {
		if i, ok := byID[c.ID]; ok && !used[i] {
			used[i] = true
			r.weigh(told[i], c)
		} else {
			left = append(left, c)
		}
	}
	for _, c := range left {
		if i := misread(told, used, left, c); i >= 0 {
			used[i] = true
			r.weigh(told[i], c)
		} else {
			r.New = append(r.New, c)
		}
	}
	for i, c := range told {
		if !used[i] {
			c.Revision++
			r.Retracted = append(r.Retracted, c)
		}
	}
	return r
}

// weigh files a later reading of one Change. Identity and case stay those of the first telling.
func (r *Rereading) weigh(told, now Change) {
	now.ID, now.EntryID, now.Case = told.ID, keep(told.EntryID, now.EntryID), keep(told.Case, now.Case)
	now.DetectedAt, now.Revision = told.DetectedAt, told.Revision
	now.Entry, now.Before, now.After = withID(now.Entry, now.EntryID), withID(now.Before, now.EntryID), withID(now.After, now.EntryID)
	if SameTelling(told, now) {
		now.Correction, now.Reinstatement = told.Correction, told.Reinstatement
		r.Same = append(r.Same, now)
		return
	}
	now.Revision++
	r.Revised = append(r.Revised, now)
}

func withID(e *Entry, id string) *Entry {
	e = copyOf(e)
	if e != nil {
		e.EntryID = id
	}
	return e
}

func keep(first, second string) string {
	if first != "" {
		return first
	}
	return second
}

// SameTelling reports whether two readings of a Change tell a reader the same.
func SameTelling(a, b Change) bool {
	return a.Change == b.Change && a.EffectiveOn == b.EffectiveOn && a.Unconfirmed == b.Unconfirmed && a.Substantive == b.Substantive &&
		SameText(a.Name, b.Name) && SameCountry(a.Country, b.Country) && sameEntries(a.Entry, b.Entry) && sameProblems(a.Problems, b.Problems)
}

func sameEntries(a, b *Entry) bool {
	if a == nil || b == nil {
		return a == b
	}
	return sameText(*a, *b) // a page that takes its placeholder's place in a citation is no news
}

// sameProblems compares what a human must look at, by its words: where the reader of a document words such a problem anew, what was told of
// documents that have it is told again as revised when they are next read.
func sameProblems(a, b []Problem) bool {
	need := func(list []Problem) (out []string) {
		for _, p := range list {
			if p.Kind != SourceSlip {
				out = append(out, string(p.Kind)+letters(p.Text))
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	return slices.Equal(need(a), need(b))
}

// misread finds the told Change that a Change with another id is a better reading of.
func misread(told []Change, used []bool, left []Change, c Change) int {
	at := -1
	for i := range told {
		if used[i] || !kin(told[i], c) {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	if at < 0 {
		return -1
	}
	for _, other := range left {
		if other.ID != c.ID && kin(told[at], other) {
			return -1
		}
	}
	return at
}

// kin reports whether two Changes may be two readings of one instruction.
func kin(a, b Change) bool {
	if a.List != b.List || !SameCountry(a.Country, b.Country) || (a.Change == Removed) != (b.Change == Removed) {
		return false
	}
	x, y := letters(a.Name), letters(b.Name)
	if digitsOf(x) != digitsOf(y) || x == "" || y == "" {
		return false
	}
	return dice(bigrams(x), bigrams(y)) >= 0.7 || a.EntryID != "" && a.EntryID == b.EntryID
}
