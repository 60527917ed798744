package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// The kinds of notice about channels that take nothing for the time being.
const (
	noticeFailing = "failing" // nothing was taken for long
	noticeWorking = "working" // and now it is
)

// FailingChannel is a channel, or one recipient of it, on which nothing was taken since an attempt in vain: from that
// attempt until the end was told. What the other side refuses for a fault of the configuration is a Pause instead. All
// times are of the wall clock.
type FailingChannel struct {
	Channel   string
	Recipient string
	Since     time.Time // the first attempt in vain
	LastAt    time.Time // the last one
	Attempts  int       // since
	Reason    string    // of the last one
	Remedy    string    // what to do, in a sentence
	ToldAt    time.Time // zero while the operators were not told
	EndedAt   time.Time // zero while it lasts
	Paused    bool      // it needs a person, who was told so
	Waiting   int       // deliveries to it that are to be sent
	Oldest    time.Time // when the first of them was written; zero without any
}

// FailingPlan is what is to be written about the channels that fail: rows to keep as they are now, rows to forget, what
// to tell.
type FailingPlan struct {
	Save, Drop []FailingChannel
	Notices    []Notice
}

func (p FailingPlan) empty() bool { return len(p.Save)+len(p.Drop)+len(p.Notices) == 0 }

// FailingStore is what TellFailing needs of a store.
type FailingStore interface {
	// FailingChannels are all rows, by channel and recipient.
	FailingChannels(ctx context.Context) ([]FailingChannel, error)
	// TellFailing reads them again, calls plan and writes what it returns, in one transaction.
	TellFailing(ctx context.Context, plan func([]FailingChannel) FailingPlan) error
}

const (
	// inUse is how lately a channel must have been tried in vain to be told: somewhat more than the longest pause between
	// two attempts. A daemon that was down tries first.
	inUse = 20 * time.Minute
	// alongside is the share of the time after which a failure is told from which it is told along with another one.
	alongside = 6
	// forgotten is how long a failure that was told is remembered while nothing more is to be sent there.
	forgotten = 7 * 24 * time.Hour
)

// TellFailing has the operators told which channels take nothing, when one of them has for so long (after), with all
// that fail beside it; and which take messages again: each in one notice. now is the wall clock's.
func (r *Router) TellFailing(ctx context.Context, store FailingStore, now time.Time, after time.Duration) error {
	all, err := store.FailingChannels(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	targets, err := r.Targets(ctx)
	if err != nil {
		return fmt.Errorf("tell of channels that fail: read channels: %w", err)
	}
	look := failingLook{targets: targets, now: now, after: after, moment: r.composer(now).moment}
	if look.plan(all).empty() {
		return nil
	}
	var said []Notice
	err = store.TellFailing(ctx, func(all []FailingChannel) FailingPlan {
		p := look.plan(all)
		said = p.Notices
		return p
	})
	if err != nil {
		return fmt.Errorf("tell of channels that fail: %w", err)
	}
	for _, n := range said {
		r.logged().Warn(noticeHeadline(n), "text", n.Text)
	}
	return nil
}

func (r *Router) logged() *slog.Logger {
	if r.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return r.Log
}

// failingLook is one look at the channels that fail; plan is a pure function of it.
type failingLook struct {
	targets map[string]Target
	now     time.Time
	after   time.Duration
	moment  func(time.Time) string
}

func (l failingLook) plan(all []FailingChannel) (p FailingPlan) {
	var untold, lasting, ended []FailingChannel
	due := false
	for _, f := range all {
		_, known := l.targets[f.Channel]
		idle := f.Waiting == 0 && (f.ToldAt.IsZero() || l.now.Sub(f.LastAt) > forgotten)
		switch {
		case !known, f.EndedAt.IsZero() && idle:
			p.Drop = append(p.Drop, f)
		case !f.EndedAt.IsZero():
			ended = append(ended, f)
		case !f.ToldAt.IsZero():
			lasting = append(lasting, f)
		case f.Paused || l.now.Sub(f.LastAt) > inUse:
		case l.now.Sub(f.Since) >= l.after/alongside:
			untold = append(untold, f)
			due = due || l.now.Sub(f.Since) >= l.after
		}
	}
	if due {
		for _, f := range untold {
			f.ToldAt = l.now
			p.Save = append(p.Save, f)
		}
		p.Notices = append(p.Notices, l.notice(noticeFailing, untold, l.failing))
	}
	if l.over(ended, lasting) {
		p.Drop = append(p.Drop, ended...)
		p.Notices = append(p.Notices, l.notice(noticeWorking, ended, l.working))
	}
	return p
}

// over reports whether the end of these is to be told: at once where nothing else fails, and else when the rest had
// time to follow.
func (l failingLook) over(ended, lasting []FailingChannel) bool {
	return len(ended) > 0 && (len(lasting) == 0 ||
		slices.ContainsFunc(ended, func(f FailingChannel) bool { return l.now.Sub(f.EndedAt) >= l.after }))
}

// notice is one notice about one channel, or about several: a line each.
func (l failingLook) notice(kind string, of []FailingChannel, line func(string, []FailingChannel) string) Notice {
	n := Notice{Kind: kind, At: l.now}
	var lines, id []string
	for len(of) > 0 {
		k := 0
		for k < len(of) && of[k].Channel == of[0].Channel {
			id = append(id, of[k].Channel, of[k].Recipient, of[k].Since.UTC().Format(time.RFC3339Nano))
			k++
		}
		n.Subject = l.name(of[:k])
		lines = append(lines, line(n.Subject, of[:k]))
		of = of[k:]
	}
	if len(lines) > 1 {
		n.Subject = fmt.Sprintf("%d channels", len(lines))
	}
	if n.Text = strings.Join(lines, "\n"); len(lines) == 1 {
		n.Text = upperFirst(strings.TrimPrefix(n.Text, n.Subject+": "))
	}
	n.ID = diff.HashID("ntc", append([]string{kind, l.now.UTC().Format(time.RFC3339Nano)}, id...)...)
	return n
}

// name is a channel, with those of its recipients that are concerned where others are not.
func (l failingLook) name(of []FailingChannel) string {
	channel := of[0].Channel
	if len(of) >= len(l.targets[channel].Recipients) || of[0].Recipient == "" {
		return channel
	}
	var to []string
	for _, f := range of {
		to = append(to, f.Recipient)
	}
	if k := len(to) - 3; k > 0 {
		to = append(to[:3], fmt.Sprintf("%d more", k))
	}
	return channel + " to " + strings.Join(to, ", ")
}

func (l failingLook) failing(name string, of []FailingChannel) string {
	since, oldest, last := of[0].Since, time.Time{}, of[0]
	attempts, waiting := 0, 0
	for _, f := range of {
		attempts, waiting = attempts+f.Attempts, waiting+f.Waiting
		since, oldest = earlier(since, f.Since), earlier(oldest, f.Oldest)
		if f.LastAt.After(last.LastAt) {
			last = f
		}
	}
	text := fmt.Sprintf("%s: no message has been accepted since %s (%s): %s.", name, l.moment(since),
		plural(attempts, "attempt"),
		strings.TrimSuffix(last.Reason, "."))
	switch {
	case waiting == 1:
		text += fmt.Sprintf(" 1 message waits, since %s.", l.moment(oldest))
	case waiting > 1:
		text += fmt.Sprintf(" %d messages wait, the oldest since %s.", waiting, l.moment(oldest))
	}
	if last.Remedy != "" {
		text += " " + last.Remedy
	}
	return text + fmt.Sprintf(" `entitywatch retry --channel %s` tries at once.", of[0].Channel)
}

func (l failingLook) working(name string, of []FailingChannel) string {
	since := of[0].Since
	for _, f := range of {
		since = earlier(since, f.Since)
	}
	return fmt.Sprintf("%s: messages are accepted again; none had been since %s. What waited is being sent.", name,
		l.moment(since))
}

// earlier is the earlier of two times, of which the zero one is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// remedyOf says what to do about an attempt in vain that no configuration explains, in sentences.
func remedyOf(err error) string {
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &dns):
		return "Check the host's name in the channel's settings, and that this machine can look names up."
	case errors.As(err, &op) && op.Op == "dial":
		return "Check that the server runs, that its address in the channel's settings is right, and that no firewall stands between."
	}
	return "Ask whoever runs the other side if it does not end by itself."
}
