package notify

import (
	"entitywatch/diff"
)

// SharedTerms are the license terms of most additions among the Items, and the date of all of them, and the notes
// that stand at the head; nil where there is none of these.
func SharedTerms(items []Item) *Terms {
	t := Terms{EffectiveOn: sharedDate(items)}
	t.Notes, _ = sharedNotes(items)
	if e, n, of := mostTerms(items); n >= 2 && len(e.LicenseRequirement)+len(e.LicenseReviewPolicy) <= maxTerms {
		t.Requirement, t.Policy, t.N, t.Of = e.LicenseRequirement, e.LicenseReviewPolicy, n, of
	}
	if t.N == 0 && t.EffectiveOn == "" && len(t.Notes) == 0 {
		return nil
	}
	return &t
}

// maxTerms is how many bytes of license terms stand at the head; longer ones, which no rule had so far, stand with
// each party.
const maxTerms = 3000

// mostTerms is an entry with the license terms that most additions have, how many have them, and how many have any.
func mostTerms(items []Item) (e diff.Entry, most, of int) {
	n := map[[2]string]int{}
	first := map[[2]string]diff.Entry{}
	var best [2]string
	for _, it := range items {
		e := entryOf(it.Change)
		if it.Change.Change != diff.Added || e.LicenseRequirement == "" && e.LicenseReviewPolicy == "" {
			continue
		}
		of++
		k := [2]string{diff.Normalise(e.LicenseRequirement), diff.Normalise(e.LicenseReviewPolicy)}
		if _, ok := first[k]; !ok {
			first[k] = e
		}
		if n[k]++; n[k] > n[best] {
			best = k
		}
	}
	return first[best], n[best], of
}

// sharedNote is the note that all Items carry; "" where they differ.
func sharedNote(items []Item) string {
	if len(items) == 0 {
		return ""
	}
	note := items[0].Change.Note
	for _, it := range items {
		if it.Change.Note != note {
			return ""
		}
	}
	return note
}

// sharedDate is the effective date of two or more Items that all have the same; "" otherwise.
func sharedDate(items []Item) diff.Date {
	if len(items) < 2 {
		return ""
	}
	day := items[0].Change.EffectiveOn
	for _, it := range items {
		if it.Change.EffectiveOn != day || it.Change.Correction != nil {
			return ""
		}
	}
	return day
}
