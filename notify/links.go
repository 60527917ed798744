package notify

import (
	"cmp"
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
		urls := webAddresses(pc.Act.URLs)
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

// actions are the labels of links by what they are, where they are buttons.
var actions = map[string]string{
	"document": "Open document", "case": "Open Case", "inspection": "Public inspection", "pdf": "PDF", "news": "Open report",
}

// Action is the label of a button that follows the link.
func (l Link) Action() string { return cmp.Or(actions[l.Rel], l.Label) }

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

// webAddresses keeps web addresses only: nothing from outside may bring a script or a file into a message.
func webAddresses(urls map[string]string) map[string]string {
	out := map[string]string{}
	for k, s := range urls {
		if u := webAddress(s); u != "" {
			out[k] = u
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// mostAddress is how long a link is at most, in bytes: some mail programs break longer ones, and Slack refuses a message with one above 3,000.
const mostAddress = 2000

// webAddress is a link that a reader may follow, written so that it can stand in any text; empty for what is none, or too long for one.
func webAddress(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	address := Clean(u.String())
	if len(address) > mostAddress {
		return ""
	}
	return address
}
