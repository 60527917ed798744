package notify

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// digestSections: which silence is no answer, what touches us, what there is, then each Case, then the press, then
// what was checked.
func (m Message) digestSections() []Section {
	r, loc := m.Digest, m.Location()
	head := []Section{{Kind: SecFacts, Facts: r.facts(loc)}}
	if r.Empty() {
		return cut(append(head, r.checked(loc)), m.Short)
	}
	var cases []Section
	for _, c := range r.Cases {
		if len(r.Cases) == 1 && strings.Contains(m.Headline, c.Headline) {
			c.Headline = "" // the digest's own says it
		}
		cases = append(cases, c.sections()...)
	}
	if m.Part > 1 {
		return cases
	}
	head = append(head, Section{Kind: SecTrouble, Title: "Sources that need attention", Texts: r.Troubles(loc)},
		oursSection(r.Hits, 0, "with the parties that they touch"), contentsSection(r.Overview))
	return slices.Concat(cut(head, m.Short), cases, cut([]Section{newsSection(r.News, loc), r.checked(loc)}, m.Short))
}

func contentsSection(all []Contents) Section {
	s := Section{Kind: SecContents, Title: "In this digest", Contents: all}
	for _, c := range all {
		s.Texts = append(s.Texts, c.Full())
	}
	return s
}

// heading is the Case's headline, with its number where the digest has contents that lead to it. That of a digest's
// only Case is the title of its document, since the digest's own headline says the rest.
func (c ReportCase) heading() string {
	s := c.headline()
	switch {
	case c.Number > 0:
		s = fmt.Sprintf("%d. %s", c.Number, s)
	case s == "" && c.Act != nil:
		s = c.Act.Title
	}
	if c.Part > 1 {
		s += " (continued)"
	}
	return s
}

func (r *Report) facts(loc *time.Location) (f lines) {
	period := "since monitoring began, until " + Moment(r.To, loc)
	if !r.From.IsZero() {
		period = Moment(r.From, loc) + " to " + Moment(r.To, loc)
	}
	f.add("Period", period) // of an empty digest above all: it says since when nothing has changed
	f.add("Late", r.Late)
	return f
}

// sections are a Case's head and its parties; the parties of one Case may stand under several lists and countries.
func (c ReportCase) sections() []Section {
	head := Section{Kind: SecCase, Title: c.heading(), Texts: nonEmpty([]string{c.Reason}), Links: c.Links}
	if c.Headline == "" && c.Act != nil { // the document's title is the heading
		act := *c.Act
		act.Title = ""
		c.Act = &act
	}
	head.Facts = c.facts()
	out := cut([]Section{head, {Kind: SecHuman, Title: "Needs a human", Texts: c.NeedsHuman}}, c.Short)
	if c.Reason != "" && len(c.Items) == 1 {
		return out // its headline names the one party that does not hold
	}
	return append(out, partySections(c.Items, c.Terms)...)
}

// checked is what was looked at; the sources that stand at the head are not told again.
func (r *Report) checked(loc *time.Location) Section {
	s := Section{Kind: SecChecked, Title: "What was checked", Texts: []string{r.Assurance(loc)}}
	s.Texts = append(s.Texts, r.heldTexts()...)
	if r.Empty() {
		return s
	}
	for _, x := range r.Sources {
		if !x.Trouble() {
			s.Facts = append(s.Facts, Line{x.Name, []string{strings.TrimPrefix(x.Text(loc), x.Name+": ")}, LineEach})
		}
	}
	return s
}

// maxHeld is how many held entries a digest names; `entitywatch held` lists all.
const maxHeld = 20

// heldTexts say which entries count as listed although their list does not show them.
func (r *Report) heldTexts() []string {
	var out []string
	for i, h := range r.Held {
		if i == maxHeld {
			out = append(out, fmt.Sprintf("And %d more held entries: entitywatch held lists them.", len(r.Held)-i))
			break
		}
		out = append(out, h.Text())
	}
	return out
}
