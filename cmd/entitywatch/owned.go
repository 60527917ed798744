package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/screen"
)

// ownershipOf makes the fifty per cent rules of a config.
func ownershipOf(o config.Ownership) screen.Ownership {
	return screen.Ownership{
		OFAC: screen.Rule{On: o.OFAC.On, From: o.OFAC.From}, BIS: screen.Rule{On: o.BIS.On, From: o.BIS.From},
		Threshold: 100 * float64(o.Threshold),
	}
}

// affiliates are, for the screen command, the parties that listed ones own.
func (a *app) affiliates(o screenOptions, ours *screen.Counterparties, direct []screen.Hit, ix *screen.Index) ([]screen.Hit, []diff.Problem, error) {
	c, err := a.loadConfig()
	if err != nil {
		return nil, nil, err
	}
	f, err := a.open(o.owners, false)
	if err != nil {
		return nil, nil, fmt.Errorf("owners: %w", err)
	}
	defer f.Close()
	owners, rows, err := screen.ReadOwners(f)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", o.owners, err)
	}
	hits := owners.Affiliates(ours, direct, ix, ownershipOf(c.Ownership), diff.DateOf(a.now()), o.threshold)
	return hits, rowProblems(filepath.Base(o.owners), rows), nil
}

func bestFirst(hits []screen.Hit) {
	slices.SortStableFunc(hits, func(a, b screen.Hit) int { return cmp.Compare(b.Score, a.Score) })
}

// affiliates are the parties of a file that the changed entries own, alone or together with parties listed before. The hits' Entry is
// the index in changed.
func (s *screener) affiliates(ctx context.Context, f *ours, changed []diff.Entry) ([]screen.Hit, error) {
	if f.owners == nil {
		return nil, nil
	}
	all := slices.Clone(changed)
	inForce, err := entriesInForce(ctx, s.db, diff.DateOf(s.now()))
	if err != nil {
		return nil, err
	}
	for _, e := range inForce {
		if !slices.ContainsFunc(changed, func(c diff.Entry) bool { return c.EntryID == e.EntryID && c.List == e.List }) {
			all = append(all, e)
		}
	}
	index := screen.NewIndex(all, screen.Options{})
	hits := f.owners.Affiliates(f.parties, directHits(f, index), index, ownershipOf(s.ownership), diff.DateOf(s.now()), f.Threshold)
	return slices.DeleteFunc(hits, func(h screen.Hit) bool { return h.Entry >= len(changed) }), nil
}

// directHits are the hits of those counterparties that the owners file speaks of; no others can own or be owned.
func directHits(f *ours, index *screen.Index) []screen.Hit {
	var hits []screen.Hit
	seen := map[int]bool{}
	for _, stake := range f.owners.Stakes() {
		for _, id := range []string{stake.Owned, stake.Owner} {
			i, known := f.parties.Find(id)
			if !known || seen[i] {
				continue
			}
			seen[i] = true
			for _, h := range index.Search(queryOf(f.parties.At(i)), f.Threshold, 0) {
				h.Counterparty = i
				hits = append(hits, h)
			}
		}
	}
	return hits
}
