package ours

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/internal/parallel"
	"entitywatch/screen/match"
	"entitywatch/screen/names"
)

// shard is a part of the counterparties with the words of their names, ready to be asked which of them a few entries
// may concern.
type shard struct {
	from, to int
	words    match.Vocabulary
	toks     []uint32 // words of the rows, one after another; NextName between the names of a row
	ends     []uint32 // where row from+i ends in toks
}

// watch makes the counterparties ready for Touched.
func (c *Counterparties) watch() {
	c.once.Do(func() {
		n := max(1, runtime.GOMAXPROCS(0))
		c.shards = make([]shard, n)
		parallel.Each(n, func(i int) {
			s := &c.shards[i]
			s.from, s.to = c.Len()*i/n, c.Len()*(i+1)/n
			s.read(c)
		})
	})
}

func (s *shard) read(c *Counterparties) {
	r := names.NewReader()
	s.ends = make([]uint32, 0, s.to-s.from)
	for i := s.from; i < s.to; i++ {
		row := c.row(i)
		_, row, _ = strings.Cut(row, fieldMark)
		name, row, _ := strings.Cut(row, fieldMark)
		s.addName(r, name)
		if row[len(row)-1:] != fieldMark { // the last field holds the aliases
			for a := range strings.SplitSeq(row[strings.LastIndex(row, fieldMark)+1:], ";") {
				s.toks = append(s.toks, match.NextName)
				s.addName(r, a)
			}
		}
		s.ends = append(s.ends, uint32(len(s.toks)))
	}
}

// addName adds a name, and its readings where it is romanised in another way than others write it.
func (s *shard) addName(r *names.Reader, name string) {
	s.toks = s.words.AppendName(s.toks, r.Read(name))
	for _, reading := range names.Respellings(name) {
		s.toks = append(s.toks, match.NextName)
		s.toks = s.words.AppendName(s.toks, r.Read(reading))
	}
}

// suspects are the rows whose names share enough with the entries of ix to be compared, or that may be at an address of
// theirs.
func (s *shard) suspects(ctx context.Context, c *Counterparties, ix *match.Index, threshold float64) []int {
	sieve, addresses := match.NewSieve(ix, &s.words, threshold), ix.HasAddresses()
	var rows []int
	start := uint32(0)
	for i, end := range s.ends {
		if sieve.Passes(s.toks[start:end]) || addresses && ix.MayStandAt(c.At(s.from+i).Address) {
			rows = append(rows, s.from+i)
		}
		start = end
		if i&0xFFFF == 0 && ctx.Err() != nil {
			return nil
		}
	}
	return rows
}

// Touched finds the counterparties that any of a few entries may be: it is the reverse of Screen, for entries that have
// just changed. weights are those of the full lists (Index.Weights), so that scores are the same as Screen's; nil takes
// the built-in ones. The hits come in the order of the counterparties.
func (c *Counterparties) Touched(ctx context.Context, entries []diff.Entry, weights *match.Weights,
	threshold float64) ([]match.Hit, error) {
	c.watch()
	if weights == nil {
		weights = match.BuiltinWeights()
	}
	ix := match.NewIndex(entries, match.Options{Weights: weights})
	rows := make([][]int, len(c.shards))
	parallel.Each(len(c.shards), func(i int) { rows[i] = c.shards[i].suspects(ctx, c, ix, threshold) })
	all := slices.Concat(rows...)
	hits, err := ix.SearchAll(ctx, len(all), func(i int) match.Query { return c.query(all[i]) }, threshold, 0, nil)
	for i := range hits {
		hits[i].Counterparty = all[hits[i].Counterparty]
	}
	return hits, err
}
