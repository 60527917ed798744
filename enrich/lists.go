package enrich

import (
	"context"
	"runtime/debug"
	"time"

	"entitywatch/diff"
)

// memory holds the lists in force for everybody who searches them, and follows the state: one at a time brings it up to date, the others
// wait for that one and no longer than their context.
type memory struct {
	state   State
	now     func() time.Time
	large   func(context.Context) (done func())
	turn    chan struct{} // holds a token while nobody is at it; who took it may read and set what follows
	lists   *Lists
	version int64
	day     diff.Date
}

func newMemory(state State, now func() time.Time, large func(context.Context) func()) *memory {
	if large == nil {
		large = func(context.Context) func() { return func() {} }
	}
	m := &memory{state: state, now: now, large: large, turn: make(chan struct{}, 1)}
	m.turn <- struct{}{}
	return m
}

func (m *memory) keep(l *Lists, version int64, day diff.Date) {
	m.lists, m.version, m.day = l, version, day
}

// current are the lists as they are in force now.
func (m *memory) current(ctx context.Context) (*Lists, error) {
	select {
	case <-m.turn:
		defer func() { m.turn <- struct{}{} }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	day := diff.DateOf(m.now())
	if m.lists == nil {
		return m.read(ctx, day)
	}
	version, err := m.state.StateVersion(ctx)
	if err != nil || version == m.version && day == m.day {
		return m.lists, err
	}
	moved, err := m.state.MovedSince(ctx, m.version, m.day, day)
	if err != nil {
		return nil, err
	}
	if moved.All {
		return m.read(ctx, day)
	}
	for i := range moved.Entries {
		moved.Entries[i] = Slim(moved.Entries[i])
	}
	next := m.lists.With(moved.Entries, moved.IDs...)
	if next.Changed() > mostChanged {
		next = next.Compact()
	}
	m.keep(next.Ready(), moved.Version, day)
	return m.lists, nil
}

// mostChanged is how many entries may stand beside the base before everything is made anew: some per cent of all lists.
const mostChanged = 1000

// read reads everything.
func (m *memory) read(ctx context.Context, day diff.Date) (*Lists, error) {
	m.lists = nil // nobody gets them any more, and together with the new ones they would be the most that the daemon ever holds
	defer m.large(ctx)()
	var all []diff.Entry
	words := pool{}
	version, err := m.state.InForce(ctx, day, func(e diff.Entry) { all = append(all, words.entry(Slim(e))) })
	if err != nil {
		return nil, err
	}
	m.keep(NewLists(all).Ready(), version, day)
	debug.FreeOSMemory() // reading leaves behind several times what is kept, and happens once
	return m.lists, nil
}

// pool keeps one copy of texts that many entries share.
type pool map[string]string

func (p pool) one(s string) string {
	if kept, ok := p[s]; ok {
		return kept
	}
	p[s] = s
	return s
}

func (p pool) entry(e diff.Entry) diff.Entry {
	e.List, e.Kind, e.Country = diff.ListID(p.one(string(e.List))), diff.Kind(p.one(string(e.Kind))), p.one(e.Country)
	e.LicenseRequirement, e.LicenseReviewPolicy = p.one(e.LicenseRequirement), p.one(e.LicenseReviewPolicy)
	for _, list := range [][]string{e.Countries, e.Programs} {
		for i := range list {
			list[i] = p.one(list[i])
		}
	}
	return e
}
