package screen

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"

	"entitywatch/diff"
)

// shard is a part of the counterparties with the words of their names, ready to be asked which of them a few entries may concern.
type shard struct {
	from, to int
	words    interner
	toks     []uint32 // words of the rows, one after another
	ends     []uint32 // where row from+i ends in toks
}

// watch makes the counterparties ready for Touched.
func (c *Counterparties) watch() {
	c.once.Do(func() {
		n := max(1, runtime.GOMAXPROCS(0))
		c.shards = make([]shard, n)
		var wg sync.WaitGroup
		for i := range c.shards {
			s := &c.shards[i]
			s.from, s.to = c.Len()*i/n, c.Len()*(i+1)/n
			wg.Go(func() { s.read(c) })
		}
		wg.Wait()
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
				s.addName(r, a)
			}
		}
		s.ends = append(s.ends, uint32(len(s.toks)))
	}
}

func (s *shard) addName(r *reader, name string) {
	for _, p := range r.read(name).parts {
		switch p.role {
		case particle, title, numeral, initialLetter, legalWord:
		default:
			s.toks = append(s.toks, s.words.add(p.s))
		}
	}
}

// Touched finds the counterparties that any of a few entries may be: it is the reverse of Screen, for entries that have just changed.
// weights are those of the full lists (Index.Weights), so that scores are the same as Screen's; nil takes the built-in ones. The hits
// come in the order of the counterparties.
func (c *Counterparties) Touched(ctx context.Context, entries []diff.Entry, weights *Weights, threshold float64) ([]Hit, error) {
	c.watch()
	if weights == nil {
		weights = &Weights{names: 2000, count: func(string) int { return 1 }}
	}
	ix := NewIndex(entries, Options{Weights: weights})
	rows := make([][]int, len(c.shards))
	var wg sync.WaitGroup
	for i := range c.shards {
		wg.Go(func() { rows[i] = c.shards[i].suspects(ctx, c, ix) })
	}
	wg.Wait()
	all := slices.Concat(rows...)
	hits, err := ix.SearchAll(ctx, len(all), func(i int) Query { return c.query(all[i]) }, threshold, 0, nil)
	for i := range hits {
		hits[i].Counterparty = all[hits[i].Counterparty]
	}
	return hits, err
}

// The heat of a word is its share of an entry's name, in eighths. A row from hot on is looked at closely: names that are alike share
// nearly half of their weight at least.
const (
	whole = 8
	hot   = 3
	warm  = 2 // of a half of a word
)

// suspects are the rows whose names share enough with the entries of ix to be compared.
func (s *shard) suspects(ctx context.Context, c *Counterparties, ix *Index) []int {
	heat := s.heat(ix)
	var rows []int
	start := uint32(0)
	for i, end := range s.ends {
		sum := 0
		for _, t := range s.toks[start:end] {
			sum += int(heat[t])
		}
		start = end
		if sum >= hot || ix.addrs.mayStandIn(c, s.from+i) {
			rows = append(rows, s.from+i)
		}
		if i&0xFFFF == 0 && ctx.Err() != nil {
			return nil
		}
	}
	return rows
}

// heat measures every word of the shard against the entries.
func (s *shard) heat(ix *Index) []uint8 {
	search := newSearcher(ix)
	target, pieces := ix.targets()
	heat := make([]uint8, s.words.len())
	var snd, bones []byte
	for i := range heat {
		w := s.words.at(uint32(i))
		snd = sound(w, snd)
		bones = skeleton(string(snd), bones)
		search.found = ix.spell.lookUp(w, bones, false, search.found[:0])
		best := uint8(0)
		if len(search.found) > 0 {
			best = search.hottest(w, target)
		}
		if best < hot && len(w) >= 3 {
			switch {
			case len(w) >= 6 && ix.joinsTo(w, search):
				best = whole
			case pieces[w]:
				best = max(best, warm)
			}
		}
		heat[i] = best
	}
	return heat
}

// hottest is the heat of the hottest of the words in s.found that w may be meant for.
func (s *searcher) hottest(w string, target []uint8) uint8 {
	best := uint8(0)
	r, canon := s.ix.lex.roleOf(w)
	t := makeToken(s.ix.lex, part{s: w, canon: canon, role: r})
	for _, id := range s.found {
		if target[id] <= best {
			continue
		}
		if sim, _ := s.m.tokenSim(&t, &s.ix.tokens[id]); sim > 0 {
			best = target[id]
		}
	}
	return best
}

// targets gives the heat of every word of the index, its share of the weight of the name in which it matters most, and the halves of the
// longer words.
func (ix *Index) targets() (heat []uint8, pieces map[string]bool) {
	heat = make([]uint8, len(ix.tokens))
	pieces = map[string]bool{}
	for n := range uint32(ix.names.len()) {
		for _, tok := range ix.names.span(n) {
			id := tok >> flagBits
			t := &ix.tokens[id]
			share := t.w / max(0.1, ix.names.weight[n])
			heat[id] = max(heat[id], uint8(share*whole+0.5))
			if share >= 0.3 {
				for i := 3; i+3 <= len(t.s); i++ {
					pieces[t.s[:i]], pieces[t.s[i:]] = true, true
				}
			}
		}
	}
	return heat, pieces
}

// joinsTo reports whether a word is, but for a slip, two or more words of a name together.
func (ix *Index) joinsTo(w string, s *searcher) bool {
	if ix.compact.may(hashString(w)) {
		if s.found = ix.compact.appendAll(hashString(w), s.found[:0]); len(s.found) > 0 {
			return true
		}
	}
	var hashes [slipPrefix + 1]uint64
	for _, h := range hashes[:slipHashes(w, slipPrefix, &hashes)] {
		if s.found = ix.slips.appendAll(h, s.found[:0]); len(s.found) > 0 {
			return true
		}
	}
	return false
}
