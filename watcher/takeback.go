package watcher

import (
	"fmt"
	"strconv"

	"entitywatch/diff"
)

// takeBack ends an act that its publisher withdrew or revoked: everyone who heard of it must hear that.
func (k *work) takeBack(s StoredAct, a diff.Act, print string) error {
	told, err := k.toldBy(s)
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
		if err := k.retract(c, why); err != nil {
			return err
		}
	}
	if err := k.endHeld(s); err != nil {
		return err
	}
	heard := s.Standing == Applied
	s = s.unheld()
	s.Act.Status, s.Fingerprint, s.UpdatedAt, s.Standing = a.Status, print, k.at, TakenBack
	if heard {
		s.Withdrawals++
	}
	if err := k.tx.SaveAct(s); err != nil || !heard {
		return err
	}
	k.Acts = append(k.Acts, s.Act)
	if err := k.caseEvent(s.Case, diff.TakenBack); err != nil {
		return err
	}
	return k.noteAnew(s, "withdrawn", why)
}

// NoteReinstated is the kind of the note that tells those who heard of a withdrawal that it is void.
const NoteReinstated = "reinstated"

// reinstate takes up an act again that was withdrawn or revoked, and is filed or published after all. Who heard of it
// hears all of it again, and that the retraction is void; where nobody had heard of it, it is new.
func (k *work) reinstate(s StoredAct) error {
	if err := k.renewCase(s); err != nil {
		return err
	}
	if s.Withdrawals == 0 {
		return k.admit(s)
	}
	verb := "published"
	if s.Act.Status == diff.ActFiled {
		verb = "filed again"
	}
	text := fmt.Sprintf("%s is %s after all. The retraction of it is void: what was told of it before holds, as it is told now.",
		s.Act.DocumentNumber, verb)
	if err := k.noteAnew(s, NoteReinstated, text); err != nil {
		return err
	}
	return k.reread(s, s)
}

// noteAnew tells something about an act's case that is told once for each of its withdrawals.
func (k *work) noteAnew(s StoredAct, kind, text string) error {
	salt := ""
	if s.Withdrawals > 0 {
		salt = strconv.Itoa(s.Withdrawals)
	}
	return k.noteOn(s.Case, listsOf(s.Act), kind, text, salt)
}
