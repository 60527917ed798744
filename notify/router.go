package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Target is a channel as routing sees it.
type Target struct {
	Name       string
	Recipients []string // at least one; [""] where the channel itself knows whom
	Limits     Limits
	Gone       []Subscription // ended by their recipients
}

// remaining are the recipients who have not ended the digest, or all of the channel's mails.
func (t Target) remaining(digest string) []string {
	return slices.DeleteFunc(slices.Clone(t.Recipients), func(r string) bool {
		return slices.ContainsFunc(t.Gone, func(s Subscription) bool {
			return s.Channel == t.Name && s.Recipient == r && (s.Digest == "" || s.Digest == digest)
		})
	})
}

// Router turns what was noticed into deliveries.
type Router struct {
	Store Routing
	Rules []Rule
	// Targets gives the channels by name at the moment of routing: who has unsubscribed is not among the recipients.
	Targets   func(context.Context) (map[string]Target, error)
	Screens   bool     // counterparties are configured, and every Change is screened against them before it is told
	Operators []string // channels that hear of the daemon's own state
	PublicURL string   // of the web pages; "" without them
	Location  *time.Location
	Masses    Masses
	// Wait is how long a Change may wait for its enrichment (counterparty hits, related news).
	Wait time.Duration
	// Now is the scenario clock: the time of the text, of quiet hours and of acknowledgements.
	Now func() time.Time
	Log *slog.Logger
}

// Route writes deliveries for everything pending, in one transaction, and returns them. Problems of single rules or
// channels are in its error, joined; the rest is routed nevertheless.
func (r *Router) Route(ctx context.Context) ([]Delivery, error) {
	targets, err := r.Targets(ctx)
	if err != nil {
		return nil, fmt.Errorf("route: read channels: %w", err)
	}
	now := r.Now()
	plan, err := r.Store.Route(ctx, now, r.Wait, func(p Pending) Plan { return r.plan(p, targets, now) })
	if err != nil {
		return nil, fmt.Errorf("route: %w", err)
	}
	return plan.Deliveries, errors.Join(plan.Problems...)
}

// plan decides on everything pending. It is a pure function of its arguments and the router's values.
func (r *Router) plan(p Pending, targets map[string]Target, now time.Time) Plan {
	b := &planner{router: r, targets: targets, now: now, compose: r.composer(now)}
	for _, pc := range p.Cases {
		b.routeCase(pc)
	}
	for _, n := range p.Notices {
		b.routeNotice(n, p.Failing)
	}
	for _, n := range p.News {
		b.routeNews(n)
	}
	return b.plan
}

func (r *Router) composer(now time.Time) composer {
	loc := r.Location
	if loc == nil {
		loc = time.UTC
	}
	return composer{now: now, location: loc, publicURL: r.PublicURL, masses: r.Masses, screens: r.Screens}
}

// planner collects one Plan.
type planner struct {
	router  *Router
	targets map[string]Target
	now     time.Time
	compose composer
	plan    Plan
	files   map[string]*File
	spent   map[string]bool // rules whose conditions went beyond their budget
}

// send adds the message for every recipient of a channel that filter lets through, split as the channel needs it.
func (b *planner) send(channel string, m Message, mutedUntil time.Time, to func(recipient string) bool) {
	t, ok := b.targets[channel]
	if !ok {
		b.plan.Problems = append(b.plan.Problems, fmt.Errorf("no channel %q for %s %q", channel, m.Kind, m.Headline))
		return
	}
	m = b.bulk(m, t.Limits)
	for _, recipient := range t.remaining("") {
		if to == nil || to(recipient) {
			b.plan.Deliveries = append(b.plan.Deliveries, Deliveries(t, recipient, m, mutedUntil)...)
		}
	}
}

// Deliveries are the parts of one message to one recipient of a channel.
func Deliveries(t Target, recipient string, m Message, mutedUntil time.Time) []Delivery {
	parts := m.bulkParts(t.Limits)
	if t.Limits.Point && m.Below && m.loud() {
		pointer := m.further()
		pointer.Pointer = true
		parts = slices.Insert(parts, 1, pointer)
	}
	out := make([]Delivery, len(parts))
	for i, part := range parts {
		out[i] = Delivery{
			Channel: t.Name, Recipient: recipient, Kind: m.Kind, Rules: m.Rules, Case: m.Case, Stage: m.Stage,
			Revision: m.Revision,
			Part:     part.Part, Severity: m.Severity, State: Waiting, MutedUntil: mutedUntil, Message: part,
		}
		out[i].ID = DeliveryID(out[i])
	}
	return out
}

// Notice is the message that tells a notice to the operators.
func (r *Router) Notice(n Notice, now time.Time) Message {
	return Message{
		Kind: KindOperator, Headline: noticeHeadline(n), Severity: Normal, AsOf: now, Zone: r.composer(now).zone(),
		Case:   n.ID,
		Reason: n.advised(), Part: 1, Parts: 1,
	}
}

// advised is the notice's text as sentences, with what follows and what to do.
func (n Notice) advised() string {
	advice := noticeAdvice[n.Kind]
	if n.Kind == "problem" && n.Text != "" {
		n.Text = upperFirst(n.Text) // it begins in the middle of an error elsewhere
	}
	if advice == "" || n.Text == "" || strings.HasSuffix(n.Text, ".") {
		return n.Text + advice
	}
	return n.Text + "." + advice
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// noticeAdvice says what follows and what to do, where the notice's own text does not.
var noticeAdvice = map[string]string{
	"held":        "\nNothing changes until a better answer comes. `entitywatch held` shows what is held, and how to let it through if it is right.",
	"missing":     "\n`entitywatch held` shows it, and how to accept that it is gone.",
	"unreadable":  "\nThe file is read again as soon as it is saved, and you hear that it works again.",
	"stale":       "\nThe stored state stands, and no change is seen there until the source shows a newer one. A cache or a mirror may serve an old copy: look at the source.",
	noticeFailing: "\nIt is tried again without your help, each message up to `deliveries.give_up_after`, and you hear when messages are taken.",
	"broken":      "\nReading is tried again without your help. What changed meanwhile is noticed then, and you hear that it works again.",
}

// routeNotice tells the operators on all their channels. That a channel takes nothing is told on the others only: there
// it would arrive with the news that it works again.
func (b *planner) routeNotice(n Notice, failing []FailingChannel) {
	m := b.router.Notice(n, b.now)
	before := len(b.plan.Deliveries)
	for _, channel := range unique(b.router.Operators) {
		b.send(channel, m, time.Time{}, func(to string) bool {
			return n.Kind != noticeFailing ||
				!slices.ContainsFunc(failing, func(f FailingChannel) bool { return f.Channel == channel && f.Recipient == to })
		})
	}
	if n.Kind == noticeFailing && len(b.plan.Deliveries) == before {
		b.plan.Problems = append(b.plan.Problems,
			fmt.Errorf("nobody can be told that %s: none of the operators' channels works", m.Headline))
	}
}

// noticeWords say what happened, for the kinds of notice.
var noticeWords = map[string]string{
	"held": "held: its answer is not believed", "broken": "cannot be read", "stale": "showed an older state",
	"partly": "could be read in a part only", "overdue": "is due and was not looked at",
	"missing": "no longer shows an entry that no rule removed", "problem": "has a problem",
	"unreadable": "cannot be read", "fewer": "has fewer parties than before", "recovered": "recovered",
	"released": "was released", "dead": "could not be delivered", "config": "was refused", "accepted": "is in force",
	"counterparties": "has parties that resemble listed ones", "unsubscribed": "unsubscribed",
	"subscribed": "is subscribed again",
	"paused":     "is paused: it needs you", "resumed": "takes messages again",
	noticeFailing: "cannot send messages", noticeWorking: "can send messages again",
	"begun": "monitoring began with a new database",
	"stuck": "stands still and needs a look", "unstuck": "works again", "disk": "the disk is nearly full",
	"roomy": "the disk has room again",
}

func noticeHeadline(n Notice) string {
	words, ok := noticeWords[n.Kind]
	if !ok {
		words = n.Kind
	}
	if n.Subject == "" {
		return "EntityWatch: " + words
	}
	return n.Subject + " " + words
}
