package notify

import (
	"fmt"
	"strings"
	"time"
)

// contentsFrom is how many Cases a digest has before it says at its head which: two or three are seen at a glance.
const contentsFrom = 4

// digestSections: which silence is no answer, what touches us, what there is, then each Case, then the press, then
// what was checked.
func (m Message) digestSections() []Section {
	r, loc := m.Digest, m.Location()
	if r.Empty() {
		return []Section{{Kind: SecFacts, Facts: r.facts(loc)}, r.checked(loc)}
	}
	var out []Section
	if m.Part <= 1 {
		out = append(out, Section{Kind: SecFacts, Facts: r.facts(loc)},
			Section{Kind: SecTrouble, Title: "Sources that need attention", Texts: r.Troubles(loc)}, oursSection(r.Hits, 0, "with the parties that they touch"))
		if len(r.Contents) >= contentsFrom {
			out = append(out, Section{Kind: SecContents, Title: "In this digest", Texts: r.Contents})
		}
	}
	for _, c := range r.Cases {
		out = append(out, c.sections(m.Zone)...)
	}
	if m.Part <= 1 {
		news := newsSection(r.News)
		if r.MoreNews > 0 {
			news.Texts = []string{plural(r.MoreNews, "more report") + " named listed parties."}
		}
		out = append(out, news, r.checked(loc))
	}
	return out
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
func (c ReportCase) sections(zone string) []Section {
	head := Message{
		Act: c.Act, Stages: c.Stages, ToCome: c.ToCome, Zone: zone, Terms: c.Terms(), Savings: c.Savings, Corrects: c.Corrects, Notes: c.Notes,
	}
	out := []Section{
		{Kind: SecCase, Title: c.Headline, Texts: nonEmpty([]string{c.Reason}), Facts: head.facts(), Links: c.Links},
		{Kind: SecHuman, Title: "Needs a human", Texts: c.Needs},
	}
	if c.Reason != "" && len(c.Items) == 1 {
		return out // its headline names the one party that does not hold
	}
	return append(out, partySections(c.Items, head.Terms)...)
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
			s.Facts = append(s.Facts, Line{x.Name, []string{strings.TrimPrefix(x.Text(loc), x.Name+": ")}})
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
