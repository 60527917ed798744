package diff

import (
	"maps"
	"time"
)

// WithStage adds a stage to the case's set. The first time counts, except for published and effective, which a document states and a
// later one may change. The zero time adds nothing. moved reports whether the set changed.
func (c Case) WithStage(s Stage, at time.Time) (moved Case, changed bool) {
	was, there := c.Stages[s]
	stated := s == Published || s == Effective
	if at.IsZero() || there && (was.Equal(at) || !stated && !at.Before(was)) {
		return c, false
	}
	c.Stages = maps.Clone(c.Stages)
	if c.Stages == nil {
		c.Stages = map[Stage]time.Time{}
	}
	c.Stages[s] = at
	return c, true
}

// Lead is the time from one stage to the next that the case has. It is negative where the later one in a reader's order came first:
// an act may take effect before it is published.
type Lead struct {
	From, To Stage
	Time     time.Duration
}

// Leads are the times between the stages that a case has, in the order of Stages.
func (c Case) Leads() (out []Lead) {
	var last Stage
	for _, s := range Stages() {
		at, ok := c.Stages[s]
		if !ok {
			continue
		}
		if last != "" {
			out = append(out, Lead{last, s, at.Sub(c.Stages[last])})
		}
		last = s
	}
	return out
}

// CaseEvent is what happens to a case's status.
type CaseEvent string

// The events. Stages are no events: a published act is law whether or not its case is settled.
const (
	Agreed     CaseEvent = "agreed"     // the primary source shows what the case says
	Contradict CaseEvent = "contradict" // a discrepancy: another text, or nothing when it was due
	TakenBack  CaseEvent = "taken_back" // the act was withdrawn or revoked, or was read wrongly altogether
	FiledAnew  CaseEvent = "filed_anew" // a withdrawn act is filed or published again
)

// After is the status that an event leads to. Agreement settles a dispute; only a new filing ends a withdrawal.
func (s CaseStatus) After(e CaseEvent) CaseStatus {
	switch {
	case e == TakenBack:
		return Withdrawn
	case s == Withdrawn && e == FiledAnew:
		return Open
	case s == Withdrawn:
		return Withdrawn
	case e == Agreed:
		return Confirmed
	case e == Contradict:
		return Disputed
	case s == "":
		return Open
	}
	return s
}

// Merge joins two cases that turned out to be one legal action, as when an act explains what a list or the news showed first. All
// stages of both count; the case with an act is the one that remains where only one has one, else the one opened first. gone keeps
// its id and points to the other.
func Merge(a, b Case) (remains, gone Case) {
	if b.Act != "" && a.Act == "" || (a.Act == "") == (b.Act == "") && b.OpenedAt.Before(a.OpenedAt) {
		a, b = b, a
	}
	for s, at := range b.Stages {
		if _, stated := a.Stages[s]; !stated || s != Published && s != Effective {
			a, _ = a.WithStage(s, at)
		}
	}
	if a.OpenedAt.IsZero() || !b.OpenedAt.IsZero() && b.OpenedAt.Before(a.OpenedAt) {
		a.OpenedAt = b.OpenedAt
	}
	if b.Status == Disputed && a.Status == Open {
		a.Status = Disputed
	}
	a.Problems = append(a.Problems[:len(a.Problems):len(a.Problems)], b.Problems...)
	b.MergedInto = a.ID
	return a, b
}
