package notify

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Columns of the plain text.
const (
	factColumn  = 20
	partyIndent = 6
	partyColumn = 24
)

// Text is a message as plain text.
func Text(m Message, o TextOptions) string { return m.Compose().Text(o) }

// Text is what is said as plain text, for a terminal or the text part of a mail: complete, readable by itself, and inert.
func (c Composition) Text(o TextOptions) string {
	p := newPage(o)
	f := c.Frame
	p.rule(strings.ToUpper(strings.Join(nonEmpty([]string{f.Kind, f.Severity, f.Part}), " · ")), f.AsOf)
	p.put(RoleTitle, 0, 2, c.Title)
	party := 0
	for _, s := range c.Sections {
		p.section(s, &party)
	}
	p.rule("", "")
	return p.b.String()
}

// section writes one section; parties are numbered through the message.
func (p *page) section(s Section, party *int) {
	p.blank()
	if s.Kind == SecCase {
		*party = 0
	}
	switch {
	case s.Title == "":
	case s.Kind == SecCase:
		p.put(RoleHeading, 0, 2, s.Title)
	default:
		p.put(RoleHeading, 0, 2, strings.ToUpper(s.Title))
	}
	for _, t := range s.Texts {
		p.sentence(s.Kind, t)
	}
	p.fields(2, factColumn, s.Facts)
	for _, x := range s.Parties {
		*party++
		p.numbered(*party, x.Name)
		p.fields(partyIndent, partyColumn, x.Lines)
	}
	for _, n := range s.Stories {
		p.story(n)
	}
	for _, l := range s.Links {
		p.field(2, factColumn, Line{Label: l.Label, Values: []string{l.URL}})
	}
}

// marks lead in the sentences of sections that are lists.
var marks = map[SectionKind]string{SecTrouble: "! ", SecHuman: "! ", SecOurs: "→ ", SecContents: "· "}

func (p *page) sentence(kind SectionKind, text string) {
	role := Role(-1)
	if kind.Alarm() {
		role = RoleWarning
	}
	hang := 2
	if marks[kind] != "" {
		hang = 4
	}
	p.put(role, 2, hang, marks[kind]+text)
}

func (p *page) story(n Story) {
	title := "· " + n.Title
	if n.About != "" {
		title += " (" + n.About + ")"
	}
	p.put(-1, 2, 4, title)
	for _, l := range n.Lines {
		p.put(-1, 4, 4, l.Label+": "+strings.Join(l.Values, "; "))
	}
	for _, l := range append([]Link{{URL: n.URL}}, n.Also...) {
		p.put(-1, 4, 4, l.URL)
	}
}

// Facts are the numbers of an act in one line: "88 FR 12170 · 2023-03929 · Rule · Bureau of Industry and Security".
func (a *Act) Facts() string {
	return strings.Join(nonEmpty([]string{a.Citation, a.Number, a.Type, strings.Join(a.Agencies, ", ")}), " · ")
}

// Scope says which of the parties the terms are for.
func (t *Terms) Scope() string {
	switch {
	case t.N == 0:
		return ""
	case t.N == t.Of-1:
		return fmt.Sprintf("%d of %d additions; the other has its own", t.N, t.Of)
	case t.N < t.Of:
		return fmt.Sprintf("%d of %d additions; the others have their own", t.N, t.Of)
	case t.N == 2:
		return "both additions"
	}
	return fmt.Sprintf("all %d additions", t.N)
}

// OthersText says what this recipient is not shown.
func (m Message) OthersText() string {
	if m.Others == 1 {
		return "1 more change of this Case, which no rule of this channel watches"
	}
	return fmt.Sprintf("%d more changes of this Case, which no rule of this channel watches", m.Others)
}

func dayOf(t time.Time, loc *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(loc).Format(time.DateOnly)
}

// Text is the assurance for one source in one line: what its silence means, how often it was looked at, and why it cannot be relied on.
func (s SourceReport) Text(loc *time.Location) string {
	if !s.Trouble() {
		out := s.Name + ": ok"
		if !s.LastChecked.IsZero() {
			out += ", " + s.checks(loc)
		}
		if s.Failed > 0 && !s.LastFailed.IsZero() {
			out += fmt.Sprintf("; %d of these brought no whole answer, the last of them %s: what was shown only in between is not known",
				s.Failed, Moment(s.LastFailed, loc))
		}
		return out
	}
	out := s.Name + " " + cmp.Or(troubleWords[s.State], noticeWords[s.State], s.State)
	if !s.LastChecked.IsZero() {
		out += "; " + s.checks(loc)
	}
	if !s.LastGood.IsZero() && s.LastGood.Before(s.LastChecked) {
		out += "; last whole answer " + Moment(s.LastGood, loc)
	}
	if s.Reason != "" {
		out += ": " + request.ReplaceAllString(s.Reason, "")
	}
	return out
}

// troubleWords are what a digest says of a source where operators are told otherwise, or nothing.
var troubleWords = map[string]string{
	"held": "is held, since its answer is not believed", "partly": "could be read in part only", "never": "has not been looked at yet",
}

// request is what was being asked of a source when it failed: operators are told, and the readers of a digest need only the answer.
var request = regexp.MustCompile(`[^;\n]*\b(?:get|post) https?://[^\s;]+: `)

// checks is how often the source was looked at in the period, when last, and how often for nothing.
func (s SourceReport) checks(loc *time.Location) string {
	out := fmt.Sprintf("checked %s, last at %s", times(s.Checks), Moment(s.LastChecked, loc))
	if s.Checks == 1 {
		out = "checked once, at " + Moment(s.LastChecked, loc)
	}
	switch {
	case s.Failed == 0 || !s.Trouble():
	case s.Failed < s.Checks:
		out += fmt.Sprintf(", %s without a whole answer", times(s.Failed))
	case s.Checks == 1:
		out += ", without a whole answer"
	default:
		out += ", never with a whole answer"
	}
	return out
}
