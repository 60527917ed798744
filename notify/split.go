package notify

import (
	"fmt"
	"unicode/utf8"
)

// overhead is what the frame of a message and of one party takes beside its texts, in the units of Limits.Weigh.
const (
	frameOverhead = 600
	itemOverhead  = 60
	valueOverhead = 4
)

// Split makes the parts of a message that a channel with these limits can carry. What fits stays one message. What does not becomes a
// summary without parties, then parts with parties, cut between parties, or within a very large one between two of its aliases or
// addresses, never within a name; and, where the channel takes files, the full list as CSV.
func Split(m Message, l Limits) []Message {
	if l.Weigh == nil {
		l.Weigh = utf8.RuneCountInString
	}
	if m.Digest != nil {
		return splitDigest(m, l)
	}
	total := headWeight(m, l)
	for _, it := range m.Items {
		total += itemWeight(it, m.Terms, l)
	}
	if l.fits(total, len(m.Items)) {
		m.Part, m.Parts = 1, 1
		return []Message{m}
	}
	head := m
	head.Items = nil
	parts := []Message{head}
	for _, chunk := range chunks(m.Items, m.Terms, l) {
		parts = append(parts, Message{
			Kind: m.Kind, Headline: m.Headline, Severity: m.Severity, Rules: m.Rules, AsOf: m.AsOf, Zone: m.Zone, Case: m.Case, Act: m.Act,
			Stage: m.Stage, Terms: m.Terms, Revision: m.Revision, Items: chunk,
		})
	}
	if l.Attach {
		parts = append(parts, attachment(m))
	}
	for i := range parts {
		parts[i].Part, parts[i].Parts = i+1, len(parts)
	}
	return parts
}

func (l Limits) fits(size, items int) bool {
	return (l.Size == 0 || size <= l.Size) && (l.Items == 0 || items <= l.Items)
}

func attachment(m Message) Message {
	number := m.Case
	if m.Act != nil {
		number = m.Act.Number
	}
	return Message{
		Kind: m.Kind, Headline: m.Headline, Severity: m.Severity, Rules: m.Rules, AsOf: m.AsOf, Zone: m.Zone, Case: m.Case, Act: m.Act,
		Stage: m.Stage, Revision: m.Revision,
		Attachment: &File{Name: fmt.Sprintf("entitywatch-%s.csv", fileName(number)), Type: "text/csv", Data: CSV(m.Items)},
	}
}

// headWeight is the size of everything in a message but its parties.
func headWeight(m Message, l Limits) int {
	n := frameOverhead
	texts := [][]string{{m.Headline, m.Headline, m.Savings, m.Reason}, m.ToCome, m.NeedsHuman, m.Notes}
	if m.Act != nil {
		texts = append(texts, []string{m.Act.Title, m.Act.Citation}, m.Act.Agencies)
	}
	if m.Terms != nil {
		texts = append(texts, []string{m.Terms.Requirement, m.Terms.Policy})
	}
	for _, t := range texts {
		for _, s := range t {
			n += l.Weigh(s) + valueOverhead
		}
	}
	for _, r := range m.News {
		n += l.Weigh(r.Title) + l.Weigh(r.URL) + l.Weigh(r.Feed) + itemOverhead + alsoWeight(r, l)
	}
	for _, h := range m.Hits {
		n += l.Weigh(h.Text()) + valueOverhead
	}
	for _, k := range m.Links {
		n += l.Weigh(k.URL) + l.Weigh(k.Label) + itemOverhead
	}
	return n
}

func alsoWeight(r NewsRef, l Limits) (n int) {
	for _, u := range r.Also {
		n += l.Weigh(u) + l.Weigh(Host(u)) + valueOverhead
	}
	return n
}

func itemWeight(it Item, shared *Terms, l Limits) int {
	n := itemOverhead + l.Weigh(it.Change.Name)
	for _, line := range it.Lines(shared) {
		n += l.Weigh(line.Label) + valueOverhead
		for _, v := range line.Values {
			n += l.Weigh(v) + valueOverhead
		}
	}
	return n
}

// chunks puts Items into parts in their order. A party that is larger than a part is divided first.
func chunks(items []Item, shared *Terms, l Limits) [][]Item {
	if l.Size > frameOverhead {
		l.Size -= frameOverhead
	}
	var out [][]Item
	var part []Item
	size := 0
	for _, it := range items {
		for _, piece := range pieces(it, shared, l) {
			w := itemWeight(piece, shared, l)
			if len(part) > 0 && !l.fits(size+w, len(part)+1) {
				out, part, size = append(out, part), nil, 0
			}
			part = append(part, piece)
			size += w
		}
	}
	return append(out, part)
}

// pieces divides a party that is larger than a part between its aliases, addresses or amended fields.
func pieces(it Item, shared *Terms, l Limits) []Item {
	if l.Size == 0 || itemWeight(it, shared, l) <= l.Size {
		return []Item{it}
	}
	e := entryOf(it.Change)
	lists := []*[]string{&e.Aliases, &e.WeakAliases, &e.FormerNames, &e.Addresses}
	rest := make([][]string, len(lists))
	for i, p := range lists {
		rest[i], *p = *p, nil
	}
	fields, mass := it.Change.Fields, it.Mass
	it.Change.Fields = nil
	base := e
	next := func() Item {
		p, c := it, base
		p.Change.Entry = &c
		if mass != nil {
			p.Change.Entry, p.Mass = nil, &Mass{Of: mass.Of}
		}
		return p
	}

	var out []Item
	cur := next()
	size := itemWeight(cur, shared, l)
	room := func(w int) {
		if size+w > l.Size && size > itemOverhead {
			out = append(out, cur)
			it.Continued, it.Hits = true, nil
			cur = next()
			size = itemWeight(cur, shared, l)
		}
		size += w
	}
	for i := range rest {
		for _, v := range rest[i] {
			room(l.Weigh(v) + valueOverhead + 2)
			into := []*[]string{&cur.Change.Entry.Aliases, &cur.Change.Entry.WeakAliases, &cur.Change.Entry.FormerNames, &cur.Change.Entry.Addresses}[i]
			*into = append(*into, v)
		}
	}
	for _, f := range fields {
		room(l.Weigh(f.Before) + l.Weigh(f.After) + 2*valueOverhead + 2)
		cur.Change.Fields = append(cur.Change.Fields, f)
	}
	if mass != nil {
		for _, x := range mass.Entries {
			room(l.Weigh(x.Text()) + valueOverhead + 2)
			cur.Mass.Entries = append(cur.Mass.Entries, x)
		}
	}
	return append(out, cur)
}
