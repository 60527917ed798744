package enrich

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"entitywatch/diff"
	"entitywatch/screen/match"
	"entitywatch/screen/mention"
)

// Lists are the entries of all lists as they are in force, searchable by name and in texts. A value does not change and
// is safe for concurrent use: With gives the next one. It keeps the index of a large base and a small one of what
// changed since, so that a change of a few entries costs what these cost.
type Lists struct {
	base  *stock
	delta *stock           // what changed since; nil for nothing
	gone  map[int]bool     // the base's entries that do not hold any more
	lost  map[listKey]bool // what no entry of the base names any more
}

// listKey is how a Mention names an entry.
type listKey struct {
	list diff.ListID
	key  string
}

// stock is a fixed set of entries. Its index and its scanner are made when they are first asked for.
type stock struct {
	entries  []diff.Entry
	index    func() *match.Index
	mu       sync.Mutex
	scanner  *mention.Scanner
	scanOpts mention.ScanOptions
}

func newStock(entries []diff.Entry, weights func() *match.Weights) *stock {
	return &stock{entries: entries, index: sync.OnceValue(func() *match.Index {
		return match.NewIndex(entries, match.Options{Weights: weights()})
	})}
}

// NewLists keeps entries, of which each has an entry id of its own or none, and does not change them.
func NewLists(entries []diff.Entry) *Lists {
	return &Lists{base: newStock(entries, func() *match.Weights { return nil })}
}

// Slim is an entry without what no search and no scan looks at: a third of its memory.
func Slim(e diff.Entry) diff.Entry {
	e.Footnotes, e.Citations, e.IDs, e.Attributes, e.Notes, e.Remarks, e.Problems = nil, nil, nil, nil, nil, "", nil
	return e
}

// With are the lists after some entries moved: of those with the ids nothing holds any more but what changed says.
func (l *Lists) With(changed []diff.Entry, ids ...string) *Lists {
	if len(changed)+len(ids) == 0 {
		return l
	}
	moved := make(map[string]bool, len(ids)+len(changed))
	for _, id := range ids {
		moved[id] = true
	}
	for i := range changed {
		moved[changed[i].EntryID] = true
	}
	next := &Lists{base: l.base, gone: maps.Clone(l.gone), lost: maps.Clone(l.lost)}
	if next.gone == nil {
		next.gone, next.lost = map[int]bool{}, map[listKey]bool{}
	}
	for i := range l.base.entries {
		if moved[l.base.entries[i].EntryID] {
			next.gone[i] = true
			next.lost[listKey{l.base.entries[i].List, l.base.entries[i].Key}] = true
		}
	}
	for i := range l.base.entries { // another entry may have the key of one that is gone
		if !next.gone[i] {
			delete(next.lost, listKey{l.base.entries[i].List, l.base.entries[i].Key})
		}
	}
	var delta []diff.Entry
	if l.delta != nil {
		for _, e := range l.delta.entries {
			if !moved[e.EntryID] {
				delta = append(delta, e)
			}
		}
	}
	if delta = append(delta, changed...); len(delta) > 0 {
		next.delta = newStock(delta, func() *match.Weights { return l.base.index().Weights() })
	}
	return next
}

// Changed is how many entries differ from the base: the measure of what Compact saves.
func (l *Lists) Changed() int {
	if l.delta == nil {
		return len(l.gone)
	}
	return max(len(l.gone), len(l.delta.entries))
}

// Compact are the same lists with everything in the base. It costs as much as making them anew.
func (l *Lists) Compact() *Lists {
	if l.Changed() == 0 {
		return l
	}
	all := make([]diff.Entry, 0, l.Len())
	for i := range l.base.entries {
		if !l.gone[i] {
			all = append(all, l.base.entries[i])
		}
	}
	if l.delta != nil {
		all = append(all, l.delta.entries...)
	}
	return NewLists(all)
}

// Len is how many entries hold.
func (l *Lists) Len() int {
	n := len(l.base.entries) - len(l.gone)
	if l.delta != nil {
		n += len(l.delta.entries)
	}
	return n
}

// Entry is the entry of a Hit.
func (l *Lists) Entry(i int) *diff.Entry {
	if n := len(l.base.entries); i >= n {
		return &l.delta.entries[i-n]
	}
	return &l.base.entries[i]
}

// Weights are the weights of words by the base's names.
func (l *Lists) Weights() *match.Weights { return l.base.index().Weights() }

// Ready makes the index now instead of at the first search.
func (l *Lists) Ready() *Lists {
	l.base.index()
	if l.delta != nil {
		l.delta.index()
	}
	return l
}

// Scan finds the entries that hold in a text. Of the base a Scanner is made at the first call and kept for further ones
// with the same options; one of what changed since is added to it, as Search does with the indexes.
func (l *Lists) Scan(text string, o mention.ScanOptions) []mention.Mention {
	if l.Changed() == 0 {
		return l.base.scan(o).Scan(text)
	}
	var found []mention.Mention
	for _, m := range l.base.scan(o).Scan(text) {
		if l.holds(&m) {
			found = append(found, m)
		}
	}
	if l.delta == nil {
		return found
	}
	for _, m := range l.delta.scan(o).Scan(text) {
		if !slices.ContainsFunc(found, m.Within) {
			found = append(found, m)
		}
	}
	return found
}

// holds takes out of a mention of the base what does not hold any more, and reports whether anything is left.
func (l *Lists) holds(m *mention.Mention) bool {
	keys := slices.DeleteFunc(append([]string{m.Key}, m.Also...), func(key string) bool {
		return l.lost[listKey{m.List, key}]
	})
	if len(keys) == 0 {
		return false
	}
	if keys[0] != m.Key {
		m.Key = keys[0]
		for i := range l.base.entries {
			if e := &l.base.entries[i]; e.List == m.List && e.Key == m.Key {
				m.Name, m.Country = e.Name, e.Country
			}
		}
	}
	if m.Also = keys[1:]; len(m.Also) == 0 {
		m.Also = nil
	}
	return true
}

func (p *stock) scan(o mention.ScanOptions) *mention.Scanner {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.scanner == nil || p.scanOpts != o {
		p.scanner, p.scanOpts = mention.NewScanner(p.entries, o), o
	}
	return p.scanner
}

// Search finds the entries that q may be, as match.Index.Search does.
func (l *Lists) Search(q match.Query, threshold float64, n int) []match.Hit {
	hits, _ := l.SearchAll(context.Background(), 1, func(int) match.Query { return q }, threshold, n, nil)
	return hits
}

// SearchAll searches for many at once, as match.Index.SearchAll does: query gives the i-th, and done, where it is not
// nil, hears of each. It ends early, with the error of ctx, where ctx does.
func (l *Lists) SearchAll(ctx context.Context, count int, query func(int) match.Query, threshold float64, n int,
	done func(int)) ([]match.Hit, error) {
	ask := n
	if n > 0 { // of what is found, all that is gone may come first
		ask += len(l.gone)
	}
	hits, err := l.base.index().SearchAll(ctx, count, query, threshold, ask, done)
	if l.Changed() == 0 || err != nil {
		return hits, err
	}
	hits = slices.DeleteFunc(hits, func(h match.Hit) bool { return l.gone[h.Entry] })
	if l.delta != nil {
		more, err := l.delta.index().SearchAll(ctx, count, query, threshold, n, nil)
		if err != nil {
			return nil, err
		}
		for i := range more {
			more[i].Entry += len(l.base.entries)
		}
		hits = append(hits, more...)
	}
	return bestOfEach(hits, n), nil
}

// bestOfEach brings the hits of two searches together: those of a query best first, at most n by name, and those by
// address as they are.
func bestOfEach(hits []match.Hit, n int) []match.Hit {
	slices.SortStableFunc(hits, func(a, b match.Hit) int {
		byAddress := func(h match.Hit) int {
			if h.MatchedOn == match.OnAddress {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(a.Counterparty, b.Counterparty), byAddress(a)-byAddress(b), cmp.Compare(b.Score, a.Score))
	})
	if n == 0 {
		return hits
	}
	had := map[int]int{}
	return slices.DeleteFunc(hits, func(h match.Hit) bool {
		if h.MatchedOn == match.OnAddress {
			return false
		}
		had[h.Counterparty]++
		return had[h.Counterparty] > n
	})
}
