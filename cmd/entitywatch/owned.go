package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/screen/match"
	"entitywatch/screen/ours"
)

// affiliates are, for the screen command, the parties that listed ones own.
func (a *app) affiliates(o screenOptions, parties *ours.Counterparties, direct []match.Hit,
	ix *match.Index) ([]match.Hit, []diff.Problem, error) {
	c, err := a.loadConfig()
	if err != nil {
		return nil, nil, err
	}
	f, err := a.open(o.owners, false)
	if err != nil {
		return nil, nil, fmt.Errorf("owners: %w", err)
	}
	defer f.Close()
	owners, rows, err := ours.ReadOwners(f)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", o.owners, err)
	}
	hits := owners.Affiliates(parties, direct, ix, ownershipOf(c.Ownership), diff.DateOf(a.now()), o.threshold)
	return hits, enrich.Problems(filepath.Base(o.owners), rows), nil
}

func bestFirst(hits []match.Hit) {
	slices.SortStableFunc(hits, func(a, b match.Hit) int { return cmp.Compare(b.Score, a.Score) })
}
