package notify

import (
	"fmt"
	"strings"
	"time"
)

// Columns of the plain text.
const (
	factColumn  = 20
	partyIndent = 6
	partyColumn = 24
)

// Text is a message as plain text, for a terminal or the text part of a mail: complete, readable by itself, and inert.
func Text(m Message, o TextOptions) string { return TextOf(m, m.Sections(), o) }

// TextOf is Text with sections that a channel has chosen from those of the message.
func TextOf(m Message, sections []Section, o TextOptions) string {
	p := newPage(o)
	p.rule(kindWord(m), Moment(m.AsOf, m.Location()))
	p.put(RoleTitle, 0, 2, m.Headline)
	if m.Attachment != nil {
		p.field(2, factColumn, "File", []string{m.Attachment.Name}, false)
	}
	party := 0
	for _, s := range sections {
		p.section(s, m.Location(), &party)
	}
	p.rule("", "")
	return p.b.String()
}

// section writes one section; parties are numbered through the message.
func (p *page) section(s Section, loc *time.Location, party *int) {
	p.blank()
	if s.Kind == SecCase {
		*party = 0
	}
	switch {
	case s.Title == "":
	case s.Kind == SecCase:
		p.put(RoleHeading, 0, 2, s.Title)
	default:
		p.put(RoleHeading, 0, 2, strings.ToUpper(Clean(s.Title)))
	}
	for _, t := range s.Texts {
		p.sentence(s.Kind, t)
	}
	for _, l := range s.Facts {
		p.field(2, factColumn, l.Label, l.Values, false)
	}
	for _, x := range s.Parties {
		*party++
		p.numbered(*party, x.Name)
		for _, l := range x.Lines {
			p.field(partyIndent, partyColumn, l.Label, l.Values, l.Paragraph())
		}
	}
	p.news(s.News, loc)
	for _, l := range s.Links {
		p.field(2, factColumn, l.Label, []string{l.URL}, false)
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

var kindWords = map[Kind]string{
	KindAlert: "ALERT", KindUpdate: "UPDATE", KindRetraction: "RETRACTION", KindDigest: "DIGEST", KindOperator: "OPERATORS",
	KindNews: "NEWS", KindReminder: "REMINDER", KindSample: "SAMPLE",
}

func kindWord(m Message) string {
	s := kindWords[m.Kind]
	if m.Severity == High {
		s += " · HIGH"
	}
	if m.Parts > 1 {
		s += fmt.Sprintf(" · PART %d OF %d", m.Part, m.Parts)
	}
	return s
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

func (p *page) news(news []NewsRef, loc *time.Location) {
	for _, n := range news {
		title := "· " + Clean(n.Title)
		if meta := n.Meta(loc); meta != "" {
			title += " (" + meta + ")"
		}
		p.put(-1, 2, 4, title)
		for _, l := range n.Lines() {
			p.put(-1, 4, 4, l.Label+": "+strings.Join(l.Values, "; "))
		}
		for _, u := range append([]string{n.URL}, n.Also...) {
			p.put(-1, 4, 4, u)
		}
	}
}

func dayOf(t time.Time, loc *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(loc).Format(time.DateOnly)
}

// Text is the assurance for one source in one line.
func (s SourceReport) Text(loc *time.Location) string {
	out := fmt.Sprintf("%s: %s", s.Name, s.State)
	if !s.LastChecked.IsZero() {
		out += fmt.Sprintf(", last checked %s, %s", Moment(s.LastChecked, loc), plural(s.Checks, "time"))
	}
	switch {
	case s.Failed == 0:
	case s.Trouble() || s.LastFailed.IsZero():
		out += fmt.Sprintf(", %d of them without a whole answer", s.Failed)
	default:
		out += fmt.Sprintf("; %d of these brought no whole answer, the last of them %s: what was shown only in between is not known",
			s.Failed, Moment(s.LastFailed, loc))
	}
	if s.Trouble() && !s.LastGood.IsZero() {
		out += ", last good answer " + Moment(s.LastGood, loc)
	}
	if s.Reason != "" {
		out += ": " + s.Reason
	}
	return out
}
