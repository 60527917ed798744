package notify

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// retracted is the last retraction of the whole Case that somebody was told, and that nothing told since has made
// void. The zero Message where there is none.
func (pc PendingCase) retracted() (last Message, found bool) {
	for _, t := range pc.Told {
		switch {
		case t.Kind == KindRetraction && (t.Message.Withdrawn || t.Message.Status == diff.Withdrawn):
			last, found = t.Message, true
		case t.Message.Restated:
			last, found = Message{}, false
		}
	}
	return last, found
}

// overtaken reports whether a retraction of the Case that was told does not hold any more: the document is filed,
// printed or shown after all, or its publisher says that it stands.
func (pc PendingCase) overtaken() bool {
	if _, told := pc.retracted(); !told || pc.Case.Status == diff.Withdrawn || pc.ended() != "" {
		return false
	}
	return len(pc.Stages) > 0 || slices.ContainsFunc(pc.Notes, func(n CaseNote) bool { return n.Kind == NoteReinstated }) ||
		slices.ContainsFunc(pc.Changes, func(c PendingChange) bool { return c.Retracted == "" })
}

// ended is why the publisher's word takes back the whole Case, among what is pending. That we did not see it printed takes nothing back.
func (pc PendingCase) ended() string {
	for _, n := range slices.Backward(pc.Notes) {
		switch n.Kind {
		case NoteReinstated:
			return ""
		case NoteWithdrawn:
			return n.Text
		}
	}
	return ""
}

// restated is the Case with everything that holds of it, to be told again as a whole.
func (pc PendingCase) restated() PendingCase {
	if len(pc.Standing) == 0 {
		return pc
	}
	pc.Changes = slices.DeleteFunc(slices.Clone(pc.Standing), func(c PendingChange) bool { return c.Retracted != "" })
	for i := range pc.Changes {
		pc.Changes[i].Change = asItStands(pc.Changes[i].Change)
	}
	return pc
}

// asItStands is a Change without how it came to be told so: for a reader who is told all of it.
func asItStands(c diff.Change) diff.Change {
	c.Correction, c.Reinstatement = nil, nil
	return c
}

// reinstated is the remark of a Change that was told, taken back, and holds after all.
func reinstated(c diff.Change) string {
	if c.Reinstatement == nil {
		return ""
	}
	return fmt.Sprintf("the retraction of %s is void: it holds after all", diff.DayOfLaw(c.Reinstatement.At))
}

// onlyReinstated reports whether all that is told was taken back before.
func onlyReinstated(items []Item) bool {
	return len(items) > 0 && !slices.ContainsFunc(items, func(i Item) bool { return i.Change.Reinstatement == nil })
}

// void says of a message that an earlier retraction of its Case does not hold, and what that means.
func (m *Message) void(retraction Message, stages string) {
	lead := "RETRACTION VOID"
	if now, ok := strings.CutSuffix(stages, ": "); ok && now != "" {
		lead += ", " + lowerFirst(now)
	}
	m.Headline, m.Restated = lead+": "+m.Headline, true
	m.Reason = fmt.Sprintf("The retraction that we sent you on %s is void: what we told you before it holds after all. All of it is stated "+
		"here again. If you undid anything because of the retraction, do it again.", Moment(retraction.AsOf, m.Location()))
}

// fallen says which part of a Case that still stands was taken back since it was told; "" where none was.
func (pc PendingCase) fallen() string {
	var names []string
	told := slices.ContainsFunc(pc.Told, func(t Told) bool { return t.Kind == KindRetraction })
	for _, c := range pc.Standing {
		if c.Retracted != "" && told {
			names = append(names, quoted(Clean(c.Name), maxEdit))
		}
	}
	switch n := len(names); {
	case n == 0 || pc.Case.Status == diff.Withdrawn:
		return ""
	case n > maxNeeds:
		names = append(names[:maxNeeds], fmt.Sprintf("%d more", n-maxNeeds))
	}
	return "RETRACTED in part, and not to be acted on: " + strings.Join(names, "; ") + "."
}

// Refreshed is a Case's first message as it reads once a later one was sent below it: with the stages that were
// reached, marked where it is taken back, and with the text that holds where a retraction is void.
func Refreshed(head, m Message) Message {
	head.Stages, head.ToCome, head.Status, head.Stage = m.Stages, m.ToCome, m.Status, m.Stage
	head.Reason, head.Fallen, head.Withdrawn = "", m.Fallen, m.Withdrawn
	switch {
	case m.Withdrawn:
		head.Headline, head.Reason, head.Ask = m.Headline, m.Reason, nil
		head.Savings, head.Links = "", m.Links
	case m.Kind == KindRetraction:
		head.Fallen = strings.TrimSpace(m.Fallen)
		if head.Fallen == "" {
			head.Fallen = m.Headline
		}
	case m.Restated && head.Parts <= 1 && m.Parts <= 1:
		head.Headline, head.Reason = m.Headline, m.Reason
		head.Items, head.Counts, head.Terms, head.Notes, head.Hits = m.Items, m.Counts, m.Terms, m.Notes, m.Hits
		head.NeedsHuman, head.Savings, head.Links, head.Act = m.NeedsHuman, m.Savings, m.Links, m.Act
	case m.Restated:
		head.Headline, head.Reason = m.Headline, m.Reason
	}
	return head
}
