package main

import (
	"maps"
	"slices"
	"sync"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/watcher"
)

// stage is a later step of a Case, as demo --json prints it.
type stageLine struct {
	Stage diff.Stage `json:"stage"`
	Case  string     `json:"case"`
	At    time.Time  `json:"at"`
}

// tape collects what happens in a demo. A Change is kept once, at its first stage, with what later readings of the same
// instruction have added to it.
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
	return &tape{changes: map[string]diff.Change{}, acts: map[string]diff.Act{}, looks: map[string]int{},
		delivered: map[string]bool{}}
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
