package match

import (
	"context"
	"runtime"
	"slices"
	"sync/atomic"

	"entitywatch/diff"
	"entitywatch/internal/parallel"
	"entitywatch/screen/names"
)

// Query is one name to be searched for, with what is known of its bearer.
type Query struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
	// ISO 3166 code or a country's name; evidence for and against, see placeWorth
	Country string   `json:"country,omitempty"`
	Address string   `json:"address,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
}

// The ways in which a Hit can come about.
const (
	OnName      = "name"
	OnAlias     = "alias"
	OnAddress   = "address"
	OnAffiliate = "affiliate"
	OnRedFlag   = "red flag"
)

// Hit is one listed party that a query may be.
type Hit struct {
	Query     string      `json:"query"`
	ID        string      `json:"id,omitempty"`
	Match     string      `json:"match"` // the name, alias or address that matched
	Name      string      `json:"name"`  // the entry's
	List      diff.ListID `json:"list"`
	Key       string      `json:"key"`
	Country   string      `json:"country,omitempty"`
	Score     float64     `json:"score"`
	MatchedOn string      `json:"matched_on"`
	Reasons   []string    `json:"reasons"`

	LicenseRequirement string `json:"license_requirement,omitempty"` // of an affiliate: the strictest of its owners'
	Entry              int    `json:"-"`                             // index in the Index's entries
	// index in the Counterparties, where the query was one
	Counterparty int `json:"-"`
}

// Search finds the entries that q may be, at or over threshold, best first, at most n of them (all where n is 0).
func (ix *Index) Search(q Query, threshold float64, n int) []Hit {
	s := ix.pool.Get().(*searcher)
	hits := s.search(context.Background(), &q, threshold, n)
	ix.pool.Put(s) // not after a panic, which may leave it halfway
	return hits
}

// SearchAll searches for many at once, on all processors, and returns the hits in the order of the queries. It stops
// early where ctx ends; done, where not nil, is told how many queries are finished, from several goroutines.
func (ix *Index) SearchAll(ctx context.Context, count int, query func(int) Query, threshold float64, n int,
	done func(int)) ([]Hit, error) {
	const batch = 512
	results := make([][]Hit, (count+batch-1)/batch)
	var next, finished atomic.Int64
	parallel.Each(min(len(results), max(1, runtime.GOMAXPROCS(0))), func(int) {
		s := ix.pool.Get().(*searcher)
		for ctx.Err() == nil {
			b := int(next.Add(1)) - 1
			if b >= len(results) {
				break
			}
			from, to := b*batch, min(count, (b+1)*batch)
			for i := from; i < to && ctx.Err() == nil; i++ {
				q := query(i)
				hits := s.search(ctx, &q, threshold, n)
				for k := range hits {
					hits[k].Counterparty = i
				}
				results[b] = append(results[b], hits...)
			}
			if total := finished.Add(int64(to - from)); done != nil {
				done(int(total))
			}
		}
		ix.pool.Put(s)
	})
	return slices.Concat(results...), ctx.Err()
}

// entryScore is the best score of an entry so far.
type entryScore struct {
	entry, name uint32
	score       float64
	query       int    // which of the query's names it was: 0 the name, then the aliases
	reading     string // in another romanisation, where that was found
}

func (s *searcher) search(ctx context.Context, q *Query, threshold float64, n int) []Hit {
	var best []entryScore
	best = s.searchNames(q, q.Name, 0, threshold, best)
	for i, alias := range q.Aliases {
		if ctx.Err() != nil {
			return nil
		}
		best = s.searchNames(q, alias, i+1, threshold, best)
	}
	slices.SortFunc(best, func(a, b entryScore) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return int(a.entry) - int(b.entry)
	})
	if n > 0 && len(best) > n {
		best = best[:n]
	}
	var hits []Hit
	for _, e := range best {
		hits = append(hits, s.hit(q, e))
	}
	if q.Address != "" {
		hits = append(hits, s.ix.addrs.search(s.ix, q, threshold)...)
	}
	return hits
}

// searchNames adds the entries that one name may be, as it stands and in other romanisations.
func (s *searcher) searchNames(q *Query, text string, which int, threshold float64, best []entryScore) []entryScore {
	best = s.searchName(q, text, which, "", threshold, best)
	for _, reading := range names.Respellings(text) {
		best = s.searchName(q, text, which, reading, threshold, best)
	}
	return best
}

// searchName adds the entries that one name may be, read as it stands or, where reading is not empty, as that.
func (s *searcher) searchName(query *Query, text string, which int, reading string, threshold float64,
	best []entryScore) []entryScore {
	if reading != "" {
		text = reading
	}
	q := s.prepare(text)
	q.respelt = reading != ""
	if len(q.toks) == 0 {
		return best
	}
	for _, c := range s.candidates(q, threshold) {
		v := s.m.judge(q, s.load(c.name))
		entry := s.ix.names.entry[c.name]
		score := tidy(v.score + placeWorth(s.ix.place(query.Country, &s.ix.entries[entry]), &v))
		if score < threshold {
			continue
		}
		e := entryScore{entry, c.name, score, which, reading}
		at := slices.IndexFunc(best, func(b entryScore) bool { return b.entry == e.entry })
		switch {
		case at < 0:
			best = append(best, e)
		case best[at].score < e.score:
			best[at] = e
		}
	}
	return best
}

// hit writes out a result, with its reasons.
func (s *searcher) hit(q *Query, e entryScore) Hit {
	ix := s.ix
	entry := &ix.entries[e.entry]
	text := q.Name
	if e.query > 0 {
		text = q.Aliases[e.query-1]
	}
	read := text
	if e.reading != "" {
		read = e.reading
	}
	a := s.prepare(read)
	a.respelt = e.reading != ""
	b := s.load(e.name)
	h := Hit{
		Query: q.Name, ID: q.ID, Match: ix.names.text[e.name], Name: entry.Name, List: entry.List, Key: entry.Key,
		Country: entry.Country,
		Score:   e.score, MatchedOn: OnName, Reasons: s.m.reasons(a, b, s.m.judge(a, b)), Entry: int(e.entry),
	}
	switch ix.names.kind[e.name] {
	case aliasName:
		h.MatchedOn = OnAlias
	case weakName:
		h.MatchedOn = OnAlias
		h.Reasons = append(h.Reasons, "the list calls this alias weak")
	case formerName:
		h.MatchedOn = OnAlias
		h.Reasons = append(h.Reasons, "a former name")
	}
	if e.query > 0 {
		h.MatchedOn = OnAlias
		h.Reasons = append(h.Reasons, "by our alias "+text)
	}
	h.Reasons = append(h.Reasons, ix.place(q.Country, entry).reason()...)
	return h
}
