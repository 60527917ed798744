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
	maxHead    = 2000  // ours: of a headline in a line with something else, and with the address of a thread
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
	c := m.Compose()
	w := &writer{}
	w.head(c)
	var buttons []slack.BlockElement
	for _, s := range c.Sections {
		if s.Kind == notify.SecLinks {
			buttons, s.Links = openers(s.Links)
		}
		if s.Kind != notify.SecLinks || len(s.Links) > 0 {
			w.add(s)
		}
	}
	if ackButton && m.Ask != nil && m.Part <= 1 {
		buttons = append(buttons, slack.NewButtonBlockElement(ackAction, m.Case,
			label("Acknowledge")).WithStyle(slack.StylePrimary))
	}
	if len(buttons) > 0 {
		w.blocks = append(w.blocks, slack.NewActionBlock("", buttons...))
	}
	return squeeze(w.blocks)
}

// pointer is the one line in the channel that leads to a loud message in the thread of its Case.
func pointer(m notify.Message, thread string) []slack.Block {
	line := "*" + lead(m.Title(), maxHead) + "*"
	if thread != "" {
		line += " · " + link(thread, "read it in the thread")
	} else {
		line += " · read it in the thread of the Case"
	}
	w := &writer{}
	w.section([]string{line})
	return w.blocks
}

// signs lead in the headings of what must be acted on, and of the press.
var signs = map[notify.SectionKind]string{
	notify.SecReason: ":rotating_light: ", notify.SecTrouble: ":warning: ", notify.SecHuman: ":warning: ",
	notify.SecOurs: ":dart: ",
	notify.SecNews: ":newspaper: ",
}

// add writes one section of the message. A party gets a block of its own; the first carries the heading.
func (w *writer) add(s notify.Section) {
	lines := headings(s)
	for _, t := range s.Texts {
		for i, piece := range whole(t, maxSection-10) {
			if i == 0 && bulleted(s.Kind) {
				piece = "• " + piece
			}
			lines = append(lines, piece)
		}
	}
	for _, f := range s.Facts {
		lines = append(lines, led("*"+mrkdwn(f.Label)+"* ", f.Values, "; ")...)
	}
	for _, n := range s.Stories {
		lines = append(lines, storyLines(n)...)
	}
	for _, l := range s.Links {
		lines = append(lines, link(l.URL, l.Label))
	}
	for _, p := range s.Parties {
		w.section(append(lines, partyLines(p)...))
		lines = nil
	}
	w.section(lines)
}

func bulleted(k notify.SectionKind) bool {
	return k == notify.SecTrouble || k == notify.SecHuman || k == notify.SecOurs || k == notify.SecContents
}

func headings(s notify.Section) (lines []string) {
	title := s.Title
	if s.Kind == notify.SecParties {
		title = strings.ToUpper(title)
	}
	for i, piece := range whole(title, maxSection-20) {
		piece = "*" + piece + "*"
		if i == 0 {
			piece = signs[s.Kind] + piece
		}
		lines = append(lines, piece)
	}
	return lines
}

// Fallback is the text of notifications and of screen readers.
func Fallback(m notify.Message) string { return lead(m.Title(), maxSection) }

func (w *writer) head(c notify.Composition) {
	f := c.Frame
	if f.Kind == "" {
		w.context("*" + f.Part + "* · " + lead(c.Title, maxHead))
		return
	}
	w.title(c.Title)
	w.context(f.Line(":red_circle: "))
}

// title is the headline as a header; the rest of one that a header cannot hold follows below it, and nothing stands
// twice.
func (w *writer) title(s string) {
	first, rest := headerAndRest(s)
	w.blocks = append(w.blocks, slack.NewHeaderBlock(slack.NewTextBlockObject(slack.PlainTextType, plain(first), false,
		false)))
	var lines []string
	for _, piece := range whole(rest, maxSection-10) {
		lines = append(lines, "*"+piece+"*")
	}
	w.section(lines)
}

// headerAndRest divides a headline at a semicolon, a comma or a blank where a header must end.
func headerAndRest(s string) (first, rest string) {
	if utf8.RuneCountInString(plain(s)) <= maxHeader {
		return s, ""
	}
	rs := []rune(s)
	n := min(len(rs), maxHeader-2)
	for n > 0 && utf8.RuneCountInString(plain(string(rs[:n]))) > maxHeader-2 {
		n--
	}
	at := len(string(rs[:n]))
	cut := at
	for _, sign := range []string{"; ", ", ", " "} {
		if i := strings.LastIndex(s[:at], sign); i > at/2 {
			cut = i + len(sign)
			break
		}
	}
	return strings.TrimRight(s[:cut], " ;,") + " …", "… " + s[cut:]
}

func (w *writer) context(text string) {
	w.blocks = append(w.blocks, slack.NewContextBlock("", textObject(text)))
}

func textObject(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, text, false, true)
}

func partyLines(p notify.Party) []string {
	var lines []string
	for _, piece := range whole(p.Name, maxSection-20) {
		lines = append(lines, "*"+piece+"*")
	}
	for _, l := range p.Lines {
		lines = append(lines, led("_"+mrkdwn(l.Label)+":_ ", l.Values, "; ")...)
	}
	return lines
}

func storyLines(n notify.Story) []string {
	text := mrkdwn(n.Title)
	if n.URL != "" {
		text = link(n.URL, n.Title)
	}
	if n.About != "" {
		text += " (" + mrkdwn(n.About) + ")"
	}
	for _, l := range n.Also {
		text += " · " + link(l.URL, l.Label)
	}
	lines := []string{"• " + text}
	for _, l := range n.Lines {
		lines = append(lines, led("_"+l.Label+":_ ", l.Values, "; ")...)
	}
	return lines
}

// Slack's limits of buttons: of the address that one opens, and how many stand in one block.
const (
	maxAddress = 3000
	maxButtons = 20 // of 25, the one to acknowledge beside them
)

// openers are links as buttons; rest are those that cannot be one.
func openers(links []notify.Link) (buttons []slack.BlockElement, rest []notify.Link) {
	for i, l := range links {
		if len(l.URL) > maxAddress || len(buttons) == maxButtons {
			rest = append(rest, l)
			continue
		}
		b := slack.NewButtonBlockElement(fmt.Sprintf("open_%s_%d", l.Rel, i), "", label(l.Action()))
		b.URL = l.URL
		buttons = append(buttons, b)
	}
	return buttons, rest
}

func label(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, plain(s), false, false)
}
