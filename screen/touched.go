package screen

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"entitywatch/diff"
)

// shard is a part of the counterparties with the words of their names, ready to be asked which of them a few entries may concern.
type shard struct {
	from, to int
	words    interner
	toks     []uint32 // words of the rows, one after another; nextName between the names of a row
	ends     []uint32 // where row from+i ends in toks
	bones    []uint32 // by word: the hash of its consonants, 0 where too few to find anything by
	snd, sk  []byte
	weight   []uint8 // by word: its weight where no list knows it, in steps of 1/weightSteps, rounded down
}

const (
	nextName    = ^uint32(0)
	weightSteps = 8
)

// watch makes the counterparties ready for Touched.
func (c *Counterparties) watch() {
	c.once.Do(func() {
		n := max(1, runtime.GOMAXPROCS(0))
		c.shards = make([]shard, n)
		inParallel(n, func(i int) {
			s := &c.shards[i]
			s.from, s.to = c.Len()*i/n, c.Len()*(i+1)/n
			s.read(c)
		})
	})
}

func (s *shard) read(c *Counterparties) {
	r := newReader()
	s.ends = make([]uint32, 0, s.to-s.from)
	for i := s.from; i < s.to; i++ {
		row := c.row(i)
		_, row, _ = strings.Cut(row, fieldMark)
		name, row, _ := strings.Cut(row, fieldMark)
		s.addName(r, name)
		if row[len(row)-1:] != fieldMark { // the last field holds the aliases
			for a := range strings.SplitSeq(row[strings.LastIndex(row, fieldMark)+1:], ";") {
				s.toks = append(s.toks, nextName)
				s.addName(r, a)
			}
		}
		s.ends = append(s.ends, uint32(len(s.toks)))
	}
}

// addName adds a name, and its readings where it is romanised in another way than others write it.
func (s *shard) addName(r *reader, name string) {
	s.addWords(r, name)
	for _, reading := range respellings(name) {
		s.toks = append(s.toks, nextName)
		s.addWords(r, reading)
	}
}

func (s *shard) addWords(r *reader, name string) {
	for _, p := range r.read(name).parts {
		switch p.role {
		case particle, title, numeral, initialLetter, legalWord:
		default:
			id := s.words.add(p.s)
			s.toks = append(s.toks, id)
			if int(id) == len(s.bones) {
				s.describe(r.lex, &p)
			}
		}
	}
}

// describe keeps of a new word what is asked of it at every change.
func (s *shard) describe(lex *lexicon, p *part) {
	s.snd = sound(p.s, s.snd)
	s.sk = skeleton(s.snd, s.sk)
	s.bones = append(s.bones, bonesHash(p.s, s.sk))
	w, _ := lex.weightFor(p.s, p.role, 1, leastNames)
	s.weight = append(s.weight, uint8(w*weightSteps))
}

// Touched finds the counterparties that any of a few entries may be: it is the reverse of Screen, for entries that have just changed.
// weights are those of the full lists (Index.Weights), so that scores are the same as Screen's; nil takes the built-in ones. The hits
// come in the order of the counterparties.
func (c *Counterparties) Touched(ctx context.Context, entries []diff.Entry, weights *Weights, threshold float64) ([]Hit, error) {
	c.watch()
	if weights == nil {
		weights = &Weights{names: leastNames, count: func(string) int { return 1 }}
	}
	ix := NewIndex(entries, Options{Weights: weights})
	rows := make([][]int, len(c.shards))
	inParallel(len(c.shards), func(i int) { rows[i] = c.shards[i].suspects(ctx, c, ix, threshold) })
	all := slices.Concat(rows...)
	hits, err := ix.SearchAll(ctx, len(all), func(i int) Query { return c.query(all[i]) }, threshold, 0, nil)
	for i := range hits {
		hits[i].Counterparty = all[hits[i].Counterparty]
	}
	return hits, err
}
