package notify

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// overhead is what the frame of a message and of one party takes beside its texts, in the units of Limits.Weigh.
const (
	frameOverhead = 600
	itemOverhead  = 60
	valueOverhead = 4
)

// Split makes the parts of a message that a channel with these limits can carry. What fits stays one message. What
// does not becomes a summary without parties, then parts with parties, cut between parties, or within a very large one
// between two of its aliases or addresses, never within a name; and, where the channel takes files, the full list as
// CSV.
func Split(m Message, l Limits) []Message {
	if l.Weigh == nil {
		l.Weigh = utf8.RuneCountInString
	}
	m = Trim(m, l)
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
		part := m.further()
		part.Terms, part.Items = m.Terms, chunk
		parts = append(parts, part)
	}
	if l.Attach {
		file := m.further()
		file.Attachment = m.listFile()
		parts = append(parts, file)
	}
	return numbered(parts)
}

// further is a message with the frame of this one, for what this one has no room for.
func (m Message) further() Message {
	return Message{
		Kind: m.Kind, Headline: m.Headline, Severity: m.Severity, Rules: m.Rules, AsOf: m.AsOf, Zone: m.Zone, Case: m.Case,
		Act: m.Act, Stage: m.Stage, Revision: m.Revision, Short: m.Short,
	}
}

// loud reports whether nobody may overlook the message: who was told of a Case reads no old thread for what is taken
// back, for parties that it did not name, or to be reminded.
func (m Message) loud() bool {
	switch m.Kind {
	case KindRetraction, KindReminder:
		return true
	case KindUpdate:
		return len(m.Items)+m.Unlisted > 0
	}
	return false
}

// numbered are the parts of one message, each with its place among them.
func numbered(parts []Message) []Message {
	for i := range parts {
		parts[i].Part, parts[i].Parts = i+1, len(parts)
	}
	return parts
}

func (l Limits) fits(size, items int) bool {
	return (l.Size == 0 || size <= l.Size) && (l.Items == 0 || items <= l.Items)
}

// headWeight is the size of everything in a message but its parties.
func headWeight(m Message, l Limits) int {
	m.Items, m.Digest = nil, nil
	n := frameOverhead + l.Weigh(m.Title()) + valueOverhead
	return n + sectionsWeight(m.caseSections(), l)
}

func sectionsWeight(all []Section, l Limits) (n int) {
	for _, s := range inert(all) {
		n += sectionWeight(s, l)
	}
	return n
}

func sectionWeight(s Section, l Limits) int {
	n := l.Weigh(s.Title) + valueOverhead + linesWeight(s.Facts, l)
	for _, t := range s.Texts {
		n += l.Weigh(t) + valueOverhead
	}
	for _, r := range s.Stories {
		n += l.Weigh(r.Title) + l.Weigh(r.URL) + l.Weigh(r.About) + itemOverhead + linksWeight(r.Also, valueOverhead, l) +
			linesWeight(r.Lines, l)
	}
	for _, p := range s.Parties {
		n += itemOverhead + l.Weigh(p.Name) + linesWeight(p.Lines, l)
	}
	return n + linksWeight(s.Links, itemOverhead, l)
}

func linesWeight(all []Line, l Limits) (n int) {
	for _, f := range all {
		n += l.Weigh(f.Label) + valueOverhead
		for _, v := range f.Values {
			n += l.Weigh(v) + valueOverhead
		}
	}
	return n
}

func linksWeight(all []Link, overhead int, l Limits) (n int) {
	for _, k := range all {
		n += l.Weigh(k.URL) + l.Weigh(k.Label) + overhead
	}
	return n
}

func itemWeight(it Item, shared *Terms, l Limits) int {
	return sectionWeight(Section{Parties: []Party{it.party(shared)}}, l)
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

// pieces divides a party that is larger than a part between its lines, and within a line between its values. A single
// value that is larger than a part is divided at a blank.
func pieces(it Item, shared *Terms, l Limits) []Item {
	if l.Size == 0 || itemWeight(it, shared, l) <= l.Size {
		return []Item{it}
	}
	next := it
	next.Said, next.Mass = []Line{}, lightMass(it.Mass)
	base := itemWeight(next, shared, l)
	size := base
	var out []Item
	turn := func() {
		out = append(out, next)
		c := it.Change
		c.Entry, c.Before, c.After, c.Fields = nil, nil, nil, nil
		next = Item{Change: c, Mass: next.Mass, Continued: true, Said: []Line{}}
		size = base
	}
	for _, line := range it.lines(shared) {
		lead := l.Weigh(line.Label) + valueOverhead
		for _, v := range broken(line.Values, max(l.Size-base-lead-2*valueOverhead, itemOverhead), l) {
			w := l.Weigh(v) + valueOverhead + 2
			if n := len(next.Said); n == 0 || next.Said[n-1].Label != line.Label {
				w += lead
			}
			if size+w > l.Size && len(next.Said) > 0 {
				turn()
			}
			if n := len(next.Said); n > 0 && next.Said[n-1].Label == line.Label {
				next.Said[n-1].Values = append(next.Said[n-1].Values, v)
			} else {
				next.Said = append(next.Said, Line{line.Label, []string{v}, line.Kind})
			}
			size += w
		}
	}
	return append(out, next)
}

// lightMass says of how many entries an edit is, without them: they stand in the lines.
func lightMass(m *Mass) *Mass {
	if m == nil {
		return nil
	}
	return &Mass{Of: m.Of}
}

// broken are values of which none weighs more than room, in their order; what is too long goes on in the next one.
func broken(values []string, room int, l Limits) []string {
	var out []string
	for _, v := range values {
		for l.Weigh(v) > room {
			head := startOf(v, room, l)
			out = append(out, strings.TrimSpace(head))
			v = v[len(head):]
		}
		out = append(out, v)
	}
	return nonEmpty(out)
}

// startOf is the longest start of a text that weighs no more than room, up to a blank where there is one in its second
// half.
func startOf(s string, room int, l Limits) string {
	ends := make([]int, 0, len(s))
	for i := range s {
		if i > 0 {
			ends = append(ends, i)
		}
	}
	n := sort.Search(len(ends), func(i int) bool { return l.Weigh(s[:ends[i]]) > room })
	head := s[:ends[max(n-1, 0)]]
	if i := strings.LastIndexByte(head, ' '); i > len(head)/2 {
		return head[:i+1]
	}
	return head
}
