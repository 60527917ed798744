package email

import (
	"fmt"
	"strconv"
	"strings"

	"entitywatch/notify"
)

// view is a mail as both of its parts show it.
type view struct {
	Title       string
	Preheader   string // what a list of mails shows behind the subject
	Lead        string // one sentence under the title
	Sections    []section
	Unsubscribe string // the one-click address, "" without one
	Foot        string

	told []notify.Section // what Sections shows, for the text part
}

// section is one of the message's sections, cleaned, with an anchor for the table of contents.
type section struct {
	notify.Section
	Anchor   string
	Contents []contentsLine
	News     []newsLink
}

// contentsLine is a line of the contents with the Cases that it leads to.
type contentsLine struct {
	Text string
	To   []notify.Link // to anchors in this mail; without an address where the Case is not in it
}

type newsLink struct {
	notify.NewsRef
	Meta  string
	Lines []notify.Line
	Also  []notify.Link
}

func (c *Channel) view(m notify.Message, sections []notify.Section) view {
	v := view{Title: notify.Clean(m.Headline), Lead: leads[m.Kind], Foot: foot(m), told: sections}
	var anchors []string
	for i, s := range sections {
		out := section{Section: cleaned(s), Anchor: fmt.Sprintf("s%d", i)}
		if s.Kind == notify.SecCase {
			anchors = append(anchors, out.Anchor)
		}
		for _, n := range s.News {
			out.News = append(out.News, newsLinks(n, m))
		}
		v.Sections = append(v.Sections, out)
	}
	for i := range v.Sections {
		if v.Sections[i].Kind == notify.SecContents {
			v.Sections[i].Contents = contentsLines(v.Sections[i].Section.Contents, anchors)
		}
	}
	v.Preheader = preheader(v)
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
		out[i].Text = notify.Clean(c.Text)
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

// Alarm reports whether the section is to be seen at once: a Case that says why it does not hold, too.
func (s section) Alarm() bool { return s.Kind.Alarm() || s.Kind == notify.SecCase && len(s.Texts) > 0 }

// maxPreheader is how much of a mail the lists of common mail programs show behind the subject.
const maxPreheader = 140

// preheader is the first thing that the mail says below its title.
func preheader(v view) string {
	var said []string
	for _, s := range v.Sections {
		said = append(said, s.Texts...)
		for _, f := range s.Facts {
			said = append(said, f.Label+": "+strings.Join(f.Values, "; "))
		}
	}
	text := []rune(strings.Join(said, " · "))
	return string(text[:min(len(text), maxPreheader)])
}

var leads = map[notify.Kind]string{
	notify.KindUpdate:   "An update on a Case that you were told about.",
	notify.KindReminder: "Nobody has acknowledged this Case in time.",
	notify.KindOperator: "About the monitor itself, not about a listed party.",
	notify.KindNews:     "A press report. No list has changed because of it.",
}

// cleaned is a section whose texts are inert.
func cleaned(s notify.Section) notify.Section {
	s.Title, s.Texts = notify.Clean(s.Title), clean(s.Texts...)
	s.Facts = cleanLines(s.Facts)
	parties := make([]notify.Party, len(s.Parties))
	for i, p := range s.Parties {
		parties[i] = notify.Party{Name: notify.Clean(p.Name), Lines: cleanLines(p.Lines)}
	}
	s.Parties = parties
	links := make([]notify.Link, len(s.Links))
	for i, l := range s.Links {
		links[i] = notify.Link{Rel: l.Rel, Label: notify.Clean(l.Label), URL: l.URL}
	}
	s.Links = links
	return s
}

func cleanLines(lines []notify.Line) []notify.Line {
	out := make([]notify.Line, len(lines))
	for i, l := range lines {
		out[i] = notify.Line{Label: notify.Clean(l.Label), Values: clean(l.Values...)}
	}
	return out
}

func newsLinks(n notify.NewsRef, m notify.Message) newsLink {
	out := newsLink{NewsRef: n, Meta: notify.Clean(n.Meta(m.Location())), Lines: cleanLines(n.Lines())}
	out.Title = notify.Clean(n.Title)
	for _, u := range n.Also {
		out.Also = append(out.Also, notify.Link{Label: "also at " + notify.Clean(notify.Host(u)), URL: u})
	}
	return out
}

func foot(m notify.Message) string {
	parts := []string{"EntityWatch, as of " + notify.Moment(m.AsOf, m.Location())}
	if len(m.Rules) > 0 {
		word := "rule "
		if len(m.Rules) > 1 {
			word = "rules "
		}
		parts = append(parts, "sent by the "+word+notify.Clean(strings.Join(m.Rules, ", ")))
	}
	if m.Case != "" && m.Digest == nil {
		parts = append(parts, m.Case)
	}
	return strings.Join(parts, " · ")
}

func clean(values ...string) []string {
	var out []string
	for _, v := range values {
		if v = notify.Clean(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}
