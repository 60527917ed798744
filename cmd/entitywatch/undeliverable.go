package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/web"
)

// outboxTrouble is what of the outbox needs a person.
type outboxTrouble struct {
	dead     int
	stranded map[string]int       // waiting, by channels which were taken out of the config
	paused   []store.ChannelState // whose configuration is refused
	failing  []notify.FailingChannel
	silent   []web.Channel // failing, as pages show them
	unheard  string        // that no channel of the operators works
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
	if err != nil {
		return out, err
	}
	out.failing, err = longFailing(ctx, db, c)
	out.silent = silentChannels(c, nil, out.failing)
	out.unheard = unheard(c, silentChannels(c, states, out.failing))
	return out, err
}

func (o outboxTrouble) trouble() bool { return o.dead+len(o.stranded)+len(o.paused)+len(o.failing) > 0 }

func (o outboxTrouble) print(w io.Writer) {
	for _, channel := range slices.Sorted(maps.Keys(o.stranded)) {
		fmt.Fprintf(w, "%s for the channel %s, which the config does not have any more\n", waiting(o.stranded[channel]),
			channel)
	}
	if o.unheard != "" {
		fmt.Fprintln(w, o.unheard)
	}
	for _, f := range o.failing {
		to := f.Channel
		if f.Recipient != "" {
			to += " to " + f.Recipient
		}
		fmt.Fprintf(w, "the channel %s has been unable to send messages since %s, %s: %s; %s\n",
			notify.Clean(to), instant(f.Since), waiting(f.Waiting), notify.Clean(strings.TrimSuffix(f.Reason, ".")), f.Remedy)
	}
	for _, s := range o.paused {
		for _, p := range s.Pauses {
			to := s.Channel
			if p.Recipient != "" {
				to += " to " + p.Recipient
			}
			fmt.Fprintf(w, "the channel %s has been paused since %s, %s: %s; mend it, then: entitywatch test %s\n",
				notify.Clean(to), instant(p.Since), waiting(s.Waiting), notify.Clean(p.Reason), s.Channel)
		}
	}
}

// longFailing are the channels of the config on which nothing was taken for so long that the operators are told.
func longFailing(ctx context.Context, db *store.DB, c *config.Config) (out []notify.FailingChannel, err error) {
	all, err := db.FailingChannels(ctx)
	out = []notify.FailingChannel{}
	for _, f := range all {
		long := !f.ToldAt.IsZero() || f.LastAt.Sub(f.Since) >= c.TellAfter.Or.Std()
		if long && f.EndedAt.IsZero() && !f.Paused && slices.ContainsFunc(c.Channels, func(ch config.Channel) bool {
			return ch.Name == f.Channel
		}) {
			out = append(out, f)
		}
	}
	return out, err
}

// silentChannels are the channels of the config on which nothing is taken, whoever is to mend them.
func silentChannels(c *config.Config, states []store.ChannelState, failing []notify.FailingChannel) []web.Channel {
	all := []web.Channel{}
	for _, f := range failing {
		all = append(all, web.Channel{Name: f.Channel, Recipient: f.Recipient, State: "failing", Since: f.Since,
			Reason: f.Reason, Waiting: f.Waiting})
	}
	for _, s := range states {
		if !slices.ContainsFunc(c.Channels, func(ch config.Channel) bool { return ch.Name == s.Channel }) {
			continue
		}
		for _, p := range s.Pauses {
			all = append(all, web.Channel{Name: s.Channel, Recipient: p.Recipient, State: "paused", Since: p.Since,
				Reason: p.Reason, Waiting: s.Waiting})
		}
	}
	return all
}

// unheard says, for a person, that nothing can be told to the operators on any of their channels; "" while one works.
func unheard(c *config.Config, silent []web.Channel) string {
	for _, ch := range c.Channels {
		if !slices.Contains(c.Operators, ch.Name) {
			continue
		}
		for _, to := range recipients(ch) {
			if !slices.ContainsFunc(silent, func(s web.Channel) bool {
				return s.Name == ch.Name && (s.Recipient == "" || s.Recipient == to)
			}) {
				return ""
			}
		}
	}
	if len(silent) == 0 {
		return ""
	}
	return "None of the operators' channels works (" + strings.Join(c.Operators, ", ") +
		"), so what is wrong is told to nobody."
}

func waiting(n int) string { return amount(n, "delivery waits", "deliveries wait") }
