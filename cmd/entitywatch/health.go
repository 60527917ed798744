package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"entitywatch/notify"
	"entitywatch/watcher"
	"entitywatch/web"
)

func (e *engine) health(ctx context.Context) (web.Health, error) {
	h := web.Health{Checked: e.now(), Zone: e.zone, Sources: []notify.SourceReport{}}
	h.Stuck = append([]string{}, slices.Concat(e.stuck(), e.enricher.Stuck())...) // an empty list, never null
	h.Disk = strings.Join(e.cramped(), "; ")
	h.OK = len(h.Stuck) == 0 && h.Disk == ""
	states, err := e.db.Sources(ctx)
	if err != nil {
		return h, err
	}
	states = append(states, unseen(e.config, func(name string) bool {
		return slices.ContainsFunc(states, func(s watcher.SourceState) bool { return s.Name == name })
	})...)
	for _, s := range states {
		r, configured := e.judge(sourceReport(s), h.Checked)
		if !configured {
			continue
		}
		h.OK = h.OK && !r.Trouble()
		h.Sources = append(h.Sources, r)
	}
	channels, err := e.db.ChannelStates(ctx)
	for _, c := range channels {
		h.Pending += c.Waiting
		h.Dead += c.Dead
	}
	if err != nil {
		return h, err
	}
	failing, err := longFailing(ctx, e.db, e.config)
	h.Channels = silentChannels(e.config, channels, failing)
	h.Unheard = unheard(e.config, h.Channels)
	h.OK = h.OK && len(h.Channels) == 0
	if err != nil {
		return h, err
	}
	h.Files, err = shownFiles(ctx, e.db, e.config)
	h.OK = h.OK && !slices.ContainsFunc(h.Files, func(f web.File) bool { return f.Ill })
	return h, err
}

func sourceReport(s watcher.SourceState) notify.SourceReport {
	return notify.SourceReport{Name: s.Name, LastChecked: s.PolledAt, LastGood: s.SucceededAt, State: string(s.Health),
		Reason: s.Reason}
}

// judge is a source's report as its schedule has it at a moment; ok is false for what the config does not name any
// more.
func (e *engine) judge(r notify.SourceReport, at time.Time) (judged notify.SourceReport, ok bool) {
	h, why := e.schedules.Judge(r.Name, watcher.Health(r.State), r.Reason, r.LastChecked, at)
	r.State, r.Reason = string(h), why
	return r, h != watcher.Dropped
}
