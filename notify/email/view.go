package email

import (
	"fmt"
	"strconv"
	"strings"

	"entitywatch/notify"
)

// view is a mail as both of its parts show it.
type view struct {
	notify.Composition
	Preheader   string // what a list of mails shows behind the subject
	Sections    []section
	Unsubscribe string // the one-click address, "" without one
}

// section is one of the message's sections with an anchor for the table of contents.
type section struct {
	notify.Section
	Anchor   string
	Contents []contentsLine
}

// contentsLine is a line of the contents with the Cases that it leads to.
type contentsLine struct {
	Text string
	To   []notify.Link // to anchors in this mail; without an address where the Case is not in it
}

func (c *Channel) view(m notify.Message, said notify.Composition) view {
	v := view{Composition: said, Preheader: preheader(said.Sections)}
	var anchors []string
	for i, s := range said.Sections {
		out := section{Section: s, Anchor: fmt.Sprintf("s%d", i)}
		if s.Kind == notify.SecCase {
			anchors = append(anchors, out.Anchor)
		}
		v.Sections = append(v.Sections, out)
	}
	for i := range v.Sections {
		if v.Sections[i].Kind == notify.SecContents {
			v.Sections[i].Contents = contentsLines(said.Sections[i].Contents, anchors)
		}
	}
	sub := notify.Subscription{Channel: c.Name, Recipient: m.Recipient}
	if m.Digest != nil {
		sub.Digest = m.Digest.Name
	}
	if c.PublicURL != "" {
		v.Unsubscribe = c.Signer.Link(strings.TrimSuffix(c.PublicURL, "/"), sub)
	}
	return v
}

// contentsLines lead to the Cases by their numbers; anchors are those of the Cases in this mail, in their order.
func contentsLines(all []notify.Contents, anchors []string) []contentsLine {
	out := make([]contentsLine, len(all))
	for i, c := range all {
		out[i].Text = c.Text
		for _, n := range c.Cases {
			l := notify.Link{Label: strconv.Itoa(n)}
			if n <= len(anchors) {
				l.URL = "#" + anchors[n-1]
			}
			out[i].To = append(out[i].To, l)
		}
	}
	return out
}

// maxPreheader is how much of a mail the lists of common mail programs show behind the subject.
const maxPreheader = 140

// preheader is the first thing that the mail says below its title.
func preheader(sections []notify.Section) string {
	var said []string
	for _, s := range sections {
		said = append(said, s.Texts...)
		for _, f := range s.Facts {
			said = append(said, f.Label+": "+strings.Join(f.Values, "; "))
		}
	}
	text := []rune(strings.Join(said, " · "))
	return string(text[:min(len(text), maxPreheader)])
}
