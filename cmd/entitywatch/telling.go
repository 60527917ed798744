package main

import (
	"context"
	"time"
)

// enrichAlways adds hits to Changes as they are noticed, until ctx ends, and has them told. A failure is logged and
// tried again.
func (e *engine) enrichAlways(ctx context.Context) error {
	return always(ctx, e.changed, func() {
		if err := e.enricher.Changes(ctx); err != nil && ctx.Err() == nil {
			e.log.Error("not every change could be screened", "err", err)
		}
		e.turns.enriching.mark()
		e.wake()
	})
}

// readAlways reads counterparty files that were edited, and the news, until ctx ends. Nothing waits for it.
func (e *engine) readAlways(ctx context.Context) error {
	return always(ctx, e.unread, func() {
		if err := e.enricher.Background(ctx); err != nil && ctx.Err() == nil {
			e.log.Error("not all news or counterparties could be read", "err", err)
		}
		e.turns.reading.mark()
		e.wake()
	})
}

// always does a turn whenever it is woken, and every pulse, until ctx ends.
func always(ctx context.Context, woken <-chan struct{}, turn func()) error {
	t := time.NewTicker(pulse)
	defer t.Stop()
	for {
		turn()
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		case <-woken:
		}
	}
}

// pulse is how often the telling half looks for work that nothing woke it for: quiet hours that end, digests,
// reminders.
const pulse = 5 * time.Second

// tellAlways routes what was noticed, and fires digests, until ctx ends. A failure is logged and tried again: what is
// not routed stays in the database.
func (e *engine) tellAlways(ctx context.Context) error {
	return always(ctx, e.noticed, func() {
		if err := e.tell(ctx); err != nil && ctx.Err() == nil {
			e.log.Error("not everything could be routed", "err", err)
		}
		if _, err := e.digester.Due(ctx); err != nil && ctx.Err() == nil {
			e.log.Error("not every digest could be written", "err", err)
		}
		e.turns.telling.mark()
		e.dispatcher.Wake()
	})
}
