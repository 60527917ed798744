package notify

import (
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// retract tells everyone who got a Case's alert what does not hold any more. It reports whether the whole Case is taken
// back, so that nothing else is to be told of it.
func (b *planner) retract(pc PendingCase) bool {
	reason, whole := pc.retraction()
	if reason == "" {
		return false
	}
	if whole {
		b.plan.Settled = append(b.plan.Settled, pc.Case.ID) // nobody is reminded of it any more
	}
	for _, t := range pc.alerts() {
		items := b.takenBackFrom(t, pc, reason)
		if !whole && len(items) == 0 {
			continue // it was never told of these
		}
		m := b.compose.caseMessage(KindRetraction, pc, items)
		m.Reason, m.Rules, m.Severity = strings.TrimSuffix(reason, ".")+takenBack, t.Rules, t.Message.Severity
		m.withoutPromises()
		m.Revision, m.Below = pc.revision(t.Channel, t.Recipient)+1, true
		m.Withdrawn, m.Headline = whole, "RETRACTED: "+pc.toldOfParties(t).subject()
		if len(items) > 0 {
			m.Headline = "RETRACTED: " + Headline(changesOf(items))
		}
		if !whole {
			m.Headline = "RETRACTED in part: " + Headline(changesOf(items))
		}
		m.Headline += touches(m.Hits)
		b.send(t.Channel, m, time.Time{}, func(to string) bool { return to == t.Recipient })
	}
	return whole
}

// takenBackFrom are the Changes that a recipient was told of, by the rules behind the alert, and that are taken back.
// Rules that are not configured any more limit nothing.
func (b *planner) takenBackFrom(t Told, pc PendingCase, reason string) []Item {
	gone := slices.DeleteFunc(slices.Clone(pc.Changes), func(c PendingChange) bool { return c.Retracted == "" })
	items := wantedBy(b.rulesNamed(t.Rules), pc, gone)
	for i := range items {
		items[i].Change = withoutCorrection(items[i].Change)
		if items[i].Retracted == reason {
			items[i].Retracted = stateRetracted // the reason stands at the head
		}
	}
	return items
}

// withoutCorrection is a Change that is taken back as it was told: what corrected it is the reason of the retraction.
func withoutCorrection(c diff.Change) diff.Change {
	c.Correction = nil
	return c
}

// takenBack follows the reason of a retraction: what it means for whom it reaches.
const takenBack = ". What we told you of it does not hold: undo what you did because of it."

// withoutPromises leaves out of a retraction what is true only of an act that holds: what is to come, what may still be
// shipped, what follows, and an entry into force of what was never published.
func (m *Message) withoutPromises() {
	m.ToCome, m.Savings, m.Notes, m.Terms, m.NeedsHuman = nil, "", nil, nil, nil
	published := slices.ContainsFunc(m.Stages, func(s StageTime) bool { return s.Stage == diff.Published })
	if published {
		return
	}
	m.Stages = slices.DeleteFunc(m.Stages, func(s StageTime) bool { return s.Stage == diff.Effective })
	if n := len(m.Stages); n > 0 && m.Stage == diff.Effective {
		m.Stage = m.Stages[n-1].Stage
	}
}

// retraction is why a Case, or part of it, is taken back.
func (pc PendingCase) retraction() (reason string, whole bool) {
	if why := pc.ended(); why != "" {
		return why, true
	}
	for _, c := range pc.Changes {
		if c.Retracted != "" {
			return c.Retracted, pc.Case.Status == diff.Withdrawn
		}
	}
	return "", false
}
