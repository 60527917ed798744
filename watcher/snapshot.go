package watcher

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"entitywatch/diff"
)

// snapshot takes in what the source shows of one list.
func (k *look) snapshot(s diff.Snapshot) error {
	meta := k.listOf(s.List)
	if k.outdated(meta, s) {
		k.stale = append(k.stale, fmt.Sprintf("%s: the answer is of %s, older than the stored one of %s", s.List.Title(), s.AsOf, meta.AsOf))
		return nil
	}
	prints := diff.Prints(s.Entries)
	digest := digestOf(s, prints)
	if meta.Version > 0 && digest == meta.Digest && s.AsOf <= k.tomorrow() && s.Lacks == "" && !meta.letThrough(digest) {
		if done, err := k.same(meta, s); done || err != nil {
			return err
		}
	}
	rows := diff.NewRows(s.Entries, prints)
	stored, err := k.tx.SourceEntries(k.Source, s.List, rows)
	if err != nil {
		return err
	}
	var d *difference
	if meta.Version > 0 {
		if s, d, err = k.compareMended(meta, stored, s, rows, digest); err != nil {
			return err
		}
	}
	if held, err := k.doubted(&meta, stored, s, digest, d); held || err != nil {
		return err
	}
	return k.take(meta, stored, s, digest, d)
}

// doubted holds an answer that cannot be believed, unless a person let it through or it was shown for as long as is
// asked for.
func (k *look) doubted(meta *SourceList, stored []SourceEntry, s diff.Snapshot, digest string, d *difference) (bool, error) {
	if digest == meta.ReleasedDigest {
		return false, nil
	}
	if s.AsOf > k.tomorrow() {
		return true, k.hold(*meta, digest, fmt.Sprintf("its date is still to come: %s, and today is %s", s.AsOf, k.w.today()))
	}
	comes := d != nil && len(d.found.Changes) > 0 // a text that was damaged and is as it was again brings nothing back
	if why := k.flaps(*meta, digest, s); comes && why != "" && !k.settled(*meta, digest) {
		k.flapped(meta, digest)
		return true, k.hold(*meta, digest, why)
	}
	why, may := k.implausible(stored, s, d)
	if old := k.returns(*meta, stored, s, digest, d); old != "" && why == "" {
		why = old
	}
	if why == "" {
		return false, nil
	}
	if may && k.insists(*meta, digest) {
		return false, k.tx.Audit(k.at, "believed", map[string]any{"source": k.Source, "list": s.List, "shown_since": meta.HeldSameSince, "reason": why})
	}
	return true, k.hold(*meta, digest, why)
}

// take believes an answer: everything that follows from it is stored.
func (k *look) take(meta SourceList, stored []SourceEntry, s diff.Snapshot, digest string, d *difference) (err error) {
	if err := k.recovered(&meta); err != nil {
		return err
	}
	var entries []diff.Entry
	if d == nil {
		entries, err = k.firstLook(meta, s)
	} else {
		entries, err = k.nextLook(meta, stored, s, *d)
	}
	if err != nil {
		return err
	}
	if err := k.keepEntries(s.List, stored, entries); err != nil {
		return err
	}
	if digest != meta.Digest {
		k.moved = true
		k.replaced(&meta, digest)
	}
	meta.Version++
	meta.AsOf, meta.TakenAt, meta.Entries, meta.Digest, meta.Evidence = s.AsOf, k.at, len(s.Entries), digest, s.Evidence
	if meta.Version == 1 {
		meta.BaselineAsOf = s.AsOf
	}
	var hidden []diff.Entry
	var kept []string
	if d != nil {
		hidden, kept = d.found.Hidden, d.kept
	}
	meta.ReleasedDigest, meta.Blind = "", blinded(meta.Blind, s, hidden, kept)
	return k.saveList(meta)
}

func missing(e SourceEntry) bool { return !e.MissingSince.IsZero() }

// digestOf tells two showings of a list apart, whatever the order of the rows.
func digestOf(s diff.Snapshot, prints [][sha256.Size]byte) string {
	sorted := slices.Clone(prints)
	for _, r := range s.Unread {
		sorted = append(sorted, sha256.Sum256([]byte(r.Print)))
	}
	slices.SortFunc(sorted, func(a, b [sha256.Size]byte) int { return bytes.Compare(a[:], b[:]) })
	all := sha256.New()
	for i := range sorted {
		all.Write(sorted[i][:])
	}
	return diff.HashID("snap", string(all.Sum(nil)), fmt.Sprint(s.Complete, s.Declared, s.Rows))
}

// listOf is the stored row of a list of this source, or a new one.
func (k *look) listOf(list diff.ListID) SourceList {
	for _, l := range k.lists {
		if l.Source == k.Source && l.List == list {
			l.Primary = k.spec.primary(list)
			return l
		}
	}
	return SourceList{Source: k.Source, List: list, Primary: k.spec.primary(list), TakenAt: k.at}
}

// same deals with an answer that is the last accepted one again, perhaps for a later day. It is not done where entries
// are held: they may be let go by now.
func (k *look) same(meta SourceList, s diff.Snapshot) (done bool, err error) {
	held, err := k.tx.MissingEntries()
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(held, func(m Missing) bool { return m.Source == k.Source && m.Entry.List == s.List }) {
		return false, nil
	}
	if err := k.believedAgain(&meta); err != nil {
		return false, err
	}
	if s.AsOf == meta.AsOf && meta.ReleasedDigest == "" {
		return true, nil
	}
	meta.AsOf, meta.TakenAt, meta.ReleasedDigest = s.AsOf, k.at, ""
	return true, k.saveList(meta)
}

// firstLook is a silent baseline. The entries get the identities under which other sources know them; the first source
// of a list, and the primary one whenever it comes, say what is in force.
func (k *look) firstLook(meta SourceList, s diff.Snapshot) ([]diff.Entry, error) {
	state, err := k.book.led.in(s.List)
	if err != nil {
		return nil, err
	}
	entries := diff.Identify(state.Entries, s.Entries, string(s.AsOf))
	switch {
	case len(state.Entries) == 0:
		err = k.book.led.begin(entries)
	case meta.Primary:
		err = k.rebase(state, entries, s)
	}
	if err != nil {
		return nil, err
	}
	if err := k.sightShown(s.List, entries); err != nil {
		return nil, err
	}
	return entries, k.tx.Audit(k.at, "baseline", map[string]any{"source": k.Source, "list": s.List, "as_of": s.AsOf, "entries": len(entries), "evidence": s.Evidence})
}

// rebase puts the primary source's baseline in the place of another source's, in silence. What acts did stays.
func (k *look) rebase(state diff.State, entries []diff.Entry, s diff.Snapshot) error {
	byAct, err := k.touchedByActs(s.List)
	if err != nil {
		return err
	}
	old, next := diff.Snapshot{List: s.List, Complete: true, Entries: state.Entries}, s
	next.Entries = entries
	for _, c := range diff.Compare(old, next).Changes {
		if byAct[c.EntryID] {
			continue
		}
		if err := k.book.led.show(c, s.AsOf); err != nil {
			return err
		}
	}
	return nil
}

func (k *look) touchedByActs(list diff.ListID) (map[string]bool, error) {
	all, err := k.tx.ChangesOfList(list, time.Time{})
	ids := map[string]bool{}
	for _, c := range all {
		if c.Change.Act != "" {
			ids[c.Change.EntryID] = true
		}
	}
	return ids, err
}

// nextLook stores the difference between what the source shows and what it last showed.
func (k *look) nextLook(meta SourceList, stored []SourceEntry, s diff.Snapshot, d difference) ([]diff.Entry, error) {
	found, r := d.found, d.r
	v := showing{meta: meta, day: cmp.Or(s.AsOf, k.w.today()), snapshot: s, missing: found.Missing, stored: stored, settles: r.Settles}
	if err := k.explained(v, r.Explained); err != nil {
		return nil, err
	}
	if err := k.editorial(v, r); err != nil {
		return nil, err
	}
	unexplained, err := k.slips(v, d)
	if err != nil {
		return nil, err
	}
	if err := k.unexplained(v, unexplained); err != nil {
		return nil, err
	}
	return diff.Reidentify(found.Entries, r.Identities), nil
}

// unseen are the Changes by acts and other sources that this source has not shown yet.
func (k *look) unseen(list diff.ListID) (out []diff.Change, err error) {
	all, err := k.tx.UnseenChanges(list, k.Source)
	for _, c := range all {
		if c.Change.Change != diff.Discrepancy && c.Change.Substantive {
			out = append(out, c.Change)
		}
	}
	return out, err
}

// keepEntries stores what the source shows now, and what is held of what it showed before.
func (k *look) keepEntries(list diff.ListID, stored []SourceEntry, entries []diff.Entry) error {
	before := make(map[string]*SourceEntry, len(stored))
	for i := range stored {
		before[stored[i].Entry.Key] = &stored[i]
	}
	var put []SourceEntry
	shown := make(map[string]bool, len(entries))
	for i := range entries {
		e := &entries[i]
		shown[e.Key] = true
		old, known := before[e.Key]
		same := known && diff.SameRow(&old.Entry, e)
		if same && !missing(*old) {
			continue // where it stands is no news: one new row would have all those behind it written anew
		}
		next := SourceEntry{Entry: *e, Position: i, SeenAt: k.at}
		if same {
			next.SeenAt = old.SeenAt
		}
		put = append(put, next)
	}
	var drop []string
	for _, e := range stored {
		since, held := k.heldSince[e.Entry.EntryID]
		switch {
		case shown[e.Entry.Key]:
		case held:
			e.MissingSince = since
			put = append(put, e)
		default:
			drop = append(drop, e.Entry.Key)
		}
	}
	return k.tx.PutSourceEntries(k.Source, list, put, drop)
}
