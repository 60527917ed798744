package watcher

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// turn is how often the daemon looks at its clocks: often enough that a clock which was set is noticed at once.
const turn = time.Second

// job is one thing that the daemon does on a schedule.
type job struct {
	name  string
	alarm alarm
	most  time.Duration // how long it may take; what takes longer hangs
	do    func(context.Context)
}

// Run looks at every source on its schedule until ctx ends, and returns when the looks under way are finished. What
// should have run while the daemon was down is caught up with at once, one look for any number of missed ones. A look
// that is still running when its next one is due lets that one go; a panic costs one look. A clock that is set while it
// runs delays nothing: see alarm.
func (w *Watcher) Run(ctx context.Context) error {
	jobs, err := w.jobs(ctx)
	if err != nil {
		return err
	}
	var under sync.WaitGroup
	defer under.Wait()
	t := time.NewTicker(turn)
	defer t.Stop()
	for {
		w.turn(ctx, jobs, &under)
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
	}
}

// jobs are the looks at all sources that have a schedule, and the calendar.
func (w *Watcher) jobs(ctx context.Context) ([]*job, error) {
	states, err := w.states(ctx)
	if err != nil {
		return nil, err
	}
	var jobs []*job
	for i := range w.o.Specs {
		s := &w.o.Specs[i]
		if s.Schedule.IsZero() {
			continue
		}
		j := &job{name: s.Name, alarm: alarm{schedule: s.Schedule, random: w.o.Random}, most: w.o.Timeout + leaseMargin,
			do: func(ctx context.Context) { w.look(ctx, s) }}
		j.alarm.set(w.reading(), states[s.Name].PolledAt)
		jobs = append(jobs, j)
	}
	if len(jobs) == 0 {
		return nil, fmt.Errorf("watcher: no source has a schedule")
	}
	each, err := ParseSchedule("@every "+MinInterval.String(), w.o.Location)
	if err != nil {
		return nil, err
	}
	calendar := &job{name: "calendar", alarm: alarm{schedule: each, random: func() float64 { return 0 }}, most: leaseMargin, do: w.calendar}
	calendar.alarm.set(w.reading(), time.Time{})
	return append(jobs, calendar), nil
}

// reading takes the clock as people set it: a time of Go's also holds the other clock, and would compare by that.
func (w *Watcher) reading() reading {
	return reading{clock: w.o.Now().Round(0), elapsed: w.o.Elapsed()}
}

// turn begins every job whose time has come.
func (w *Watcher) turn(ctx context.Context, jobs []*job, under *sync.WaitGroup) {
	now := w.reading()
	for _, j := range jobs {
		if !j.alarm.rings(now) || ctx.Err() != nil {
			continue
		}
		if !w.start(j, now.elapsed) {
			w.o.Log.Warn("a look is still running; the one now due is left out", "source", j.name)
			continue
		}
		under.Go(func() {
			defer w.finish(j)
			j.do(ctx)
		})
	}
	w.mu.Lock()
	w.turned = now.elapsed
	w.mu.Unlock()
}

func (w *Watcher) start(j *job, now time.Duration) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, running := w.underway[j.name]; running {
		return false
	}
	w.underway[j.name] = started{at: now, most: j.most}
	return true
}

func (w *Watcher) finish(j *job) {
	if p := recover(); p != nil {
		w.o.Log.Error("a look panicked", "source", j.name, "panic", p, "stack", string(debug.Stack()))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.underway, j.name)
}

func (w *Watcher) calendar(ctx context.Context) {
	if _, err := w.Tick(ctx); err != nil && ctx.Err() == nil {
		w.o.Log.Error("the calendar could not be looked at", "err", err)
	}
}

// started is a job under way.
type started struct {
	at   time.Duration // elapsed
	most time.Duration
}

// stalled is how long Run may take from one turn to the next: it only starts things, so anything above a moment is a
// fault.
const stalled = time.Minute

// Stuck says what of the polling half does not turn any more, for a person; it is empty while all is well. It is
// meaningful while Run runs.
func (w *Watcher) Stuck() (stuck []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.o.Elapsed()
	if since := now - w.turned; since > stalled {
		stuck = append(stuck, fmt.Sprintf("no schedule was looked at for %s", since.Round(time.Second)))
	}
	for name, b := range w.underway {
		if since := now - b.at; since > b.most {
			stuck = append(stuck, fmt.Sprintf("%s: its look has not ended for %s", name, since.Round(time.Second)))
		}
	}
	for name, why := range w.unstored {
		stuck = append(stuck, fmt.Sprintf("%s: nothing can be stored: %s", name, why))
	}
	slices.Sort(stuck)
	return stuck
}

// storing notes whether the store takes what is noticed. Another process that holds the source, or was faster, is no
// fault of it.
func (w *Watcher) storing(name string, err error) {
	if errors.Is(err, ErrConflict) || errors.Is(err, context.Canceled) {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		delete(w.unstored, name)
		return
	}
	w.o.Log.Error("nothing can be stored", "source", name, "err", err)
	w.unstored[name] = err.Error()
}
