package notify

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// Most of these a message says in full; the rest is counted.
const (
	maxNeeds = 20
	maxNews  = 5
	// maxSavings is in characters; a savings clause that is longer is cut at the end of a sentence.
	maxSavings = 1500
)

// composer makes messages of Cases. It is a pure function of the Case and these values.
type composer struct {
	now       time.Time // of the text
	location  *time.Location
	publicURL string
	masses    Masses
}

// caseMessage is a message about a Case with the Changes that one recipient is told. All parts of the text but the headline's lead-in
// are the same for every kind.
func (m composer) caseMessage(kind Kind, pc PendingCase, items []Item) Message {
	masses, rest := m.masses.split(items)
	msg := Message{
		Kind: kind, Severity: Normal, AsOf: m.now, Zone: m.zone(), Case: pc.Case.ID, Status: pc.Case.Status, Act: ActFacts(pc.Act),
		Stages: StageTimes(pc.Case), Items: append(masses, compact(rest)...), Counts: CountChanges(changesOf(items)), Terms: SharedTerms(items),
		NeedsHuman: needsHuman(pc, items), Notes: notesOf(items), Links: m.links(pc), Part: 1, Parts: 1,
		News: newest(pc),
	}
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
	msg.Headline += certainty(items) + touches(msg.Hits)
	return msg
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

// certainty ends the headline of Changes of which none is confirmed: nobody may take them for the law.
func certainty(items []Item) string {
	if len(items) == 0 || slices.ContainsFunc(items, func(i Item) bool { return !i.Change.Unconfirmed }) {
		return ""
	}
	return ", not yet confirmed"
}

// touches ends the headline where our own parties are concerned: on a phone it is all that is read.
func touches(hits []Hit) string {
	ours := map[[2]string]bool{}
	for _, h := range hits {
		ours[[2]string{h.Counterparties, h.ID}] = true
	}
	switch len(ours) {
	case 0:
		return ""
	case 1:
		return "; touches 1 of our counterparties"
	}
	return fmt.Sprintf("; touches %d of our counterparties", len(ours))
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
		Number: a.DocumentNumber, Citation: a.Citation, Title: a.Title, Type: a.Type, Agencies: a.Agencies,
		FiledOn: a.FiledOn, PublishedOn: a.PublishedOn, EffectiveOn: a.EffectiveOn, URLs: safeURLs(a.URLs),
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

// SharedTerms are the licence terms of most additions among the Items, and the date and the note of all of them; nil where there is none of
// these.
func SharedTerms(items []Item) *Terms {
	t := Terms{EffectiveOn: sharedDate(items), Note: sharedNote(items)}
	if e, n, of := mostTerms(items); n >= 2 {
		t.Requirement, t.Policy, t.N, t.Of = e.LicenseRequirement, e.LicenseReviewPolicy, n, of
	}
	if t == (Terms{}) {
		return nil
	}
	return &t
}

// mostTerms is an entry with the licence terms that most additions have, how many have them, and how many have any.
func mostTerms(items []Item) (e diff.Entry, most, of int) {
	n := map[[2]string]int{}
	first := map[[2]string]diff.Entry{}
	var best [2]string
	for _, it := range items {
		e := entryOf(it.Change)
		if it.Change.Change != diff.Added || e.LicenseRequirement == "" && e.LicenseReviewPolicy == "" {
			continue
		}
		of++
		k := [2]string{diff.Normalise(e.LicenseRequirement), diff.Normalise(e.LicenseReviewPolicy)}
		if _, ok := first[k]; !ok {
			first[k] = e
		}
		if n[k]++; n[k] > n[best] {
			best = k
		}
	}
	return first[best], n[best], of
}

// sharedNote is the note that all Items carry; "" where they differ.
func sharedNote(items []Item) string {
	if len(items) == 0 {
		return ""
	}
	note := items[0].Change.Note
	for _, it := range items {
		if it.Change.Note != note {
			return ""
		}
	}
	return note
}

// sharedDate is the effective date of two or more Items that all have the same; "" otherwise.
func sharedDate(items []Item) diff.Date {
	if len(items) < 2 {
		return ""
	}
	day := items[0].Change.EffectiveOn
	for _, it := range items {
		if it.Change.EffectiveOn != day {
			return ""
		}
	}
	return day
}

// needsHuman is what is not certain: the document's own problems first, then those of single parties.
func needsHuman(pc PendingCase, items []Item) []string {
	var out []string
	if a := pc.Act; a != nil {
		if n := unreadAmendments(a); n > 0 {
			out = append(out, unreadText(n, len(a.Amendments)))
		}
		out = append(out, nonEmpty([]string{a.ReadThis})...)
		out = append(out, problemTexts(a.Problems)...)
	}
	for _, n := range pc.Notes {
		// those that take something back are a retraction's reason, and what is confirmed is certain
		if n.Kind != NoteWithdrawn && n.Kind != NoteNeverPublished && n.Kind != NoteConfirmed {
			out = append(out, pc.beyondAct(n)...)
		}
	}
	out = append(out, problemTexts(pc.Case.Problems)...)
	for _, it := range items {
		for _, t := range problemTexts(it.Change.Problems) {
			out = append(out, it.Change.Name+": "+t)
		}
	}
	out = distinct(out)
	if len(out) > maxNeeds {
		out = append(out[:maxNeeds], fmt.Sprintf("and %d more, shown with the parties and in the Case", len(out)-maxNeeds))
	}
	return out
}

func unreadText(n, of int) string {
	verb := "need"
	if n == 1 {
		verb = "needs"
	}
	return fmt.Sprintf("%d of %s %s a human: open the document", n, plural(of, "instruction"), verb)
}

// distinct keeps the first of the texts that differ in punctuation only: an act and its Case often say the same.
func distinct(texts []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(texts, func(s string) bool {
		n := diff.Normalise(s)
		defer func() { seen[n] = true }()
		return s == "" || seen[n]
	})
}

// beyondAct are the lines of a note that do not merely repeat what the document's own problems say.
func (pc PendingCase) beyondAct(n CaseNote) []string {
	said := map[string]bool{"": true}
	if pc.Act != nil {
		said[pc.Act.ReadThis] = true
		for _, p := range pc.Act.Problems {
			said[strings.TrimSpace(p.Text+" "+p.Where)] = true
		}
	}
	return slices.DeleteFunc(strings.Split(n.Text, "\n"), func(line string) bool { return said[line] })
}

func unreadAmendments(a *diff.Act) (n int) {
	for _, am := range a.Amendments {
		if diff.NeedsHuman(am.Problems) {
			n++
		}
	}
	return n
}

// notesOf are the remarks that Changes carry, once each, with a number where not all have it.
func notesOf(items []Item) []string {
	var order []string
	n := map[string]int{}
	count := func(note string) {
		if note == "" {
			return
		}
		if n[note]++; n[note] == 1 {
			order = append(order, note)
		}
	}
	for _, it := range items {
		count(it.Change.Note)
		count(unconfirmed(it.Change))
	}
	for i, note := range order {
		if n[note] < len(items) {
			order[i] = fmt.Sprintf("%s (%d of %d)", note, n[note], len(items))
		}
	}
	return order
}

func (m composer) links(pc PendingCase) []Link {
	var out []Link
	if pc.Act != nil {
		urls := safeURLs(pc.Act.URLs)
		for _, l := range []Link{{"document", "Federal Register", "html"}, {"inspection", "Public inspection", "inspection"}, {"pdf", "PDF", "pdf"}} {
			if u := urls[l.URL]; u != "" {
				out = append(out, Link{l.Rel, l.Label, u})
			}
		}
	}
	if m.publicURL != "" {
		out = append(out, Link{"case", "Case", strings.TrimSuffix(m.publicURL, "/") + "/cases/" + url.PathEscape(pc.Case.ID)})
	}
	return out
}

// safeURLs keeps web addresses only: nothing from outside may bring a script or a file into a message.
func safeURLs(urls map[string]string) map[string]string {
	out := map[string]string{}
	for k, s := range urls {
		if u, err := url.Parse(s); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
			out[k] = u.String()
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// shorten cuts a text at the end of a sentence, and says so.
func shorten(s string, limit int) string {
	rs := []rune(s)
	if len(rs) <= limit {
		return s
	}
	s = string(rs[:limit])
	if i := strings.LastIndex(s, ". "); i > limit/2 {
		s = s[:i+1]
	} else if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return s + " […] (the rest stands in the document)"
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
