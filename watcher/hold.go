package watcher

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// hold keeps a list as it was, because the answer for it cannot be believed. The operators hear of it once.
func (k *look) hold(meta SourceList, digest, why string) error {
	k.held = true
	first := meta.HeldSince.IsZero()
	if first {
		meta.HeldSince = k.at
	}
	if meta.HeldDigest != digest || meta.HeldSameSince.IsZero() {
		meta.HeldSameSince = k.at
	}
	meta.HeldReason, meta.HeldDigest = why, digest
	if first {
		k.holdsBegun = append(k.holdsBegun, meta)
	}
	return k.saveList(meta)
}

// recovered ends the hold of a list.
func (k *look) recovered(meta *SourceList) error {
	if meta.HeldSince.IsZero() {
		return nil
	}
	k.holdsEnded = append(k.holdsEnded, *meta)
	meta.HeldSince, meta.HeldReason, meta.HeldDigest = time.Time{}, "", ""
	meta.HeldSameSince, meta.FlappedAt = time.Time{}, time.Time{}
	return k.saveList(*meta)
}

// tellHolds tells the operators, in one notice each, which lists are held with this look, and what is well again. A
// source that could not be read and now answers incredibly has not recovered: the notice of the hold says both.
func (k *look) tellHolds(was Health) error {
	if len(k.holdsBegun) > 0 {
		var texts []string
		if was == Failed {
			texts = append(texts, "It answers again, but not credibly.")
		}
		for _, g := range heldAlike(k.holdsBegun) {
			texts = append(texts, fmt.Sprintf("%s held as %s: %s.", g.subject(), g.pick("it was", "they were"), heldWhy(g[0])))
		}
		if err := k.notice("held", onlyList(k.holdsBegun), strings.Join(texts, "\n")); err != nil {
			return err
		}
	}
	back := was == Held && !k.held && len(k.holdsEnded) == 0
	if !back && len(k.holdsEnded) == 0 {
		return nil
	}
	var texts []string
	if back {
		texts = append(texts, fmt.Sprintf("Its answer is believed again; it had not been since %s.", k.moment(k.state.Since)))
	}
	for _, g := range heldAlike(k.holdsEnded) {
		texts = append(texts, fmt.Sprintf("%s believed again; %s held since %s (%s).", g.subject(), g.pick("it had been", "they had been"), k.moment(g[0].HeldSince), heldWhy(g[0])))
	}
	return k.notice("recovered", onlyList(k.holdsEnded), strings.Join(texts, "\n"))
}

// together are lists that one sentence tells.
type together []SourceList

// heldAlike puts the lists together that are held for the same reason since the same moment.
func heldAlike(all []SourceList) (out []together) {
	for _, l := range all {
		i := slices.IndexFunc(out, func(g together) bool { return g[0].HeldSince.Equal(l.HeldSince) && heldWhy(g[0]) == heldWhy(l) })
		if i < 0 {
			out, i = append(out, nil), len(out)
		}
		out[i] = append(out[i], l)
	}
	return out
}

// subject is the lists with their verb: "Entity List is", "SDN List and CAPTA List are".
func (g together) subject() string {
	names := make([]string, len(g))
	for i, l := range g {
		names[i] = l.List.Title()
	}
	if n := len(names); n > 2 {
		names = []string{strings.Join(names[:n-1], ", "), names[n-1]}
	}
	return strings.Join(names, " and ") + g.pick(" is", " are")
}

func (g together) pick(one, several string) string {
	if len(g) == 1 {
		return one
	}
	return several
}

// heldWhy is the reason of a hold without the list's name, which stands before it already.
func heldWhy(l SourceList) string { return strings.TrimPrefix(l.HeldReason, l.List.Title()+": ") }

// onlyList is the list where there is one.
func onlyList(of []SourceList) diff.ListID {
	if len(of) == 1 {
		return of[0].List
	}
	return ""
}

// recoverUnshown ends the holds of lists that a good answer says nothing new about: compared with the last good look,
// to which the stored validators belong, they are unchanged.
func (k *look) recoverUnshown() error {
	for _, meta := range slices.Clone(k.lists) {
		shown := slices.ContainsFunc(k.reading.Snapshots, func(s diff.Snapshot) bool { return s.List == meta.List })
		if meta.Source != k.Source || meta.HeldSince.IsZero() || shown || meta.Version == 0 {
			continue
		}
		if err := k.believedAgain(&meta); err != nil {
			return err
		}
	}
	return nil
}

func (k *look) heldReasons() string {
	var why []string
	for _, l := range k.lists {
		if l.Source == k.Source && !l.HeldSince.IsZero() {
			why = append(why, l.List.Title()+": "+heldWhy(l))
		}
	}
	return strings.Join(why, "; ")
}
