package notify

import (
	"slices"
	"strings"

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
			u.Kind, u.Revision, u.Below = KindUpdate, pc.revision(rt.channel, t)+1, true
			u.New = stagesOf(pc.Stages)
			if slices.Contains(u.New, diff.Published) {
				u.Stage = diff.Published // it brought the text that is told, whatever else came with it
			}
			u.Fallen = pc.fallen()
			if r, told := pc.retracted(); told && pc.overtaken() {
				u.void(r, stageLead(u.New))
			} else {
				lead := pc.updateLead(rt.channel, t, rt.items)
				u.Headline = lead + m.Headline
				if lead != "" && again(rt.items) {
					b.besides(&u, pc, rt)
				}
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
	stages := ""
	if len(pc.Stages) > 0 {
		stages = stageLead(stagesOf(pc.Stages))
	}
	switch now, _ := strings.CutSuffix(stages, ": "); {
	case onlyReinstated(items):
		return "RETRACTION VOID: "
	case !toldOfParties || onlyCorrections(items):
		return stages
	case again(items) && now != "" && pc.promisedMore():
		return now + ", in full: "
	case again(items) && now != "":
		return now + ", read again: "
	case again(items):
		return "Read again: "
	case now != "":
		return now + ", with further changes: "
	}
	return "Further: "
}

// again reports whether all that is told was told before, and reads otherwise now.
func again(items []Item) bool {
	return len(items) > 0 && !slices.ContainsFunc(items, func(i Item) bool { return i.Change.Revision == 0 })
}

// besides says what else of the Case stands as it was told: an update that names only what reads otherwise now would seem to drop it.
func (b *planner) besides(u *Message, pc PendingCase, rt route) {
	rest := slices.DeleteFunc(b.compose.standingFor(pc, b.rulesNamed(rt.rules)), func(i Item) bool {
		return slices.ContainsFunc(rt.items, func(told Item) bool { return told.Change.ID == i.Change.ID })
	})
	if len(rest) > 0 {
		u.Unchanged = Headline(changesOf(rest))
		u.Headline += "; " + plural(len(rest), "other") + " as told before"
	}
}

// standingFor are the Changes of a Case that hold, as far as any of the rules wants them.
func (m composer) standingFor(pc PendingCase, rules []Rule) []Item {
	pc.Changes = nil
	pc = pc.restated()
	return wantedBy(rules, pc, pc.Changes)
}

// rulesNamed are the rules behind an earlier message. Where none of them is configured any more, nothing limits what its reader is told.
func (b *planner) rulesNamed(names []string) []Rule {
	var rules []Rule
	for _, r := range b.router.Rules {
		if slices.Contains(names, r.Name) {
			rules = append(rules, r)
		}
	}
	if len(rules) == 0 {
		rules = []Rule{{Editorial: true}}
	}
	return rules
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
