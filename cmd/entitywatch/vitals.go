package main

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
)

// stuck says what keeps the daemon from its work, for a person; it is empty while both halves turn and the database
// takes what they notice.
func (e *engine) stuck() []string {
	all := slices.Concat(e.watcher.Stuck(), e.dispatcher.Stuck(), e.turns.stuck())
	if err := e.db.Present(); err != nil {
		all = append(all, err.Error())
	}
	return all
}

// guardEvery is how often the daemon looks whether it is stuck.
const guardEvery = 15 * time.Second

// guard tells the operators when the daemon is stuck or its disk nearly full, and when it is not any more, until ctx
// ends. It goes past the outbox, since what cannot be stored cannot wait there either; each thing is told once on each
// channel that takes it.
func (e *engine) guard(ctx context.Context) error {
	t := time.NewTicker(guardEvery)
	defer t.Stop()
	halt := &alarm{kind: "stuck", end: "unstuck", over: "Both halves turn again, and what is noticed is stored.",
		config: e.config.Operators, send: e.sendPast, log: e.log}
	disk := &alarm{kind: "disk", end: "roomy", over: "There is enough room again.", config: e.config.Operators,
		send: e.sendPast, log: e.log}
	for {
		halt.look(ctx, e.stuck(), e.now())
		disk.look(ctx, e.cramped(), e.now())
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
	}
}

// cramped says that the disk is nearly full, for a person; it is empty where there is room.
func (e *engine) cramped() []string {
	why := store.Cramped(e.config.Database, e.room, e.low.Load())
	if e.low.Store(why != ""); why == "" {
		return nil
	}
	return []string{why}
}

// alarm is what the operators were told of a trouble of the daemon's own: that it stands still, say.
type alarm struct {
	kind, end, over string // of the notices of its beginning and end, and the text of that

	config []string // channels
	send   func(ctx context.Context, channel string, n notify.Notice) error
	log    *slog.Logger

	since time.Time       // when the trouble was first seen; zero while there is none
	told  map[string]bool // channels that heard of it
	ended map[string]bool // channels that heard of one and not yet of its end
}

// look compares what is wrong now with what was told. What is so at one look only may be slow, and is not told.
func (a *alarm) look(ctx context.Context, wrong []string, now time.Time) {
	switch {
	case len(wrong) == 0:
		if len(a.told) > 0 {
			a.ended = a.told
		}
		a.since, a.told = time.Time{}, nil
	case a.since.IsZero():
		a.since, a.told = now, map[string]bool{}
		a.log.Error("the daemon needs a look", "what", a.kind, "why", strings.Join(wrong, "; "))
	default:
		a.tell(ctx, a.told, true, notify.Notice{Kind: a.kind, At: now, Text: strings.Join(wrong, "\n")})
	}
	if len(wrong) == 0 && len(a.ended) > 0 {
		a.tell(ctx, a.ended, false, notify.Notice{Kind: a.end, At: now, Text: a.over})
	}
}

// tell sends a notice to the channels that are not yet marked, or to those that are, and turns the mark of those that
// took it.
func (a *alarm) tell(ctx context.Context, marked map[string]bool, mark bool, n notify.Notice) {
	n.ID = diff.HashID("ntc", n.Kind, n.At.UTC().Format(time.RFC3339Nano))
	for _, channel := range a.config {
		if marked[channel] == mark {
			continue
		}
		if err := a.send(ctx, channel, n); err != nil {
			a.log.Error("the operators could not be told", "channel", channel, "notice", n.Kind, "err", err)
			continue
		}
		if marked[channel] = mark; !mark {
			delete(marked, channel)
		}
	}
}

// sendPast sends a notice to every recipient of a channel without the outbox.
func (e *engine) sendPast(ctx context.Context, channel string, n notify.Notice) error {
	ctx, cancel := context.WithTimeout(ctx, guardEvery)
	defer cancel()
	for _, c := range e.config.Channels {
		if c.Name != channel {
			continue
		}
		for _, recipient := range recipients(c) {
			m := e.router.Notice(n, e.now())
			m.Recipient = recipient
			if _, err := e.channels[channel].Send(ctx, m); err != nil {
				return err
			}
		}
	}
	return nil
}
