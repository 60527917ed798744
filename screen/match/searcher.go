package match

import (
	"slices"

	"entitywatch/screen/names"
)

// near is a word of the dictionary that a word of a query may be meant for.
type near struct {
	id  uint32
	sim float32
}

// searcher is the working memory of one search at a time.
type searcher struct {
	ix      *Index
	reader  *names.Reader
	m       *matcher
	query   name
	other   name
	cache   map[string][]near
	found   []uint32
	sk      []byte
	acc     []float32 // by name: the weight of the query's words found in it, so far
	mark    []uint32  // by name: the round in which acc was last set
	round   uint32
	touched []uint32
	sure    []uint32
	cands   []candidate
}

type candidate struct {
	name uint32
	est  float32
}

func newSearcher(ix *Index) *searcher {
	return &searcher{
		ix: ix, reader: names.NewReader(), m: &matcher{enough: ix.enough, acronym: 4, listed: true},
		cache: map[string][]near{},
		acc:   make([]float32, ix.Len()), mark: make([]uint32, ix.Len()),
	}
}

// The bounds of one search.
const (
	maxCached     = 200_000 // words whose near words are remembered
	crowd         = 2_500   // a word that stands in more names is used only where rarer ones say too little
	fewCandidates = 60      // names compared in full at a high threshold
	allCandidates = 250     // and at a low one
	lowThreshold  = 0.8
)

// prepare reads a query with the index's weights.
func (s *searcher) prepare(text string) *name {
	r := s.reader.Read(text)
	q := &s.query
	toks := q.toks[:0]
	*q = nameOf(r)
	q.toks = toks
	for _, p := range r.Parts[:min(len(r.Parts), maxTokens)] {
		q.toks = append(q.toks, s.token(p))
	}
	return q
}

// token gives a part of a query the weight that the index's lists give it.
func (s *searcher) token(p names.Part) token {
	ix := s.ix
	if id, ok := ix.dict.find(p.Text); ok {
		t := ix.tokens[id]
		t.paren, t.abjad = p.Paren, p.Abjad
		if p.Role == names.Title {
			t.role, t.w, t.info = names.Title, float32(len(p.Text))*0.06, 0
		}
		return t
	}
	t := makeToken(p)
	t.w, t.info = weightFor(t.s, t.role, 1, max(leastNames, ix.Len()))
	return t
}

// load makes name n of the index ready to be compared.
func (s *searcher) load(n uint32) *name {
	ix, t := s.ix, &s.ix.names
	o := &s.other
	*o = name{
		toks: o.toks[:0], key: t.key[n], compact: t.compact[n], chars: t.chars[n], legal: t.legal[n], class: t.class[n],
		org:  t.org[n],
		firm: t.firm[n], kind: t.person[n], being: t.being[n], bare: t.bare[n],
		vessel: t.vessel[n],
	}
	if t.rare[n] {
		o.han, o.respelt = t.han[n], t.respelt[n]
	}
	for _, tok := range t.span(n) {
		k := ix.tokens[tok>>flagBits]
		k.paren = tok&flagParen != 0
		if tok&flagTitle != 0 {
			k.role, k.w, k.info = names.Title, float32(len(k.s))*0.06, 0
		}
		o.toks = append(o.toks, k)
	}
	return o
}

// nears finds the words of the dictionary that t may be meant for, t itself included.
func (s *searcher) nears(t *token) []near {
	if hit, ok := s.cache[t.s]; ok && !t.abjad {
		return hit
	}
	ix := s.ix
	s.found = ix.spell.candidates(t, s.found[:0], &s.sk)
	slices.Sort(s.found)
	s.m.firms = false // what is remembered of a word holds for all names, be they companies' or not
	var out []near
	for i, id := range s.found {
		if i > 0 && s.found[i-1] == id {
			continue
		}
		if sim, _ := s.m.tokenSim(t, &ix.tokens[id]); sim > 0 {
			out = append(out, near{id, sim})
		}
	}
	if !t.abjad && len(s.cache) < maxCached {
		s.cache[t.s] = out
	}
	return out
}

// candidates finds the names that may be the query, the likeliest first; all that are certain to be compared come
// first.
func (s *searcher) candidates(q *name, threshold float64) []candidate {
	ix := s.ix
	s.round++
	s.touched, s.sure, s.cands = s.touched[:0], s.sure[:0], s.cands[:0]
	s.lookUp(q)
	total, seen := s.accumulate(q, threshold)
	limit := fewCandidates
	if threshold < lowThreshold {
		limit = allCandidates
	}
	least := float32(threshold) * 0.445 * seen
	for _, n := range s.touched {
		w := ix.names.weight[n]
		est := s.acc[n] / max(1, min(max(total, w), (total+w)/2+2))
		if est >= least {
			s.cands = append(s.cands, candidate{n, est})
		}
	}
	if len(s.cands) > limit {
		s.cands = topCandidates(s.cands, limit)
	}
	for _, n := range s.sure {
		s.cands = append(s.cands, candidate{n, 2})
	}
	slices.SortFunc(s.cands, func(a, b candidate) int {
		switch {
		case a.est > b.est:
			return -1
		case a.est < b.est:
			return 1
		}
		return int(a.name) - int(b.name)
	})
	return s.cands
}

// lookUp finds names that are the query's letters with other spaces or one slip.
func (s *searcher) lookUp(q *name) {
	ix := s.ix
	s.sure = ix.exact.appendAll(names.FinishHash(q.key), s.sure)
	joined := s.sk[:0]
	prev, words := "", 0
	for i := range q.toks {
		t := &q.toks[i]
		if t.role == names.Title {
			continue
		}
		joined = append(joined, t.s...)
		words++
		if prev != "" && len(prev)+len(t.s) >= 5 && len(q.toks) < 12 {
			s.sure = s.lookUpJoin(prev+t.s, s.sure)
		}
		prev = t.s
	}
	whole := string(joined)
	s.sk = joined
	if words == 1 {
		s.sure = ix.compact.appendAll(names.Hash(whole), s.sure)
	}
	if len(whole) >= 6 {
		from := len(s.sure)
		var hashes [slipPrefix + 1]uint64
		for _, h := range hashes[:slipHashes(whole, slipPrefix, &hashes)] {
			s.sure = ix.slips.appendAll(h, s.sure)
		}
		s.sure = append(s.sure[:from], s.keepClose(s.sure[from:], len(whole))...)
	}
	slices.Sort(s.sure)
	s.sure = slices.Compact(s.sure)
	if len(s.sure) > allCandidates {
		s.sure = s.sure[:allCandidates]
	}
}

// lookUpJoin finds names in which two words of the query are one.
func (s *searcher) lookUpJoin(joined string, dst []uint32) []uint32 {
	if id, ok := s.ix.dict.find(joined); ok && s.ix.counts[id] < 200 {
		dst = append(dst, s.ix.posting.of(id)...)
	}
	return dst
}

// keepClose keeps the names whose length is near that of the query.
func (s *searcher) keepClose(names []uint32, letters int) []uint32 {
	keep := names[:0]
	for _, n := range names {
		have := 0
		for _, tok := range s.ix.names.span(n) {
			have += len(s.ix.tokens[tok>>flagBits].s)
		}
		if d := have - letters; d >= -3 && d <= 3 {
			keep = append(keep, n)
		}
	}
	return keep
}

// use is one word of a query with the names that its near words stand in.
type use struct {
	t     *token
	nears []near
	names int
}

// accumulate adds up for every name what of the query it holds, rare words first. It returns the weight of the whole
// query and the share of its words that was looked up.
func (s *searcher) accumulate(q *name, threshold float64) (total, seen float32) {
	var words float32
	var uses []use
	for i := range q.toks {
		t := &q.toks[i]
		total += t.w
		if t.role == names.Numeral || t.role == names.InitialLetter || t.role == names.Particle || t.role == names.Title {
			continue
		}
		words += t.w
		u := use{t: t, nears: s.nears(t)}
		for _, k := range u.nears {
			u.names += len(s.ix.posting.of(k.id))
		}
		uses = append(uses, u)
	}
	slices.SortStableFunc(uses, func(a, b use) int { return a.names - b.names })
	var done float32
	for i := range uses {
		u := &uses[i]
		if u.names == 0 {
			seen += u.t.w
			continue
		}
		if u.names > crowd && done >= total*float32(1-threshold*0.635) {
			break
		}
		s.addWord(u)
		done += u.t.w
	}
	s.preferNumbers(q)
	return total, min(1, (seen+done)/max(1, words))
}

// sameNumber is what a number that agrees adds to the estimate of a name: enough to put it before its sisters ("Works
// 12" before "Works 13").
const sameNumber = 0.5

// preferNumbers puts the names that hold the query's numbers before others that hold the same words.
func (s *searcher) preferNumbers(q *name) {
	for i := range q.toks {
		t := &q.toks[i]
		if t.role != names.Numeral {
			continue
		}
		id, ok := s.ix.dict.find(t.s)
		if !ok || s.ix.counts[id] > crowd {
			continue
		}
		for _, n := range s.ix.posting.of(id) {
			if s.mark[n] == s.round {
				s.acc[n] += sameNumber
			}
		}
	}
}

// addWord adds one word of the query to the names that hold it, each name once by its nearest word.
func (s *searcher) addWord(u *use) {
	slices.SortStableFunc(u.nears, func(a, b near) int {
		switch {
		case a.sim > b.sim:
			return -1
		case a.sim < b.sim:
			return 1
		}
		return 0
	})
	for _, k := range u.nears {
		w := min(u.t.w, s.ix.tokens[k.id].w) * k.sim
		for _, n := range s.ix.posting.of(k.id) {
			if s.mark[n] != s.round {
				s.mark[n], s.acc[n] = s.round, 0
				s.touched = append(s.touched, n)
			}
			s.acc[n] += w
		}
	}
}

// topCandidates keeps about limit candidates with the best estimates, by a histogram rather than by sorting them all.
func topCandidates(c []candidate, limit int) []candidate {
	const steps = 128
	var count [steps + 1]int
	bucket := func(est float32) int { return min(steps, int(est*steps)) }
	for _, k := range c {
		count[bucket(k.est)]++
	}
	cut, sum := steps, 0
	for cut > 0 && sum+count[cut] < limit {
		sum += count[cut]
		cut--
	}
	keep := c[:0]
	room := limit - sum
	for _, k := range c {
		switch b := bucket(k.est); {
		case b > cut:
			keep = append(keep, k)
		case b == cut && room > 0:
			keep = append(keep, k)
			room--
		}
	}
	return keep
}
