package teams

import (
	"fmt"
	"strings"

	"entitywatch/notify"
)

// Teams' limit of one message, and those that routing splits by: what remains for texts beside the JSON that frames up
// to partItems parties, each with a heading of its own in the worst case.
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
	said := m.Compose()
	c := card{
		Schema: "http://adaptivecards.io/schemas/adaptive-card.json", Type: "AdaptiveCard", Version: "1.5",
		Speak: inert(said.Title), MSTeams: map[string]string{"width": "Full"},
		Body: head(said, m.Kind == notify.KindRetraction),
	}
	for _, s := range said.Sections {
		if s.Kind == notify.SecLinks {
			c.Actions, s.Links = actions(s.Links)
		}
		if s.Kind != notify.SecLinks || len(s.Links) > 0 {
			c.Body = append(c.Body, section(s)...)
		}
	}
	for {
		b, err := encode(message{Type: "message", Summary: c.Speak,
			Attachments: []attachment{{"application/vnd.microsoft.card.adaptive", c}}})
		if err != nil {
			return nil, fmt.Errorf("teams: write card: %w", err)
		}
		if len(b) <= maxBody || !shorten(&c, len(b)-maxBody) {
			return b, nil
		}
	}
}

// section styles one section: a colored container for what must be acted on, else a heading with what stands below it.
func section(s notify.Section) []element {
	if s.Kind.Alarm() {
		return []element{alarm(s)}
	}
	var out []element
	if s.Title != "" {
		h := element{Text: markdown(s.Title), Weight: "Bolder", Color: "Accent", Separator: true}
		if s.Kind == notify.SecCase {
			h.Color, h.Size = "", "Medium"
			if s.Alarm() {
				h.Color = "Attention" // it says why it does not hold
			}
		}
		out = append(out, text(h))
	}
	for _, t := range s.Texts {
		t = markdown(t)
		if s.Kind == notify.SecContents {
			t = "• " + t
		}
		out = append(out, text(element{Text: t, Spacing: "Small"}))
	}
	out = append(out, facts(s.Facts)...)
	out = append(out, links(s.Links)...)
	for _, p := range s.Parties {
		out = append(out, text(element{Text: markdown(p.Name), Weight: "Bolder"}))
		out = append(out, facts(p.Lines)...)
	}
	for _, n := range s.Stories {
		out = append(out, story(n)...)
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

// alarm is a colored container with a heading and a text block for each statement.
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

func head(c notify.Composition, alarm bool) []element {
	f := c.Frame
	if f.Kind == "" {
		return []element{text(element{Text: "**" + f.Part + "** · " + markdown(c.Title)})}
	}
	title := element{Text: markdown(c.Title), Size: "Large", Weight: "Bolder"}
	if f.Severity != "" || alarm {
		title.Color = "Attention"
	}
	return []element{text(title), text(element{Text: f.Line(""), Subtle: true, Spacing: "None"})}
}

// text is a text block that breaks its lines: a name is shown whole.
func text(e element) element {
	e.Type, e.Wrap = "TextBlock", true
	return e
}

// facts are labeled statements as one table.
func facts(lines []notify.Line) []element {
	e := element{Type: "FactSet"}
	for _, l := range lines {
		values := make([]string, len(l.Values))
		for i, v := range l.Values {
			values[i] = markdown(v)
		}
		e.Facts = append(e.Facts, fact{markdown(l.Label), strings.Join(values, "; ")})
	}
	if len(e.Facts) == 0 {
		return nil
	}
	return []element{e}
}

func story(n notify.Story) []element {
	line := link(n.URL, n.Title)
	if n.About != "" {
		line += " (" + markdown(n.About) + ")"
	}
	for _, l := range n.Also {
		line += " · " + link(l.URL, l.Label)
	}
	return append([]element{text(element{Text: line})}, facts(n.Lines)...)
}

// mostActions is how many buttons Teams shows.
const mostActions = 6

// actions are links as buttons; rest are those for which there is none.
func actions(links []notify.Link) (out []action, rest []notify.Link) {
	n := min(len(links), mostActions)
	for _, l := range links[:n] {
		out = append(out, action{"Action.OpenUrl", inert(l.Action()), l.URL})
	}
	return out, links[n:]
}
