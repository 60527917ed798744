package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
)

// lateAfter is how much later than its time a digest may go out without saying so.
const lateAfter = 10 * time.Minute

// Collected is what a digest's period brought.
type Collected struct {
	// Cases are those that something new was noticed of. Changes, Stages and Notes are what the period brought, Standing
	// is every Change as it stands at the cut-off, those that are taken back with why.
	Cases   []PendingCase
	News    []PendingNews
	Sources []SourceReport
	Held    []HeldEntry
}

// DigestStore is what the Digester needs of a store.
type DigestStore interface {
	// LastCut is the end of the digest's last period; the zero time where it has none.
	LastCut(ctx context.Context, digest string) (time.Time, error)
	// Cut ends a period, in one write transaction: it reads what was committed in (from, to] and was in no earlier digest
	// of the name, calls plan, stores its deliveries and the cut-off. It does nothing where the last cut-off is not from
	// any more.
	Cut(ctx context.Context, digest string, from, to time.Time, plan func(Collected) Plan) (Plan, error)
	// Rewind begins the digest's current period at a time before the end of its last one: the clock was set back. What
	// earlier digests covered stays covered.
	Rewind(ctx context.Context, digest string, to time.Time) error
}

// Digester sends digests at their times.
type Digester struct {
	Store     DigestStore
	Digests   []Digest
	Rules     []Rule
	Targets   func(context.Context) (map[string]Target, error)
	PublicURL string
	Masses    Masses
	// Judge says how a source did at a cut-off, by its schedule too; ok is false for what the config does not name any
	// more. Where it is nil, the last look alone counts.
	Judge func(r SourceReport, at time.Time) (judged SourceReport, ok bool)
	Now   func() time.Time // scenario clock
	Log   *slog.Logger
}

// Due writes the deliveries of every digest whose time has come, and returns them. A digest seen for the first time
// begins its first period now. One that was missed, once or often, goes out once, late, and says so. One digest's
// failure delays no other.
func (d *Digester) Due(ctx context.Context) ([]Delivery, error) {
	var out []Delivery
	var errs []error
	for _, dg := range d.Digests {
		dels, err := d.due(ctx, dg)
		if err != nil {
			errs = append(errs, fmt.Errorf("digest %s: %w", dg.Name, err))
		}
		out = append(out, dels...)
	}
	return out, errors.Join(errs...)
}

func (d *Digester) due(ctx context.Context, dg Digest) ([]Delivery, error) {
	now := d.Now()
	last, err := d.Store.LastCut(ctx, dg.Name)
	if err != nil {
		return nil, err
	}
	if last.IsZero() {
		_, err := d.Store.Cut(ctx, dg.Name, last, now, func(Collected) Plan { return Plan{} })
		return nil, err
	}
	if last, err = d.setBack(ctx, dg, last, now); err != nil {
		return nil, err
	}
	to, fires := dg.fires(last, now)
	if fires == 0 {
		return nil, nil
	}
	return d.cut(ctx, dg, last, to, lateness(to, now, fires, dg.location()))
}

// setBack goes by elapsed time where the clock was set back, so far that a digest would be left out: the period begins
// anew at now. Where the clock comes to the last cut-off before any other, that digest has gone out already, and the
// next one is the next in its schedule.
func (d *Digester) setBack(ctx context.Context, dg Digest, last, now time.Time) (time.Time, error) {
	if next := dg.Schedule.Next(now.In(dg.location())); !last.After(now) || next.IsZero() || !next.Before(last) {
		return last, nil
	}
	return now, d.Store.Rewind(ctx, dg.Name, now)
}

// Fire ends the digest's period at a given time, whatever its schedule says.
func (d *Digester) Fire(ctx context.Context, name string, at time.Time) ([]Delivery, error) {
	i := slices.IndexFunc(d.Digests, func(dg Digest) bool { return dg.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("there is no digest %q", name)
	}
	last, err := d.Store.LastCut(ctx, name)
	var out []Delivery
	if err == nil && at.After(last) {
		out, err = d.cut(ctx, d.Digests[i], last, at, "")
	}
	if err != nil {
		err = fmt.Errorf("digest %s: %w", name, err)
	}
	return out, err
}

// fires finds the last fire time after last and not after now, and how many there were. A gap of more than a thousand
// is not counted out.
func (dg Digest) fires(last, now time.Time) (to time.Time, n int) {
	const most = 1000
	t := last
	for {
		t = dg.Schedule.Next(t.In(dg.location()))
		if t.IsZero() || t.After(now) {
			return to, n
		}
		to = t.UTC()
		if n++; n == most { // a schedule of minutes after months
			t = now.Add(-48 * time.Hour)
		}
	}
}

func (dg Digest) location() *time.Location {
	if dg.Location == nil {
		return time.UTC
	}
	return dg.Location
}

func (d *Digester) judged(all []SourceReport, at time.Time) (out []SourceReport) {
	if d.Judge == nil {
		return all
	}
	for _, r := range all {
		if r, ok := d.Judge(r, at); ok {
			out = append(out, r)
		}
	}
	return out
}

func lateness(to, now time.Time, fires int, loc *time.Location) string {
	var parts []string
	if now.Sub(to) > lateAfter {
		parts = append(parts, "due at "+Moment(to, loc)+", sent late")
	}
	if fires > 1 {
		parts = append(parts, fmt.Sprintf("it stands for %d digests, of which %d were missed", fires, fires-1))
	}
	return strings.Join(parts, "; ")
}

func (d *Digester) cut(ctx context.Context, dg Digest, from, to time.Time, late string) ([]Delivery, error) {
	targets, err := d.Targets(ctx)
	if err != nil {
		return nil, fmt.Errorf("read channels: %w", err)
	}
	t, ok := targets[dg.Channel]
	if !ok {
		return nil, fmt.Errorf("there is no channel %q", dg.Channel)
	}
	if len(dg.To) > 0 {
		t.Recipients = dg.To
	}
	t.Recipients = t.remaining(dg.Name)
	compose := composer{now: d.Now(), location: dg.location(), publicURL: d.PublicURL, masses: d.Masses}
	plan, err := d.Store.Cut(ctx, dg.Name, from, to, func(c Collected) Plan {
		c.Sources = d.judged(c.Sources, to)
		m := compose.digest(dg, d.Rules, c, from, to)
		m.Digest.Late = late
		var p Plan
		if dg.SkipEmpty && late == "" && m.Digest.Empty() {
			return p
		}
		for _, recipient := range t.Recipients {
			p.Deliveries = append(p.Deliveries, Deliveries(t, recipient, m, time.Time{})...)
		}
		return p
	})
	if err != nil {
		return nil, err
	}
	return plan.Deliveries, errors.Join(plan.Problems...)
}
