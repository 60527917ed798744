package main

import (
	"context"

	"entitywatch/notify"
	"entitywatch/web"
)

// casePage gathers what the page of a Case shows.
func (e *engine) casePage(ctx context.Context, id string) (web.Case, bool, error) {
	v, found, err := e.db.CaseView(ctx, id)
	if err != nil || !found {
		return web.Case{}, false, err
	}
	c := web.Case{
		ID: v.Case.ID, Status: string(v.Case.Status), Composition: notify.CaseState(v.PendingCase, massesOf(e.config), e.now(), e.zone),
		AckedBy: v.AckedBy, AckedAt: v.AckedAt, AskedBy: v.AskedBy, Location: e.zone,
	}
	for _, d := range v.Deliveries {
		if d.Message.Pointer { // it only leads to a message that is told here
			continue
		}
		c.Told = append(c.Told, toldOf(d))
	}
	return c, true, nil
}

func toldOf(d notify.Delivery) web.Told {
	t := web.Told{Kind: string(d.Kind), Channel: d.Channel, Whom: d.Recipient, State: string(d.State), Rules: d.Rules}
	if d.State == notify.Sent && d.Proof != nil {
		t.At = d.Proof.At
	}
	return t
}
