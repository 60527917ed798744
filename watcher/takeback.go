package watcher

import (
	"fmt"

	"entitywatch/diff"
)

// takeBack ends an act that its publisher withdrew or revoked: everyone who heard of it must hear that.
func (b *caseBook) takeBack(s StoredAct, a diff.Act, print string) error {
	told, err := b.toldBy(s)
	if err != nil {
		return err
	}
	why := s.Act.DocumentNumber + " was revoked by its publisher"
	if a.Status == diff.ActWithdrawn { // nobody says so: several whole answers over hours lack it
		why = s.Act.DocumentNumber + " is gone from public inspection without having been published, and counts as withdrawn"
	}
	for i := len(told) - 1; i >= 0; i-- {
		c := told[i]
		c.Revision++
		if err := b.retract(c, why); err != nil {
			return err
		}
	}
	if err := b.endHeld(s); err != nil {
		return err
	}
	heard := s.Standing == Applied
	s = s.unheld()
	s.Act.Status, s.Fingerprint, s.UpdatedAt, s.Standing = a.Status, print, b.at, TakenBack
	if heard {
		s.Withdrawals++
	}
	if err := b.tx.SaveAct(s); err != nil || !heard {
		return err
	}
	b.Acts = append(b.Acts, s.Act)
	if err := b.caseEvent(s.Case, diff.TakenBack); err != nil {
		return err
	}
	return b.noteAnew(s, "withdrawn", why)
}

// NoteReinstated is the kind of the note that tells those who heard of a withdrawal that it is void.
const NoteReinstated = "reinstated"

// reinstate takes up an act again that was withdrawn or revoked, and is filed or published after all. Who heard of it
// hears all of it again, and that the retraction is void; where nobody had heard of it, it is new.
func (b *caseBook) reinstate(s StoredAct) error {
	if err := b.renewCase(s); err != nil {
		return err
	}
	if s.Withdrawals == 0 {
		return b.admit(s)
	}
	verb := "published"
	if s.Act.Status == diff.ActFiled {
		verb = "filed again"
	}
	text := fmt.Sprintf("%s is %s after all. The retraction of it is void: what was told of it before holds, as it is told now.",
		s.Act.DocumentNumber, verb)
	if err := b.noteAnew(s, NoteReinstated, text); err != nil {
		return err
	}
	return b.reread(s, s)
}
