package enrich

import (
	"context"
	"sync"

	"entitywatch/diff"
	"entitywatch/screen/match"
)

// affiliates are the parties of a file that the changed entries own, alone or together with parties listed before. The hits' Entry is
// the index in changed.
func (s *searcher) affiliates(ctx context.Context, f *Loaded, changed []diff.Entry) ([]match.Hit, error) {
	if f.Owners == nil {
		return nil, nil
	}
	before, err := s.direct.of(ctx, f, s.lists)
	if err != nil {
		return nil, err
	}
	// The changed entries stand in front of the others, and count as they were told, also where they are gone.
	with := overlay{changed: changed, index: match.NewIndex(changed, match.Options{Weights: s.lists.Weights()}), lists: s.lists, moved: map[string]bool{}}
	for i := range changed {
		with.moved[changed[i].EntryID] = true
	}
	var direct []match.Hit
	for _, h := range before {
		if !with.moved[s.lists.Entry(h.Entry).EntryID] {
			h.Entry += len(changed)
			direct = append(direct, h)
		}
	}
	mine := partiesOf(f)
	now, err := with.index.SearchAll(ctx, len(mine), func(i int) match.Query { return queryOf(f.Parties.At(mine[i])) }, f.Threshold, 0, nil)
	if err != nil {
		return nil, err
	}
	for _, h := range now {
		h.Counterparty = mine[h.Counterparty]
		direct = append(direct, h)
	}
	var out []match.Hit
	for _, h := range f.Owners.Affiliates(f.Parties, direct, &with, s.ownership, s.day, f.Threshold) {
		if h.Entry < len(changed) {
			at, known := f.Parties.Find(h.ID)
			if h.Counterparty = at; !known {
				h.Counterparty = nobody
			}
			out = append(out, h)
		}
	}
	return out, nil
}

// nobody is the Counterparty of a party that only the owners file knows.
const nobody = -1

// partiesOf are those counterparties that the owners file speaks of; no others can own or be owned.
func partiesOf(f *Loaded) []int {
	var out []int
	seen := map[int]bool{}
	for _, stake := range f.Owners.Stakes() {
		for _, id := range []string{stake.Owned, stake.Owner} {
			if i, known := f.Parties.Find(id); known && !seen[i] {
				seen[i] = true
				out = append(out, i)
			}
		}
	}
	return out
}

// overlay are a few changed entries in front of the lists.
type overlay struct {
	changed []diff.Entry
	index   *match.Index
	lists   *Lists
	moved   map[string]bool // entry ids of the changed ones
}

// Entry implements ours.Listed.
func (o *overlay) Entry(i int) *diff.Entry {
	if i < len(o.changed) {
		return &o.changed[i]
	}
	return o.lists.Entry(i - len(o.changed))
}

// Search implements ours.Listed.
func (o *overlay) Search(q match.Query, threshold float64, n int) []match.Hit {
	hits := o.index.Search(q, threshold, n)
	for _, h := range o.lists.Search(q, threshold, n) {
		if !o.moved[o.lists.Entry(h.Entry).EntryID] {
			h.Entry += len(o.changed)
			hits = append(hits, h)
		}
	}
	return hits
}

// directHits remembers, by the file's name, the hits of the parties that its owners file speaks of among the lists in force.
type directHits struct {
	mu  sync.Mutex
	all map[string]direct
}

type direct struct {
	file  *Loaded
	lists *Lists
	hits  []match.Hit
}

func (d *directHits) of(ctx context.Context, f *Loaded, lists *Lists) ([]match.Hit, error) {
	d.mu.Lock()
	known := d.all[f.Name]
	d.mu.Unlock()
	if known.file == f && known.lists == lists {
		return known.hits, nil
	}
	mine := partiesOf(f)
	hits, err := lists.SearchAll(ctx, len(mine), func(i int) match.Query { return queryOf(f.Parties.At(mine[i])) }, f.Threshold, 0, nil)
	if err != nil {
		return nil, err
	}
	for i := range hits {
		hits[i].Counterparty = mine[hits[i].Counterparty]
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.all == nil {
		d.all = map[string]direct{}
	}
	d.all[f.Name] = direct{f, lists, hits}
	return hits, nil
}
