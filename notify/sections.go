package notify

import (
	"fmt"
	"slices"
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

// Alarm reports whether the section must be acted on.
func (k SectionKind) Alarm() bool {
	return k == SecReason || k == SecTrouble || k == SecOurs || k == SecHuman
}

// Section is one thing that a message says, under a heading. Texts in it are as the sources wrote them: a channel
// passes each through Clean and its own escaping. Labels and addresses are clean already. Its title is ours where Kind is none of SecCase and SecParties.
type Section struct {
	Kind    SectionKind
	Title   string // without one where empty
	Texts   []string
	Facts   []Line
	Parties []Party
	News    []NewsRef
	Links   []Link
	// Contents are the Texts of contents apart from where they lead, for a channel that has links within a message.
	Contents []Contents
}

// Party is one party of a section, with what must be known of it.
type Party struct {
	Name  string
	Lines []Line
}

// Line is one labelled statement: "also known as", and the names. Values are as the source wrote them.
type Line struct {
	Label  string   `json:"label"`
	Values []string `json:"values"`
}

// Sections are the facts of a message below its headline, in the order in which they are told, each once. Every
// channel that writes for people styles these and decides nothing else. A section without content is left out.
func (m Message) Sections() []Section {
	all := m.caseSections()
	if m.Digest != nil {
		all = m.digestSections()
	}
	for i := range all {
		all[i].inert()
	}
	return slices.DeleteFunc(all, func(s Section) bool {
		return len(s.Texts)+len(s.Facts)+len(s.Parties)+len(s.News)+len(s.Links) == 0 && s.Kind != SecCase
	})
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
	if m.Kind == KindNews {
		return append(out, Section{Kind: SecFacts, Facts: m.reportFacts()}, Section{Kind: SecLinks, Title: "Read on", Links: m.Links})
	}
	return append(out, newsSection(m.News), Section{Kind: SecLinks, Title: "Read on", Links: m.Links})
}

func oursSection(hits []Hit, of int, rest string) Section {
	texts, n := hitLines(hits, of, rest)
	return Section{Kind: SecOurs, Title: fmt.Sprintf("Our counterparties (%d)", n), Texts: texts}
}

func newsSection(news []NewsRef) Section {
	return Section{Kind: SecNews, Title: "In the news", News: news}
}

func partySections(items []Item, shared *Terms) []Section {
	var out []Section
	for _, g := range Groups(items) {
		s := Section{Kind: SecParties, Title: g.Title()}
		for _, it := range g.Items {
			s.Parties = append(s.Parties, Party{Name: it.title(), Lines: it.Lines(shared)})
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
	return f
}

// reportFacts are what a message about a single report says of it; what its headline quotes is not repeated.
func (m Message) reportFacts() (f lines) {
	for _, n := range m.News {
		if title := Clean(n.Title); !strings.Contains(m.Headline, title) {
			f.add("Report", title)
		}
		f.add("Source", n.Meta(m.Location()))
		f = append(f, n.Lines()...)
	}
	return f
}

// lines collects labelled statements; those without a value are left out.
type lines []Line

func (f *lines) add(label string, values ...string) {
	if values = nonEmpty(values); len(values) > 0 {
		*f = append(*f, Line{label, values})
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

// Paragraph reports whether the line's values are read in one go, separated by semicolons, rather than one under the
// other.
func (l Line) Paragraph() bool {
	switch l.Label {
	case "also known as", "also (weak)", "formerly", "program", "footnote", "entries", "alias added", "alias removed",
		"weak alias added", "weak alias removed", "identifier added", "identifier removed":
		return true
	}
	return false
}

// Meta is the line about a news report: where and when it stood.
func (n NewsRef) Meta(loc *time.Location) string {
	return strings.Join(nonEmpty([]string{n.Feed, dayOf(n.Published, loc)}), ", ")
}

// Lines say whom a report names. Parties that it only says are to be listed are unconfirmed.
func (n NewsRef) Lines() (f lines) {
	if len(n.Reported) > 0 {
		f.add("unconfirmed", "reported to be added: "+strings.Join(n.Reported, "; "))
	}
	f.add("names listed parties", n.Names...)
	return f
}
