package slack

import "entitywatch/notify"

// report writes a digest: trouble first, then Cases, then news, and last what was checked.
func (w *writer) report(r *notify.Report, m notify.Message) {
	loc := m.Location()
	if r.Empty() {
		w.section(append(line("", []string{r.Assurance(loc)}, ""), line("Late", []string{r.Late}, "")...))
		return
	}
	if m.Part <= 1 {
		var lines []string
		if !r.From.IsZero() {
			lines = append(lines, line("Period", []string{notify.Moment(r.From, loc) + " to " + notify.Moment(r.To, loc)}, "")...)
		}
		w.section(append(lines, line("Late", []string{r.Late}, "")...))
		var trouble []string
		for _, s := range r.Sources {
			if s.Trouble() {
				trouble = append(trouble, s.Text(loc))
			}
		}
		w.bullets(":warning: *Sources that need attention*", trouble)
		w.bullets(":rotating_light: *Our counterparties*", r.Touched())
	}
	for _, c := range r.Cases {
		cm := notify.Message{Stages: c.Stages, Act: c.Act, Zone: m.Zone}
		var lines []string
		for _, piece := range whole(c.Headline, maxSection-10) {
			lines = append(lines, "*"+piece+"*")
		}
		if c.Act != nil {
			lines = append(lines, line("Document", []string{c.Act.Title, c.Act.Facts()}, " · ")...)
		}
		lines = append(lines, line("Stage", []string{notify.StageLine(cm)}, "")...)
		lines = append(lines, line("Still to come", c.ToCome, "; ")...)
		lines = append(lines, termLines(c.Terms())...)
		for _, l := range c.Links {
			lines = append(lines, link(l.URL, l.Label))
		}
		w.section(lines)
		w.bullets(":warning: *Needs a human*", c.Needs)
		w.items(c.Items, c.Terms())
	}
	if m.Part > 1 {
		return
	}
	w.news(r.News)
	lines := line("Checked", []string{r.Assurance(loc)}, "")
	for _, s := range r.Sources {
		if !s.Trouble() {
			lines = append(lines, "• "+mrkdwn(s.Text(loc)))
		}
	}
	w.section(lines)
}
