package notify

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// routeNews tells of a report that names listed parties, by the rules about news.
func (b *planner) routeNews(n PendingNews) {
	m := b.compose.newsMessage(n)
	var channels []string
	severity := Low
	for _, rule := range b.router.Rules {
		if !rule.MatchNews(n) {
			continue
		}
		m.Rules = append(m.Rules, rule.Name)
		channels = append(channels, rule.Send...)
		if rule.Severity.Rank() > severity.Rank() {
			severity = rule.Severity
		}
	}
	if severity == "" {
		severity = Normal
	}
	m.Severity = severity
	for _, c := range unique(channels) {
		b.send(c, m, b.mutedFor(m.Rules), nil)
	}
}

// MatchNews reports whether the rule is told of a report.
func (r Rule) MatchNews(n PendingNews) bool {
	switch {
	case r.News == NewsMentions && len(n.Item.Names) == 0, r.News == NewsListing && !n.Listing, r.News == "":
		return false
	case len(r.Feeds) > 0 && !slices.Contains(r.Feeds, n.Item.Feed):
		return false
	case len(r.Lists) > 0 && !slices.ContainsFunc(n.Lists, func(l diff.ListID) bool {
		return slices.Contains(r.Lists, l)
	}):
		return false
	case len(r.Counterparties) > 0 && !slices.ContainsFunc(n.Hits, func(h Hit) bool {
		return slices.Contains(r.Counterparties, h.Counterparties)
	}):
		return false
	case len(r.Names) > 0:
		return slices.ContainsFunc(r.Names, func(re *regexp.Regexp) bool {
			return slices.ContainsFunc(n.Item.Names, re.MatchString)
		})
	}
	return true
}

// ref is the report with what is known of it, its addresses being web addresses or none.
func (n PendingNews) ref() NewsRef {
	item := n.Item
	item.URL = webAddress(item.URL)
	item.Also = nil
	for _, u := range n.Item.Also {
		if u = webAddress(u); u != "" {
			item.Also = append(item.Also, u)
		}
	}
	if n.Listing {
		item.Reported = n.Reported
	}
	return item
}

func (m composer) newsMessage(n PendingNews) Message {
	item := n.ref()
	msg := Message{
		Kind: KindNews, Headline: "In the news: " + quoted(Clean(item.Title), maxTitle), AsOf: m.now, Zone: m.zone(),
		Case: "news/" + item.ID,
		News: []NewsRef{item}, Hits: n.Hits, Part: 1, Parts: 1,
	}
	if n.Listing {
		msg.Headline = "Unconfirmed report of a listing: " + listingTitle(item)
		msg.Reason = "This is unconfirmed: only the press says so, and no list has changed."
	} else {
		msg.Notes = []string{"This is a press report; no list has changed because of it."}
	}
	msg.Headline += touches(n.Hits)
	if item.URL != "" {
		msg.Links = []Link{{"news", "Report", item.URL}}
	}
	for _, u := range item.Also {
		msg.Links = append(msg.Links, Link{"also", "Also at " + Host(u), u})
	}
	return msg
}

// listingTitle names the parties that a report says are to be added, or gives its title.
func listingTitle(n NewsRef) string {
	if len(n.Reported) == 0 {
		return quoted(Clean(n.Title), maxTitle)
	}
	names := slices.Clone(n.Reported)
	for i := range names {
		names[i] = quoted(Clean(names[i]), maxEdit)
	}
	if k := len(names) - 3; k > 1 {
		names = append(names[:3], fmt.Sprintf("%d more", k))
	}
	return strings.Join(names, ", ")
}

// reportsMessage is a short update of a Case: what the press says of it.
func (m composer) reportsMessage(pc PendingCase) Message {
	msg := m.caseMessage(KindUpdate, pc, nil)
	msg.Stages, msg.ToCome, msg.Savings, msg.NeedsHuman, msg.Notes = nil, nil, "", nil, nil
	msg.Stage, msg.News = diff.Reported, pc.Reports[:min(len(pc.Reports), maxNews)]
	msg.Headline = "In the news: " + quoted(Clean(pc.Reports[0].Title), maxTitle)
	if n := len(pc.Reports) - 1; n > 0 {
		msg.Headline += fmt.Sprintf(" and %s", plural(n, "more report"))
	}
	return msg
}

// Host names the place that a link leads to, for a reader: "dw.com".
func Host(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return link
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// Sample is the marked message of `test CHANNEL`.
func Sample(channel string, now time.Time) Message {
	m := Message{
		Kind: KindSample, Headline: "Sample: EntityWatch can reach the channel " + channel, Severity: Normal, AsOf: now,
		Reason: "This is a test that somebody asked for. Nothing was added, removed or amended.", Part: 1, Parts: 1,
		Case: "sample/" + now.UTC().Format(time.RFC3339Nano),
	}
	m.Delivery = DeliveryID(Delivery{Channel: channel, Kind: KindSample, Case: m.Case, Part: 1})
	return m
}
