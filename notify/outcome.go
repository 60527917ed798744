package notify

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// probeEvery is how often a paused channel is tried with one delivery: as often as anything else that fails for long.
const probeEvery = mostBackoff

// outcome sorts what came of an attempt by the contract of Channel.
func (d *Dispatcher) outcome(name string, del Delivery, r Receipt, err error) Outcome {
	now := d.now()
	o := Outcome{ID: del.ID, Owner: d.Owner, State: Sent, At: now}
	if err == nil {
		if r.At.IsZero() {
			r.At = now
		}
		o.Receipt = &r
		return o
	}
	// once in doubt, always look first
	o.Error, o.Doubtful, o.GiveUpBefore = err.Error(), del.Doubtful, now.Add(-d.giveUp())
	var temporary *Temporary
	var unknown *Unknown
	var faulty *Misconfigured
	var after time.Duration
	switch {
	case errors.As(err, &unknown):
		o.Doubtful, o.Failing, o.Remedy = true, true, remedyOf(err)
		after = max(unknown.After, d.rest(name))
		d.hold(name, unknown.After)
	case errors.As(err, &temporary):
		after, o.Failing, o.Remedy = temporary.After, true, remedyOf(err)
		d.hold(name, after)
	case errors.As(err, &faulty):
		o.Pause = &Pause{Recipient: faulty.Recipient, Remedy: faulty.Remedy, ProbeAt: now.Add(probeEvery), GiveUp: d.giveUp()}
	default:
		o.State = Dead
		return o
	}
	o.State, o.NotBefore = Failed, now.Add(max(after, Backoff(del.Attempts, rand.Float64())))
	if o.Pause != nil {
		return o // the store gives up what waits behind a pause, all together
	}
	if first := del.FirstTryAt; !first.IsZero() && o.NotBefore.Sub(first) > d.giveUp() {
		o.GivenUp = true
		o.State, o.Error = Dead, fmt.Sprintf("given up after %s and %s: %s",
			now.Sub(first).Round(time.Second), plural(del.Attempts, "attempt"), o.Error)
	}
	return o
}

// hold keeps the whole channel silent for as long as the other side asked.
func (d *Dispatcher) hold(name string, after time.Duration) {
	if after > 0 {
		d.lanes[name].hold(d.now().Add(after))
	}
}

// rest is how long a doubtful attempt on a channel is left alone. Slack answers within seconds or not at all.
func (d *Dispatcher) rest(name string) time.Duration {
	switch {
	case !LimitsOf(d.Channels[name]).Remote:
		return 0
	case d.Rest == 0:
		return 20 * time.Second
	}
	return d.Rest
}

func (d *Dispatcher) giveUp() time.Duration {
	if d.GiveUp == 0 {
		return 24 * time.Hour
	}
	return d.GiveUp
}

// mostBackoff is the longest pause between two attempts.
const mostBackoff = 15 * time.Minute

// Backoff is how long to wait after the nth attempt: 2 s, doubled each time up to 15 minutes, and 20 % more or less as
// jitter (0–1) says.
func Backoff(attempts int, jitter float64) time.Duration {
	const first = 2 * time.Second
	wait := mostBackoff
	if attempts < 10 {
		wait = min(mostBackoff, first<<max(attempts-1, 0))
	}
	return time.Duration(float64(wait) * (0.8 + 0.4*jitter))
}
