package notify

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// Trim is a message whose head, and of a digest the heads of whose Cases, fit one part. Parties are left as they are.
func Trim(m Message, l Limits) Message {
	if l.Weigh == nil {
		l.Weigh = utf8.RuneCountInString
	}
	if m.Digest != nil {
		m.Digest = trimmedReport(m, l)
	}
	return trimmed(m, l)
}

// trimmed is a message whose head fits one part: where it does not, its longest texts are cut until it does. That
// takes a head that no source has had so far.
func trimmed(m Message, l Limits) Message {
	for most := 2000; l.Size > 0 && most >= 50 && headWeight(m, l) > l.Size; most /= 2 {
		m = shortHead(m, most)
	}
	return m
}

// shortHead cuts every text of a message's head to so many characters, and its lists to what twenty of them take.
func shortHead(m Message, most int) Message {
	cut := func(s string) string { return quoted(Clean(s), most) }
	each := func(all []string) []string {
		var out []string
		for i, s := range all {
			if i == max(most/40, 5) && len(all) > i+1 {
				return append(out, fmt.Sprintf("and %d more", len(all)-i))
			}
			out = append(out, cut(s))
		}
		return out
	}
	m.Headline, m.Subject, m.Savings, m.Reason, m.Fallen = cut(m.Headline), cut(m.Subject), cut(m.Savings), cut(m.Reason), cut(m.Fallen)
	m.ToCome, m.NeedsHuman, m.Notes, m.Corrects = each(m.ToCome), each(m.NeedsHuman), each(m.Notes), each(m.Corrects)
	if m.Act != nil {
		a := *m.Act
		a.Title, a.Type, a.Citation, a.Agencies = cut(a.Title), cut(a.Type), cut(a.Citation), each(a.Agencies)
		m.Act = &a
	}
	if m.Terms != nil {
		t := *m.Terms
		t.Requirement, t.Policy = cut(t.Requirement), cut(t.Policy)
		m.Terms = &t
	}
	m.News, m.Hits, m.Links = shortNews(m.News, cut, each), shortHits(m.Hits, cut), shortLinks(m.Links, most)
	return m
}

func shortNews(news []NewsRef, cut func(string) string, each func([]string) []string) []NewsRef {
	out := slices.Clone(news)
	for i, n := range out {
		out[i].Title, out[i].Feed, out[i].Names, out[i].Reported, out[i].Also = cut(n.Title), cut(n.Feed), each(n.Names), each(n.Reported), nil
	}
	return out
}

func shortHits(hits []Hit, cut func(string) string) []Hit {
	out := slices.Clone(hits)
	for i, h := range out {
		out[i].Name, out[i].Match, out[i].Listed, out[i].Reason, out[i].ID = cut(h.Name), cut(h.Match), cut(h.Listed), cut(h.Reason), cut(h.ID)
	}
	return out
}

// shortLinks leaves out addresses that are too long to be shown: a cut one leads nowhere.
func shortLinks(links []Link, most int) []Link {
	return slices.DeleteFunc(slices.Clone(links), func(l Link) bool { return len(l.URL) > max(2*most, 300) })
}

// trimmedReport is a digest whose head, and the heads of whose Cases, fit one part each.
func trimmedReport(m Message, l Limits) *Report {
	r := *m.Digest
	r.Cases = slices.Clone(r.Cases)
	for i, c := range r.Cases {
		for most := 2000; l.Size > 0 && most >= 50 && caseHeadWeight(c, l) > l.Size/2; most /= 2 {
			c.Message = shortHead(c.Message, most)
		}
		r.Cases[i] = c
	}
	for most := 100; l.Size > 0 && most >= 5 && headWeight(m, l)+reportWeight(&r, l) > l.Size && most > 0; most /= 2 {
		r = r.short(most)
	}
	return &r
}

// short is a report whose head names so many Cases, reports and counterparties at most.
func (r Report) short(most int) Report {
	if n := len(r.Overview) - most; n > 0 {
		r.Overview = append(r.Overview[:most:most], Contents{Text: fmt.Sprintf("and %d more", n)})
	}
	cut := func(s string) string { return quoted(Clean(s), 3*most) }
	r.Overview = slices.Clone(r.Overview)
	for i, c := range r.Overview {
		r.Overview[i] = Contents{cut(c.Text), c.Cases[:min(len(c.Cases), most)]}
	}
	kept := min(len(r.News), most)
	r.MoreNews += len(r.News) - kept
	r.News = shortNews(r.News[:kept], cut, func(s []string) []string { return s[:min(len(s), most)] })
	r.Hits = shortHits(r.Hits, cut)
	r.Held = slices.Clone(r.Held)
	for i := range r.Held {
		r.Held[i].Name = cut(r.Held[i].Name)
	}
	r.Sources = slices.Clone(r.Sources)
	for i := range r.Sources {
		r.Sources[i].Reason = cut(r.Sources[i].Reason)
	}
	return r
}
