package teams

import (
	"fmt"
	"strings"

	"entitywatch/notify"
)

// Teams' limit of one message, and those that routing splits by: what remains for texts beside the JSON that frames up to partItems
// parties, each with a heading of its own in the worst case.
const (
	maxBody   = 28_000
	partSize  = 17_000
	partItems = 36
)

// element is what we use of an Adaptive Card's elements.
type element struct {
	Type      string    `json:"type"`
	Text      string    `json:"text,omitempty"`
	Size      string    `json:"size,omitempty"`
	Weight    string    `json:"weight,omitempty"`
	Color     string    `json:"color,omitempty"`
	Style     string    `json:"style,omitempty"`
	Spacing   string    `json:"spacing,omitempty"`
	Wrap      bool      `json:"wrap,omitempty"`
	Subtle    bool      `json:"isSubtle,omitempty"`
	Separator bool      `json:"separator,omitempty"`
	Facts     []fact    `json:"facts,omitempty"`
	Items     []element `json:"items,omitempty"`
}

type fact struct {
	Title string `json:"title"`
	Value string `json:"value"`
}

type action struct {
	Type  string `json:"type"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

type card struct {
	Schema  string            `json:"$schema"`
	Type    string            `json:"type"`
	Version string            `json:"version"`
	Speak   string            `json:"fallbackText"`
	MSTeams map[string]string `json:"msteams"`
	Body    []element         `json:"body"`
	Actions []action          `json:"actions,omitempty"`
}

type attachment struct {
	ContentType string `json:"contentType"`
	Content     card   `json:"content"`
}

type message struct {
	Type        string       `json:"type"`
	Summary     string       `json:"summary"`
	Attachments []attachment `json:"attachments"`
}

// Body is a message as it is posted; never more than Teams takes.
func Body(m notify.Message) ([]byte, error) {
	c := card{
		Schema: "http://adaptivecards.io/schemas/adaptive-card.json", Type: "AdaptiveCard", Version: "1.5",
		Speak: inert(headline(m)), MSTeams: map[string]string{"width": "Full"}, Body: elements(m), Actions: actions(m),
	}
	for {
		b, err := encode(message{Type: "message", Summary: c.Speak, Attachments: []attachment{{"application/vnd.microsoft.card.adaptive", c}}})
		if err != nil {
			return nil, fmt.Errorf("teams: write card: %w", err)
		}
		if len(b) <= maxBody || !shorten(&c, len(b)-maxBody) {
			return b, nil
		}
	}
}

func headline(m notify.Message) string {
	if s := notify.Clean(m.Headline); s != "" {
		return s
	}
	return "EntityWatch: " + string(m.Kind)
}

func elements(m notify.Message) []element {
	body := head(m)
	for _, s := range m.Sections() {
		if s.Kind != notify.SecLinks { // they become buttons
			body = append(body, section(s, m)...)
		}
	}
	return body
}

// section styles one section: a coloured container for what must be acted on, else a heading with what stands below it.
func section(s notify.Section, m notify.Message) []element {
	if s.Kind.Alarm() {
		return []element{alarm(s)}
	}
	var out []element
	if s.Title != "" {
		h := element{Text: markdown(s.Title), Weight: "Bolder", Color: "Accent", Separator: true}
		if s.Kind == notify.SecCase {
			h.Color, h.Size = "", "Medium"
			if len(s.Texts) > 0 {
				h.Color = "Attention" // it says why it does not hold
			}
		}
		out = append(out, text(h))
	}
	for _, t := range s.Texts {
		if s.Kind == notify.SecContents {
			t = "• " + markdown(t)
		} else {
			t = markdown(t)
		}
		out = append(out, text(element{Text: t, Spacing: "Small"}))
	}
	out = append(out, facts(s.Facts)...)
	out = append(out, links(s.Links)...)
	for _, p := range s.Parties {
		out = append(out, text(element{Text: markdown(p.Name), Weight: "Bolder"}))
		out = append(out, facts(p.Lines)...)
	}
	for _, n := range s.News {
		out = append(out, news(n, m)...)
	}
	return out
}

func links(all []notify.Link) []element {
	out := make([]string, len(all))
	for i, l := range all {
		out[i] = link(l.URL, l.Label)
	}
	if len(out) == 0 {
		return nil
	}
	return []element{text(element{Text: strings.Join(out, " · ")})}
}

// alarm is a coloured container with a heading and a text block for each statement.
func alarm(s notify.Section) element {
	style, lead := "attention", "• "
	switch s.Kind {
	case notify.SecOurs:
		style = "warning"
	case notify.SecReason:
		lead = ""
	}
	var items []element
	if s.Title != "" {
		items = append(items, text(element{Text: markdown(s.Title), Weight: "Bolder"}))
	}
	for _, t := range s.Texts {
		items = append(items, text(element{Text: lead + markdown(t), Spacing: "Small"}))
	}
	return element{Type: "Container", Style: style, Items: items}
}

func head(m notify.Message) []element {
	if m.Part > 1 {
		return []element{
			text(element{Text: fmt.Sprintf("**Part %d of %d** · %s", m.Part, m.Parts, markdown(headline(m)))}),
		}
	}
	words := []string{string(m.Kind)}
	if m.Severity == notify.High {
		words = append(words, "high")
	}
	title := element{Text: markdown(headline(m)), Size: "Large", Weight: "Bolder"}
	if m.Severity == notify.High || m.Kind == notify.KindRetraction {
		title.Color = "Attention"
	}
	words = append(words, notify.Moment(m.AsOf, m.Location()))
	if m.Parts > 1 {
		words = append(words, fmt.Sprintf("part 1 of %d", m.Parts))
	}
	return []element{text(title), text(element{Text: strings.Join(words, " · "), Subtle: true, Spacing: "None"})}
}

// text is a text block that breaks its lines: a name is shown whole.
func text(e element) element {
	e.Type, e.Wrap = "TextBlock", true
	return e
}

// facts are labelled statements as one table; lines without a value are left out.
func facts(lines []notify.Line) []element {
	e := element{Type: "FactSet"}
	for _, l := range lines {
		var values []string
		for _, v := range l.Values {
			if v = markdown(v); v != "" {
				values = append(values, v)
			}
		}
		if len(values) > 0 {
			e.Facts = append(e.Facts, fact{markdown(l.Label), strings.Join(values, "; ")})
		}
	}
	if len(e.Facts) == 0 {
		return nil
	}
	return []element{e}
}

func news(n notify.NewsRef, m notify.Message) []element {
	line := link(n.URL, n.Title)
	if meta := n.Meta(m.Location()); meta != "" {
		line += " (" + markdown(meta) + ")"
	}
	for _, u := range n.Also {
		line += " · " + link(u, notify.Host(u))
	}
	return append([]element{text(element{Text: line})}, facts(n.Lines())...)
}

var labels = map[string]string{"document": "Open document", "case": "Open Case", "inspection": "Public inspection", "pdf": "PDF", "news": "Open report"}

// mostActions is how many buttons Teams shows.
const mostActions = 6

func actions(m notify.Message) []action {
	if m.Part > 1 {
		return nil
	}
	var out []action
	for _, l := range notify.CleanLinks(m.Links) {
		if !web(l.URL) || len(out) == mostActions {
			continue
		}
		title := labels[l.Rel]
		if title == "" {
			title = inert(l.Label)
		}
		out = append(out, action{"Action.OpenUrl", title, l.URL})
	}
	return out
}
