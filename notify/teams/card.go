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
		Speak: notify.Clean(headline(m)), MSTeams: map[string]string{"width": "Full"}, Body: elements(m), Actions: actions(m),
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
	if m.Part <= 1 {
		body = append(body, facts(headFacts(m))...)
		body = append(body, box("attention", "Needs a human", m.NeedsHuman)...)
		body = append(body, box("warning", fmt.Sprintf("Our counterparties (%d)", len(m.Hits)), hits(m.Hits))...)
	}
	if m.Digest != nil {
		body = append(body, report(m)...)
	}
	body = append(body, parties(m.Items, m.Terms)...)
	return append(body, news(m.News)...)
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
	return []element{text(title), text(element{Text: strings.Join(words, " · "), Subtle: true, Spacing: "None"})}
}

// text is a text block that breaks its lines: a name is shown whole.
func text(e element) element {
	e.Type, e.Wrap = "TextBlock", true
	return e
}

// headFacts are what the message is about, where it stands and what is required.
func headFacts(m notify.Message) []notify.Line {
	out := []notify.Line{{Label: "Reason", Values: []string{m.Reason}}}
	if m.Digest != nil {
		return out
	}
	if m.Act != nil {
		out = append(out, notify.Line{Label: "Document", Values: []string{m.Act.Title, m.Act.Facts()}})
	}
	out = append(out, notify.Line{Label: "Stage", Values: []string{notify.StageLine(m)}}, notify.Line{Label: "Still to come", Values: m.ToCome})
	out = append(out, termFacts(m.Terms)...)
	out = append(out, notify.Line{Label: "Savings clause", Values: []string{m.Savings}}, notify.Line{Label: "Note", Values: m.Notes})
	if m.Others > 0 {
		out = append(out, notify.Line{Label: "Not shown", Values: []string{m.OthersText()}})
	}
	if m.Ask != nil && !m.Ask.Before.IsZero() {
		out = append(out, notify.Line{Label: "Acknowledge before", Values: []string{notify.Moment(m.Ask.Before, m.Location())}})
	}
	return out
}

func termFacts(t *notify.Terms) []notify.Line {
	if t == nil {
		return nil
	}
	return []notify.Line{
		{Label: "Effective", Values: []string{string(t.EffectiveOn)}}, {Label: "Licence needed", Values: []string{t.Requirement}},
		{Label: "Review policy", Values: []string{t.Policy, t.Scope()}},
	}
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
			e.Facts = append(e.Facts, fact{l.Label, strings.Join(values, "; ")})
		}
	}
	if len(e.Facts) == 0 {
		return nil
	}
	return []element{e}
}

// box is a coloured container with a heading and a text block for each statement.
func box(style, title string, texts []string) []element {
	if len(texts) == 0 {
		return nil
	}
	items := []element{text(element{Text: title, Weight: "Bolder"})}
	for _, t := range texts {
		items = append(items, text(element{Text: "• " + markdown(t), Spacing: "Small"}))
	}
	return []element{{Type: "Container", Style: style, Items: items}}
}

func hits(hs []notify.Hit) []string {
	out := make([]string, len(hs))
	for i, h := range hs {
		out[i] = h.Text()
	}
	return out
}

// parties are listed by list, kind of change and country.
func parties(items []notify.Item, shared *notify.Terms) []element {
	var out []element
	for _, g := range notify.Groups(items) {
		out = append(out, text(element{Text: markdown(g.Title()), Weight: "Bolder", Color: "Accent", Separator: true}))
		for _, it := range g.Items {
			name := markdown(it.Change.Name)
			if it.Continued {
				name += " (continued)"
			}
			out = append(out, text(element{Text: name, Weight: "Bolder"}))
			out = append(out, facts(it.Lines(shared))...)
		}
	}
	return out
}

func news(refs []notify.NewsRef) []element {
	if len(refs) == 0 {
		return nil
	}
	out := []element{text(element{Text: "In the news", Weight: "Bolder", Color: "Accent", Separator: true})}
	for _, n := range refs {
		line := link(n.URL, n.Title)
		if n.Feed != "" {
			line += " (" + markdown(n.Feed) + ")"
		}
		for _, u := range n.Also {
			line += " · " + link(u, notify.Host(u))
		}
		out = append(out, text(element{Text: line}))
		out = append(out, facts([]notify.Line{{Label: "names", Values: n.Names}})...)
	}
	return out
}

var labels = map[string]string{"document": "Open document", "case": "Open Case", "inspection": "Public inspection", "pdf": "PDF", "news": "Open report"}

// mostActions is how many buttons Teams shows.
const mostActions = 6

func actions(m notify.Message) []action {
	if m.Part > 1 {
		return nil
	}
	var out []action
	for _, l := range m.Links {
		if !web(l.URL) || len(out) == mostActions {
			continue
		}
		title := labels[l.Rel]
		if title == "" {
			title = notify.Clean(l.Label)
		}
		out = append(out, action{"Action.OpenUrl", title, l.URL})
	}
	return out
}
