package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/store"
)

// outboxTrouble is what of the outbox needs a person.
type outboxTrouble struct {
	dead     int
	stranded map[string]int       // waiting, by channels which were taken out of the config
	paused   []store.ChannelState // whose configuration is refused
}

func undeliverable(ctx context.Context, db *store.DB, c *config.Config) (out outboxTrouble, err error) {
	states, err := db.ChannelStates(ctx)
	out.stranded, out.paused = map[string]int{}, []store.ChannelState{}
	for _, s := range states {
		out.dead += s.Dead
		known := slices.ContainsFunc(c.Channels, func(ch config.Channel) bool { return ch.Name == s.Channel })
		if s.Waiting > 0 && !known {
			out.stranded[s.Channel] = s.Waiting
		}
		if len(s.Pauses) > 0 && known {
			out.paused = append(out.paused, s)
		}
	}
	return out, err
}

func (o outboxTrouble) trouble() bool { return o.dead+len(o.stranded)+len(o.paused) > 0 }

func (o outboxTrouble) print(w io.Writer) {
	for _, channel := range slices.Sorted(maps.Keys(o.stranded)) {
		fmt.Fprintf(w, "%s for the channel %s, which the config does not have any more\n", waiting(o.stranded[channel]), channel)
	}
	for _, s := range o.paused {
		for _, p := range s.Pauses {
			to := s.Channel
			if p.Recipient != "" {
				to += " to " + p.Recipient
			}
			fmt.Fprintf(w, "the channel %s is paused since %s, %s: %s; mend it, then: entitywatch test %s\n",
				notify.Clean(to), instant(p.Since), waiting(s.Waiting), notify.Clean(p.Reason), s.Channel)
		}
	}
}

func waiting(n int) string { return amount(n, "delivery waits", "deliveries wait") }
