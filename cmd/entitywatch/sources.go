package main

import (
	"fmt"
	"log/slog"
	"math"
	"net/url"
	"time"

	"golang.org/x/time/rate"

	"entitywatch/config"
	"entitywatch/watcher"
	"entitywatch/watcher/fedreg"
	"entitywatch/watcher/fetch"
	"entitywatch/watcher/lists/csl"
	"entitywatch/watcher/lists/ecfr"
	"entitywatch/watcher/lists/eu"
	"entitywatch/watcher/lists/ofac"
	"entitywatch/watcher/lists/uk"
	"entitywatch/watcher/lists/un"
	"entitywatch/watcher/news"
)

// listOf is the only place that knows which package reads which kind of list.
func listOf(kind string) (fetch.List, bool) {
	switch kind {
	case "ecfr":
		return ecfr.List(), true
	case "csl":
		return csl.List(), true
	case "ofac":
		return ofac.List(), true
	case "un":
		return un.List(), true
	case "uk":
		return uk.List(), true
	case "eu":
		return eu.List(), true
	}
	return fetch.List{}, false
}

// sourceOf makes a source: of a list as listOf has it, with what some need besides, or of one that shows no lists.
func sourceOf(s config.Source, now func() time.Time, log *slog.Logger) (watcher.Source, error) {
	base := s.URL.Reveal()
	o := fetch.ListOptions{BaseURL: base, Now: now, Log: log}
	switch s.Kind {
	case "federal-register", "public-inspection":
		o := fedreg.Options{URL: base, Agencies: s.Agencies, Window: days(s.LookBack), Logger: log, Now: now}
		if s.Kind == "public-inspection" {
			return fedreg.NewInspection(o), nil
		}
		return fedreg.NewRegister(o), nil
	case "ecfr":
		return ecfr.New(o, listsShown(s)...), nil
	case "ofac":
		return ofac.New(o, s.FullEvery.Std()), nil
	case "news":
		return newFiltered(news.New(news.Options{Name: s.Name, URL: base, Articles: s.Articles, Now: now, Log: log}), s.Match)
	}
	if l, ok := listOf(s.Kind); ok {
		return l.New(o), nil
	}
	return nil, fmt.Errorf("source %s: no package reads the kind %q", s.Name, s.Kind)
}

// days rounds a duration up to whole days; 0 keeps the built-in value.
func days(d config.Duration) int {
	return int(math.Ceil(d.Std().Hours() / 24))
}

// ownOf are the addresses that a source may reach wherever they lead: its base URL, and what its config names beside
// it. Nothing that is only found in an answer is among them.
func ownOf(s config.Source) []string {
	return append([]string{s.URL.Reveal()}, s.Texts...)
}

// specsOf makes what the watcher polls.
func specsOf(c *config.Config, now func() time.Time, log *slog.Logger) ([]watcher.Spec, error) {
	schedules, err := schedulesOf(c)
	if err != nil {
		return nil, err
	}
	primary := primaries(c.Sources)
	specs := make([]watcher.Spec, len(c.Sources))
	for i, s := range c.Sources {
		source, err := sourceOf(s, now, log.With("source", s.Name))
		if err != nil {
			return nil, err
		}
		specs[i] = watcher.Spec{
			Name: s.Name, Kind: s.Kind, Source: source, Own: ownOf(s), Schedule: schedules[s.Name], Lists: listsShown(s),
			ByList: limits(s), AcceptAfter: time.Duration(s.Plausible.AcceptAfter),
			ReleaseAfter: time.Duration(s.ReleaseAfter),
		}
		if s.Was != "" {
			specs[i].Was = []string{s.Was}
		}
		for _, l := range specs[i].Lists {
			if primary[l] == s.Name {
				specs[i].Primary = append(specs[i].Primary, l)
			}
		}
	}
	return specs, nil
}

// schedulesOf are the schedules of the config's sources, by name.
func schedulesOf(c *config.Config) (watcher.Schedules, error) {
	zone, err := time.LoadLocation(c.Timezone)
	if err != nil {
		return nil, err
	}
	all := watcher.Schedules{}
	for i, s := range c.Sources {
		if all[s.Name], err = watcher.ParseSchedule(s.Schedule, zone); err != nil {
			return nil, c.ErrorAt(fmt.Sprintf("sources[%d].schedule", i), err.Error(), "")
		}
	}
	return all, nil
}

// clientOf makes the client that all sources share, so that two sources of one host share its limit.
func clientOf(c *config.Config, p parts) *fetch.Client {
	version, _ := buildInfo()
	o := fetch.Options{
		Contact: c.Contact, UserAgent: c.UserAgent, Version: version, Logger: p.log, Scrub: p.scrub,
		Timeout: c.Fetch.Timeout.Std(), MaxBody: int64(c.Fetch.MaxBytes), Attempts: c.Fetch.Attempts,
		Rate:      rate.Limit(c.Fetch.Rate),
		HostRates: map[string]rate.Limit{}, Sleep: p.sleep,
	}
	for _, s := range c.Sources {
		if u, err := url.Parse(s.URL.Reveal()); err == nil && s.Rate > 0 {
			o.HostRates[u.Host] = rate.Limit(s.Rate)
		}
	}
	return fetch.New(o)
}
