package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"
)

// Dispatcher sends what the outbox holds. Every channel has a worker of its own, so that none delays another.
type Dispatcher struct {
	Outbox   Outbox
	Channels map[string]Channel
	Owner    string           // of leases: unique to this process
	Now      func() time.Time // wall clock: leases, backoff, proofs; time.Now where nil
	Scenario func() time.Time // quiet hours; Now where nil
	// GiveUp is how long a delivery is tried, from its first attempt, before it is dead; 24 hours where zero.
	GiveUp time.Duration
	// Timeout bounds one attempt; 30 seconds where zero. A lease lasts twice as long.
	Timeout time.Duration
	// Rest is how long a doubtful attempt on a remote channel is left alone before it is judged by the channel's history,
	// or repeated: the other side may still be at work on it. 20 seconds where zero.
	Rest time.Duration
	// Every is the least time between two sends of a channel, where it differs from the channel's own limit.
	Every map[string]time.Duration
	// Done, where set, hears of every attempt, after it was recorded.
	Done func(Delivery)
	Log  *slog.Logger

	once  sync.Once
	lanes map[string]*lane
}

// lane is what the dispatcher knows of one channel between two sends.
type lane struct {
	mu   sync.Mutex
	turn time.Time // when its worker last looked for work; holds the clock that nobody sets
	next time.Time // no send before, by rate limit or by the other side's wish
	wake chan struct{}
}

// idle is how long a worker sleeps at most before it looks again, whatever it was told.
const idle = 5 * time.Second

// Run sends until ctx ends. A send in progress is finished and recorded.
func (d *Dispatcher) Run(ctx context.Context) {
	d.init()
	var wg sync.WaitGroup
	for name := range d.Channels {
		wg.Go(func() { d.work(ctx, name) })
	}
	wg.Wait()
}

func (l *lane) turned() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.turn = time.Now()
}

// stalled is how long a worker may take from one turn to the next: a doubtful attempt is looked for, sent and recorded
// in far less.
const stalled = 5 * time.Minute

// Stuck says which channels' workers do not turn any more, for a person; it is empty while all is well, and before Run.
func (d *Dispatcher) Stuck() (stuck []string) {
	d.init()
	for _, name := range slices.Sorted(maps.Keys(d.lanes)) {
		l := d.lanes[name]
		l.mu.Lock()
		if since := time.Since(l.turn); !l.turn.IsZero() && since > stalled {
			stuck = append(stuck, fmt.Sprintf("channel %s: what is sent there has not ended for %s", name,
				since.Round(time.Second)))
		}
		l.mu.Unlock()
	}
	return stuck
}

// Wake has every worker look into the outbox at once.
func (d *Dispatcher) Wake() {
	d.init()
	for _, l := range d.lanes {
		select {
		case l.wake <- struct{}{}:
		default:
		}
	}
}

// Drain attempts everything that is due, and what becomes due within patience, and returns when nothing more will be.
// Its error says which channels' deliveries could not be read or recorded; a failed send is no error here, it is
// recorded with the delivery.
func (d *Dispatcher) Drain(ctx context.Context, patience time.Duration) error {
	d.init()
	until := d.now().Add(patience)
	errs := make([]error, len(d.Channels))
	var wg sync.WaitGroup
	for i, name := range slices.Sorted(maps.Keys(d.Channels)) {
		wg.Go(func() { errs[i] = d.drain(ctx, name, until) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

func (d *Dispatcher) init() {
	d.once.Do(func() {
		d.lanes = map[string]*lane{}
		for name := range d.Channels {
			d.lanes[name] = &lane{wake: make(chan struct{}, 1)}
		}
		if d.Log == nil {
			d.Log = slog.New(slog.DiscardHandler)
		}
	})
}

func (d *Dispatcher) now() time.Time {
	if d.Now == nil {
		return time.Now()
	}
	return d.Now()
}

func (d *Dispatcher) scenario() time.Time {
	if d.Scenario == nil {
		return d.now()
	}
	return d.Scenario()
}

func (d *Dispatcher) work(ctx context.Context, name string) {
	for ctx.Err() == nil {
		d.lanes[name].turned()
		next, err := d.step(ctx, name)
		if err != nil && ctx.Err() == nil {
			d.Log.Error("deliveries cannot be read or recorded", "channel", name, "error", err)
		}
		wait := idle
		if !next.IsZero() {
			wait = min(idle, next.Sub(d.now()))
		}
		d.sleep(ctx, name, wait)
	}
}

func (d *Dispatcher) drain(ctx context.Context, name string, until time.Time) error {
	for ctx.Err() == nil {
		next, err := d.step(ctx, name)
		switch {
		case err != nil:
			return fmt.Errorf("deliver on %s: %w", name, err)
		case next.IsZero() || next.After(until):
			return nil
		}
		d.sleep(ctx, name, next.Sub(d.now()))
	}
	return ctx.Err()
}

func (d *Dispatcher) sleep(ctx context.Context, name string, wait time.Duration) {
	if wait <= 0 {
		return
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-d.lanes[name].wake:
	case <-t.C:
	}
}

// step attempts at most one delivery and says when to call again: now where it sent something, the zero time where
// nothing waits.
func (d *Dispatcher) step(ctx context.Context, name string) (next time.Time, err error) {
	now := d.now()
	next, err = d.Outbox.NextDue(ctx, name, now, d.scenario())
	if err != nil || next.IsZero() {
		return next, err
	}
	if free := d.lanes[name].free(); free.After(next) {
		next = free
	}
	if next.After(now) {
		return next, nil
	}
	l := Lease{
		Channel: name, Owner: d.Owner, Now: now, Scenario: d.scenario(), Until: now.Add(2 * d.timeout()),
		Probe: now.Add(probeEvery),
	}
	if rest := d.rest(name); rest > 0 {
		l.Rest = now.Add(rest)
	}
	del, err := d.Outbox.Lease(ctx, l)
	if err != nil {
		return time.Time{}, err
	}
	if del == nil { // another process was faster, or holds what comes before it
		return now.Add(idle), nil
	}
	d.lanes[name].hold(now.Add(d.every(name)))
	return now, d.attempt(ctx, name, *del)
}

func (l *lane) free() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.next
}

func (l *lane) hold(until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until.After(l.next) {
		l.next = until
	}
}

func (d *Dispatcher) every(name string) time.Duration {
	if e, ok := d.Every[name]; ok {
		return e
	}
	return LimitsOf(d.Channels[name]).Every
}

// LimitsOf are a channel's limits; none where it states none.
func LimitsOf(c Channel) Limits {
	if l, ok := As[Limited](c); ok {
		return l.Limits()
	}
	return Limits{}
}

func (d *Dispatcher) timeout() time.Duration {
	if d.Timeout == 0 {
		return 30 * time.Second
	}
	return d.Timeout
}

// attempt sends one leased delivery and records what came of it. What has begun is finished even where ctx ends
// meanwhile.
func (d *Dispatcher) attempt(ctx context.Context, name string, del Delivery) error {
	ctx = context.WithoutCancel(ctx)
	sendCtx, cancel := context.WithTimeout(ctx, d.timeout())
	receipt, err := d.send(sendCtx, d.Channels[name], del)
	cancel()
	o := d.outcome(name, del, receipt, err)
	if err := d.Outbox.Record(ctx, o); err != nil {
		return fmt.Errorf("record delivery %s: %w", del.ID, err)
	}
	del.State, del.Error, del.NotBefore, del.Proof = o.State, o.Error, o.NotBefore, o.Receipt
	d.report(del)
	if o.State == Sent {
		d.refresh(ctx, d.Channels[name], del)
	}
	return nil
}

func (d *Dispatcher) report(del Delivery) {
	level := slog.LevelInfo
	if del.State != Sent {
		level = slog.LevelWarn
	}
	d.Log.Log(context.Background(), level, "delivery "+string(del.State), "delivery", del.ID, "channel", del.Channel,
		"kind", del.Kind,
		"case", del.Case, "attempt", del.Attempts, "error", del.Error)
	if d.Done != nil {
		d.Done(del)
	}
}

// send looks into the channel's history first where an earlier attempt was perhaps taken. A channel that panics has
// failed like any other.
func (d *Dispatcher) send(ctx context.Context, c Channel, del Delivery) (r Receipt, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Unknown{Err: fmt.Errorf("the channel panicked: %v", p)}
		}
	}()
	if f, ok := As[Finder](c); ok && del.Doubtful {
		r, found, err := f.Find(ctx, del.Message)
		var temporary *Temporary
		var unknown *Unknown
		switch {
		case found:
			r.Found = true
			return r, nil
		case errors.As(err, &temporary):
			return r, &Unknown{After: temporary.After, Err: fmt.Errorf("look whether it arrived: %w", err)}
		case errors.As(err, &unknown):
			return r, err
		case err != nil: // it may not look: better twice than never
			d.Log.Warn("the channel's history cannot be read", "channel", del.Channel, "error", err)
		}
	}
	return c.Send(ctx, del.Message)
}

// refresh brings the head of the thread up to date after an update or a retraction below it.
func (d *Dispatcher) refresh(ctx context.Context, c Channel, del Delivery) {
	e, ok := As[Editor](c)
	m := del.Message
	if !ok || del.Head == nil || m.Thread == nil || m.Part != 1 || m.Kind != KindUpdate && m.Kind != KindRetraction {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, d.timeout())
	defer cancel()
	if err := e.Edit(ctx, *m.Thread, Refreshed(*del.Head, m)); err != nil {
		d.Log.Warn("the head of a thread could not be brought up to date", "channel", del.Channel, "delivery", del.ID,
			"error", err)
	}
}
