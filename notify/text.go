package notify

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// Columns of the plain text.
const (
	factColumn  = 20
	partyIndent = 6
	partyColumn = 24
)

// Text is a message as plain text, for a terminal or the text part of a mail: complete, readable by itself, and inert.
func Text(m Message, o TextOptions) string {
	p := newPage(o)
	p.rule(kindWord(m), Moment(m.AsOf, m.Location()))
	p.put(RoleTitle, 0, 2, m.Headline)
	if m.Attachment != nil {
		p.field(2, factColumn, "File", []string{m.Attachment.Name}, false)
	}
	p.facts(m)
	if m.Digest != nil {
		p.report(m.Digest, m.Location())
	}
	p.warnings(m)
	p.items(m.Items, m.Terms, 1)
	p.news(m.News, m.Location())
	p.links(m.Links)
	p.rule("", "")
	return p.b.String()
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

// facts are the head of a message: what it is about, where it stands, what is required.
func (p *page) facts(m Message) {
	if m.Part > 1 {
		p.blank()
		return
	}
	if m.Reason != "" {
		p.put(-1, 2, 2, m.Reason)
	}
	if m.Digest != nil || m.Kind == KindOperator || m.Kind == KindNews || m.Kind == KindSample {
		return
	}
	p.blank()
	if m.Act != nil {
		p.field(2, factColumn, "Document", []string{m.Act.Title, m.Act.Facts()}, false)
	}
	p.field(2, factColumn, "Stage", []string{StageLine(m)}, false)
	p.field(2, factColumn, "Still to come", m.ToCome, false)
	p.terms(m.Terms)
	p.field(2, factColumn, "Savings clause", []string{m.Savings}, false)
	p.field(2, factColumn, "Note", m.Notes, false)
	if m.Others > 0 {
		p.field(2, factColumn, "Not shown", []string{m.OthersText()}, false)
	}
	if m.Ask != nil && !m.Ask.Before.IsZero() {
		p.field(2, factColumn, "Acknowledge", []string{"before " + Moment(m.Ask.Before, m.Location()) + ": entitywatch ack " + m.Case}, false)
	}
}

func (p *page) terms(t *Terms) {
	if t == nil {
		return
	}
	p.field(2, factColumn, "Effective", []string{string(t.EffectiveOn)}, false)
	p.field(2, factColumn, "Licence needed", []string{t.Requirement}, false)
	p.field(2, factColumn, "Review policy", []string{t.Policy}, false)
	p.field(2, factColumn, "", []string{t.Scope()}, false)
}

// Facts are the numbers of an act in one line: "88 FR 12170 · 2023-03929 · Rule · Bureau of Industry and Security".
func (a *Act) Facts() string {
	return strings.Join(nonEmpty([]string{a.Citation, a.Number, a.Type, strings.Join(a.Agencies, ", ")}), " · ")
}

// Scope says how many of the parties the terms are for.
func (t *Terms) Scope() string {
	switch {
	case t.N == 0:
		return ""
	case t.N < t.Of:
		return fmt.Sprintf("(%d of %d additions; the others have their own, below)", t.N, t.Of)
	case t.N == 2:
		return "(both additions)"
	}
	return fmt.Sprintf("(all %d additions)", t.N)
}

// OthersText says what this recipient is not shown.
func (m Message) OthersText() string {
	if m.Others == 1 {
		return "1 more change of this Case, which no rule of this channel watches"
	}
	return fmt.Sprintf("%d more changes of this Case, which no rule of this channel watches", m.Others)
}

// StageLine is how far a Case has come, in the order of the dates: "on public inspection 2023-02-24 · published 2023-02-27".
func StageLine(m Message) string {
	stages := slices.Clone(m.Stages)
	slices.SortStableFunc(stages, func(a, b StageTime) int { return strings.Compare(string(m.stageDate(a)), string(m.stageDate(b))) })
	var out []string
	for _, s := range stages {
		out = append(out, StageWord(s.Stage)+" "+m.stageMoment(s))
	}
	return strings.Join(out, " · ")
}

// stageMoment is the day of a stage, and of a filing the time too where it is known: until it is printed, hours count.
func (m Message) stageMoment(s StageTime) string {
	at := s.At.In(m.Location())
	if s.Stage == diff.Filed && (at.Hour() != 0 || at.Minute() != 0) && diff.DateOf(at) == m.stageDate(s) {
		return Moment(s.At, m.Location())
	}
	return string(m.stageDate(s))
}

// stageDate prefers the document's own date: an instant's day depends on where one stands.
func (m Message) stageDate(s StageTime) diff.Date {
	if m.Act != nil {
		day := map[diff.Stage]diff.Date{diff.Filed: m.Act.FiledOn, diff.Published: m.Act.PublishedOn, diff.Effective: m.Act.EffectiveOn}[s.Stage]
		if day != "" {
			return day
		}
	}
	return diff.DateOf(s.At.In(m.Location()))
}

func (p *page) warnings(m Message) {
	if len(m.NeedsHuman) > 0 {
		p.heading("NEEDS A HUMAN")
		for _, s := range m.NeedsHuman {
			p.put(RoleWarning, 2, 4, "! "+s)
		}
	}
	if len(m.Hits) > 0 {
		p.heading(fmt.Sprintf("OUR COUNTERPARTIES (%d)", len(m.Hits)))
		for _, h := range m.Hits {
			p.put(RoleWarning, 2, 4, "→ "+h.Text())
		}
	}
}

func (p *page) heading(s string) {
	p.blank()
	p.put(RoleHeading, 0, 2, s)
}

// items writes the parties by list, kind and country, numbered from first.
func (p *page) items(items []Item, shared *Terms, first int) {
	for _, g := range Groups(items) {
		p.heading(strings.ToUpper(Clean(g.Title())))
		for _, it := range g.Items {
			name := it.Change.Name
			if it.Continued {
				name += " (continued)"
			}
			p.numbered(first, name)
			first++
			for _, l := range it.Lines(shared) {
				p.field(partyIndent, partyColumn, l.Label, l.Values, l.Paragraph())
			}
		}
	}
}

// Paragraph reports whether the line's values are read in one go, separated by semicolons, rather than one under the other.
func (l Line) Paragraph() bool {
	switch l.Label {
	case "address", "our counterparty", "needs a human", "licence required", "review policy", "note":
		return false
	}
	return true
}

func (p *page) news(news []NewsRef, loc *time.Location) {
	if len(news) == 0 {
		return
	}
	p.heading("IN THE NEWS")
	for _, n := range news {
		p.put(-1, 2, 4, "· "+Clean(n.Title)+" ("+strings.Join(nonEmpty([]string{n.Feed, dayOf(n.Published, loc)}), ", ")+")")
		if len(n.Names) > 0 {
			p.put(-1, 4, 4, "names "+strings.Join(n.Names, "; "))
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

func (p *page) links(links []Link) {
	if len(links) == 0 {
		return
	}
	p.blank()
	for _, l := range links {
		p.field(2, factColumn, l.Label, []string{l.URL}, false)
	}
}

// report writes a digest: trouble first, then Cases, then news, and last what was checked.
func (p *page) report(r *Report, loc *time.Location) {
	period := "since monitoring began, until " + Moment(r.To, loc)
	if !r.From.IsZero() {
		period = Moment(r.From, loc) + " to " + Moment(r.To, loc)
	}
	if r.Empty() {
		p.put(-1, 2, 2, r.Assurance(loc))
		p.field(2, factColumn, "Late", []string{r.Late}, false)
		return
	}
	p.field(2, factColumn, "Period", []string{period}, false)
	p.field(2, factColumn, "Late", []string{r.Late}, false)
	for _, s := range r.Sources {
		if s.Trouble() {
			p.put(RoleWarning, 2, 4, "! "+s.Text(loc))
		}
	}
	if ours := r.Touched(); len(ours) > 0 {
		p.heading(fmt.Sprintf("OUR COUNTERPARTIES (%d)", len(ours)))
		for _, s := range ours {
			p.put(RoleWarning, 2, 4, "→ "+s)
		}
	}
	for _, c := range r.Cases {
		p.heading(c.Headline)
		m := Message{Stages: c.Stages, Act: c.Act, Zone: loc.String()}
		if c.Act != nil {
			p.field(2, factColumn, "Document", []string{c.Act.Title, c.Act.Facts()}, false)
		}
		p.field(2, factColumn, "Stage", []string{StageLine(m)}, false)
		p.field(2, factColumn, "Still to come", c.ToCome, false)
		p.terms(c.Terms())
		p.field(2, factColumn, "Savings clause", []string{c.Savings}, false)
		for _, s := range c.Needs {
			p.put(RoleWarning, 2, 4, "! "+s)
		}
		p.items(c.Items, c.Terms(), 1)
		p.links(c.Links)
	}
	p.news(r.News, loc)
	p.heading("CHECKED")
	p.put(-1, 2, 2, r.Assurance(loc))
	for _, s := range r.Sources {
		if !s.Trouble() {
			p.put(-1, 2, 4, "· "+s.Text(loc))
		}
	}
}

// Text is the assurance for one source in one line.
func (s SourceReport) Text(loc *time.Location) string {
	out := fmt.Sprintf("%s: %s", s.Name, s.State)
	if !s.LastChecked.IsZero() {
		out += fmt.Sprintf(", last checked %s, %s", Moment(s.LastChecked, loc), plural(s.Checks, "time"))
	}
	if s.Failed > 0 {
		out += fmt.Sprintf(", %d of them without a usable answer", s.Failed)
	}
	if s.Trouble() && !s.LastGood.IsZero() {
		out += ", last good answer " + Moment(s.LastGood, loc)
	}
	if s.Reason != "" {
		out += ": " + s.Reason
	}
	return out
}
