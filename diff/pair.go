package diff

import (
	"cmp"
	"slices"
	"strings"
)

// pairing says which entry of a newer reading is which of an older one: index by index, -1 for none. docs/IDENTITY.md is its rule.
type pairing struct {
	old, new       []Entry
	newOf, oldOf   []int
	spareO, spareN []int // not paired yet, without an id of their source
}

func pair(old, new []Entry) *pairing {
	p := &pairing{old: old, new: new, newOf: unpaired(len(old)), oldOf: unpaired(len(new))}
	p.byKey()
	if p.rest(); len(p.spareO) == 0 || len(p.spareN) == 0 {
		return p
	}
	p.byBucket(nameAndCountry())
	fold := countryFolder()
	p.byBucket(func(e *Entry) string { return fold(e.Country) + "\x1f" + strung(e) })
	p.byHeading()
	p.byLikeness()
	return p
}

func unpaired(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = -1
	}
	return s
}

func (p *pairing) join(o, n int) { p.newOf[o], p.oldOf[n] = n, o }

// rest lists what is still to be paired by more than its key.
func (p *pairing) rest() {
	p.spareO, p.spareN = spare(p.old, p.newOf), spare(p.new, p.oldOf)
}

func spare(entries []Entry, paired []int) (out []int) {
	for i, j := range paired {
		if j < 0 && !HasSourceID(entries[i].Key) {
			out = append(out, i)
		}
	}
	return out
}

// byKey pairs equal keys. Where several entries share a key, its ordinal says nothing (it moves when one of them comes or goes), so
// such a group is told apart by its content.
func (p *pairing) byKey() {
	groups := map[string]*group{}
	crowded(groups, p.old)
	crowded(groups, p.new)
	index := make(map[string]int, len(p.old))
	for i := range p.old {
		if base, _ := cutOrdinal(p.old[i].Key); groups[base] != nil {
			groups[base].old = append(groups[base].old, i)
		} else {
			index[p.old[i].Key] = i
		}
	}
	for n := range p.new {
		if base, _ := cutOrdinal(p.new[n].Key); groups[base] != nil {
			groups[base].new = append(groups[base].new, n)
		} else if o, ok := index[p.new[n].Key]; ok && p.newOf[o] < 0 {
			p.join(o, n)
		}
	}
	for _, g := range groups {
		p.assign(g)
	}
}

// group is entries that one name stands for.
type group struct{ old, new []int }

// crowded notes the keys that carry ordinals.
func crowded(groups map[string]*group, entries []Entry) {
	for i := range entries {
		if base, ok := cutOrdinal(entries[i].Key); ok && groups[base] == nil {
			groups[base] = &group{}
		}
	}
}

// byBucket pairs the spare entries for which of gives the same text.
func (p *pairing) byBucket(of func(*Entry) string) {
	groups := map[string]*group{}
	for _, o := range p.spareO {
		k := of(&p.old[o])
		if groups[k] == nil {
			groups[k] = &group{}
		}
		groups[k].old = append(groups[k].old, o)
	}
	for _, n := range p.spareN {
		if g := groups[of(&p.new[n])]; g != nil {
			g.new = append(g.new, n)
		}
	}
	for _, g := range groups {
		p.assign(g)
	}
	p.rest()
}

// nameAndCountry is the bucket of entries whose names differ editorially. An address entry is known by its addresses.
func nameAndCountry() func(*Entry) string {
	fold := countryFolder()
	return func(e *Entry) string {
		name := letters(e.Name)
		if e.Kind == Address && len(e.Addresses) > 0 {
			name = "@" + strings.Join(sortedLetters(e.Addresses), "@")
		}
		return fold(e.Country) + "\x1f" + name
	}
}

// countryFolder is FoldCountry with a memory: a list has a hundred headings and thousands of entries.
func countryFolder() func(string) string {
	known := map[string]string{}
	return func(country string) string {
		f, ok := known[country]
		if !ok {
			f = FoldCountry(country)
			known[country] = f
		}
		return f
	}
}

func sortedLetters(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = letters(s)
	}
	slices.Sort(out)
	return out
}

// assign pairs the members of a group: the same content first, then the most alike, then whoever is left, in the order of their
// content, so that the order of the rows never matters.
func (p *pairing) assign(g *group) {
	if len(g.old) == 1 && len(g.new) == 1 {
		p.join(g.old[0], g.new[0])
		return
	}
	if len(g.old) == 0 || len(g.new) == 0 {
		return
	}
	oc, nc := contents(p.old, g.old), contents(p.new, g.new)
	p.sameContent(oc, nc, func(c content) string { return c.exact + c.key })
	p.sameContent(oc, nc, func(c content) string { return c.exact })
	p.sameContent(oc, nc, func(c content) string { return c.text })
	oc, nc = p.left(oc, p.newOf), p.left(nc, p.oldOf)
	if len(oc)*len(nc) <= maxPairs {
		p.mostAlike(oc, nc)
		oc, nc = p.left(oc, p.newOf), p.left(nc, p.oldOf)
	}
	for i := range min(len(oc), len(nc)) {
		p.join(oc[i].at, nc[i].at)
	}
}

// maxPairs bounds the work on a degenerate group (thousands of rows of one name, as a broken parser would yield).
const maxPairs = 20_000

// content is an entry as a set of folded items, and as one text to sort by.
type content struct {
	at    int
	items map[string]bool
	text  string
	exact string // to the letter
	key   string
}

func contents(entries []Entry, at []int) []content {
	out := make([]content, len(at))
	for i, j := range at {
		out[i] = contentOf(&entries[j], j)
		out[i].exact, out[i].key = exactText(&entries[j]), entries[j].Key
		if name := letters(entries[j].Name); name != "" { // equals of a source's id may have different ones
			out[i].items["n"+name] = true
			out[i].text = name + "\x1f" + out[i].text
		}
	}
	slices.SortStableFunc(out, func(a, b content) int {
		return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.exact, b.exact), cmp.Compare(a.key, b.key))
	})
	return out
}

func contentOf(e *Entry, at int) content {
	c := content{at: at, items: map[string]bool{}}
	add := func(mark string, items []item) {
		for _, x := range items {
			c.items[mark+x.fold] = true
		}
	}
	add("a", texts(e.Addresses))
	add("n", texts(e.OtherNames()))
	add("c", citations(e.Citations))
	add("o", texts(e.Notes))
	add("i", ids(e.IDs))
	add("t", attributes(e.Attributes))
	add("g", texts(e.Programs))
	add("f", marks(e.Footnotes))
	add("r", texts([]string{e.LicenseRequirement}))
	add("p", texts([]string{e.LicenseReviewPolicy, parentText(e.Parent), e.Remarks}))
	keys := make([]string, 0, len(c.items))
	for k := range c.items {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	c.text = strings.Join(keys, "\x1f")
	return c
}

// sameContent pairs what is not paired yet and of which a text is the same.
func (p *pairing) sameContent(oc, nc []content, text func(content) string) {
	at := map[string][]int{}
	for _, o := range p.left(oc, p.newOf) {
		at[text(o)] = append(at[text(o)], o.at)
	}
	for _, n := range p.left(nc, p.oldOf) {
		if list := at[text(n)]; len(list) > 0 {
			p.join(list[0], n.at)
			at[text(n)] = list[1:]
		}
	}
}

func (p *pairing) left(list []content, paired []int) (out []content) {
	for _, c := range list {
		if paired[c.at] < 0 {
			out = append(out, c)
		}
	}
	return out
}

// mostAlike pairs greedily by the number of items in common; addresses and names count more than the rest.
func (p *pairing) mostAlike(oc, nc []content) {
	type cand struct{ o, n, score int }
	var cands []cand
	for _, o := range oc {
		for _, n := range nc {
			if s := common(o.items, n.items); s > 0 {
				cands = append(cands, cand{o.at, n.at, s})
			}
		}
	}
	slices.SortStableFunc(cands, func(a, b cand) int { return b.score - a.score })
	for _, c := range cands {
		if p.newOf[c.o] < 0 && p.oldOf[c.n] < 0 {
			p.join(c.o, c.n)
		}
	}
}

// An item is a fold with its field's letter before it; empty ones say nothing.
func common(a, b map[string]bool) (n int) {
	for k := range a {
		switch {
		case !b[k] || len(k) == 1:
		case k[0] == 'a' || k[0] == 'n':
			n += rareItem
		default:
			n++
		}
	}
	return n
}

// rareItem is what an address or another name weighs; it outweighs everything that neighbors may share.
const rareItem = 100
