package watcher

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// difference is what a look changes of a list, before anything of it is stored.
type difference struct {
	last  diff.Snapshot // what the source last showed, but for what is held as missing
	found diff.Comparison
	r     diff.Reconciliation
	known []diff.Change // by acts and other sources, not yet shown by this one
	kept  []string      // texts that are damaged, and stay as they were
}

// compare finds the difference between what the source shows and what it last showed, and what explains it. at are the
// rows as shown.
func (k *look) compare(meta SourceList, stored []SourceEntry, s diff.Snapshot, at *diff.Rows) (d difference, err error) {
	old := diff.Snapshot{List: s.List, AsOf: meta.AsOf, Complete: true, Evidence: meta.Evidence, Unread: meta.Blind.Known}
	old.Entries, d.last = entriesOf(stored), diff.Snapshot{List: s.List, AsOf: meta.AsOf}
	if d.last.Entries = old.Entries; slices.ContainsFunc(stored, missing) {
		d.last.Entries = entriesOf(slices.DeleteFunc(slices.Clone(stored), missing))
	}
	d.found = diff.Compare(old, s)
	if d.known, err = k.unseen(s.List); err != nil {
		return d, err
	}
	doubts, err := k.doubts(s.List)
	if err != nil {
		return d, err
	}
	known := slices.Concat(d.known, doubts)
	state, err := k.book.led.sought(s.List, k.w.today(), d.found.Changes, known, at)
	if err != nil {
		return d, err
	}
	d.r = diff.Explain(d.found, known, state, diff.Viewpoint{Primary: meta.Primary, Stage: k.spec.stage(), Today: k.w.today()})
	return d, nil
}

// compareMended is compare for an answer in which texts are damaged by a slip: their entries keep the texts that they
// had, and the operators hear of it. A person who let through what was taken so has seen it.
func (k *look) compareMended(
	meta SourceList, stored []SourceEntry, s diff.Snapshot, at *diff.Rows, digest string,
) (diff.Snapshot, *difference, error) {
	d, err := k.compare(meta, stored, s, at)
	if err != nil || meta.letThrough(digest) {
		return s, &d, err
	}
	mended, kept := diff.Repair(d.last, s, d.found)
	if len(kept) == 0 {
		return s, &d, nil
	}
	d, err = k.compare(meta, stored, mended, at)
	d.kept = kept
	return mended, &d, err
}

// letThrough reports whether a person let an answer through that was taken but for damaged texts.
func (l SourceList) letThrough(digest string) bool {
	return len(l.Blind.Kept) > 0 && digest == l.Digest && digest == l.ReleasedDigest
}

// implausible says why a snapshot cannot be believed; "" where it can. What acts explain counts for nothing, so that a
// list that shows a large act before we have read it is believed with the act. d is nil at a first look. may says
// whether a source that insists on it may be believed in time.
func (k *look) implausible(stored []SourceEntry, s diff.Snapshot, d *difference) (why string, may bool) {
	p := k.spec.plausible(s.List)
	var facts *diff.SnapshotFacts
	if d != nil && s.Complete {
		f := diff.Facts(d.last)
		facts = &f
		for _, c := range d.known {
			if c.Change == diff.Removed {
				p.Expected++
			}
		}
	}
	doubts := diff.CheckPlausible(facts, s, p)
	if d != nil {
		doubts = append(doubts, diff.CheckDifference(unheld(stored, s, *d), p)...)
	}
	var reasons []string
	may = true
	for i, doubt := range doubts {
		may = may && doubt.Lasting()
		if !slices.ContainsFunc(doubts[:i], func(o diff.Implausibility) bool { return o.Check == doubt.Check && o.Check == "shrunk" }) {
			reasons = append(reasons, doubt.Reason)
		}
	}
	return strings.Join(reasons, "; "), may
}

func entriesOf(stored []SourceEntry) []diff.Entry {
	out := make([]diff.Entry, len(stored))
	for i := range stored {
		out[i] = stored[i].Entry
	}
	return out
}

// unheld leaves out of a difference the entries that are held as missing: they do not go again at each look.
func unheld(stored []SourceEntry, s diff.Snapshot, d difference) diff.Difference {
	held := map[string]bool{}
	for i := range stored {
		if missing(stored[i]) {
			held[stored[i].Entry.EntryID] = true
		}
	}
	out := diff.Difference{Old: d.last, New: s, Found: d.found.Changes}
	for _, c := range d.r.News {
		if c.Change != diff.Removed || !held[c.EntryID] {
			out.News = append(out.News, c)
		}
	}
	return out
}

// plausible are the limits of one list.
func (s *Spec) plausible(list diff.ListID) diff.Plausible {
	if p, ok := s.ByList[list]; ok {
		return p
	}
	return s.Plausible
}

// flapWindow is how long a state that was replaced is remembered. A cache or a second mirror that serves it again does
// so within a day.
const flapWindow = 24 * time.Hour

// outdated reports whether an answer is older than what is stored. A stored date that was to come when it was stored
// says nothing.
func (k *look) outdated(meta SourceList, s diff.Snapshot) bool {
	taken := diff.DateOf(meta.TakenAt.In(k.w.o.Location)).AddDays(1)
	return meta.Version > 0 && s.AsOf != "" && s.AsOf < meta.AsOf && meta.AsOf <= taken
}

// flaps says what is wrong with an answer that is a state from before the stored one, shown again within a day by a
// source that does not date it later; "" where it is none.
func (k *look) flaps(meta SourceList, digest string, s diff.Snapshot) string {
	if !s.Undated && s.AsOf > meta.AsOf {
		return ""
	}
	for _, e := range meta.Earlier {
		if e.Digest == digest && k.at.Sub(e.Seen) < flapWindow {
			return fmt.Sprintf("it is flapping: the answer is the state of before %s again, as a cache or a second mirror would serve it", k.moment(e.Until))
		}
	}
	return ""
}

// returns says of an answer that is exactly what the list was more than a day ago, and that takes back more than a publisher's slip, that
// it is an old copy, whatever its date; "" where it is none. Within days a publisher adds, edits and removes, and never comes back to the
// last letter.
func (k *look) returns(
	meta SourceList, stored []SourceEntry, s diff.Snapshot, digest string, d *difference,
) string {
	if d == nil {
		return ""
	}
	gone := 0
	for _, c := range unheld(stored, s, *d).News {
		if c.Change == diff.Removed || c.Change == diff.Discrepancy {
			gone++
		}
	}
	for _, e := range meta.Earlier {
		if e.Digest == digest && gone > mostTakenBack {
			return fmt.Sprintf("%s: it is the list as it stood until %s to the last letter, without %d entries that have come since, "+
				"as an old copy would show it", meta.List.Title(), k.moment(e.Until), gone)
		}
	}
	return ""
}

const (
	// mostTakenBack is how many entries a publisher may take off its list again as it put them on.
	mostTakenBack = 3
	// oldCopies is how long a state that was replaced is told from a new one.
	oldCopies = 180 * 24 * time.Hour
)

// flapped notes that an earlier state was shown again: it is remembered for a day from now.
func (k *look) flapped(meta *SourceList, digest string) {
	meta.FlappedAt, meta.Earlier = k.at, slices.Clone(meta.Earlier)
	for i := range meta.Earlier {
		if meta.Earlier[i].Digest == digest {
			meta.Earlier[i].Seen = k.at
		}
	}
}

// settled reports whether an older state was shown for so long without a break that the source means it.
func (k *look) settled(meta SourceList, digest string) bool {
	return digest == meta.HeldDigest && !meta.HeldSameSince.IsZero() && k.at.Sub(meta.HeldSameSince) >= flapWindow
}

// unsettled reports whether an older state was shown within the last day: the stored state is believed, and the list
// stays held in name, so that the operators hear of the flapping once and not with each turn.
func (k *look) unsettled(meta SourceList) bool {
	return !meta.FlappedAt.IsZero() && k.at.Sub(meta.FlappedAt) < flapWindow
}

// believedAgain is how a look that shows the stored state ends a hold: at once, or a day after the last flap.
func (k *look) believedAgain(meta *SourceList) error {
	if meta.HeldSince.IsZero() || !k.unsettled(*meta) {
		return k.recovered(meta)
	}
	k.held = true
	if meta.HeldSameSince.IsZero() {
		return nil
	}
	meta.HeldDigest, meta.HeldSameSince = "", time.Time{} // the older state was not shown without a break
	return k.saveList(*meta)
}

// insists reports whether a held answer was shown again for as long as the configuration asks for before it is
// believed.
func (k *look) insists(meta SourceList, digest string) bool {
	after := k.spec.AcceptAfter
	return after > 0 && digest == meta.HeldDigest && !meta.HeldSameSince.IsZero() && k.at.Sub(meta.HeldSameSince) >= after
}

// replaced remembers the state that a new one replaces, and forgets that the new one was an earlier one.
func (k *look) replaced(meta *SourceList, digest string) {
	meta.Earlier = slices.DeleteFunc(slices.Clone(meta.Earlier), func(e EarlierState) bool {
		return k.at.Sub(e.Seen) >= oldCopies || e.Digest == digest
	})
	if meta.Version > 0 && meta.Digest != "" {
		meta.Earlier = append(meta.Earlier, EarlierState{Digest: meta.Digest, Until: k.at, Seen: k.at})
	}
	const most = 50 // a look every half hour for a day, a change a day for weeks
	meta.Earlier = meta.Earlier[max(0, len(meta.Earlier)-most):]
}
