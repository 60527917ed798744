package email

import (
	"strings"
	"time"

	"entitywatch/notify"
)

// view is a mail as both of its parts show it: blocks from the most urgent to the least.
type view struct {
	Title       string
	Lead        string // one sentence under the title
	Blocks      []block
	Unsubscribe string // the one-click address, "" without one
	Foot        string
}

// block is a heading with facts, sentences, parties and links below it; empty ones are left out.
type block struct {
	Title   string
	Tone    tone
	Facts   []notify.Line
	Texts   []string
	Parties []party
	Links   []notify.Link
}

type tone string

const (
	alarm tone = "alarm" // must be acted on
	calm  tone = "calm"
)

type party struct {
	Name  string
	Lines []notify.Line
}

func (b block) empty() bool {
	return len(b.Facts)+len(b.Texts)+len(b.Parties)+len(b.Links) == 0
}

func (c *Channel) view(m notify.Message) view {
	v := view{Title: notify.Clean(m.Headline), Lead: lead(m)}
	if m.Digest != nil {
		v.Blocks = digestBlocks(m)
	} else {
		v.Blocks = caseBlocks(m)
	}
	kept := v.Blocks[:0]
	for _, b := range v.Blocks {
		if !b.empty() {
			kept = append(kept, b)
		}
	}
	v.Blocks = kept
	sub := notify.Subscription{Channel: c.Name, Recipient: m.Recipient}
	if m.Digest != nil {
		sub.Digest = m.Digest.Name
	}
	if c.PublicURL != "" {
		v.Unsubscribe = c.Signer.Link(strings.TrimSuffix(c.PublicURL, "/"), sub)
	}
	v.Foot = foot(m)
	return v
}

var leads = map[notify.Kind]string{
	notify.KindUpdate:   "A further step of a Case that you were told of.",
	notify.KindReminder: "Nobody has acknowledged this Case in time.",
	notify.KindOperator: "About the monitor itself, not about a listed party.",
	notify.KindNews:     "A report of the press. No list has changed because of it.",
}

func lead(m notify.Message) string { return leads[m.Kind] }

func caseBlocks(m notify.Message) []block {
	blocks := []block{
		{Title: "Why", Tone: alarm, Texts: clean(m.Reason)},
		{Title: "Our counterparties", Tone: alarm, Texts: hits(m.Hits)},
		{Title: "Needs a human", Tone: alarm, Texts: clean(m.NeedsHuman...)},
		{Title: "What", Facts: facts(m)},
	}
	for _, g := range notify.Groups(m.Items) {
		blocks = append(blocks, block{Title: notify.Clean(g.Title()), Parties: parties(g.Items, m.Terms)})
	}
	if m.Others > 0 {
		blocks = append(blocks, block{Title: "Not shown", Texts: []string{m.OthersText()}})
	}
	return append(blocks, block{Title: "In the news", Links: newsLinks(m.News)}, block{Title: "Read on", Links: m.Links})
}

func facts(m notify.Message) []notify.Line {
	var out []notify.Line
	add := func(label string, values ...string) {
		if values = clean(values...); len(values) > 0 {
			out = append(out, notify.Line{Label: label, Values: values})
		}
	}
	if a := m.Act; a != nil {
		add("Document", a.Title, a.Facts())
	}
	add("Stage", notify.StageLine(m))
	add("Still to come", m.ToCome...)
	if t := m.Terms; t != nil {
		add("Effective", string(t.EffectiveOn))
		add("Licence needed", t.Requirement)
		add("Review policy", t.Policy, t.Scope())
	}
	add("Savings clause", m.Savings)
	add("Notes", m.Notes...)
	if m.Ask != nil {
		add("Acknowledge before", notify.Moment(m.Ask.Before, m.Location()))
	}
	return out
}

func parties(items []notify.Item, terms *notify.Terms) []party {
	out := make([]party, len(items))
	for i, it := range items {
		name := notify.Clean(it.Change.Name)
		if it.Continued {
			name += " (continued)"
		}
		lines := it.Lines(terms)
		for j := range lines {
			lines[j].Values = clean(lines[j].Values...)
		}
		out[i] = party{Name: name, Lines: lines}
	}
	return out
}

func foot(m notify.Message) string {
	parts := []string{"EntityWatch, as of " + notify.Moment(m.AsOf, m.Location())}
	if len(m.Rules) > 0 {
		word := "rule "
		if len(m.Rules) > 1 {
			word = "rules "
		}
		parts = append(parts, "sent by the "+word+notify.Clean(strings.Join(m.Rules, ", ")))
	}
	if m.Case != "" && m.Digest == nil {
		parts = append(parts, notify.Clean(m.Case))
	}
	return strings.Join(parts, " · ")
}

func hits(hs []notify.Hit) []string {
	out := make([]string, len(hs))
	for i, h := range hs {
		out[i] = notify.Clean(h.Text())
	}
	return out
}

func newsLinks(refs []notify.NewsRef) []notify.Link {
	var out []notify.Link
	for _, r := range refs {
		label := joinWith(" · ", r.Title, r.Feed, strings.Join(r.Names, ", "))
		if !r.Published.IsZero() {
			label += " · " + r.Published.Format(time.DateOnly)
		}
		out = append(out, notify.Link{Rel: "news", Label: notify.Clean(label), URL: r.URL})
		for _, u := range r.Also {
			out = append(out, notify.Link{Rel: "news", Label: notify.Clean("also at " + notify.Host(u)), URL: u})
		}
	}
	return out
}

func clean(values ...string) []string {
	var out []string
	for _, v := range values {
		if v = notify.Clean(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

func joinWith(sep string, parts ...string) string {
	return strings.Join(clean(parts...), sep)
}
