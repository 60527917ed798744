package notify

import (
	"fmt"
	"strings"
	"time"
)

// SectionKind is what a section is for. A channel may style it by that, and by nothing else.
type SectionKind string

// The kinds of section.
const (
	SecReason   SectionKind = "reason"   // why something is taken back, restated or asked for again
	SecTrouble  SectionKind = "trouble"  // sources whose silence is no answer
	SecOurs     SectionKind = "ours"     // our counterparties that are concerned
	SecHuman    SectionKind = "human"    // what is not certain, or could not be read
	SecContents SectionKind = "contents" // of a digest: what stands where
	SecFacts    SectionKind = "facts"    // what the message is about, where it stands, what is required
	SecCase     SectionKind = "case"     // the head of one Case in a digest
	SecParties  SectionKind = "parties"
	SecNews     SectionKind = "news"
	SecChecked  SectionKind = "checked" // what was looked at, and what was not believed
	SecLinks    SectionKind = "links"   // where to read on
)

// Alarm reports whether a section of the kind must be acted on.
func (k SectionKind) Alarm() bool {
	return k == SecReason || k == SecTrouble || k == SecOurs || k == SecHuman
}

// Composition is all that a message says, in the order in which it is told, each thing once, with its label and its
// kind. Every channel that writes for people styles it and decides nothing else: what is shown, in which order, under
// which condition and in which words is decided here. All texts in it are inert (Clean), all addresses lead to the web;
// a channel adds the escaping of its own format.
type Composition struct {
	Title    string // what happened in one line; never empty
	Frame    Frame
	Sections []Section // none without content, but for the head of a Case in a digest
	// how it comes to its reader: by which rules, and of which Case it is; for channels whose messages have a foot
	Foot string
}

// Frame says what a message is and of when. A further part of a message says its place among them alone: the first one
// said the rest.
type Frame struct {
	Kind     string // "alert"
	Severity string // "high"; "" of any other, which nobody need see
	AsOf     string // "2023-02-24 08:45 EST"
	Part     string // "Part 2 of 3"; "" of a message that has one part
}

// Section is one thing that a message says, under a heading.
type Section struct {
	Kind    SectionKind
	Title   string // without one where empty
	Texts   []string
	Facts   []Line
	Parties []Party
	Stories []Story
	Links   []Link
	// Contents are the Texts of contents apart from where they lead, for a channel that has links within a message.
	Contents []Contents
}

// Alarm reports whether the section is to be seen at once: a Case that says why it does not hold, too.
func (s Section) Alarm() bool { return s.Kind.Alarm() || s.Kind == SecCase && len(s.Texts) > 0 }

// Party is one party of a section, with what must be known of it.
type Party struct {
	Name  string
	Lines []Line
}

// Line is one labeled statement: "also known as", and the names. Values are as the source wrote them until they stand
// in a Composition.
type Line struct {
	Label  string   `json:"label"`
	Values []string `json:"values"`
	Kind   LineKind `json:"kind,omitempty"`
}

// LineKind is how the values of a Line belong together; a channel may style it by that, and by nothing else.
type LineKind string

// The kinds of line.
const (
	LineEach  LineKind = ""      // each value is read by itself
	LineRun   LineKind = "run"   // the values are read in one go: names, say
	LineAlarm LineKind = "alarm" // each value must be acted on
)

// Story is a news report as it is told.
type Story struct {
	Title string
	URL   string
	About string // where and when it stood: "dw, 2023-02-24"; "" where neither is known
	Also  []Link // the same story elsewhere, labeled by the place: "dw.com"
	Lines []Line // whom it names
}

// Line is the frame of a whole message, or of its first part, in one line: "alert · high · 2023-02-24 08:45 EST · part
// 1 of 3". mark leads in a severity that is to be seen.
func (f Frame) Line(mark string) string {
	if f.Severity != "" {
		f.Severity = mark + f.Severity
	}
	return strings.Join(nonEmpty([]string{f.Kind, f.Severity, f.AsOf, strings.ToLower(f.Part)}), " · ")
}

// furtherTitle is how many characters of a headline lead in a further part; the first part has all of it.
const furtherTitle = 500

// Compose is what the message says.
func (m Message) Compose() Composition {
	all := m.caseSections()
	if m.Digest != nil {
		all = m.digestSections()
	}
	return Composition{Title: m.Title(), Frame: m.frame(), Sections: inert(all), Foot: m.foot()}
}

// Title is what happened in one line, inert and never empty.
func (m Message) Title() string {
	title := m.headline()
	switch {
	case title == "":
		return "EntityWatch: " + string(m.Kind)
	case m.Part > 1 && m.Attachment != nil:
		return "The full list: " + quoted(title, furtherTitle)
	case m.Part > 1:
		return quoted(title, furtherTitle)
	}
	return title
}

func (m Message) headline() string {
	if m.Short > 0 {
		return quoted(Clean(m.Headline), m.Short)
	}
	return Clean(m.Headline)
}

func (m Message) frame() (f Frame) {
	if m.Parts > 1 {
		f.Part = fmt.Sprintf("Part %d of %d", m.Part, m.Parts)
	}
	if m.Part > 1 {
		return f
	}
	f.Kind, f.AsOf = string(m.Kind), Moment(m.AsOf, m.Location())
	if m.Kind == KindOperator {
		f.Kind = "operators" // whom it is for
	}
	if m.Severity == High {
		f.Severity = string(High)
	}
	return f
}

func (m Message) foot() string {
	parts := []string{"EntityWatch"}
	switch rules := Clean(strings.Join(m.Rules, ", ")); len(m.Rules) {
	case 0:
	case 1:
		parts = append(parts, "sent by the rule "+rules)
	default:
		parts = append(parts, "sent by the rules "+rules)
	}
	if m.Case != "" && m.Digest == nil {
		parts = append(parts, m.Case)
	}
	return strings.Join(parts, " · ")
}

// reasons is the reason in paragraphs: what operators are told has one for each thing and one for what to do.
func (m Message) reasons() []string {
	if m.Kind == KindOperator {
		return strings.Split(m.Reason, "\n")
	}
	return []string{m.Reason}
}

// caseSections are those of everything but a digest. Only the first part has a head.
func (m Message) caseSections() []Section {
	if m.Part > 1 {
		return partySections(m.Items, m.Terms)
	}
	rest := "with the parties that they touch"
	if m.Unlisted > 0 {
		rest = "in the full list"
	}
	out := []Section{
		{Kind: SecReason, Texts: nonEmpty(append(m.reasons(), m.Fallen))}, oursSection(m.Hits, m.Ours, rest),
		{Kind: SecHuman, Title: "Needs a human", Texts: m.NeedsHuman}, {Kind: SecFacts, Facts: m.facts()},
	}
	out = append(out, partySections(m.Items, m.Terms)...)
	news := newsSection(m.News, m.Location())
	if m.Kind == KindNews {
		news = Section{Kind: SecFacts, Facts: m.reportFacts()}
	}
	return cut(append(out, news, Section{Kind: SecLinks, Title: "Read on", Links: m.Links}), m.Short)
}

func oursSection(hits []Hit, of int, rest string) Section {
	texts, n := hitLines(hits, of, rest)
	return Section{Kind: SecOurs, Title: fmt.Sprintf("Our counterparties (%d)", n), Texts: texts}
}

func newsSection(news []NewsRef, loc *time.Location) Section {
	s := Section{Kind: SecNews, Title: "In the news"}
	for _, n := range news {
		s.Stories = append(s.Stories, n.story(loc))
	}
	return s
}

func (n NewsRef) story(loc *time.Location) Story {
	out := Story{Title: n.Title, URL: n.URL, About: n.about(loc), Lines: n.lines()}
	for _, u := range n.Also {
		out.Also = append(out.Also, Link{"also", Host(u), u})
	}
	return out
}

func partySections(items []Item, shared *Terms) []Section {
	var out []Section
	for _, g := range Groups(items) {
		s := Section{Kind: SecParties, Title: g.Title()}
		for _, it := range g.Items {
			s.Parties = append(s.Parties, it.party(shared))
		}
		out = append(out, s)
	}
	return out
}

// facts are what a message of a Case is about, where it stands, and what is required.
func (m Message) facts() []Line {
	var f lines
	if m.Act != nil {
		f.add("Document", m.Act.Title, m.Act.Facts())
	}
	f.add("Correction", m.Corrects...)
	f.add("Stage", StageLine(m))
	f.add("Still to come", m.ToCome...)
	f = append(f, m.Terms.lines()...)
	f.add("As told before", m.Unchanged)
	f.add("Savings clause", m.Savings)
	f.add("Note", m.Notes...)
	if m.Others > 0 {
		f.add("Not shown", m.OthersText())
	}
	if m.Ask != nil && !m.Ask.Before.IsZero() {
		f.add("Acknowledge", "before "+Moment(m.Ask.Before, m.Location())+": entitywatch ack "+m.Case)
	}
	if m.Attachment != nil {
		f.add("File", m.Attachment.Name)
	}
	return f
}

// reportFacts are what a message about a single report says of it; what its headline quotes is not repeated.
func (m Message) reportFacts() (f lines) {
	for _, n := range m.News {
		if title := Clean(n.Title); !strings.Contains(m.Headline, title) {
			f.add("Report", title)
		}
		f.add("Source", n.about(m.Location()))
		f = append(f, n.lines()...)
	}
	return f
}

// lines collects labeled statements; those without a value are left out.
type lines []Line

func (f *lines) add(label string, values ...string) { f.put(LineEach, label, values) }

// run adds values that are read in one go.
func (f *lines) run(label string, values []string) { f.put(LineRun, label, values) }

func (f *lines) put(kind LineKind, label string, values []string) {
	if values = nonEmpty(values); len(values) > 0 {
		*f = append(*f, Line{label, values, kind})
	}
}

// lines are the terms that the parties share.
func (t *Terms) lines() (f lines) {
	if t == nil {
		return nil
	}
	f.add("Effective", string(t.EffectiveOn))
	f.add("License required", t.Requirement)
	f.add("Review policy", t.Policy)
	f.add("Applies to", t.Scope())
	return f
}

// about is where and when a news report stood.
func (n NewsRef) about(loc *time.Location) string {
	return strings.Join(nonEmpty([]string{n.Feed, dayOf(n.Published, loc)}), ", ")
}

// lines say whom a report names. Parties that it only says are to be listed are unconfirmed.
func (n NewsRef) lines() (f lines) {
	if len(n.Reported) > 0 {
		f.add("unconfirmed", "reported to be added: "+strings.Join(n.Reported, "; "))
	}
	f.add("names listed parties", n.Names...)
	return f
}
