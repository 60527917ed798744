package slack

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"entitywatch/notify"
)

// Slack's limits of one message.
const (
	maxBlocks  = 50
	maxSection = 3000
	maxHeader  = 150
	maxText    = 13200 // of all blocks
)

// Limits that routing splits by: what remains of Slack's for the parties of one part.
const (
	partSize  = 11000
	partItems = 36
)

// writer collects the blocks of one message.
type writer struct {
	blocks []slack.Block
}

// Blocks are a message as Block Kit. ackButton adds a button that only works where Socket Mode is on.
func Blocks(m notify.Message, ackButton bool) []slack.Block {
	w := &writer{}
	w.head(m)
	if m.Part <= 1 {
		w.facts(m)
		w.bullets(":warning: *Needs a human*", m.NeedsHuman)
		w.hits(m.Hits)
	}
	if m.Digest != nil {
		w.report(m.Digest, m)
	}
	w.items(m.Items, m.Terms)
	w.news(m.News)
	if m.Part <= 1 {
		w.buttons(m, ackButton)
	}
	return squeeze(w.blocks)
}

// Fallback is the text of notifications and of screen readers.
func Fallback(m notify.Message) string { return cutWords(headline(m), maxSection) }

// headline is never empty, since Slack refuses that.
func headline(m notify.Message) string {
	if s := plain(m.Headline); s != "" {
		return s
	}
	return "EntityWatch: " + string(m.Kind)
}

func (w *writer) head(m notify.Message) {
	if m.Part > 1 {
		w.context(fmt.Sprintf("*Part %d of %d* · %s", m.Part, m.Parts, cutWords(mrkdwn(m.Headline), 500)))
		return
	}
	title := headline(m)
	w.blocks = append(w.blocks, slack.NewHeaderBlock(slack.NewTextBlockObject(slack.PlainTextType, cutWords(title, maxHeader), false, false)))
	if utf8.RuneCountInString(title) > maxHeader {
		var lines []string
		for _, piece := range whole(m.Headline, maxSection-10) {
			lines = append(lines, "*"+piece+"*")
		}
		w.section(lines)
	}
	words := []string{string(m.Kind)}
	if m.Severity == notify.High {
		words = append(words, ":red_circle: high")
	}
	words = append(words, mrkdwn(notify.Moment(m.AsOf, m.Location())))
	w.context(strings.Join(words, " · "))
}

// cutWords shortens a line at a blank, with an ellipsis; what it cuts off stands in full elsewhere in the message.
func cutWords(s string, limit int) string {
	rs := []rune(s)
	if len(rs) <= limit {
		return s
	}
	s = string(rs[:limit-2])
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	} else if i := strings.LastIndexByte(s, '&'); i > len(s)-6 && i > 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,;:") + " …"
}

func (w *writer) context(text string) {
	w.blocks = append(w.blocks, slack.NewContextBlock("", textObject(text)))
}

func textObject(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, text, false, true)
}

// section adds lines, already escaped, as one section or, where they are too long for one, as several.
func (w *writer) section(lines []string) {
	var b strings.Builder
	n := 0
	flush := func() {
		if n > 0 {
			w.blocks = append(w.blocks, slack.NewSectionBlock(textObject(b.String()), nil, nil))
		}
		b.Reset()
		n = 0
	}
	for _, l := range lines {
		size := utf8.RuneCountInString(l)
		if n > 0 && n+1+size > maxSection {
			flush()
		}
		if n > 0 {
			b.WriteByte('\n')
			n++
		}
		b.WriteString(l)
		n += size
	}
	flush()
}

// facts are what the message is about, where it stands and what is required.
func (w *writer) facts(m notify.Message) {
	var lines []string
	add := func(label string, values ...string) { lines = append(lines, line(label, values, "; ")...) }
	if m.Reason != "" {
		label := "Reason"
		if m.Kind == notify.KindAlert {
			label = "RETRACTED"
		}
		add(label, m.Reason)
	}
	if m.Digest != nil {
		w.section(lines)
		return
	}
	if m.Act != nil {
		add("Document", m.Act.Title)
		add("", m.Act.Facts())
	}
	add("Stage", notify.StageLine(m))
	add("Still to come", m.ToCome...)
	lines = append(lines, termLines(m.Terms)...)
	add("Savings clause", m.Savings)
	add("Note", m.Notes...)
	if m.Others > 0 {
		add("Not shown", m.OthersText())
	}
	if m.Ask != nil && !m.Ask.Before.IsZero() {
		add("Acknowledge before", notify.Moment(m.Ask.Before, m.Location()))
	}
	w.section(lines)
}

func termLines(t *notify.Terms) []string {
	if t == nil {
		return nil
	}
	lines := line("Effective", []string{string(t.EffectiveOn)}, "")
	lines = append(lines, line("Licence needed", []string{t.Requirement}, "")...)
	lines = append(lines, line("Review policy", []string{t.Policy}, "")...)
	return append(lines, line("", []string{t.Scope()}, "")...)
}

// line is a label and its values as one line, or as several where they are too long for one section. No value is cut, unless it alone is
// longer than a section: then it goes on in the next line, whole.
func line(label string, values []string, separator string) []string {
	lead := ""
	if label != "" {
		lead = "*" + label + "* "
	}
	return led(lead, values, separator)
}

// led is line with its lead as it stands.
func led(lead string, values []string, separator string) []string {
	var out []string
	cur := lead
	n := utf8.RuneCountInString(cur)
	empty := true
	for _, v := range values {
		for _, piece := range whole(v, maxSection-len(lead)-2) {
			size := utf8.RuneCountInString(piece) + len(separator)
			if !empty && n+size > maxSection {
				out = append(out, cur)
				cur, n, empty = "", 0, true
			}
			if !empty {
				cur += separator
			}
			cur += piece
			n += size
			empty = false
		}
	}
	if empty {
		return out
	}
	return append(out, cur)
}

// whole is a text escaped, in one piece where that fits, else in pieces that end at blanks where there are any.
func whole(s string, limit int) []string {
	s = notify.Clean(s)
	if s == "" {
		return nil
	}
	if e := mrkdwn(s); utf8.RuneCountInString(e) <= limit {
		return []string{e}
	}
	var out []string
	rs := []rune(s)
	for len(rs) > 0 {
		n, size := 0, 0
		for n < len(rs) {
			if size += weigh1(rs[n]); size > limit {
				break
			}
			n++
		}
		if n < len(rs) {
			for k := n; k > n/2; k-- {
				if rs[k-1] == ' ' {
					n = k
					break
				}
			}
		}
		out = append(out, mrkdwn(string(rs[:n])))
		rs = rs[n:]
	}
	return out
}

// weigh1 is the most that one character can become.
func weigh1(r rune) int {
	switch r {
	case '&', '<', '>':
		return 5
	case '*', '_', '~', '`', ':':
		return 3
	}
	return 1
}

func (w *writer) bullets(title string, texts []string) {
	if len(texts) == 0 {
		return
	}
	lines := []string{title}
	for _, t := range texts {
		for i, p := range whole(t, maxSection-10) {
			if i == 0 {
				p = "• " + p
			}
			lines = append(lines, p)
		}
	}
	w.section(lines)
}

func (w *writer) hits(hits []notify.Hit) {
	texts := make([]string, len(hits))
	for i, h := range hits {
		texts[i] = h.Text()
	}
	w.bullets(fmt.Sprintf(":dart: *Our counterparties* (%d)", len(hits)), texts)
}

// items gives every party a section of its own; the first of a group carries the group's heading.
func (w *writer) items(items []notify.Item, shared *notify.Terms) {
	for _, g := range notify.Groups(items) {
		for i, it := range g.Items {
			var lines []string
			if i == 0 {
				lines = append(lines, "*"+strings.ToUpper(mrkdwn(g.Title()))+"*")
			}
			w.section(append(lines, partyLines(it, shared)...))
		}
	}
}

func partyLines(it notify.Item, shared *notify.Terms) []string {
	var lines []string
	for _, piece := range whole(it.Change.Name, maxSection-20) {
		lines = append(lines, "*"+piece+"*")
	}
	if it.Continued && len(lines) > 0 {
		lines[len(lines)-1] += " (continued)"
	}
	for _, l := range it.Lines(shared) {
		lines = append(lines, led("_"+l.Label+":_ ", l.Values, "; ")...)
	}
	return lines
}

func (w *writer) news(news []notify.NewsRef) {
	if len(news) == 0 {
		return
	}
	lines := []string{":newspaper: *In the news*"}
	for _, n := range news {
		text := mrkdwn(n.Title)
		if n.URL != "" {
			text = link(n.URL, n.Title)
		}
		if n.Feed != "" {
			text += " (" + mrkdwn(n.Feed) + ")"
		}
		for _, u := range n.Also {
			text += " · " + link(u, notify.Host(u))
		}
		lines = append(lines, "• "+text)
		lines = append(lines, line("names", n.Names, "; ")...)
	}
	w.section(lines)
}

func (w *writer) buttons(m notify.Message, ackButton bool) {
	var elements []slack.BlockElement
	labels := map[string]string{"document": "Open document", "case": "Open Case", "inspection": "Public inspection", "pdf": "PDF", "news": "Open report"}
	for _, l := range m.Links {
		if len(l.URL) > 3000 {
			continue
		}
		label := labels[l.Rel]
		if label == "" {
			label = plain(l.Label)
		}
		b := slack.NewButtonBlockElement("open_"+l.Rel, "", slack.NewTextBlockObject(slack.PlainTextType, label, false, false))
		b.URL = l.URL
		elements = append(elements, b)
	}
	if ackButton && m.Ask != nil {
		b := slack.NewButtonBlockElement(ackAction, m.Case, slack.NewTextBlockObject(slack.PlainTextType, "Acknowledge", false, false))
		elements = append(elements, b.WithStyle(slack.StylePrimary))
	}
	if len(elements) > 0 {
		w.blocks = append(w.blocks, slack.NewActionBlock("", elements...))
	}
}

// squeeze joins neighbouring sections where a message has more blocks than Slack takes.
func squeeze(blocks []slack.Block) []slack.Block {
	if len(blocks) <= maxBlocks {
		return blocks
	}
	var out []slack.Block
	for _, b := range blocks {
		s, ok := b.(*slack.SectionBlock)
		if ok && len(out) > 0 {
			if p, ok := out[len(out)-1].(*slack.SectionBlock); ok {
				if joined := p.Text.Text + "\n\n" + s.Text.Text; utf8.RuneCountInString(joined) <= maxSection {
					out[len(out)-1] = slack.NewSectionBlock(textObject(joined), nil, nil)
					continue
				}
			}
		}
		out = append(out, b)
	}
	return out
}
