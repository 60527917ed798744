package notify

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Remind tells the escalation channels of Cases that nobody acknowledged in time, once each, and returns the
// deliveries.
func (r *Router) Remind(ctx context.Context, store Reminding) ([]Delivery, error) {
	targets, err := r.Targets(ctx)
	if err != nil {
		return nil, fmt.Errorf("remind: read channels: %w", err)
	}
	now := r.Now()
	plan, err := store.Remind(ctx, now, func(overdue []Awaiting) Plan {
		b := &planner{router: r, targets: targets, now: now, compose: r.composer(now)}
		for _, a := range overdue {
			b.remind(a)
		}
		return b.plan
	})
	if err != nil {
		return nil, fmt.Errorf("remind: %w", err)
	}
	return plan.Deliveries, errors.Join(plan.Problems...)
}

func (b *planner) remind(a Awaiting) {
	m := b.compose.reminder(a, b.rulesNamed([]string{a.Rule}))
	m.Kind, m.AsOf, m.Rules, m.Ask, m.Severity = KindReminder, b.now, []string{a.Rule}, &Ask{}, a.Message.Severity
	m.Headline = "Not acknowledged: " + m.Headline
	m.Reason = fmt.Sprintf("Nobody acknowledged this Case by %s. `entitywatch ack %s` does.", b.compose.moment(a.Before),
		a.Case)
	for _, channel := range unique(a.Escalate) {
		for _, m.Below = range []bool{false, true} {
			b.send(channel, m, time.Time{}, func(to string) bool { return a.Now.heard(channel, to) == m.Below })
		}
	}
}

// reminder is what is asked to be acknowledged, as it stands by now and without its parties: what was to come when it
// was alerted may have come since.
func (m composer) reminder(a Awaiting, rules []Rule) Message {
	pc := a.Now
	msg := m.caseMessage(KindReminder, pc, m.standingFor(pc, rules))
	msg.Items, msg.Case, msg.Fallen = nil, a.Case, pc.fallen()
	return msg
}

func (m composer) moment(t time.Time) string { return Moment(t, m.location) }

// Moment is an instant as messages show it: "2023-02-24 08:45 EST".
func Moment(t time.Time, loc *time.Location) string {
	if loc == nil {
		loc = time.UTC
	}
	return t.In(loc).Format("2006-01-02 15:04 MST")
}

// Location is the zone in which a message's times are shown; UTC where it names none that is known here.
func (m Message) Location() *time.Location {
	loc, err := time.LoadLocation(m.Zone)
	if err != nil {
		return time.UTC
	}
	return loc
}
