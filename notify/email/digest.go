package email

import (
	"fmt"
	"strings"

	"entitywatch/notify"
)

// digestBlocks: which silence is no answer, what touches us, then each Case by list, then the press, then what was checked.
func digestBlocks(m notify.Message) []block {
	r, loc := m.Digest, m.Location()
	period := fmt.Sprintf("%s to %s", notify.Moment(r.From, loc), notify.Moment(r.To, loc))
	if r.From.IsZero() {
		period = "since monitoring began, until " + notify.Moment(r.To, loc)
	}
	blocks := []block{
		{Title: "Period", Facts: []notify.Line{{Label: "Covers", Values: []string{period}}}, Texts: clean(r.Late)},
		{Title: "Sources that need attention", Tone: alarm, Texts: clean(r.Troubles(loc)...)},
		{Title: "Our counterparties", Tone: alarm, Texts: clean(r.Touched()...)},
	}
	for _, c := range r.Cases {
		blocks = append(blocks, digestCase(c, m)...)
	}
	return append(blocks, block{Title: "In the news", Links: newsLinks(r.News)}, assurance(m))
}

// digestCase shows a Case's facts, then its parties under the headings that every channel uses: one party may stand under several
// countries.
func digestCase(c notify.ReportCase, m notify.Message) []block {
	head := notify.Message{Act: c.Act, Stages: c.Stages, ToCome: c.ToCome, Zone: m.Zone, Terms: c.Terms(), Savings: c.Savings}
	blocks := []block{
		{Title: notify.Clean(c.Headline), Facts: facts(head), Links: c.Links},
		{Title: "Needs a human", Tone: alarm, Texts: clean(c.Needs...)},
	}
	for _, g := range notify.Groups(c.Items) {
		blocks = append(blocks, block{Title: notify.Clean(g.Title()), Parties: parties(g.Items, head.Terms)})
	}
	return blocks
}

// assurance says what was checked: the sources that stand at the head of the mail are not told again.
func assurance(m notify.Message) block {
	b := block{Title: "What was checked", Tone: calm, Texts: []string{notify.Clean(m.Digest.Assurance(m.Location()))}}
	for _, s := range m.Digest.Sources {
		if s.Trouble() {
			continue
		}
		b.Facts = append(b.Facts, notify.Line{Label: notify.Clean(s.Name), Values: []string{strings.TrimPrefix(notify.Clean(s.Text(m.Location())), notify.Clean(s.Name)+": ")}})
	}
	return b
}
