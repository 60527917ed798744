package notify

import (
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// routeCase tells one Case: first what must be taken back, then what is new, to those who heard of it as an update and to others as an
// alert, and last the stages that nobody's message covered yet.
func (b *planner) routeCase(pc PendingCase) {
	if b.retract(pc) || pc.Case.Status == diff.Withdrawn && len(pc.alerts()) > 0 {
		return // nothing that was retracted is told as standing, whatever its calendar says
	}
	if pc.overtaken() {
		pc = pc.restated()
		b.plan.Settled = append(b.plan.Settled, pc.Case.ID)
	}
	routes, severity := b.match(pc)
	for _, rt := range routes {
		b.tell(pc, rt, severity)
	}
	b.tellStages(pc, routes)
	b.tellReports(pc, routes)
}

// tell sends what a channel's rules want of a Case: an alert to recipients who never heard of it, an update to the others.
func (b *planner) tell(pc PendingCase, rt route, severity Severity) {
	m := b.compose.caseMessage(KindAlert, pc, rt.items)
	m.Severity, m.Rules, m.Others = severity, rt.rules, others(pc, rt.items)
	if rt.ask != nil {
		m.Ask = &Ask{Before: b.now.Add(rt.ask.Within)}
		summary := m
		summary.Items = nil
		b.plan.Awaiting = append(b.plan.Awaiting, Awaiting{
			Case: pc.Case.ID, Rule: rt.askRule, Before: m.Ask.Before, Escalate: rt.ask.Escalate, Message: summary,
		})
	}
	b.send(rt.channel, m, rt.muted, func(to string) bool { return !pc.heard(rt.channel, to) })
	for _, t := range b.recipients(rt.channel) {
		if pc.heard(rt.channel, t) {
			u := m
			u.Kind, u.Revision = KindUpdate, pc.revision(rt.channel, t)+1
			u.New = stagesOf(pc.Stages)
			if slices.Contains(u.New, diff.Published) {
				u.Stage = diff.Published // it brought the text that is told, whatever else came with it
			}
			u.Fallen = pc.fallen()
			if r, told := pc.retracted(); told && pc.overtaken() {
				u.void(r, stageLead(u.New))
			} else {
				u.Headline = pc.updateLead(rt.channel, t, rt.items) + m.Headline
			}
			b.send(rt.channel, u, rt.muted, func(to string) bool { return to == t })
		}
	}
}

func (b *planner) recipients(channel string) []string { return b.targets[channel].remaining("") }

// updateLead says why a recipient hears of a Case again: its parties are told for the first time (the document itself was told of before),
// read again, or further ones.
func (pc PendingCase) updateLead(channel, recipient string, items []Item) string {
	toldOfParties := slices.ContainsFunc(pc.Told, func(t Told) bool {
		return t.Channel == channel && t.Recipient == recipient && len(t.Message.Counts) > 0
	})
	again := len(items) > 0 && !slices.ContainsFunc(items, func(i Item) bool { return i.Change.Revision == 0 })
	stages := ""
	if len(pc.Stages) > 0 {
		stages = stageLead(stagesOf(pc.Stages))
	}
	switch now, _ := strings.CutSuffix(stages, ": "); {
	case onlyReinstated(items):
		return "RETRACTION VOID: "
	case !toldOfParties || onlyCorrections(items):
		return stages
	case again && now != "" && pc.promisedMore():
		return now + ", in full: "
	case again && now != "":
		return now + ", read again: "
	case again:
		return "Read again: "
	case now != "":
		return now + ", with further changes: "
	}
	return "Further: "
}

// promisedMore reports whether the parties were told by name alone, from the filed text, and are not any more.
func (pc PendingCase) promisedMore() bool {
	promised := slices.ContainsFunc(pc.Told, func(t Told) bool { return t.Message.Brief })
	return promised && (pc.Act == nil || pc.Act.Status != diff.ActFiled)
}

// others counts the Changes of a Case that this recipient is not shown: those of countries or names that no rule of the channel watches.
func others(pc PendingCase, items []Item) (n int) {
	for _, c := range pc.Changes {
		if c.Substantive && c.Retracted == "" {
			n++
		}
	}
	for _, it := range items {
		if it.Change.Substantive {
			n--
		}
	}
	return n
}

// tellStages sends the new stages of a Case to everyone who got its alert and is not told more just now.
func (b *planner) tellStages(pc PendingCase, routes []route) {
	var notes []string
	for _, n := range pc.Notes {
		if n.Kind != NoteReadThis {
			notes = append(notes, n.Text)
		}
	}
	if len(pc.Stages) == 0 && len(notes) == 0 {
		return
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
		m.New, m.Revision = news, pc.revision(t.Channel, t.Recipient)
		m.Headline, m.Fallen = pc.progressLead(news)+m.Subject, pc.fallen()
		if len(news) > 0 {
			m.Stage = news[len(news)-1]
		}
		if len(notes) > 0 {
			m.Revision++
		}
		b.send(t.Channel, m, b.mutedFor(t.Rules), func(to string) bool { return to == t.Recipient })
	}
}

// tellReports sends what the press said since a Case was told to everyone who got its alert and is not told more of it just now. It is an
// update at the stage "reported", so a rule that names its stages may leave it out.
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
		m.Revision = pc.revision(t.Channel, t.Recipient) + 1
		b.send(t.Channel, m, b.mutedFor(t.Rules), func(to string) bool { return to == t.Recipient })
	}
}

// toldOfParties is the first message that named the Case's parties to whom t went; t's own where none did (a document that could not be
// read at first).
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

// stagesFor are the new stages that one of the rules behind an alert is told of. A rule that is no longer configured limits nothing.
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
	diff.Reported: "reported in the news", diff.Filed: "on public inspection", diff.Published: "published", diff.Effective: "in force",
	diff.Codified: "in the eCFR", diff.Listed: "on another official list",
}

// StageWord says what a stage means: "on public inspection".
func StageWord(s diff.Stage) string {
	if w, ok := stageWords[s]; ok {
		return w
	}
	return string(s)
}

// progressLead leads in an update that tells no new Changes: stages that were reached, what is no longer unconfirmed, or what should have
// been printed by now.
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

// retract tells everyone who got a Case's alert what does not hold any more. It reports whether the whole Case is taken back, so that
// nothing else is to be told of it.
func (b *planner) retract(pc PendingCase) bool {
	reason, whole := pc.retraction()
	if reason == "" {
		return false
	}
	if whole {
		b.plan.Settled = append(b.plan.Settled, pc.Case.ID) // nobody is reminded of it any more
	}
	for _, t := range pc.alerts() {
		items := b.takenBackFrom(t, pc, reason)
		if !whole && len(items) == 0 {
			continue // it was never told of these
		}
		m := b.compose.caseMessage(KindRetraction, pc, items)
		m.Reason, m.Rules, m.Severity = strings.TrimSuffix(reason, ".")+takenBack, t.Rules, t.Message.Severity
		m.withoutPromises()
		m.Revision = pc.revision(t.Channel, t.Recipient) + 1
		m.Withdrawn, m.Headline = whole, "RETRACTED: "+pc.toldOfParties(t).subject()
		if len(items) > 0 {
			m.Headline = "RETRACTED: " + Headline(changesOf(items))
		}
		if !whole {
			m.Headline = "RETRACTED in part: " + Headline(changesOf(items))
		}
		b.send(t.Channel, m, time.Time{}, func(to string) bool { return to == t.Recipient })
	}
	return whole
}

// takenBackFrom are the Changes that a recipient was told of, by the rules behind the alert, and that are taken back. Rules that are not
// configured any more limit nothing.
func (b *planner) takenBackFrom(t Told, pc PendingCase, reason string) []Item {
	gone := slices.DeleteFunc(slices.Clone(pc.Changes), func(c PendingChange) bool { return c.Retracted == "" })
	var rules []Rule
	for _, r := range b.router.Rules {
		if slices.Contains(t.Rules, r.Name) {
			rules = append(rules, r)
		}
	}
	if len(rules) == 0 {
		rules = []Rule{{Editorial: true}}
	}
	items := wantedBy(rules, pc, gone)
	for i := range items {
		items[i].Change, items[i].Hits = withoutCorrection(items[i].Change), nil
		if items[i].Retracted == reason {
			items[i].Retracted = stateRetracted // the reason stands at the head
		}
	}
	return items
}

// withoutCorrection is a Change that is taken back as it was told: what corrected it is the reason of the retraction.
func withoutCorrection(c diff.Change) diff.Change {
	c.Correction = nil
	return c
}

// takenBack follows the reason of a retraction: what it means for whom it reaches.
const takenBack = ". What we told you of it does not hold: undo what you did because of it."

// withoutPromises leaves out of a retraction what is true only of an act that holds: what is to come, what may still be shipped, what
// follows, and an entry into force of what was never published.
func (m *Message) withoutPromises() {
	m.ToCome, m.Savings, m.Notes, m.Terms, m.NeedsHuman = nil, "", nil, nil, nil
	published := slices.ContainsFunc(m.Stages, func(s StageTime) bool { return s.Stage == diff.Published })
	if published {
		return
	}
	m.Stages = slices.DeleteFunc(m.Stages, func(s StageTime) bool { return s.Stage == diff.Effective })
	if n := len(m.Stages); n > 0 && m.Stage == diff.Effective {
		m.Stage = m.Stages[n-1].Stage
	}
}

// retraction is why a Case, or part of it, is taken back.
func (pc PendingCase) retraction() (reason string, whole bool) {
	if why := pc.ended(); why != "" {
		return why, true
	}
	for _, c := range pc.Changes {
		if c.Retracted != "" {
			return c.Retracted, pc.Case.Status == diff.Withdrawn
		}
	}
	return "", false
}

// heard reports whether a recipient got the Case's alert.
func (pc PendingCase) heard(channel, recipient string) bool {
	return slices.ContainsFunc(pc.alerts(), func(t Told) bool { return t.Channel == channel && t.Recipient == recipient })
}

func (pc PendingCase) alerts() []Told {
	return slices.DeleteFunc(slices.Clone(pc.Told), func(t Told) bool { return t.Kind != KindAlert })
}

// revision is the highest that a recipient was told of the Case.
func (pc PendingCase) revision(channel, recipient string) int {
	n := 0
	for _, t := range pc.Told {
		if t.Channel == channel && t.Recipient == recipient {
			n = max(n, t.Revision)
		}
	}
	return n
}
