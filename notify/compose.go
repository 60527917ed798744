package notify

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"entitywatch/diff"
)

// Most of these a message says in full; the rest is counted.
const (
	maxNews = 5
	// maxSavings is in characters; a savings clause that is longer is cut at the end of a sentence.
	maxSavings = 1500
	// maxTitle is how many characters of a document's title are shown; the longest of a rule so far has 320.
	maxTitle = 500
)

// composer makes messages of Cases. It is a pure function of the Case and these values.
type composer struct {
	now       time.Time // of the text
	location  *time.Location
	publicURL string
	masses    Masses
	screens   bool // counterparties are configured
}

// caseMessage is a message about a Case with the Changes that one recipient is told. All parts of the text but the
// headline's lead-in are the same for every kind.
func (m composer) caseMessage(kind Kind, pc PendingCase, items []Item) Message {
	masses, rest := m.masses.split(items)
	msg := Message{
		Kind: kind, Severity: Normal, AsOf: m.now, Zone: m.zone(), Case: pc.Case.ID, Status: pc.Case.Status,
		Act:    ActFacts(pc.Act),
		Stages: StageTimes(pc.Case), Counts: CountChanges(changesOf(items)), Terms: SharedTerms(items),
		Links: m.links(pc, items), Part: 1, Parts: 1, News: newest(pc), Corrects: corrections(pc, items),
		Brief: brief(pc, items),
	}
	_, msg.Notes = sharedNotes(items)
	if len(msg.Stages) > 0 {
		msg.Stage = msg.Stages[len(msg.Stages)-1].Stage
	}
	if pc.Act != nil {
		msg.Savings = shorten(pc.Act.SavingsClause, maxSavings)
	}
	msg.ToCome = StillToCome(pc, m.now.In(m.location))
	for _, it := range items {
		msg.Hits = append(msg.Hits, it.touched()...)
	}
	var unsaid map[string][]string
	msg.NeedsHuman, unsaid = needsHuman(pc, append(slices.Clone(masses), rest...))
	if m.screens {
		msg.NeedsHuman = append(unscreened(pc, items), msg.NeedsHuman...)
	}
	msg.Items = apart(append(masses, compact(rest)...), msg.Hits, unsaid)
	for _, n := range pc.Notes {
		if n.Kind == NoteConfirmed {
			msg.Notes = append(msg.Notes, n.Text)
		}
	}
	msg.Headline = massHeadline(masses, rest)
	if len(items) == 0 {
		msg.Headline = headlineWithoutChanges(pc)
	}
	msg.Subject = msg.Headline
	msg.Headline += certainty(changesOf(items)) + touches(msg.Hits) + unreadLead(pc)
	return msg
}

// brief reports whether parties are told by name alone, from the filed text.
func brief(pc PendingCase, items []Item) bool {
	return pc.Act != nil && pc.Act.Status == diff.ActFiled && slices.ContainsFunc(items, func(i Item) bool {
		return i.Change.Note != ""
	})
}

// newest are the reports on a Case that a message shows: those not told yet first.
func newest(pc PendingCase) []NewsRef {
	out := slices.Clone(pc.Reports)
	for _, n := range pc.News {
		if !slices.ContainsFunc(pc.Reports, func(r NewsRef) bool { return r.ID == n.ID }) {
			out = append(out, n)
		}
	}
	return out[:min(len(out), maxNews)]
}

// certainty ends the headline of Changes that are not confirmed, all or some: nobody may take them for the law.
func certainty(changes []diff.Change) string {
	n := 0
	for _, c := range changes {
		if c.Unconfirmed {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case len(changes):
		return ", not yet confirmed"
	}
	return fmt.Sprintf("; %d not yet confirmed", n)
}

func (m composer) zone() string {
	if m.location == time.UTC {
		return ""
	}
	return m.location.String()
}

func headlineWithoutChanges(pc PendingCase) string {
	title := pc.Case.Title
	if pc.Act != nil && pc.Act.Title != "" {
		title = pc.Act.Title
	}
	title = quoted(Clean(title), maxTitle)
	for _, n := range pc.Notes {
		if n.Kind == NoteReadThis {
			return "Read this: " + title
		}
	}
	return title
}

// ActFacts are what a message says of an act; nil without one.
func ActFacts(a *diff.Act) *Act {
	if a == nil {
		return nil
	}
	return &Act{
		Number: a.DocumentNumber, Citation: a.Citation, Title: quoted(a.Title, maxTitle), Type: a.Type, Agencies: a.Agencies,
		FiledOn: a.FiledOn, PublishedOn: a.PublishedOn, EffectiveOn: a.EffectiveOn, URLs: webAddresses(a.URLs),
	}
}

// StageTimes are the stages that a Case has reached, in the order in which a reader expects them.
func StageTimes(c diff.Case) []StageTime {
	var out []StageTime
	for _, s := range diff.Stages() {
		if at, ok := c.Stages[s]; ok {
			out = append(out, StageTime{s, at})
		}
	}
	return out
}

// StillToCome are sentences on the stages that a Case has not reached.
func StillToCome(pc PendingCase, now time.Time) []string {
	a := pc.Act
	if a == nil || pc.Case.Status == diff.Withdrawn {
		return nil
	}
	has := func(s diff.Stage) bool { _, ok := pc.Case.Stages[s]; return ok }
	var out []string
	if !has(diff.Published) {
		out = append(out, "publication in the Federal Register"+due(cmp.Or(a.PublishedOn, a.PlannedOn)))
	}
	today := diff.DateOf(now)
	switch {
	case a.EffectiveOn == "" && !has(diff.Effective):
		out = append(out, "entry into force: the document's effective date was not read")
	case a.EffectiveOn > today:
		out = append(out, "entry into force on "+string(a.EffectiveOn))
	}
	if !has(diff.Codified) && pc.codified() {
		out = append(out, "the text in the eCFR, usually two business days after publication")
	}
	return out
}

// codified reports whether the Case is about a list that the eCFR prints.
func (pc PendingCase) codified() bool {
	if slices.ContainsFunc(pc.Changes, func(c PendingChange) bool { return c.List.ActGoverned() }) {
		return true
	}
	return slices.ContainsFunc(pc.Told, func(t Told) bool {
		return slices.ContainsFunc(t.Message.Counts, func(c Count) bool { return c.List.ActGoverned() })
	})
}

func due(d diff.Date) string {
	if d == "" {
		return ""
	}
	return ", due on " + string(d)
}

func changesOf(items []Item) []diff.Change {
	out := make([]diff.Change, len(items))
	for i, it := range items {
		out[i] = it.Change
	}
	return out
}

// compact leaves out of stored Changes what Entry says already; Full puts it back.
func compact(items []Item) []Item {
	out := slices.Clone(items)
	for i := range out {
		c := &out[i].Change
		if c.Entry == nil {
			e := entryOf(*c)
			c.Entry = &e
		}
		switch c.Change {
		case diff.Removed:
			c.Before = nil
		default:
			c.After = nil
		}
	}
	return out
}

// Full is the Change with before and after as INTERFACE promises them, for channels that carry data.
func (i Item) Full() diff.Change {
	c := i.Change
	switch c.Change {
	case diff.Removed:
		c.Before = c.Entry
	case diff.Discrepancy:
	default:
		c.After = c.Entry
	}
	return c
}
