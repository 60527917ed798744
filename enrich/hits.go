package enrich

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/match"
	"entitywatch/screen/ours"
)

// searcher finds which of ours some changed entries touch. It does not change, so that a search that is left behind harms nobody.
type searcher struct {
	lists     *Lists
	files     []*Loaded
	dismissed []Dismissal
	ownership ours.Ownership
	day       diff.Date
	direct    *directHits
}

// touched are the hits of our parties among entries, by the entry's index, best first.
func (s *searcher) touched(ctx context.Context, entries []diff.Entry) (map[int][]Hit, error) {
	out := map[int][]Hit{}
	for _, f := range s.files {
		hits, err := f.Parties.Touched(ctx, entries, s.lists.Weights(), f.Threshold)
		if err != nil {
			return nil, err
		}
		owned, err := s.affiliates(ctx, f, entries)
		if err != nil {
			return nil, err
		}
		for _, h := range append(hits, owned...) {
			if h.Counterparty == nobody || !silenced(s.dismissed, f.Name, f.Parties.At(h.Counterparty), &entries[h.Entry]) {
				out[h.Entry] = append(out[h.Entry], told(f.Name, h))
			}
		}
	}
	for i := range out {
		slices.SortStableFunc(out[i], func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	}
	return out, nil
}

func told(file string, h match.Hit) Hit {
	return Hit{
		Counterparties: file, ID: h.ID, Name: h.Query, Match: h.Match, Score: h.Score, MatchedOn: h.MatchedOn, Reason: strings.Join(h.Reasons, "; "),
	}
}

// queryOf is a counterparty as a search.
func queryOf(p ours.Counterparty) match.Query {
	return match.Query{ID: p.ID, Name: p.Name, Country: p.Country, Address: p.Address, Aliases: p.Aliases}
}

// entryOf is the entry that a Change is about, as it is now, or as it was where it is gone.
func entryOf(c diff.Change) diff.Entry {
	for _, e := range []*diff.Entry{c.Entry, c.After, c.Before} {
		if e != nil {
			entry := *e
			entry.EntryID = c.EntryID
			return entry
		}
	}
	return diff.Entry{List: c.List, Key: c.Key, EntryID: c.EntryID, Name: c.Name, Country: c.Country}
}
