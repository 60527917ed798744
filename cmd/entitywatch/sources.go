package main

import (
	"cmp"
	"fmt"
	"log/slog"
	"math"
	"net/url"
	"slices"
	"time"

	"golang.org/x/time/rate"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/watcher"
	"entitywatch/watcher/csl"
	"entitywatch/watcher/ecfr"
	"entitywatch/watcher/eu"
	"entitywatch/watcher/fedreg"
	"entitywatch/watcher/fetch"
	"entitywatch/watcher/news"
	"entitywatch/watcher/ofac"
	"entitywatch/watcher/uk"
	"entitywatch/watcher/un"
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

// listsShown are the lists of which a source shows entries; none for acts and news.
func listsShown(s config.Source) []diff.ListID {
	l, _ := listOf(s.Kind)
	all := l.Lists()
	if len(s.Lists) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(l diff.ListID) bool { return !slices.Contains(s.ListIDs(), l) })
}

// rank orders the sources of one list: the lowest decides about it. The text of the law comes before its publisher's own service, and
// that before the collection of lists.
func rank(s config.Source) int {
	switch {
	case s.Primary != nil && *s.Primary:
		return 0
	case s.Primary != nil:
		return 9
	case s.Kind == "csl":
		return 2
	}
	return 1
}

// primaries finds for each list the one source that decides about it.
func primaries(sources []config.Source) map[diff.ListID]string {
	best := map[diff.ListID]config.Source{}
	for _, s := range sources {
		for _, l := range listsShown(s) {
			if b, taken := best[l]; !taken || rank(s) < rank(b) {
				best[l] = s
			}
		}
	}
	names := map[diff.ListID]string{}
	for l, s := range best {
		if rank(s) < 9 {
			names[l] = s.Name
		}
	}
	return names
}

// limits are what each list of a source may look like: the built-in limits of the list, then what the source's config says for all its
// lists, then what it says for this one.
func limits(s config.Source) map[diff.ListID]diff.Plausible {
	lists := listsShown(s)
	all := make(map[diff.ListID]diff.Plausible, len(lists))
	var main diff.ListID
	for _, l := range lists {
		p := diff.BuiltIn(l)
		if main == "" || p.MinEntries > diff.BuiltIn(main).MinEntries {
			main = l
		}
		if !s.AtPublisher() {
			p.MinEntries = 0
		}
		all[l] = p
	}
	for l, p := range all {
		own := config.Plausibly{MaxShrink: s.Plausible.MaxShrink, MaxGrowth: s.Plausible.MaxGrowth, MaxEdited: s.Plausible.MaxEdited}
		if l == main {
			own.MinEntries = s.Plausible.MinEntries
		}
		all[l] = limited(p, own)
	}
	for _, own := range s.Plausible.Lists {
		if l := diff.ListID(own.List); slices.Contains(lists, l) {
			all[l] = limited(all[l], own)
		}
	}
	return all
}

// limited puts what is written in the place of what is not.
func limited(p diff.Plausible, own config.Plausibly) diff.Plausible {
	p.MinEntries = cmp.Or(own.MinEntries, p.MinEntries)
	p.MaxShrink = cmp.Or(float64(own.MaxShrink), p.MaxShrink)
	p.MaxGrowth = cmp.Or(float64(own.MaxGrowth), p.MaxGrowth)
	p.MaxEdited = cmp.Or(float64(own.MaxEdited), p.MaxEdited)
	return p
}

// ownOf are the addresses that a source may reach wherever they lead: its base URL, and what its config names beside it. Nothing that is
// only found in an answer is among them.
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
		Timeout: c.Fetch.Timeout.Std(), MaxBody: int64(c.Fetch.MaxBytes), Attempts: c.Fetch.Attempts, Rate: rate.Limit(c.Fetch.Rate),
		HostRates: map[string]rate.Limit{}, Sleep: p.sleep,
	}
	for _, s := range c.Sources {
		if u, err := url.Parse(s.URL.Reveal()); err == nil && s.Rate > 0 {
			o.HostRates[u.Host] = rate.Limit(s.Rate)
		}
	}
	return fetch.New(o)
}
