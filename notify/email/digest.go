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
		period = "until " + notify.Moment(r.To, loc)
	}
	blocks := []block{
		{Title: "Period", Facts: []notify.Line{{Label: "From–to", Values: []string{period}}}, Texts: clean(r.Late)},
		{Title: "Sources that need attention", Tone: alarm, Texts: clean(r.Troubles(loc)...)},
		{Title: "Our counterparties", Tone: alarm, Texts: clean(r.Touched()...)},
	}
	for _, c := range r.Cases {
		blocks = append(blocks, digestCase(c, m)...)
	}
	return append(blocks, block{Title: "In the news", Links: newsLinks(r.News)}, assurance(m))
}

func digestCase(c notify.ReportCase, m notify.Message) []block {
	head := notify.Message{Act: c.Act, Stages: c.Stages, ToCome: c.ToCome, Zone: m.Zone, Terms: notify.SharedTerms(c.Items)}
	return []block{
		{Title: notify.Clean(c.Headline), Facts: facts(head), Parties: parties(c.Items, head.Terms), Links: c.Links},
		{Title: "Needs a human", Tone: alarm, Texts: clean(c.Needs...)},
	}
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
