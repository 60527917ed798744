package main

import (
	"fmt"
	"slices"

	"entitywatch/config"
	"entitywatch/replay"
	"entitywatch/testdata"
)

// replayedSources are sources of every kind that a scenario shows, at the replayed addresses.
func replayedSources(upstreams *replay.Server, base string) []config.Source {
	endpoints := upstreams.Endpoints(base)
	sources := []config.Source{
		{Name: "register", Kind: "federal-register", Schedule: "@every 1m"},
		{Name: "inspection", Kind: "public-inspection", Schedule: "@every 1m"},
		{Name: "entity-list", Kind: "ecfr", Schedule: "@every 1m", Plausible: config.Plausible{MaxShrink: 0.05}},
	}
	for _, kind := range upstreams.Shows() {
		if !slices.ContainsFunc(sources, func(s config.Source) bool { return s.Kind == kind }) {
			sources = append(sources, config.Source{Name: kind, Kind: kind, Schedule: "@every 1m"})
		}
	}
	for i := range sources {
		sources[i].URL = config.Secret(endpoints[sources[i].Kind])
		sources[i].Rate = 1000 // the upstreams are ours: nobody is hurt
		if sources[i].Kind == "news" {
			sources[i].Articles, sources[i].Texts = true, []string{upstreams.Articles(base)}
		}
	}
	return sources
}

func (a *app) listScenarios() error {
	for _, name := range replay.Names(testdata.Scenarios()) {
		s, err := replay.Load(testdata.Scenarios(), name)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, "%-22s %s\n", name, s.Title)
	}
	return nil
}

func loadScenario(name string) (*replay.Scenario, error) {
	known := replay.Names(testdata.Scenarios())
	for _, n := range known {
		if n == name {
			return replay.Load(testdata.Scenarios(), name)
		}
	}
	return nil, usage("there is no scenario %q; %s", name, config.DidYouMean(name, known))
}
