package notify

import (
	"net/url"
	"slices"
	"strings"

	"entitywatch/diff"
)

// links are the places to go on reading: the document, else the official page of each list, and our own page of the
// Case.
func (m composer) links(pc PendingCase, items []Item) []Link {
	out := correctionLinks(pc, items)
	if pc.Act != nil {
		urls := safeURLs(pc.Act.URLs)
		for _, l := range []Link{{"document", "Federal Register", "html"}, {"inspection", "Public inspection", "inspection"}, {"pdf", "PDF", "pdf"}} {
			if u := urls[l.URL]; u != "" {
				out = append(out, Link{l.Rel, l.Label, u})
			}
		}
	}
	if len(out) == 0 {
		out = append(out, listLinks(pc, items)...)
	}
	if m.publicURL != "" {
		out = append(out, Link{"case", "Case", strings.TrimSuffix(m.publicURL, "/") + "/cases/" + url.PathEscape(pc.Case.ID)})
	}
	return out
}

// listLinks lead to the official pages of the lists that a Case without a document is about; a single party of the SDN
// List to its own.
func listLinks(pc PendingCase, items []Item) []Link {
	var lists []diff.ListID
	add := func(l diff.ListID) {
		if l != "" && !slices.Contains(lists, l) {
			lists = append(lists, l)
		}
	}
	for _, it := range items {
		add(it.Change.List)
	}
	for _, t := range pc.Told {
		for _, c := range t.Message.Counts {
			add(c.List)
		}
	}
	var out []Link
	for _, l := range lists {
		if page := l.Page(); page != "" {
			out = append(out, Link{"list", l.Title(), page})
		}
	}
	return out
}

// safeURLs keeps web addresses only: nothing from outside may bring a script or a file into a message.
func safeURLs(urls map[string]string) map[string]string {
	out := map[string]string{}
	for k, s := range urls {
		if u, err := url.Parse(s); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
			out[k] = u.String()
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// safeURL is an address of the web, or "".
func safeURL(s string) string { return safeURLs(map[string]string{"u": s})["u"] }
