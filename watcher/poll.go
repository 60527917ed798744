package watcher

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// Poll looks once at each named source, or at each that is due where none is named, and then does what the calendar
// asks for. Lists that were never seen come first, so that acts meet a baseline; then acts, so that they explain what
// lists show; then other lists. The Report always tells everything that was done; the error joins what failed in this
// program or its store. A source's own failure is in the Report only: it is an expected event, stored and told.
func (w *Watcher) Poll(ctx context.Context, names ...string) (Report, error) {
	specs, err := w.chosen(ctx, names)
	if err != nil {
		return Report{}, err
	}
	var r Report
	for _, s := range specs {
		if ctx.Err() != nil {
			return r, errors.Join(r.Err(), ctx.Err())
		}
		r.Looks = append(r.Looks, w.look(ctx, s))
	}
	tick, err := w.Tick(ctx)
	if tick.Told() {
		r.Looks = append(r.Looks, tick)
	}
	return r, errors.Join(r.Err(), err)
}

// DryRun does what Poll would do, and stores nothing. Each source is tried against what is stored now, not against what
// the source before it would have stored.
func (w *Watcher) DryRun(ctx context.Context, names ...string) (Report, error) {
	specs, err := w.chosen(ctx, names)
	if err != nil {
		return Report{}, err
	}
	states, err := w.states(ctx)
	if err != nil {
		return Report{}, err
	}
	var r Report
	for _, s := range specs {
		state := states[s.Name]
		if state.Name == "" {
			state = SourceState{Name: s.Name, Kind: s.Kind, Health: Fresh}
		}
		state = state.of(s.Kind)
		session := w.o.Client.Begin(state.Cursor, s.Own...)
		reading, readErr := w.read(ctx, s, session)
		work := w.begin(s, state, session, reading, readErr)
		work.Err = w.o.Store.Rehearse(ctx, func(tx Tx) error { _, err := work.run(tx); return err })
		session.Close()
		r.Looks = append(r.Looks, work.Look)
	}
	return r, r.Err()
}

// chosen are the specs to look at: new lists, acts and news, known lists.
func (w *Watcher) chosen(ctx context.Context, names []string) ([]*Spec, error) {
	for _, n := range names {
		if w.specs[n] == nil {
			return nil, fmt.Errorf("watcher: no source is named %q", n)
		}
	}
	states, err := w.states(ctx)
	if err != nil {
		return nil, err
	}
	var begun, others, lists []*Spec
	for i := range w.o.Specs {
		s := &w.o.Specs[i]
		due := s.Schedule.IsZero() || s.Schedule.Due(states[s.Name].PolledAt, w.now())
		switch {
		case len(names) > 0 && !slices.Contains(names, s.Name), len(names) == 0 && !due:
		case len(s.Lists) > 0 && states[s.Name].BaselineAt.IsZero():
			begun = append(begun, s)
		case len(s.Lists) > 0:
			lists = append(lists, s)
		default:
			others = append(others, s)
		}
	}
	return slices.Concat(begun, others, lists), nil
}

func (w *Watcher) states(ctx context.Context) (map[string]SourceState, error) {
	all, err := w.o.Store.Sources(ctx)
	if err != nil {
		return nil, fmt.Errorf("watcher: read what is known of the sources: %w", err)
	}
	m := make(map[string]SourceState, len(all))
	for _, s := range all {
		m[s.Name] = s
	}
	return m, nil
}

// leaseMargin is how much longer than a look its lease lasts: time for the commit.
const leaseMargin = time.Minute

// look claims a source, reads it, and commits what came of it.
func (w *Watcher) look(ctx context.Context, s *Spec) Look {
	if !w.enter(s.Name) {
		return Look{Source: s.Name, Outcome: "busy", Reason: ErrBusy.Error()}
	}
	defer w.leave(s.Name)
	wall := w.o.Wall().UTC()
	lease, err := w.o.Store.Claim(ctx, Claim{Name: s.Name, Kind: s.Kind, Was: s.Was, Holder: w.o.Holder, Now: wall,
		Until: wall.Add(w.o.Timeout + leaseMargin), Gone: w.o.Gone})
	if errors.Is(err, ErrBusy) {
		return Look{Source: s.Name, Outcome: "busy", Reason: ErrBusy.Error()}
	}
	if w.storing(s.Name, err); err != nil {
		return Look{Source: s.Name, Outcome: string(Failed), Err: fmt.Errorf("watcher: claim: %w", err)}
	}
	// once read, the work is committed even while the daemon stops: it is short, and saves asking again
	keep := context.WithoutCancel(ctx)
	state := lease.State.of(s.Kind)
	session := w.o.Client.Begin(state.Cursor, s.Own...)
	defer session.Close()
	reading, readErr := w.read(ctx, s, session)
	if ctx.Err() != nil {
		return Look{Source: s.Name, Outcome: "stopped", Err: errors.Join(ctx.Err(), w.o.Store.Free(keep, lease))}
	}
	work := w.begin(s, state, session, reading, readErr)
	err = w.o.Store.Commit(keep, lease, func(tx Tx) (SourceState, error) { return work.run(tx) })
	if err != nil && !errors.Is(err, ErrConflict) {
		w.o.Log.Error("nothing of a look could be stored", "source", s.Name, "err", err)
		failed := w.begin(s, state, session, diff.Reading{}, fmt.Errorf("what it answered could not be stored: %w", err))
		stored := w.o.Store.Commit(keep, lease, func(tx Tx) (SourceState, error) { return failed.run(tx) })
		w.storing(s.Name, stored)
		if stored == nil {
			return Look{Source: s.Name, Outcome: string(Failed), Reason: failed.Reason, Err: fmt.Errorf("watcher: commit: %w", err)}
		}
	}
	if err != nil {
		if freeErr := w.o.Store.Free(keep, lease); freeErr != nil {
			w.o.Log.Error("the lease could not be given back", "source", s.Name, "err", freeErr)
		}
		return Look{Source: s.Name, Outcome: string(Failed), Err: fmt.Errorf("watcher: commit: %w", err)}
	}
	w.tell(work.Look)
	return work.Look
}

// of is the state for a source that the config now says is of a kind: what an upstream of another kind gave to come
// back with is nothing to this one.
func (s SourceState) of(kind string) SourceState {
	if s.Kind != kind {
		s.Kind, s.Cursor = kind, fetch.Cursor{}
	}
	return s
}

// enter takes a source within this process; the lease keeps other processes off.
func (w *Watcher) enter(name string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running[name] {
		return false
	}
	w.running[name] = true
	return true
}

func (w *Watcher) leave(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.running, name)
}

// read calls the source. A panic in a parser is that source's failure, and nobody else's.
func (w *Watcher) read(ctx context.Context, s *Spec, session *fetch.Session) (r diff.Reading, err error) {
	ctx, cancel := context.WithTimeout(ctx, w.o.Timeout)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			w.o.Log.Error("a source panicked", "source", s.Name, "panic", p, "stack", string(debug.Stack()))
			r, err = diff.Reading{}, fmt.Errorf("this program failed on the answer: %v", p)
		}
	}()
	return s.Source.Read(ctx, session)
}

func (w *Watcher) tell(l Look) {
	level := w.o.Log.Info
	if l.Outcome == string(Failed) || l.Outcome == string(Held) {
		level = w.o.Log.Warn
	}
	level("looked at a source", "source", l.Source, "outcome", l.Outcome, "reason", l.Reason, "changes", len(l.Changes), "news", l.News)
	if l.Told() {
		w.o.Changed(l.Source)
	}
}
