package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
)

// finish prints what a demo came to; its exit code says whether a delivery failed or something needs a human.
func (a *app) finish(ctx context.Context, e *engine, t *tape, o demoOptions) error {
	all, err := e.db.Deliveries(ctx, store.DeliveryFilter{})
	if err != nil {
		return err
	}
	// of an earlier run
	all = slices.DeleteFunc(all, func(d notify.Delivery) bool { return d.State == notify.Sent && !t.delivered[d.ID] })
	p := a.printer(o.asJSON)
	s := summary{ByCountry: map[string]int{}, ByList: map[diff.ListID]int{}}
	kinds, states := map[diff.ChangeKind]int{}, map[notify.State]int{}
	for _, id := range t.order {
		c := t.changes[id]
		s.add(c)
		kinds[c.Change]++
		s.Problems = append(s.Problems, about(c.Name, c.Problems)...)
		if err := p.data(c); err != nil {
			return err
		}
	}
	s.Problems = append(s.Problems, t.ofActs()...)
	for _, st := range t.stages {
		if err := p.data(st); err != nil {
			return err
		}
	}
	for _, d := range all {
		states[d.State]++
		if err := p.data(d); err != nil {
			return err
		}
	}
	s.Extra = map[string]any{"by_change": kinds, "deliveries": states, "stages": len(t.stages),
		"retracted": len(t.retracted), "looks": t.looks, "editorial": t.editorial}
	err = p.summary(s, func(w io.Writer) {
		fmt.Fprintf(w, "\n%s (%s), %s, deliveries: %s\n", amount(s.Count, "change", "changes"),
			orNone(counts(kinds)), amount(len(t.stages), "later stage", "later stages"), orNone(counts(states)))
	})
	return errors.Join(err, undelivered(all), orHuman(nil, diff.NeedsHuman(s.Problems)))
}

func undelivered(all []notify.Delivery) error {
	failed := map[string]error{}
	for _, d := range all {
		if d.State != notify.Sent && d.MutedUntil.IsZero() {
			failed[d.Channel] = fmt.Errorf("channel %s: %s: %s", d.Channel, d.State, d.Error)
		}
	}
	return errors.Join(slices.Collect(maps.Values(failed))...)
}

// data prints a value in JSON output only; people have seen it as an alert.
func (p *printer) data(v any) error {
	if !p.json {
		return nil
	}
	return p.enc.Encode(v)
}
