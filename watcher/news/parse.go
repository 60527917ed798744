package news

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
	"entitywatch/watcher/fetch/records"
)

// maxItems is the most items of one feed that are read.
const maxItems = 20_000

// Feed says what is known of a feed before it is read.
type Feed struct {
	Name        string // the configured source's name; NewsItem.Feed
	URL         string // where it was fetched, behind redirects: relative links are relative to it
	ContentType string
	Now         time.Time // against which dates are judged
}

// Parse reads a feed: its items in the feed's order, each ID once, and what was wrong with them. A body that is empty, HTML, cut,
// malformed or no feed is a *diff.Refused; with o.Partial the whole items before a cut are read, and the cut is a problem.
func Parse(r io.Reader, feed Feed, o diff.ReadOptions) ([]diff.NewsItem, []diff.Problem, error) {
	body, err := io.ReadAll(&fetch.Bounded{R: r, Max: maxFeed})
	if err != nil {
		return nil, nil, fmt.Errorf("news: read feed: %w", err)
	}
	var problems []diff.Problem
	parsed, err := read(toUTF8(body, feed.ContentType))
	if err != nil && o.Partial {
		if kept, ok := whole(clean(toUTF8(body, feed.ContentType))); ok {
			if again, e := read(kept); e == nil {
				problems = append(problems, diff.Problem{Kind: diff.Unread, Text: "the feed is cut; the whole items before the end were read: " + err.Error()})
				parsed, err = again, nil
			}
		}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("news: %w", err)
	}
	items, more := convert(parsed, feed)
	return items, append(problems, more...), nil
}

// read parses UTF-8.
func read(body []byte) (*gofeed.Feed, error) {
	if _, err := records.Open(bytes.NewReader(body)); err != nil {
		return nil, err
	}
	trimmed := bytes.TrimSpace(body)
	if why := tooMuch(trimmed); why != "" {
		return nil, records.Refuse("it is not a feed: %s", why)
	}
	if trimmed[0] == '{' {
		body = printableJSON(trimmed)
	} else {
		body = clean(trimmed)
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return nil, records.Refuse("it cannot be read as a feed: %v", err)
	}
	if feed.FeedType == "json" && feed.FeedVersion == "" && len(feed.Items) == 0 {
		return nil, records.Refuse("it is JSON, but no feed: it has neither a version nor items")
	}
	if feed.FeedType != "json" && !closed(body) {
		return nil, records.Refuse("the feed is cut: its last element is not closed")
	}
	return feed, nil
}

// closed reports whether the root element's end stands behind the last item: a parser that forgives much forgives a missing end too.
func closed(body []byte) bool {
	root := rootOf(body)
	if root == "" {
		return false
	}
	end := bytes.LastIndex(body, []byte("</"+root))
	return end >= 0 && end > bytes.LastIndex(body, []byte("<item")) && end > bytes.LastIndex(body, []byte("<entry"))
}

// rootOf is the name of the first element, as it is written.
func rootOf(body []byte) string {
	for _, tag := range tags(body, 1) {
		return tag
	}
	return ""
}

// printableJSON makes spaces of the control characters that JSON forbids in strings.
func printableJSON(body []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r < 0x20 {
			return ' '
		}
		return r
	}, body)
}

// convert makes items of a parsed feed.
func convert(parsed *gofeed.Feed, feed Feed) ([]diff.NewsItem, []diff.Problem) {
	var problems []diff.Problem
	note := func(where, format string, args ...any) {
		problems = append(problems, diff.Problem{Kind: diff.SourceSlip, Where: where, Text: fmt.Sprintf(format, args...)})
	}
	base := baseOf(parsed, feed)
	if len(parsed.Items) > maxItems {
		note("", "the feed has %d items; the first %d are read", len(parsed.Items), maxItems)
		parsed.Items = parsed.Items[:maxItems]
	}
	first := map[string]int{} // by id, the number of its item in the feed
	seen := map[string]bool{}
	var items []diff.NewsItem
	var made []diff.NewsItem
	for n, in := range parsed.Items {
		where := fmt.Sprintf("item %d", n+1)
		made = append(made, itemOf(in, base, feed, func(raw string) { note(where, "its date %q cannot be and is taken as unknown", raw) }))
	}
	for n := range made {
		item := made[n]
		if at, again := first[item.ID]; !again {
			first[item.ID] = n
		} else if made[at].Title != item.Title {
			earlier := apart(parsed.Items[at], &made[at])
			if !apart(parsed.Items[n], &made[n]) && !earlier {
				note(fmt.Sprintf("item %d", n+1), "it has the identity of item %d under another title and is left out as a version of it", at+1)
			}
		}
	}
	for n, item := range made {
		if item.Title == "" && item.Summary == "" && len(item.Links) == 0 {
			note(fmt.Sprintf("item %d", n+1), "the item has no title, text or link and is left out")
			continue
		}
		if !seen[item.ID] {
			seen[item.ID] = true
			items = append(items, item)
		}
	}
	return items, problems
}

// baseOf is what relative links are relative to.
func baseOf(parsed *gofeed.Feed, feed Feed) *url.URL {
	own, err := url.Parse(feed.URL)
	if err != nil || own.Host == "" {
		own = nil
	}
	if u, err := url.Parse(strings.TrimSpace(parsed.Link)); err == nil && u.IsAbs() && u.Host != "" && own == nil {
		return u
	}
	return own
}

func itemOf(in *gofeed.Item, base *url.URL, feed Feed, badDate func(raw string)) diff.NewsItem {
	item := diff.NewsItem{Feed: feed.Name, Title: plain(in.Title, maxTitle), Summary: plain(in.Description, maxSummary)}
	if text := plain(in.Content, maxText); len(text) > len(item.Summary) {
		item.Text = text
	}
	for _, l := range append([]string{in.Link}, in.Links...) {
		if l = resolve(base, l); l != "" && len(item.Links) == 0 {
			item.Links = append(item.Links, l)
		}
	}
	if len(item.Links) == 0 {
		if l := resolve(nil, in.GUID); l != "" { // a guid that is a permalink
			item.Links = append(item.Links, l)
		}
	}
	if l := resolve(nil, in.GUID); len(item.Links) == 1 && strings.HasPrefix(l, item.Links[0]+"#") { // it says which part of the page
		item.Links[0] = l
	}
	at, raw := in.PublishedParsed, in.Published
	if at == nil && in.UpdatedParsed != nil {
		at, raw = in.UpdatedParsed, in.Updated
	}
	if at != nil {
		t, ok := believable(inZone(*at, raw), feed.Now)
		if !ok {
			badDate(raw)
		}
		item.Published = t
	} else if raw != "" {
		badDate(raw)
	}
	item.ID = identity(in, item, raw, feed)
	return item
}

// apart gives an item that shares its page with another one of the feed an identity and a link of its own, by the fragment of its link,
// and reports whether it has one. Elsewhere a fragment without a letter counts edits; here it tells two reports apart.
func apart(in *gofeed.Item, item *diff.NewsItem) bool {
	for _, link := range []string{in.GUID, in.Link} {
		u, err := url.Parse(strings.TrimSpace(link))
		if err != nil || u.Fragment == "" || diff.Anchor(u.Fragment) != "" || len(item.Links) == 0 {
			continue
		}
		page, _, _ := strings.Cut(item.Links[0], "#")
		item.Links[0] = page + "#" + u.Fragment
		item.ID = diff.HashID("news", "link", diff.CanonicalLink(item.Links[0]))
		return true
	}
	return false
}

// identity is what an item is known by: its guid, else its link, else its date, else its title. A guid that is a link counts as one, with
// its fragment where that names a part of the page (see diff.Anchor; some count edits there); any other belongs to the host of the item
// or feed.
func identity(in *gofeed.Item, item diff.NewsItem, rawDate string, feed Feed) string {
	guid := strings.TrimSpace(in.GUID)
	link := ""
	if len(item.Links) > 0 {
		link = diff.CanonicalLink(item.Links[0])
	}
	switch l := resolve(nil, guid); {
	case l != "" && strings.HasPrefix(link, diff.CanonicalLink(l)+"#"): // a guid that names the page, of whose notices this is one
		return diff.HashID("news", "link", link)
	case l != "":
		return diff.HashID("news", "link", diff.CanonicalLink(l))
	case guid != "":
		return diff.HashID("news", "guid", hostOf(cmp.Or(link, diff.CanonicalLink(feed.URL), feed.Name)), guid)
	case link != "":
		return diff.HashID("news", "link", link)
	case rawDate != "":
		return diff.HashID("news", "date", feed.Name, rawDate)
	}
	return diff.HashID("news", "title", feed.Name, diff.Normalise(item.Title+" "+item.Summary))
}

// hostOf is a link's host without its port: the same feed on another port, as a replayed one is, has the same items.
func hostOf(link string) string {
	host, _, _ := strings.Cut(link, "/")
	if at := strings.LastIndexByte(host, ':'); at > strings.LastIndexByte(host, ']') {
		host = host[:at]
	}
	return host
}
