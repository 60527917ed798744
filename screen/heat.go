package screen

import (
	"context"
	"slices"
)

// The heat of a word is its share of an entry's name, in eighths. A row from hot on is looked at closely: names that are alike share
// nearly half of their weight at least.
const (
	whole = 8
	hot   = 3
	warm  = 2 // of a half of a word
)

// heater measures the words of a shard against a few entries.
type heater struct {
	s      *shard
	ix     *Index
	search *searcher
	target []uint8
	pieces multimap
	heat   []uint8
	shares map[uint32][]near // by warm word: the words of the index that it may be meant for or be a part of
	loose  map[uint32]bool   // words that are several words of a name together
	acc    map[uint32]float32
}

// suspects are the rows whose names share enough with the entries of ix to be compared.
func (s *shard) suspects(ctx context.Context, c *Counterparties, ix *Index, threshold float64) []int {
	h := &heater{s: s, ix: ix, search: newSearcher(ix), shares: map[uint32][]near{}, loose: map[uint32]bool{}, acc: map[uint32]float32{}}
	h.target, h.pieces = ix.targets()
	h.measure()
	var rows []int
	start := uint32(0)
	for i, end := range s.ends {
		sum := 0
		row := s.toks[start:end]
		for _, t := range row {
			if t != nextName {
				sum += int(h.heat[t])
			}
		}
		start = end
		if sum >= hot && h.mayMatch(row, float32(threshold)*leastShare) || ix.addrs.mayStandIn(c, s.from+i) {
			rows = append(rows, s.from+i)
		}
		if i&0xFFFF == 0 && ctx.Err() != nil {
			return nil
		}
	}
	return rows
}

// leastShare is the share of a threshold that two names must have in common to be compared: a good deal less than a search demands, as a
// name without its spaces is found by a part of it.
const leastShare = 0.28

// measure gives every word of the shard its heat.
func (h *heater) measure() {
	s, ix := h.s, h.ix
	h.heat = make([]uint8, s.words.len())
	search := h.search
	for i := range h.heat {
		id := uint32(i)
		w := s.words.bytes(id)
		search.found = ix.spell.find(w, s.bones[i], search.found[:0])
		best := uint8(0)
		if len(search.found) > 0 {
			best = h.hottest(id)
		}
		if len(w) >= 3 && best < whole {
			hash := hashBytes(w)
			switch {
			case best < hot && len(w) >= 6 && ix.joinsTo(w, hash, search):
				best = whole
				h.loose[id] = true
			case h.pieces.may(hash):
				if search.found = h.pieces.appendAll(hash, search.found[:0]); len(search.found) > 0 {
					best = max(best, warm)
					h.addPieces(id, len(w))
				}
			}
		}
		h.heat[i] = best
	}
}

// addPieces notes that word id may be a part of the words just found.
func (h *heater) addPieces(id uint32, letters int) {
	nears := h.shares[id]
	slices.Sort(h.search.found)
	for _, found := range slices.Compact(h.search.found) {
		nears = append(nears, near{found, min(1, float32(letters)/float32(len(h.ix.tokens[found].s))+pieceSlack)})
	}
	h.shares[id] = nears
}

// pieceSlack allows for a slip in the other piece.
const pieceSlack = 0.15

// hottest is the heat of the hottest of the words just found that word id may be meant for; it remembers all of them.
func (h *heater) hottest(id uint32) uint8 {
	best := uint8(0)
	ix, s := h.ix, h.search
	w := h.s.words.at(id)
	r, canon := ix.lex.roleOf(w)
	t := makeToken(ix.lex, part{s: w, canon: canon, role: r})
	var nears []near
	slices.Sort(s.found)
	for _, found := range slices.Compact(s.found) {
		if sim, _ := s.m.tokenSim(&t, &ix.tokens[found]); sim > 0 {
			nears = append(nears, near{found, sim})
			best = max(best, h.target[found])
		}
	}
	if len(nears) > 0 {
		h.shares[id] = nears
	}
	return best
}

// mayMatch reports whether the words of one of a row's names make up enough of one name of the index. Rows with words that
// are several others together are let through: spacing is the business of the comparison.
func (h *heater) mayMatch(row []uint32, least float32) bool {
	start := 0
	for i := 0; i <= len(row); i++ {
		if i < len(row) && row[i] != nextName {
			if h.loose[row[i]] {
				return true
			}
			continue
		}
		if h.nameMatches(row[start:i], least) {
			return true
		}
		start = i + 1
	}
	return false
}

// nameMatches estimates like searcher.candidates, with every bound on the safe side.
func (h *heater) nameMatches(words []uint32, least float32) bool {
	clear(h.acc)
	var total float32
	ix := h.ix
	for _, t := range words {
		nears := h.shares[t]
		own := float32(h.s.weight[t]) / weightSteps
		for _, n := range nears {
			k := &ix.tokens[n.id]
			if n.sim == 1 && k.w < own {
				own = k.w
			}
		}
		total += own
		for _, n := range nears {
			w := ix.tokens[n.id].w * n.sim
			for _, name := range ix.posting.of(n.id) {
				h.acc[name] += w
			}
		}
	}
	for name, acc := range h.acc {
		w := ix.names.weight[name]
		if acc >= least*max(1, min(max(total, w), (total+w)/2+2)) {
			return true
		}
	}
	return false
}

// targets gives the heat of every word of the index, its share of the weight of the name in which it matters most, and the halves of the
// longer words.
func (ix *Index) targets() (heat []uint8, pieces multimap) {
	heat = make([]uint8, len(ix.tokens))
	var parts multimapBuilder
	for n := range uint32(ix.names.len()) {
		for _, tok := range ix.names.span(n) {
			id := tok >> flagBits
			t := &ix.tokens[id]
			share := t.w / max(0.1, ix.names.weight[n])
			heat[id] = max(heat[id], uint8(share*whole+0.5))
			if share >= 0.3 {
				for i := 3; i+3 <= len(t.s); i++ {
					parts.add(hashString(t.s[:i]), id)
					parts.add(hashString(t.s[i:]), id)
				}
			}
		}
	}
	return heat, parts.build()
}

// joinsTo reports whether a word is, but for a slip, two or more words of a name together.
func (ix *Index) joinsTo(w []byte, hash uint64, s *searcher) bool {
	if s.found = ix.compact.appendAll(hash, s.found[:0]); len(s.found) > 0 {
		return true
	}
	var hashes [slipPrefix + 1]uint64
	for _, h := range hashes[:slipHashes(w, slipPrefix, &hashes)] {
		if s.found = ix.slips.appendAll(h, s.found[:0]); len(s.found) > 0 {
			return true
		}
	}
	return false
}
