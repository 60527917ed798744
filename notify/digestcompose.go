package notify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

func allWell(sources []SourceReport) bool {
	return !slices.ContainsFunc(sources, func(s SourceReport) bool { return s.Trouble() })
}

// Trouble reports whether the reader must not take the source's silence for an answer.
func (s SourceReport) Trouble() bool { return s.State != "ok" && s.State != "unchanged" }

// digest is the message of one period: each Case that something happened to, as it stands at the cut-off, as far as
// the rules that collect for the digest want it. What touches our counterparties comes first.
func (m composer) digest(dg Digest, rules []Rule, c Collected, from, to time.Time) Message {
	rep := &Report{Name: dg.Name, From: from, To: to, Sources: slices.Clone(c.Sources), Held: c.Held}
	msg := Message{
		Kind: KindDigest, Severity: Normal, AsOf: m.now, Zone: m.zone(), Part: 1, Parts: 1, Digest: rep,
		Case: "digest/" + dg.Name + "/" + to.UTC().Format(time.RFC3339),
	}
	collecting := slices.DeleteFunc(slices.Clone(rules), func(r Rule) bool { return !slices.Contains(r.Digest, dg.Name) })
	for _, r := range collecting {
		msg.Rules = append(msg.Rules, r.Name)
	}
	msg.Rules = unique(msg.Rules)
	for _, pc := range c.Cases {
		if rc, ok := m.reportCase(pc, collecting); ok {
			rep.Cases = append(rep.Cases, rc)
		}
	}
	for _, n := range c.News {
		if slices.ContainsFunc(collecting, func(r Rule) bool { return r.MatchNews(n) }) {
			rep.News = append(rep.News, n.ref())
		}
	}
	rep.order()
	var holds []diff.Change
	for _, rc := range rep.Cases {
		holds = append(holds, rc.holding()...)
		for _, it := range standing(rc.Items) {
			rep.Hits = append(rep.Hits, it.touched()...)
		}
	}
	rep.Overview = rep.contents()
	msg.Counts = CountChanges(holds)
	msg.Headline = rep.headline()
	return msg
}

// eachChange are the Changes that an Item stands for.
func (i Item) eachChange() []diff.Change {
	if i.Mass == nil {
		return []diff.Change{i.Change}
	}
	out := make([]diff.Change, len(i.Mass.Entries))
	for k, e := range i.Mass.Entries {
		out[k] = i.Change
		out[k].ID, out[k].Name, out[k].Country = e.Change, e.Name, e.Country
	}
	return out
}

// order puts what touches us first, then Cases by list; and the sources that need attention before the others.
func (r *Report) order() {
	lists := diff.Lists()
	slices.SortStableFunc(r.Cases, func(a, b ReportCase) int {
		if (a.Hits > 0) != (b.Hits > 0) {
			return b.Hits - a.Hits
		}
		return slices.Index(lists, a.List) - slices.Index(lists, b.List)
	})
	slices.SortStableFunc(r.Sources, func(a, b SourceReport) int {
		if a.Trouble() != b.Trouble() {
			if a.Trouble() {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
}

// wantedBy are the Changes that any of the rules wants, in the order of the Case. Taken-back ones carry why.
func wantedBy(rules []Rule, pc PendingCase, changes []PendingChange) []Item {
	var items []Item
	fallen, there := map[string]string{}, map[string]bool{}
	all := slices.Clone(changes)
	for i := range all {
		if why := all[i].Retracted; why != "" {
			fallen[all[i].ID], all[i].Retracted = why, ""
		}
	}
	pc.Changes = all
	for i, r := range rules {
		wanted, spent := r.wanted(pc)
		if spent {
			rules[i].If = nil // counts as met for the rest of the digest, which must not wait for it
		}
		for _, it := range wanted {
			if !there[it.Change.ID] {
				there[it.Change.ID] = true
				items = append(items, it)
			}
		}
	}
	items = inOrder(pc, items)
	for i := range items {
		items[i].Retracted = fallen[items[i].Change.ID]
	}
	return items
}

// reportCase is one Case of a digest. ok is false where no rule wants any of it, or nothing of it concerns anybody:
// what came and went within the period, editorial steps.
func (m composer) reportCase(pc PendingCase, rules []Rule) (rc ReportCase, ok bool) {
	if len(pc.Standing) == 0 {
		pc.Standing = pc.Changes
	}
	all := wantedBy(rules, pc, pc.Standing)
	for i := range all {
		all[i].Change = asItStands(all[i].Change)
	}
	items := wantedBy(rules, pc, pc.Changes)
	reading := slices.ContainsFunc(rules, func(r Rule) bool { return r.wantsReading(pc) })
	if len(all) == 0 && !reading {
		return rc, false
	}
	why := pc.whollyRetracted()
	if why != "" {
		items = all
		for i := range items {
			items[i].Retracted = why
		}
	}
	moved := len(items) == 0 && !reading
	if moved && len(pc.Stages) == 0 && len(pc.Notes) == 0 {
		return rc, false
	}
	rc = ReportCase{Message: m.reportMessage(pc, items, all, why, moved), List: pc.list(all), moved: moved, again: repeated(standing(items))}
	rc.Hits, rc.Message.Hits, rc.News = len(rc.Message.Hits), nil, nil // the digest says them for all Cases
	if why == "" {
		rc.unread = pc.unread()
	}
	return rc, true
}

// list is the list that the Case is sorted by: of its first Change, or of the document that could not be read.
func (pc PendingCase) list(items []Item) diff.ListID {
	if len(items) > 0 {
		return items[0].Change.List
	}
	for _, n := range pc.Notes {
		if len(n.Lists) > 0 {
			return n.Lists[0]
		}
	}
	return ""
}

// whollyRetracted is why nothing of a Case holds at the cut-off; "" where something does.
func (pc PendingCase) whollyRetracted() string {
	if why := pc.ended(); why != "" {
		return why
	}
	if pc.Case.Status != diff.Withdrawn {
		return ""
	}
	for _, c := range pc.Standing {
		if c.Retracted != "" {
			return c.Retracted
		}
	}
	return "it was withdrawn"
}

// reportMessage is a Case of a digest as a message: what is new in it, or that it moved on, or that it does not hold.
func (m composer) reportMessage(pc PendingCase, items, all []Item, why string, moved bool) Message {
	holds := slices.DeleteFunc(slices.Clone(items), func(i Item) bool { return i.Retracted != "" })
	gone := slices.DeleteFunc(slices.Clone(items), func(i Item) bool { return i.Retracted == "" })
	msg := m.caseMessage(KindDigest, pc, holds)
	msg.Headline = msg.Subject + certainty(changesOf(holds)) + unreadLead(pc) // whom of ours it touches stands at the digest's head
	reasons := map[string]string{}
	for i := range gone {
		reasons[gone[i].Change.ID] = gone[i].Retracted
		gone[i].Retracted, gone[i].Hits = "", nil
	}
	fallen := compact(gone)
	for i := range fallen {
		fallen[i].Retracted = cmp.Or(why, reasons[fallen[i].Change.ID])
	}
	switch {
	case why != "":
		msg.withoutPromises()
		msg.Headline = "RETRACTED: " + cmp.Or(Headline(changesOf(gone)), msg.Subject)
		msg.Reason = strings.TrimSuffix(why, ".") + ". It does not hold."
		msg.NeedsHuman, msg.Hits = nil, nil
		for i := range fallen {
			fallen[i].Retracted = stateRetracted // the reason stands above
		}
	case len(gone) > 0 && len(holds) == 0:
		msg.Headline = "RETRACTED in part: " + Headline(changesOf(gone))
	case len(gone) > 0:
		msg.Headline += fmt.Sprintf("; %d retracted", len(gone))
	case repeated(holds):
		msg.Headline = pc.againLead() + msg.Headline
	case moved:
		msg.Headline = pc.progressLead(stagesOf(pc.Stages)) + Headline(changesOf(standing(all)))
		msg.Savings = "" // an earlier issue quoted it with the parties
	}
	msg.Items = append(msg.Items, fallen...)
	return msg
}

func standing(all []Item) []Item {
	return slices.DeleteFunc(slices.Clone(all), func(i Item) bool { return i.Retracted != "" })
}

// Empty reports whether a digest has nothing to say but that all is well.
func (r *Report) Empty() bool {
	return r.nothing() && allWell(r.Sources)
}

// nothing reports whether a digest, of all whose parts this may be one, tells nothing.
func (r *Report) nothing() bool { return len(r.Cases)+r.Further+len(r.News) == 0 }

// Assurance is the one line that an empty digest consists of, and that closes every other: what was checked, how
// often, and that nothing else changed.
func (r *Report) Assurance(loc *time.Location) string {
	checks, good := 0, 0
	var oldest, newest time.Time // zero where one of them is not known
	for _, s := range r.Sources {
		if s.Trouble() {
			continue
		}
		checks += s.Checks
		if good++; good == 1 || s.LastGood.Before(oldest) {
			oldest = s.LastGood
		}
		if s.LastGood.After(newest) {
			newest = s.LastGood
		}
	}
	els := " that this digest's rules collect"
	if !r.nothing() {
		els = " else" + els
	}
	checked := times(checks)
	if !oldest.IsZero() {
		checked += map[bool]string{true: ", each last at ", false: ", last at "}[good > 1] + Moment(oldest, loc)
		if Moment(oldest, loc) != Moment(newest, loc) {
			checked += " or later"
		}
	}
	all := plural(len(r.Sources), "source")
	switch {
	case len(r.Sources) == 0:
		return "No source is configured: this silence means nothing."
	case good == 0 && len(r.Sources) == 1:
		return "Its one source could not be relied on: this silence means nothing."
	case good == 0:
		return fmt.Sprintf("None of %s could be relied on: this silence means nothing.", all)
	case good < len(r.Sources):
		other := "other source"
		if n := len(r.Sources) - good; n > 1 {
			other = fmt.Sprintf("other %d sources", n)
		}
		return fmt.Sprintf("Nothing%s has changed in %d of %s, checked %s. What the %s showed is not known.",
			els, good, all, checked, other)
	}
	return fmt.Sprintf("Nothing%s has changed: %s checked %s.", els, all, checked)
}

// times is how often something was done: "once", "24 times".
func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
