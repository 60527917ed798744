package match

import (
	"slices"

	"entitywatch/screen/names"
)

// The heat of a word is its share of an entry's name, in eighths. A row from hot on is looked at closely: names that
// are alike share nearly half of their weight at least.
const (
	whole = 8
	hot   = 3
	warm  = 2 // of a half of a word
)

// Sieve tells cheaply of rows of names whether any of them may be a name of an Index of a few entries. It is not safe
// for concurrent use.
type Sieve struct {
	v      *Vocabulary
	ix     *Index
	search *searcher
	least  float32 // the share of its weight that a name must have in common with another
	target []uint8
	pieces multimap
	heat   []uint8
	shares map[uint32][]near // by warm word: the words of the index that it may be meant for or be a part of
	loose  map[uint32]bool   // words that are several words of a name together
	acc    map[uint32]float32
}

// NewSieve measures all words of v against the names of ix. What passes may reach the threshold, what does not cannot.
func NewSieve(ix *Index, v *Vocabulary, threshold float64) *Sieve {
	h := &Sieve{
		v: v, ix: ix, search: newSearcher(ix), least: float32(threshold) * leastShare, shares: map[uint32][]near{},
		loose: map[uint32]bool{},
		acc:   map[uint32]float32{},
	}
	h.target, h.pieces = ix.targets()
	h.measure()
	return h
}

// Passes reports whether a row may match: the words of its names by their numbers in the Vocabulary, with NextName
// between the names.
func (h *Sieve) Passes(row []uint32) bool {
	sum := 0
	for _, t := range row {
		if t != NextName {
			sum += int(h.heat[t])
		}
	}
	return sum >= hot && h.mayMatch(row, h.least)
}

// leastShare is the share of a threshold that two names must have in common to be compared: a good deal less than a
// search demands, as a name without its spaces is found by a part of it.
const leastShare = 0.28

// measure gives every word of the vocabulary its heat.
func (h *Sieve) measure() {
	v, ix := h.v, h.ix
	h.heat = make([]uint8, v.words.len())
	search := h.search
	for i := range h.heat {
		id := uint32(i)
		w := v.words.bytes(id)
		search.found = ix.spell.find(w, v.bones[i], search.found[:0])
		best := uint8(0)
		if len(search.found) > 0 {
			best = h.hottest(id)
		}
		if len(w) >= 3 && best < whole {
			hash := names.Hash(w)
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
func (h *Sieve) addPieces(id uint32, letters int) {
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
func (h *Sieve) hottest(id uint32) uint8 {
	best := uint8(0)
	ix, s := h.ix, h.search
	w := h.v.words.at(id)
	r, canon := names.RoleOf(w)
	t := makeToken(names.Part{Text: w, Canon: canon, Role: r})
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

// mayMatch reports whether the words of one of a row's names make up enough of one name of the index. Rows with words
// that are several others together are let through: spacing is the business of the comparison.
func (h *Sieve) mayMatch(row []uint32, least float32) bool {
	start := 0
	for i := 0; i <= len(row); i++ {
		if i < len(row) && row[i] != NextName {
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
func (h *Sieve) nameMatches(words []uint32, least float32) bool {
	clear(h.acc)
	var total float32
	ix := h.ix
	for _, t := range words {
		nears := h.shares[t]
		own := float32(h.v.weight[t]) / weightSteps
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

// targets gives the heat of every word of the index, its share of the weight of the name in which it matters most, and
// the halves of the longer words.
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
					parts.add(names.Hash(t.s[:i]), id)
					parts.add(names.Hash(t.s[i:]), id)
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
