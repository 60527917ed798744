package replay

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"
)

// newsFeed renders a feed as RSS 2.0, newest item first.
func newsFeed(q query) answer {
	name, _, _ := strings.Cut(q.PathValue("feed"), ".")
	items := slices.Clone(q.news[name])
	slices.SortStableFunc(items, func(a, b News) int { return b.Published.Compare(a.Published) })
	if q.do == "half" {
		items = items[:len(items)/2]
	}
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<rss version="2.0"><channel>` + "\n")
	fmt.Fprintf(&b, "<title>Replayed news</title>\n<link>%s/</link>\n<description>Items written for a scenario</description>\n", q.base)
	for _, n := range items {
		fmt.Fprintf(&b, "<item>\n<title>%s</title>\n<link>%s</link>\n<guid isPermaLink=\"false\">%s</guid>\n<pubDate>%s</pubDate>\n<description>%s</description>\n</item>\n",
			xmlText(n.Title), xmlText(q.link(n)), xmlText(n.ID), n.Published.Format(time.RFC1123Z), xmlText(n.Summary))
	}
	b.WriteString("</channel></rss>\n")
	return answer{contentType: "application/rss+xml; charset=utf-8", body: []byte(b.String())}
}

// link is where an item leads: its article here, where it has one. Articles stand in a folder of their own, which the
// config names beside the feed.
func (q query) link(n News) string {
	switch {
	case n.Article != "":
		return q.base + "/feeds/articles/" + n.ID
	case strings.HasPrefix(n.Link, "/"):
		return q.base + n.Link
	}
	return n.Link
}

// newsArticle serves the page behind an item.
func newsArticle(q query) answer {
	for _, items := range q.news {
		for _, n := range items {
			if n.ID != q.PathValue("id") || n.Article == "" {
				continue
			}
			var b strings.Builder
			fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"en\"><head><title>%s</title></head><body><nav>Home · World · Business</nav><article><h1>%s</h1>\n", xmlText(n.Title), xmlText(n.Title))
			for p := range strings.SplitSeq(strings.TrimSpace(n.Article), "\n\n") {
				fmt.Fprintf(&b, "<p>%s</p>\n", xmlText(p))
			}
			b.WriteString("</article><footer>© Replayed news</footer></body></html>\n")
			return answer{contentType: "text/html; charset=utf-8", body: []byte(b.String())}
		}
	}
	return notFound()
}

func xmlText(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}
