package diff

import "slices"

// HoldOptions says which entry holds end.
type HoldOptions struct {
	Today        Date
	ReleaseAfter int               // days; 0 is never, less than MinReleaseAfter counts as that
	Released     map[string]string // by EntryID: who let the removal through
}

// MinReleaseAfter is the least number of days after which an entry hold may end by itself: real drops were restored after 51 days.
const MinReleaseAfter = 60

// Held is an entry that a source no longer shows and that stays listed.
type Held struct {
	Change Change // the removal that is not made
	Since  Date   // missing since
	First  bool   // missing for the first time
}

// HoldDecision is what becomes of the entries that a plausible snapshot does not show and no act explains.
type HoldDecision struct {
	Removed []Change // to be made and told
	Held    []Held   // to be kept
	Back    []string // EntryIDs that were held and are shown again
}

// HoldMissing decides on unexplained removals (Explain's news) of one list by its primary source. On a list without acts they are made
// at once. On an act-governed one an entry stays, missing since the day it was first not shown, until an act removes it (then Explain
// does not report it here), a person lets it go, or ReleaseAfter days have passed; what is released so says "without a rule".
//
// missing are all entries that the snapshot does not show, explained or not; held are the days since which entries are held, by
// EntryID.
func HoldMissing(removals []Change, missing []Entry, held map[string]Date, o HoldOptions) HoldDecision {
	var d HoldDecision
	for _, c := range removals {
		since, before := held[c.EntryID]
		if !before {
			since = o.Today
		}
		if why, released := o.releases(c, since); released {
			c.Note = why
			d.Removed = append(d.Removed, c)
		} else {
			d.Held = append(d.Held, Held{Change: c, Since: since, First: !before})
		}
	}
	gone := map[string]bool{}
	for _, e := range missing {
		gone[e.EntryID] = true
	}
	for id := range held {
		if !gone[id] {
			d.Back = append(d.Back, id)
		}
	}
	slices.Sort(d.Back)
	return d
}

func (o HoldOptions) releases(c Change, since Date) (note string, release bool) {
	if !c.List.ActGoverned() {
		return c.Note, true
	}
	if who, ok := o.Released[c.EntryID]; ok {
		note := WithoutARule + ", missing since " + string(since)
		if who != "" {
			note += ", released by " + who
		}
		return note, true
	}
	if o.ReleaseAfter > 0 && o.Today >= since.AddDays(max(o.ReleaseAfter, MinReleaseAfter)) {
		return WithoutARule + ", missing since " + string(since), true
	}
	return "", false
}
