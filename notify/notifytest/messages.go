// Package notifytest makes one message of every kind, by the real routing, for the golden files of the channels. The
// parties are those of real rules, cut down and written by this project; hostile ones are invented.
package notifytest

import (
	"context"
	"fmt"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
)

// Named is a message under the name of its golden file.
type Named struct {
	Name    string
	Message notify.Message
}

// now is the time of the text: the morning on which 2023-03929 was published.
var now = time.Date(2023, 2, 27, 14, 0, 0, 0, time.UTC)

const (
	china  = "CHINA, PEOPLE'S REPUBLIC OF"
	russia = "RUSSIA"
	canada = "CANADA"
)

// pending is a store with one thing in it.
type pending struct {
	notify.Pending
	awaiting []notify.Awaiting
	report   notify.Collected
}

// Route implements notify.Routing: it plans what the store holds, and writes nothing.
func (p *pending) Route(_ context.Context, _ time.Time, _ time.Duration,
	plan func(notify.Pending) notify.Plan) (notify.Plan, error) {
	return plan(p.Pending), nil
}

// Remind implements notify.Reminding: the same for the Cases that nobody acknowledged.
func (p *pending) Remind(_ context.Context, _ time.Time, plan func([]notify.Awaiting) notify.Plan) (notify.Plan,
	error) {
	return plan(p.awaiting), nil
}

// LastCut implements notify.DigestStore: a week before now.
func (p *pending) LastCut(context.Context, string) (time.Time, error) {
	return now.Add(-7 * 24 * time.Hour), nil
}

// Rewind does nothing: the clock of these messages never goes back.
func (p *pending) Rewind(context.Context, string, time.Time) error { return nil }

// Cut plans the digest of what the store collected, whatever the period, and writes nothing.
func (p *pending) Cut(_ context.Context, _ string, _, _ time.Time,
	plan func(notify.Collected) notify.Plan) (notify.Plan, error) {
	return plan(p.report), nil
}

// targets are one channel with one recipient and no limits.
func targets(context.Context) (map[string]notify.Target, error) {
	return map[string]notify.Target{"out": {Name: "out", Recipients: []string{""}}}, nil
}

func router(p *pending) *notify.Router {
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		loc = time.UTC
	}
	return &notify.Router{
		Store: p, Operators: []string{"out"}, Targets: targets, PublicURL: "https://entitywatch.example.com", Location: loc,
		Now: func() time.Time { return now }, Masses: notify.Masses{"ofac": 20},
		Rules: []notify.Rule{
			{Name: "all", Send: []string{"out"}, Severity: notify.High,
				Acknowledge: &notify.Acknowledge{Within: 4 * time.Hour, Escalate: []string{"out"}}},
			{Name: "in-the-news", News: notify.NewsMentions, Send: []string{"out"}},
		},
	}
}

// Messages are one of every kind.
func Messages() ([]Named, error) {
	var out []Named
	for _, c := range []struct {
		name string
		p    notify.Pending
	}{
		{"alert", notify.Pending{Cases: []notify.PendingCase{additions()}}},
		{"stage", notify.Pending{Cases: []notify.PendingCase{stage()}}},
		{"amended", notify.Pending{Cases: []notify.PendingCase{amended()}}},
		{"mass", notify.Pending{Cases: []notify.PendingCase{mass()}}},
		{"retraction", notify.Pending{Cases: []notify.PendingCase{retraction()}}},
		{"read-this", notify.Pending{Cases: []notify.PendingCase{readThis()}}},
		{"hostile", notify.Pending{Cases: []notify.PendingCase{hostile()}}},
		{"operator", notify.Pending{Notices: []notify.Notice{{ID: "n1", Kind: "held", Subject: "entity-list (Entity List)",
			Text: "1,600 of 3,411 entries are missing; the last good answer stays in force.", At: now}}}},
		{"news", notify.Pending{News: []notify.PendingNews{{Item: notify.NewsRef{ID: "n1", Feed: "dw",
			Title: "US blacklists firms over balloon programme",
			URL:   "https://www.dw.com/en/a-1", Published: now, Names: []string{"Spacety Co., Ltd.", "AOOK Technology Ltd."}},
			Lists: []diff.ListID{diff.EntityList}}}}},
	} {
		dels, err := router(&pending{Pending: c.p}).Route(context.Background())
		if err != nil || len(dels) != 1 {
			return nil, fmt.Errorf("%s: %d deliveries, %w", c.name, len(dels), err)
		}
		out = append(out, named(c.name, dels[0]))
	}
	more, err := scheduled(out[0].Message)
	if err != nil {
		return nil, err
	}
	s := notify.Sample("out", now)
	return append(append(out, more...), Named{"sample", s}), nil
}

func named(name string, d notify.Delivery) Named {
	d.Message.Delivery = d.ID
	return Named{name, d.Message}
}

// hourly is a schedule whose last fire is now.
type hourly struct{}

func (hourly) Next(t time.Time) time.Time {
	if t.Before(now) {
		return now
	}
	return now.Add(time.Hour)
}

func scheduled(alert notify.Message) ([]Named, error) {
	alert.Items = nil
	standing := stage() // it was printed since, and is in the eCFR
	standing.Stages = nil
	p := &pending{awaiting: []notify.Awaiting{{
		Case: alert.Case, Rule: "all", Before: now.Add(-time.Minute), Escalate: []string{"out"}, Message: alert,
		Now: standing,
	}}}
	dels, err := router(p).Remind(context.Background(), p)
	if err != nil || len(dels) != 1 {
		return nil, fmt.Errorf("reminder: %d deliveries, %w", len(dels), err)
	}
	out := []Named{named("reminder", dels[0])}
	sources := []notify.SourceReport{
		{Name: "register", State: "ok", Checks: 1008, LastChecked: now, LastGood: now, Changes: 5},
		{Name: "entity-list", State: "held", Checks: 336, Failed: 2, LastChecked: now, LastGood: now.Add(-6 * time.Hour),
			Reason: "1,600 of 3,411 entries are missing"},
	}
	for name, c := range map[string]notify.Collected{
		"digest":       {Cases: []notify.PendingCase{amended(), additions()}, Sources: sources},
		"digest-empty": {Sources: sources[:1]},
	} {
		d := &notify.Digester{
			Store: &pending{report: c}, Targets: targets, Now: func() time.Time {
				return now
			}, Rules: []notify.Rule{{Name: "all", Digest: []string{"legal-weekly"}}},
			Digests:   []notify.Digest{{Name: "legal-weekly", Schedule: hourly{}, Channel: "out"}},
			PublicURL: "https://entitywatch.example.com",
		}
		dels, err := d.Due(context.Background())
		if err != nil || len(dels) != 1 {
			return nil, fmt.Errorf("%s: %d deliveries, %w", name, len(dels), err)
		}
		out = append(out, named(name, dels[0]))
	}
	return out, nil
}
