package watcher

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"github.com/robfig/cron/v3"
)

// Run looks at every source on its schedule until ctx ends, and returns when the looks under way are finished. What should have run while
// the daemon was down is caught up with at once, one look for any number of missed ones. A look that is still running when its next one
// is due lets that one go; a panic costs one look.
func (w *Watcher) Run(ctx context.Context) error {
	logger := cronLog{w.o.Log}
	// the skip stands outside the recovery: the other way round, a panic would leave the job marked as running for ever
	c := cron.New(cron.WithLocation(w.o.Location), cron.WithLogger(logger),
		cron.WithChain(cron.SkipIfStillRunning(logger), cron.Recover(logger)))
	states, err := w.states(ctx)
	if err != nil {
		return err
	}
	var missed []cron.Job
	for i := range w.o.Specs {
		s := &w.o.Specs[i]
		if s.Schedule.IsZero() {
			continue
		}
		id := c.Schedule(jittered{s.Schedule, w.o.Random}, cron.FuncJob(func() {
			if ctx.Err() == nil {
				w.look(ctx, s)
			}
		}))
		if s.Schedule.Due(states[s.Name].PolledAt, w.now()) {
			missed = append(missed, c.Entry(id).WrappedJob)
		}
	}
	if len(c.Entries()) == 0 {
		return fmt.Errorf("watcher: no source has a schedule")
	}
	calendar := c.Entry(c.Schedule(cron.Every(MinInterval), cron.FuncJob(func() {
		if _, err := w.Tick(ctx); err != nil && ctx.Err() == nil {
			w.o.Log.Error("the calendar could not be looked at", "err", err)
		}
	}))).WrappedJob
	c.Start()
	var caughtUp sync.WaitGroup
	for _, job := range append(missed, calendar) {
		caughtUp.Go(job.Run)
	}
	<-ctx.Done()
	<-c.Stop().Done()
	caughtUp.Wait()
	return nil
}

// cronLog lets the scheduler say what it does through our logger.
type cronLog struct{ log *slog.Logger }

var _ cron.Logger = cronLog{}

// Info implements cron.Logger. The scheduler's wake-ups are no information; a skipped look is.
func (l cronLog) Info(msg string, keysAndValues ...any) {
	if msg == "skip" {
		l.log.Warn("a look is still running; the one now due is left out", keysAndValues...)
	}
}

// Error implements cron.Logger.
func (l cronLog) Error(err error, msg string, keysAndValues ...any) {
	l.log.Error(msg, append([]any{"err", err}, keysAndValues...)...)
}
