package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/screen"
)

// affiliates are, for the screen command, the parties that listed ones own.
func (a *app) affiliates(o screenOptions, ours *screen.Counterparties, direct []screen.Hit,
	ix *screen.Index) ([]screen.Hit, []diff.Problem, error) {
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
	return hits, enrich.Problems(filepath.Base(o.owners), rows), nil
}

func bestFirst(hits []screen.Hit) {
	slices.SortStableFunc(hits, func(a, b screen.Hit) int { return cmp.Compare(b.Score, a.Score) })
}
