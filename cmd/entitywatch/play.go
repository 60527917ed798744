package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/replay"
	"entitywatch/store"
	"entitywatch/watcher"
)

// demoPatience is how long a demo tries a delivery again before it leaves it to a later run: enough for a short "try again later".
const demoPatience = 20 * time.Second

// replayedSources are sources of every kind that a scenario shows, at the replayed addresses.
func replayedSources(upstreams *replay.Server, base string) []config.Source {
	endpoints := upstreams.Endpoints(base)
	sources := []config.Source{
		{Name: "register", Kind: "federal-register", Schedule: "@every 1m"},
		{Name: "inspection", Kind: "public-inspection", Schedule: "@every 1m"},
		{Name: "entity-list", Kind: "ecfr", Schedule: "@every 1m", Plausible: config.Plausible{MaxShrink: 0.05}},
	}
	for _, kind := range upstreams.Shows() {
		if !slices.ContainsFunc(sources, func(s config.Source) bool { return s.Kind == kind }) {
			sources = append(sources, config.Source{Name: kind, Kind: kind, Schedule: "@every 1m"})
		}
	}
	for i := range sources {
		sources[i].URL = config.Secret(endpoints[sources[i].Kind])
		sources[i].Rate = 1000 // the upstreams are ours: nobody is hurt
		if sources[i].Kind == "news" {
			sources[i].Articles, sources[i].Texts = true, []string{upstreams.Articles(base)}
		}
	}
	return sources
}

// stage is a later step of a Case, as demo --json prints it.
type stageLine struct {
	Stage diff.Stage `json:"stage"`
	Case  string     `json:"case"`
	At    time.Time  `json:"at"`
}

// tape collects what happens in a demo. A Change is kept once, at its first stage, with what later readings of the same instruction
// have added to it.
type tape struct {
	order     []string
	editorial int // differences of punctuation and layout, noticed and told to nobody
	changes   map[string]diff.Change
	acts      map[string]diff.Act // as last read, by number
	stages    []stageLine
	retracted []string
	looks     map[string]int  // by outcome
	delivered map[string]bool // ids of the deliveries that were attempted
	mu        sync.Mutex      // of delivered: channels are served side by side
}

func newTape() *tape {
	return &tape{changes: map[string]diff.Change{}, acts: map[string]diff.Act{}, looks: map[string]int{}, delivered: map[string]bool{}}
}

func (t *tape) attempted(d notify.Delivery) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.delivered[d.ID] = true
}

func (t *tape) add(r watcher.Report) {
	for _, l := range r.Looks {
		t.looks[l.Outcome]++
		for _, c := range l.Changes {
			if !c.Substantive {
				t.editorial++
				continue
			}
			first, seen := t.changes[c.ID]
			if !seen {
				t.order = append(t.order, c.ID)
			} else {
				c.Stage, c.DetectedAt = first.Stage, first.DetectedAt
			}
			t.changes[c.ID] = c
		}
		for _, m := range l.Stages {
			if !m.Silent {
				t.stages = append(t.stages, stageLine{Stage: m.Stage, Case: m.Case, At: m.At})
			}
		}
		for _, act := range l.Acts {
			t.acts[act.DocumentNumber] = act
		}
		t.retracted = append(t.retracted, l.Retracts...)
	}
}

// ofActs are the problems of the documents, as last read.
func (t *tape) ofActs() (problems []diff.Problem) {
	for _, number := range slices.Sorted(maps.Keys(t.acts)) {
		a := t.acts[number]
		if a.ReadThis != "" {
			problems = append(problems, diff.Problem{Kind: diff.Unread, Text: a.ReadThis, Where: number})
		}
		problems = append(problems, about(number, a.Problems)...)
	}
	return problems
}

// dontWait stands for the time between two tries of a request: a scenario's time does not pass by waiting.
func dontWait(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// play lets the scenario pass, state by state, and then fires each digest once.
func (a *app) play(ctx context.Context, c *config.Config, upstreams *replay.Server, o demoOptions) (err error) {
	out := a.stdout
	if o.asJSON {
		out = io.Discard // the console's text; the channels of the config still get theirs
	}
	t := newTape()
	p := parts{scrub: a.scrub, stdout: out, colour: isTerminal(out), now: upstreams.Now, log: a.logger(slog.LevelError), done: t.attempted, sleep: dontWait}
	if o.render != "" {
		p.wrap = recordTo(o.render, o.samples)
	}
	e, err := build(ctx, c, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	for {
		a.announce(out, upstreams, o)
		report, err := e.round(ctx, demoPatience, allSources(c)...)
		if err != nil {
			return err
		}
		t.add(report)
		if upstreams.Done() {
			break
		}
		upstreams.Next()
	}
	if err := e.fireDigests(ctx); err != nil {
		return err
	}
	return a.finish(ctx, e, t, o)
}

func allSources(c *config.Config) []string {
	names := make([]string, len(c.Sources))
	for i, s := range c.Sources {
		names[i] = s.Name
	}
	return names
}

func (a *app) announce(out io.Writer, upstreams *replay.Server, o demoOptions) {
	if o.asJSON {
		return
	}
	i, n, what := upstreams.State()
	fmt.Fprintf(out, "\n%s  [%d/%d] %s\n", upstreams.Now().Format("Mon 2006-01-02 15:04 MST"), i+1, n, what)
}

// fireDigests sends each digest once, and everything that still waits.
func (e *engine) fireDigests(ctx context.Context) error {
	var errs []error
	for _, d := range e.config.Digests {
		_, err := e.digester.Fire(ctx, d.Name, e.now())
		errs = append(errs, err)
	}
	return errors.Join(append(errs, e.enrichAndTell(ctx), e.dispatcher.Drain(ctx, demoPatience))...)
}

// finish prints what a demo came to; its exit code says whether a delivery failed or something needs a human.
func (a *app) finish(ctx context.Context, e *engine, t *tape, o demoOptions) error {
	all, err := e.db.Deliveries(ctx, store.DeliveryFilter{})
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(d notify.Delivery) bool { return d.State == notify.Sent && !t.delivered[d.ID] }) // of an earlier run
	p := a.printer(o.asJSON)
	s := summary{ByCountry: map[string]int{}, ByList: map[diff.ListID]int{}}
	kinds, states := map[diff.ChangeKind]int{}, map[notify.State]int{}
	for _, id := range t.order {
		c := t.changes[id]
		s.add(c)
		kinds[c.Change]++
		s.Problems = append(s.Problems, about(c.Name, c.Problems)...)
		if err := p.data(c); err != nil {
			return err
		}
	}
	s.Problems = append(s.Problems, t.ofActs()...)
	for _, st := range t.stages {
		if err := p.data(st); err != nil {
			return err
		}
	}
	for _, d := range all {
		states[d.State]++
		if err := p.data(d); err != nil {
			return err
		}
	}
	s.Extra = map[string]any{"by_change": kinds, "deliveries": states, "stages": len(t.stages), "retracted": len(t.retracted), "looks": t.looks, "editorial": t.editorial}
	err = p.summary(s, func(w io.Writer) {
		fmt.Fprintf(w, "\n%s (%s), %s, deliveries: %s\n", amount(s.Count, "change", "changes"),
			orNone(counts(kinds)), amount(len(t.stages), "later stage", "later stages"), orNone(counts(states)))
	})
	return errors.Join(err, undelivered(all), orHuman(nil, diff.NeedsHuman(s.Problems)))
}

func undelivered(all []notify.Delivery) error {
	failed := map[string]error{}
	for _, d := range all {
		if d.State != notify.Sent && d.MutedUntil.IsZero() {
			failed[d.Channel] = fmt.Errorf("channel %s: %s: %s", d.Channel, d.State, d.Error)
		}
	}
	return errors.Join(slices.Collect(maps.Values(failed))...)
}

// data prints a value in JSON output only; people have seen it as an alert.
func (p *printer) data(v any) error {
	if !p.json {
		return nil
	}
	return p.enc.Encode(v)
}
