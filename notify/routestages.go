package notify

import (
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// tellStages sends the new stages of a Case to everyone who got its alert and is not told more just now.
func (b *planner) tellStages(pc PendingCase, routes []route) {
	var notes []string
	for _, n := range pc.Notes {
		if n.Kind != NoteReadThis {
			notes = append(notes, n.Text)
		}
	}
	if len(notes) == 0 && (len(pc.Stages) == 0 || pc.allTakenBack()) {
		return // nobody need hear that what they are not to act on is in the eCFR
	}
	for _, t := range pc.alerts() {
		if slices.ContainsFunc(routes, func(r route) bool { return r.channel == t.Channel }) {
			continue
		}
		news := b.stagesFor(t, pc.Stages)
		if len(news) == 0 && len(notes) == 0 {
			continue
		}
		m := b.compose.caseMessage(KindUpdate, pc, nil)
		m.Savings, m.News = "", pc.Reports[:min(len(pc.Reports), maxNews)] // the rest stands above in the thread
		first := pc.toldOfParties(t)
		m.Counts, m.Rules, m.Severity, m.Subject = first.Counts, t.Rules, t.Message.Severity, first.subject()
		ours := ""
		if now := b.compose.standingFor(pc, b.rulesNamed(t.Rules)); len(now) > 0 {
			stands := b.compose.caseMessage(KindUpdate, pc, now)
			m.Counts, m.Subject, ours = stands.Counts, stands.Subject, touches(stands.Hits)
		} else if pc.allTakenBack() {
			m.Counts, m.Subject = nil, headlineWithoutChanges(pc)
		}
		m.New, m.Revision, m.Below = news, pc.revision(t.Channel, t.Recipient), true
		m.Headline, m.Fallen = pc.progressLead(news)+m.Subject+ours, pc.fallen()
		if len(news) > 0 {
			m.Stage = news[len(news)-1]
		}
		if len(notes) > 0 {
			m.Revision++
		}
		b.send(t.Channel, m, b.mutedFor(t.Rules), func(to string) bool { return to == t.Recipient })
	}
}

// tellReports sends what the press said since a Case was told to everyone who got its alert and is not told more of it
// just now. It is an update at the stage "reported", so a rule that names its stages may leave it out.
func (b *planner) tellReports(pc PendingCase, routes []route) {
	if len(pc.Reports) == 0 || slices.ContainsFunc(pc.Notes, func(n CaseNote) bool { return n.Kind != NoteReadThis }) {
		return // the note's message carries the news
	}
	for _, t := range pc.alerts() {
		told := slices.ContainsFunc(routes, func(r route) bool { return r.channel == t.Channel })
		told = told || len(b.stagesFor(t, pc.Stages)) > 0
		if told || len(b.stagesFor(t, []StageTime{{Stage: diff.Reported}})) == 0 {
			continue
		}
		m := b.compose.reportsMessage(pc)
		first := pc.toldOfParties(t)
		m.Counts, m.Rules, m.Severity, m.Subject = first.Counts, t.Rules, t.Message.Severity, first.subject()
		m.Revision, m.Below = pc.revision(t.Channel, t.Recipient)+1, true
		b.send(t.Channel, m, b.mutedFor(t.Rules), func(to string) bool { return to == t.Recipient })
	}
}

// allTakenBack reports whether nothing holds of what was told of a Case, each of its Changes having been taken back.
func (pc PendingCase) allTakenBack() bool {
	return len(pc.Standing) > 0 && !slices.ContainsFunc(pc.Standing, func(c PendingChange) bool {
		return c.Retracted == ""
	})
}

// toldOfParties is the first message that named the Case's parties to whom t went; t's own where none did (a document
// that could not be read at first).
func (pc PendingCase) toldOfParties(t Told) Message {
	for _, o := range pc.Told {
		if o.Channel == t.Channel && o.Recipient == t.Recipient && len(o.Message.Counts) > 0 {
			return o.Message
		}
	}
	return t.Message
}

func (m Message) subject() string {
	if m.Subject != "" {
		return m.Subject
	}
	return m.Headline
}

// stagesFor are the new stages that one of the rules behind an alert is told of. A rule that is no longer configured
// limits nothing.
func (b *planner) stagesFor(t Told, stages []StageTime) []diff.Stage {
	var out []diff.Stage
	for _, s := range stagesOf(stages) {
		if slices.ContainsFunc(t.Rules, func(name string) bool {
			i := slices.IndexFunc(b.router.Rules, func(r Rule) bool { return r.Name == name })
			return i < 0 || b.router.Rules[i].WantsStage(s)
		}) || len(t.Rules) == 0 {
			out = append(out, s)
		}
	}
	return out
}

func (b *planner) mutedFor(rules []string) time.Time {
	var until time.Time
	for _, r := range b.router.Rules {
		if !slices.Contains(rules, r.Name) {
			continue
		}
		u := r.Mute.Until(b.now)
		if !u.After(b.now) {
			return time.Time{}
		}
		if until.IsZero() || u.Before(until) {
			until = u
		}
	}
	return until
}

func stagesOf(times []StageTime) []diff.Stage {
	var out []diff.Stage
	for _, s := range diff.Stages() {
		if slices.ContainsFunc(times, func(t StageTime) bool { return t.Stage == s }) {
			out = append(out, s)
		}
	}
	return out
}

// stageWords say what a stage means, at the head of an update.
var stageWords = map[diff.Stage]string{
	diff.Reported: "reported in the news", diff.Filed: "on public inspection", diff.Published: "published",
	diff.Effective: "in force",
	diff.Codified:  "in the eCFR", diff.Listed: "on another official list",
}

// StageWord says what a stage means: "on public inspection".
func StageWord(s diff.Stage) string {
	if w, ok := stageWords[s]; ok {
		return w
	}
	return string(s)
}

// progressLead leads in an update that tells no new Changes: stages that were reached, what is no longer unconfirmed,
// or what should have been printed by now.
func (pc PendingCase) progressLead(stages []diff.Stage) string {
	for _, n := range pc.Notes {
		switch {
		case len(stages) > 0:
		case n.Kind == NoteConfirmed:
			return "Confirmed: "
		case n.Kind == NoteNeverPublished:
			return "Not seen in print: "
		}
	}
	return stageLead(stages)
}

func stageLead(stages []diff.Stage) string {
	if len(stages) == 0 {
		return "Note: "
	}
	words := make([]string, len(stages))
	for i, s := range stages {
		words[i] = StageWord(s)
	}
	return "Now " + strings.Join(words, " and ") + ": "
}
