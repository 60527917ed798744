package watcher

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// The kinds of Failing, which are those of their notices.
const (
	failBroken  = "broken"  // it cannot be read
	failPartly  = "partly"  // a part of it cannot be had or read
	failOverdue = "overdue" // it is due, and is not looked at
	failStale   = "stale"   // it shows an older state than the stored one
)

// Failing is a source that cannot be read as it should be: from its first such look until its end was told.
type Failing struct {
	Source, Kind string
	Since        time.Time
	Looks        int // that failed since; turns of the calendar where it is not looked at
	Reason       string
	ToldAt       time.Time // zero while the operators were not told
	EndedAt      time.Time // zero while it lasts
}

// TellAfter is how long a source may fail before the operators are told: so many looks, or so much time, whichever
// comes first. Zero is at once.
type TellAfter struct {
	Looks int
	Or    time.Duration
}

// wakes is how many turns of the calendar a look may be missing untold, whatever is configured: a machine that slept
// catches up in that time. So many older copies may a
// cache serve.
const wakes = 3

func (t TellAfter) due(f Failing, now time.Time) bool {
	looks := max(t.Looks, 1)
	if f.Kind == failOverdue || f.Kind == failStale {
		looks = max(looks, wakes)
	}
	return f.Looks >= looks || t.Or > 0 && now.Sub(f.Since) >= t.Or
}

// fails counts a look that did not give what it should.
func (t *occasion) fails(kind, reason string) error {
	all, err := t.tx.Failing()
	if err != nil {
		return err
	}
	f := Failing{Source: t.Source, Kind: kind, Since: t.at}
	if i := slices.IndexFunc(all, func(o Failing) bool { return o.Source == f.Source && o.Kind == kind }); i >= 0 {
		f = all[i]
	}
	if kind == failPartly && lasting(f.Reason) != lasting(reason) {
		f.ToldAt = time.Time{} // another part is another thing to tell
	}
	f.Looks, f.Reason, f.EndedAt = f.Looks+1, reason, time.Time{}
	return t.tx.SaveFailing(f)
}

// passing are the numbers in which the same fault differs from look to look: ports, sizes, fractions of seconds.
// Records are fewer.
var passing = regexp.MustCompile(`\d{4,}|\d+\.\d+`)

// lasting is a reason without them.
func lasting(reason string) string { return passing.ReplaceAllString(reason, "") }

// works ends what failed of this source, for the kinds given. What nobody was told of ends in silence; silent ends all
// so.
func (t *occasion) works(silent bool, kinds ...string) error {
	all, err := t.tx.Failing()
	if err != nil {
		return err
	}
	for _, f := range all {
		switch {
		case f.Source != t.Source || !slices.Contains(kinds, f.Kind) || !f.EndedAt.IsZero():
		case silent || f.ToldAt.IsZero():
			err = t.tx.DropFailing(f.Source, f.Kind)
		default:
			f.EndedAt = t.at
			err = t.tx.SaveFailing(f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// tellFailing tells the operators which sources have failed for long enough, with all others that fail by now, and
// which work again: each in one notice. The calendar does it, when each source had its look.
func (cal *calendar) tellFailing() error {
	all, err := cal.configuredFailing()
	if err != nil {
		return err
	}
	if err := cal.tellEnded(all); err != nil {
		return err
	}
	after := cal.w.o.TellAfter
	var untold []Failing
	due := false
	for _, f := range all {
		if f.EndedAt.IsZero() && f.ToldAt.IsZero() {
			untold = append(untold, f)
			due = due || after.due(f, cal.at)
		}
	}
	if !due {
		return nil
	}
	for _, f := range untold {
		f.ToldAt = cal.at
		if err := cal.tx.SaveFailing(f); err != nil {
			return err
		}
	}
	return cal.noticeOf(gravest(untold), untold, func(f Failing) string {
		if f.Kind == failOverdue {
			return f.Reason
		}
		return fmt.Sprintf("%s (since %s)", strings.TrimSuffix(f.Reason, "."), cal.moment(f.Since))
	})
}

// configuredFailing are what fails of the sources that the config names. What a dropped source did is forgotten.
func (cal *calendar) configuredFailing() (out []Failing, err error) {
	all, err := cal.tx.Failing()
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if cal.w.specs[f.Source] != nil {
			out = append(out, f)
		} else if err := cal.tx.DropFailing(f.Source, f.Kind); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// gravest is the kind of a notice about several.
func gravest(all []Failing) string {
	for _, kind := range []string{failBroken, failOverdue, failStale} {
		if slices.ContainsFunc(all, func(f Failing) bool { return f.Kind == kind }) {
			return kind
		}
	}
	return failPartly
}

// tellEnded tells of sources that work again. Several that were told together end together: they are waited for, for as
// long as a failure may last untold.
func (cal *calendar) tellEnded(all []Failing) error {
	var ended []Failing
	last, lasting := cal.at, false
	for _, f := range all {
		switch {
		case !f.EndedAt.IsZero():
			ended = append(ended, f)
			if f.EndedAt.Before(last) {
				last = f.EndedAt
			}
		case !f.ToldAt.IsZero():
			lasting = true
		}
	}
	if len(ended) == 0 || lasting && cal.at.Sub(last) < cal.w.o.TellAfter.Or {
		return nil
	}
	for _, f := range ended {
		if err := cal.tx.DropFailing(f.Source, f.Kind); err != nil {
			return err
		}
	}
	return cal.noticeOf("recovered", ended, func(f Failing) string {
		switch f.Kind {
		case failPartly:
			return fmt.Sprintf("The part that was lacking can be read again; it had been unreadable since %s (%s).", cal.moment(f.Since), f.Reason)
		case failOverdue:
			return fmt.Sprintf("It is looked at again. %s", f.Reason)
		case failStale:
			return fmt.Sprintf("It shows no older state any more; it had since %s.", cal.moment(f.Since))
		}
		return fmt.Sprintf("It can be read again; it had been unreadable since %s.", cal.moment(f.Since))
	})
}

// noticeOf is one notice about one source, or about several.
func (t *occasion) noticeOf(kind string, of []Failing, text func(Failing) string) error {
	was := t.Source
	defer func() { t.Source = was }()
	t.Source = of[0].Source
	if len(of) == 1 {
		return t.notice(kind, "", text(of[0]))
	}
	lines := make([]string, len(of))
	sources := map[string]bool{}
	for i, f := range of {
		lines[i], sources[f.Source] = f.Source+": "+strings.TrimSuffix(text(f), ".")+".", true
	}
	if len(sources) > 1 {
		t.Source = fmt.Sprintf("%d sources", len(sources))
	}
	return t.notice(kind, "", strings.Join(lines, "\n"))
}
