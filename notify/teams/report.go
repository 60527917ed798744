package teams

import (
	"strings"
	"time"

	"entitywatch/notify"
)

// report is a digest: trouble first, then Cases, then news, and last what was checked.
func report(m notify.Message) []element {
	r, loc := m.Digest, m.Location()
	if r.Empty() {
		return append([]element{text(element{Text: markdown(r.Assurance(loc))})}, facts([]notify.Line{{Label: "Late", Values: []string{r.Late}}})...)
	}
	var out []element
	if m.Part <= 1 {
		out = append(out, facts([]notify.Line{{Label: "Period", Values: []string{period(r, loc)}}, {Label: "Late", Values: []string{r.Late}}})...)
		out = append(out, box("attention", "Sources that need attention", sources(r, loc, true))...)
		out = append(out, box("warning", "Our counterparties", r.Touched())...)
	}
	for _, c := range r.Cases {
		out = append(out, reportCase(c, m)...)
	}
	if m.Part > 1 {
		return out
	}
	out = append(out, news(r.News)...)
	out = append(out, text(element{Text: "Checked", Weight: "Bolder", Color: "Accent", Separator: true}), text(element{Text: markdown(r.Assurance(loc))}))
	for _, s := range sources(r, loc, false) {
		out = append(out, text(element{Text: "• " + markdown(s), Spacing: "Small"}))
	}
	return out
}

func reportCase(c notify.ReportCase, m notify.Message) []element {
	out := []element{text(element{Text: markdown(c.Headline), Size: "Medium", Weight: "Bolder", Separator: true})}
	out = append(out, facts(headFacts(notify.Message{Act: c.Act, Stages: c.Stages, ToCome: c.ToCome, Zone: m.Zone, Terms: c.Terms()}))...)
	var links []string
	for _, l := range c.Links {
		links = append(links, link(l.URL, l.Label))
	}
	if len(links) > 0 {
		out = append(out, text(element{Text: strings.Join(links, " · ")}))
	}
	out = append(out, box("attention", "Needs a human", c.Needs)...)
	return append(out, parties(c.Items, c.Terms())...)
}

func period(r *notify.Report, loc *time.Location) string {
	if r.From.IsZero() {
		return "until " + notify.Moment(r.To, loc)
	}
	return notify.Moment(r.From, loc) + " to " + notify.Moment(r.To, loc)
}

// sources are the assurances of those in trouble, or of the others.
func sources(r *notify.Report, loc *time.Location, trouble bool) []string {
	var out []string
	for _, s := range r.Sources {
		if s.Trouble() == trouble {
			out = append(out, s.Text(loc))
		}
	}
	return out
}
