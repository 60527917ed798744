package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// lateAfter is how much later than its time a digest may go out without saying so.
const lateAfter = 10 * time.Minute

// Collected is what a digest's period brought.
type Collected struct {
	Cases   []PendingCase // Changes: those committed in the period
	News    []PendingNews
	Sources []SourceReport
}

// DigestStore is what the Digester needs of a store.
type DigestStore interface {
	// LastCut is the end of the digest's last period; the zero time where it has none.
	LastCut(ctx context.Context, digest string) (time.Time, error)
	// Cut ends a period, in one write transaction: it reads what was committed in (from, to] and was in no earlier digest of the name,
	// calls plan, stores its deliveries and the cut-off. It does nothing where the last cut-off is not from any more.
	Cut(ctx context.Context, digest string, from, to time.Time, plan func(Collected) Plan) (Plan, error)
}

// Digester sends digests at their times.
type Digester struct {
	Store     DigestStore
	Digests   []Digest
	Rules     []Rule
	Targets   func(context.Context) (map[string]Target, error)
	PublicURL string
	Masses    Masses
	Now       func() time.Time // scenario clock
	Log       *slog.Logger
}

// Due writes the deliveries of every digest whose time has come, and returns them. A digest seen for the first time begins its first
// period now. One that was missed, once or often, goes out once, late, and says so. One digest's failure delays no other.
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
	to, fires := dg.fires(last, now)
	if fires == 0 {
		return nil, nil
	}
	return d.cut(ctx, dg, last, to, lateness(to, now, fires, dg.location()))
}

// Fire ends the digest's period at a given time, whatever its schedule says.
func (d *Digester) Fire(ctx context.Context, name string, at time.Time) ([]Delivery, error) {
	i := slices.IndexFunc(d.Digests, func(dg Digest) bool { return dg.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("there is no digest %q", name)
	}
	last, err := d.Store.LastCut(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("digest %s: %w", name, err)
	}
	if !at.After(last) {
		return nil, nil
	}
	return d.cut(ctx, d.Digests[i], last, at, "")
}

// fires finds the last fire time after last and not after now, and how many there were. A gap of more than a thousand is not counted out.
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
		return nil, fmt.Errorf("digest %s: read channels: %w", dg.Name, err)
	}
	t, ok := targets[dg.Channel]
	if !ok {
		return nil, fmt.Errorf("digest %s: there is no channel %q", dg.Name, dg.Channel)
	}
	if len(dg.To) > 0 {
		t.Recipients = dg.To
	}
	t.Recipients = t.remaining(dg.Name)
	compose := composer{now: d.Now(), location: dg.location(), publicURL: d.PublicURL, masses: d.Masses}
	plan, err := d.Store.Cut(ctx, dg.Name, from, to, func(c Collected) Plan {
		m := compose.digest(dg, d.Rules, c, from, to)
		m.Digest.Late = late
		var p Plan
		if len(m.Digest.Cases)+len(m.Digest.News) == 0 && dg.SkipEmpty && late == "" && allWell(m.Digest.Sources) {
			return p
		}
		for _, recipient := range t.Recipients {
			p.Deliveries = append(p.Deliveries, Deliveries(t, recipient, m, time.Time{})...)
		}
		return p
	})
	if err != nil {
		return nil, fmt.Errorf("digest %s: %w", dg.Name, err)
	}
	return plan.Deliveries, errors.Join(plan.Problems...)
}

func allWell(sources []SourceReport) bool {
	return !slices.ContainsFunc(sources, func(s SourceReport) bool { return s.Trouble() })
}

// Trouble reports whether the reader must not take the source's silence for an answer.
func (s SourceReport) Trouble() bool { return s.State != "ok" && s.State != "unchanged" }

// digest is the message of one period: what the rules that collect for it want, counterparty hits first.
func (m composer) digest(dg Digest, rules []Rule, c Collected, from, to time.Time) Message {
	rep := &Report{Name: dg.Name, From: from, To: to, Sources: slices.Clone(c.Sources)}
	msg := Message{
		Kind: KindDigest, Severity: Normal, AsOf: m.now, Zone: m.zone(), Part: 1, Parts: 1, Digest: rep,
		Case: "digest/" + dg.Name + "/" + to.UTC().Format(time.RFC3339),
	}
	var changes []diff.Change
	rules = slices.Clone(rules)
	for _, pc := range c.Cases {
		var items []Item
		for i, r := range rules {
			if slices.Contains(r.Digest, dg.Name) {
				wanted, spent := r.wanted(pc)
				if spent {
					rules[i].If = nil // counts as met for the rest of the digest, which must not wait for it
				}
				items = mergeItems(items, wanted)
				msg.Rules = append(msg.Rules, r.Name)
			}
		}
		if len(items) > 0 {
			changes = append(changes, changesOf(items)...)
			rep.Cases = append(rep.Cases, m.reportCase(pc, inOrder(pc, items)))
		}
	}
	msg.Rules = unique(msg.Rules)
	for _, n := range c.News {
		if slices.ContainsFunc(rules, func(r Rule) bool { return slices.Contains(r.Digest, dg.Name) && r.MatchNews(n) }) {
			rep.News = append(rep.News, n.Item)
		}
	}
	lists := diff.Lists()
	slices.SortStableFunc(rep.Cases, func(a, b ReportCase) int {
		if (a.Hits > 0) != (b.Hits > 0) {
			return b.Hits - a.Hits
		}
		return slices.Index(lists, a.List) - slices.Index(lists, b.List)
	})
	slices.SortStableFunc(rep.Sources, func(a, b SourceReport) int {
		if a.Trouble() != b.Trouble() {
			if a.Trouble() {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	msg.Counts = CountChanges(changes)
	msg.Headline = digestHeadline(dg.Name, rep, changes)
	return msg
}

func mergeItems(items, more []Item) []Item {
	for _, it := range more {
		if !slices.ContainsFunc(items, func(o Item) bool { return o.Change.ID == it.Change.ID }) {
			items = append(items, it)
		}
	}
	return items
}

func (m composer) reportCase(pc PendingCase, items []Item) ReportCase {
	msg := m.caseMessage(KindDigest, pc, items)
	return ReportCase{
		List: items[0].Change.List, Case: pc.Case.ID, Headline: msg.Headline, Status: msg.Status, Act: msg.Act, Stages: msg.Stages,
		ToCome: msg.ToCome, Savings: msg.Savings, Items: msg.Items, Hits: len(msg.Hits), Needs: msg.NeedsHuman, Links: msg.Links,
	}
}

func digestHeadline(name string, r *Report, changes []diff.Change) string {
	what := "nothing changed"
	switch {
	case len(changes) > 0:
		what = Headline(changes)
	case len(r.News) == 1:
		what = "1 report in the news"
	case len(r.News) > 0:
		what = fmt.Sprintf("%d reports in the news", len(r.News))
	}
	if !allWell(r.Sources) {
		n := 0
		for _, s := range r.Sources {
			if s.Trouble() {
				n++
			}
		}
		what += fmt.Sprintf("; %d of %d sources need attention", n, len(r.Sources))
	}
	return name + ": " + what
}

// Empty reports whether a digest has nothing to say but that all is well.
func (r *Report) Empty() bool {
	return len(r.Cases)+len(r.News) == 0 && allWell(r.Sources)
}

// Assurance is the one line that an empty digest consists of, and that closes every other: what was checked, how often, and that nothing
// else changed.
func (r *Report) Assurance(loc *time.Location) string {
	checks, good := 0, 0
	var oldest time.Time
	for _, s := range r.Sources {
		if s.Trouble() {
			continue
		}
		checks += s.Checks
		if good++; oldest.IsZero() || s.LastGood.Before(oldest) {
			oldest = s.LastGood
		}
	}
	els := ""
	if len(r.Cases)+len(r.News) > 0 {
		els = " else"
	}
	els += " that this digest's rules collect"
	switch {
	case len(r.Sources) == 0:
		return "No source is configured: this silence means nothing."
	case good == 0:
		return fmt.Sprintf("None of %s could be relied on: this silence means nothing.", plural(len(r.Sources), "source"))
	case good < len(r.Sources):
		return fmt.Sprintf("Nothing%s has changed in %d of %s, checked %s, each last at %s or later; of the rest nothing is certain.",
			els, good, plural(len(r.Sources), "source"), plural(checks, "time"), Moment(oldest, loc))
	}
	return fmt.Sprintf("Nothing%s has changed: %s checked %s, each last at %s or later.",
		els, plural(good, "source"), plural(checks, "time"), Moment(oldest, loc))
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
