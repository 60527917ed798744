package main

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"entitywatch/diff"
	"entitywatch/screen"
	"entitywatch/web"
)

// lookupLasts is how old the index may be that answers the screening endpoint.
const lookupLasts = 5 * time.Minute

// lookup keeps the entries in force searchable.
type lookup struct {
	mu    sync.Mutex
	index *screen.Index
	made  time.Time
}

// current is an index that is at most lookupLasts old.
func (l *lookup) current(ctx context.Context, e *engine) (*screen.Index, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.index != nil && e.now().Sub(l.made) < lookupLasts {
		return l.index, nil
	}
	entries, err := entriesInForce(ctx, e.db, diff.DateOf(e.now()))
	if err != nil {
		return nil, err
	}
	l.index, l.made = screen.NewIndex(entries, screen.Options{}), e.now()
	return l.index, nil
}

// mostHits bounds the answer for one name; a name that is like more than these is not searched for by name.
const mostHits = 50

// screenQueries answers the screening endpoint.
func (e *engine) screenQueries(ctx context.Context, queries []web.Query) ([][]web.Hit, error) {
	index, err := e.search.current(ctx, e)
	if err != nil {
		return nil, err
	}
	out := make([][]web.Hit, len(queries))
	for i, q := range queries {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		query := screen.Query{ID: q.ID, Name: q.Name, Country: q.Country, Address: q.Address, Aliases: q.Aliases}
		for _, h := range index.Search(query, screen.DefaultThreshold, mostHits) {
			hit, err := json.Marshal(h)
			if err != nil {
				return nil, err
			}
			out[i] = append(out[i], hit)
		}
	}
	return out, nil
}
