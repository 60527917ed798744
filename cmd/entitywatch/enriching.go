package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"time"

	"entitywatch/config"
	"entitywatch/enrich"
	"entitywatch/screen/match"
	"entitywatch/screen/ours"
	"entitywatch/store"
	"entitywatch/web"
)

// newEnricher wires what stands between the two halves. now gives the time in the zone of what is shown.
func newEnricher(
	c *config.Config, db *store.DB, turn func(context.Context) (done func()), now func() time.Time, log *slog.Logger,
) *enrich.Enricher {
	return enrich.New(enrich.Options{
		Store: enrichStore{db}, Files: filesOf(c), Ownership: ownershipOf(c.Ownership),
		Mention: float64(c.Mentions.Threshold),
		Press:   slices.ContainsFunc(c.Sources, func(s config.Source) bool { return s.Kind == "news" }),
		Line:    func(h enrich.Hit) string { return notifyHit(h).Text() }, Turn: turn, Now: now, Log: log,
	})
}

func filesOf(c *config.Config) []enrich.File {
	out := make([]enrich.File, len(c.Counterparties))
	for i, f := range c.Counterparties {
		out[i] = enrich.File{Name: f.Name, File: f.File, Owners: f.Owners, Threshold: f.Threshold}
	}
	return out
}

// ownershipOf makes the fifty per cent rules of a config.
func ownershipOf(o config.Ownership) ours.Ownership {
	return ours.Ownership{
		OFAC: ours.Rule{On: o.OFAC.On, From: o.OFAC.From}, BIS: ours.Rule{On: o.BIS.On, From: o.BIS.From},
		Threshold: 100 * float64(o.Threshold),
	}
}

// mostHits bounds the answer for one name; a name that is like more than these is not searched for by name.
const mostHits = 50

// screenQueries answers the screening endpoint; threshold 0 takes the default.
func (e *engine) screenQueries(ctx context.Context, queries []web.Query, threshold float64) ([][]web.Hit, error) {
	if threshold == 0 {
		threshold = match.DefaultThreshold
	}
	lists, err := e.enricher.Lists(ctx)
	if err != nil {
		return nil, err
	}
	query := func(i int) match.Query {
		q := queries[i]
		return match.Query{ID: q.ID, Name: q.Name, Country: q.Country, Address: q.Address, Aliases: q.Aliases}
	}
	hits, err := lists.SearchAll(ctx, len(queries), query, threshold, mostHits, nil)
	if err != nil {
		return nil, err
	}
	out := make([][]web.Hit, len(queries))
	for _, h := range hits {
		hit, err := json.Marshal(h)
		if err != nil {
			return nil, err
		}
		out[h.Counterparty] = append(out[h.Counterparty], hit)
	}
	return out, nil
}
