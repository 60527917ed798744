package watcher

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"entitywatch/diff"
)

// What a text that states no numbers of its own leaves out is believed to be gone when that very text was given this
// often and for this long: a cache or a mirror that serves a bad copy is mended within hours (the Register's own expire
// after a day at most).
const (
	settledLooks = 3
	settledAfter = 3 * time.Hour
)

// believed takes out of a later reading what it may not do. A text that is cut, contradicts itself, names nobody, or
// does not say which document it is takes nothing back and makes nothing poorer: those Changes stay as they were told,
// the operators hear of it once, and once when it ends. What such a text adds is told (an addition too many is better
// than one missed), unless letters of it are lost: then all of it would be misread.
func (b *caseBook) believed(r diff.Rereading, told []diff.Change, s, was StoredAct) (diff.Rereading, StoredAct, error) {
	less := lessening(r, told)
	garbled := s.Act.Doubt == diff.Damaged && was.Act.Doubt != diff.Damaged
	if garbled {
		r.Revised, r.New = nil, nil
	}
	held := was.heldAgain(s, b.at)
	held.Less = len(less)
	settled := held.Why == diff.Uncounted && held.Looks >= settledLooks && b.at.Sub(held.SameSince) >= settledAfter
	if held.Why == "" || len(less) == 0 && !garbled || settled {
		return r, s.unheld(), b.endHeld(was)
	}
	keeps := func(c diff.Change) bool { return less[c.ID] }
	r.Retracted, r.Revised = slices.DeleteFunc(r.Retracted, keeps), slices.DeleteFunc(r.Revised, keeps)
	next := was.holding(held, s.Act, b.at)
	if s.Act.ReadThis != "" && len(s.Act.Amendments) == 0 { // no text at all, which the source tells: a person reads it
		next.Held = was.Held
		return r, next, b.noteAnew(s, "read_this", s.Act.ReadThis)
	}
	return r, next, b.beginHeld(was, held)
}

// heldAgain is the hold of a later reading of an act, with what was held before.
func (was StoredAct) heldAgain(s StoredAct, at time.Time) *HeldReading {
	why := s.Act.Doubt
	if why == "" && len(s.Act.Amendments) == 0 {
		why = "it names nobody any more"
	}
	held := &HeldReading{Since: at, Why: why, Fingerprint: s.Fingerprint, SameSince: at, Looks: 1}
	if h := was.Held; h != nil {
		held.Since = h.Since
		if h.Fingerprint == held.Fingerprint {
			held.SameSince, held.Looks = h.SameSince, h.Looks+1
		}
	}
	return held
}

// lessening are the told Changes, by id, that a reading takes back or makes poorer.
func lessening(r diff.Rereading, told []diff.Change) map[string]bool {
	ids := map[string]bool{}
	for _, c := range r.Retracted {
		ids[c.ID] = true
	}
	for _, c := range r.Revised {
		i := slices.IndexFunc(told, func(t diff.Change) bool { return t.ID == c.ID })
		if i >= 0 && poorer(told[i], c) {
			ids[c.ID] = true
		}
	}
	return ids
}

// poorer reports whether a later reading of a Change lacks something of the told one.
func poorer(told, now diff.Change) bool {
	if told.Change != now.Change && told.Change != diff.Amended || (told.After == nil) != (now.After == nil) {
		return true
	}
	if len(now.Problems) > len(told.Problems) {
		return true
	}
	if told.After == nil {
		return false
	}
	return slices.ContainsFunc(diff.CompareEntries(*told.After, *now.After), func(f diff.FieldChange) bool {
		return f.Substantive && f.Before != "" && f.After == ""
	})
}

func (s StoredAct) unheld() StoredAct {
	s.Held = nil
	return s
}

// holding is an act whose later reading is held: the text that was believed stays, only its progress is taken over.
func (s StoredAct) holding(h *HeldReading, a diff.Act, at time.Time) StoredAct {
	s.Held, s.UpdatedAt = h, at
	s.Act.Status = a.Status
	s.Act.PublishedOn, s.Act.EffectiveOn = cmp.Or(a.PublishedOn, s.Act.PublishedOn), cmp.Or(s.Act.EffectiveOn, a.EffectiveOn)
	s.Act.Citation, s.Act.URLs = cmp.Or(a.Citation, s.Act.Citation), a.URLs
	return s
}

// beginHeld tells the operators once that a reading is held.
func (b *caseBook) beginHeld(was StoredAct, h *HeldReading) error {
	if was.Held != nil {
		return nil
	}
	return b.notice("held", "", fmt.Sprintf("A later text of %s is not believed: %s. %sWhat was told of it stands, and the document is "+
		"read again.", was.Act.DocumentNumber, h.Why, h.would()))
}

// readAgain is how long a document is read again and again after its publication, so that a held text of it may yet be
// believed: what the Federal Register's source looks back.
const readAgain = 127 * 24 * time.Hour

// heldReadings say of which documents of the source a later text is held.
func (b *caseBook) heldReadings() (out []string, err error) {
	acts, err := b.tx.ActsHeld(b.Source)
	for _, a := range acts {
		if b.at.Sub(a.Held.Since) < readAgain {
			out = append(out, fmt.Sprintf("a later text of %s has not been believed since %s: %s", a.Act.DocumentNumber, b.moment(a.Held.Since), a.Held.Why))
		}
	}
	return out, err
}

// would says what a held reading would do if it were believed.
func (h *HeldReading) would() string {
	switch h.Less {
	case 0:
		return ""
	case 1:
		return "It would take back or cut short one change that was told. "
	}
	return fmt.Sprintf("It would take back or cut short %d changes that were told. ", h.Less)
}

// endHeld tells the operators that the readings of an act are believed again.
func (b *caseBook) endHeld(was StoredAct) error {
	if was.Held == nil {
		return nil
	}
	return b.notice("recovered", "", fmt.Sprintf("The text of %s is believed again; a later one had been held since %s (%s).",
		was.Act.DocumentNumber, b.moment(was.Held.Since), was.Held.Why))
}
