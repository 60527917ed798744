package mention

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// parties are the mentions that a found phrase comes to: one for each list.
func (sc *Scanner) parties(text string, f found) []Mention {
	lists := map[diff.ListID][]link{}
	var order []diff.ListID
	for _, l := range sc.book.linksOf(f.phrase) {
		id := sc.entries[l.entry].List
		if len(lists[id]) == 0 {
			order = append(order, id)
		}
		lists[id] = append(lists[id], l)
	}
	var out []Mention
	for _, l := range order {
		if m, ok := sc.mention(text, f, l, lists[l]); ok {
			out = append(out, m)
		}
	}
	return out
}

// mention is the mention that a found phrase comes to on one list, of which it names the entries of links.
func (sc *Scanner) mention(text string, f found, list diff.ListID, links []link) (Mention, bool) {
	best := closest(links, f.exact)
	n := f.naming
	whole := sc.book.phrases[f.phrase].kind
	if best.kind != whole && !(best.kind == brandName && whole.own() && sc.compatriots(f.phrase, best)) {
		n.kind, n.form = best.kind, best.form
	}
	at := f.setting &^ exactForm
	if best.exact == f.exact {
		at |= exactForm
	}
	conf := sc.weights.strength(n, at)
	if conf < sc.opts.Threshold {
		return Mention{}, false
	}
	owners, bearers := sharers(links, best, f.exact)
	main := sc.parent(bearers, f.exact)
	e := &sc.entries[main]
	m := Mention{
		List: e.List, Key: e.Key, Name: e.Name, Country: e.Country, Text: strings.TrimSpace(text[f.start:f.end]),
		Start: f.start, End: f.end,
		Confidence: math.Round(conf*100) / 100, Reason: sc.weights.reason(n, at),
	}
	for _, other := range sc.relatives(f, owners) {
		if o := &sc.entries[other]; other != main && o.List == list {
			m.Also = append(m.Also, o.Key)
		}
	}
	if len(m.Also) > 0 && f.short() {
		m.Reason += ", with its affiliates"
	}
	return m, true
}

// closest is the link of the best kind, and of two the one whose list writes the name as the text does.
func closest(links []link, exact uint32) link {
	other := func(l link) int {
		if l.exact == exact {
			return 0
		}
		return 1
	}
	return slices.MinFunc(links, func(a, b link) int { return cmp.Or(cmp.Compare(a.kind, b.kind), other(a)-other(b)) })
}

// sharers are the entries that share a name, those that bear it as their own where any does, and of these the ones that
// bear it as the best does.
func sharers(links []link, best link, exact uint32) (owners, bearers []uint32) {
	for _, l := range links {
		if l.kind.own() || !best.kind.own() {
			owners = append(owners, l.entry)
		}
		if l.kind == best.kind && (l.exact == exact || best.exact != exact) {
			bearers = append(bearers, l.entry)
		}
	}
	return owners, bearers
}

// compatriots reports whether a party whose name comes down to a word is of the country of one that bears the word as
// its name: then they are one party, which two lists write at different length.
func (sc *Scanner) compatriots(p int32, brand link) bool {
	return slices.ContainsFunc(sc.book.linksOf(p), func(l link) bool {
		return l.kind.own() && sc.shareCountry(&sc.entries[l.entry], &sc.entries[brand.entry])
	})
}

// shareCountry reports whether two entries are of one country, however their lists write it.
func (sc *Scanner) shareCountry(a, b *diff.Entry) bool {
	if a.Country == b.Country {
		return true
	}
	if code := realm(names.CountryCode(a.Country)); code != "" && code == realm(names.CountryCode(b.Country)) {
		return true
	}
	return slices.ContainsFunc(a.Countries, func(c string) bool { return slices.Contains(b.Countries, c) })
}

// relatives are the entries that belong to a mention: those that bear the name, and for a single word the family of
// that word.
func (sc *Scanner) relatives(f found, owners []uint32) []uint32 {
	if !f.short() {
		return owners
	}
	all := slices.Clone(owners)
	for _, e := range owners {
		for _, w := range names.Fold(sc.entries[e].Name) {
			if fam := sc.family[names.Hash(names.Canonical(w))]; slices.Contains(fam, e) {
				all = append(all, fam...)
				break
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// parent picks the entry that a name shared by several stands for: the one that is called so word for word, and not
// only in an alias, or else the one whose name has the fewest words beside it. exact is the hash of the name as the
// text has it.
func (sc *Scanner) parent(entries []uint32, exact uint32) uint32 {
	best, least := entries[0], math.MaxInt
	if len(entries) == 1 {
		return best
	}
	r := names.NewReader()
	var buf []textWord
	for _, e := range entries {
		cost := 0
		if buf = sc.readText(sc.entries[e].Name, buf); exactOf(buf) == exact {
			cost = -1000
		}
		for _, p := range r.Read(sc.entries[e].Name).Parts {
			switch p.Role {
			case names.GenericWord:
				cost += 2
			case names.PlaceWord:
				cost += 5
			case names.Particle, names.Title:
			default:
				cost += 4
			}
			if p.Paren {
				cost += 3
			}
		}
		entry := &sc.entries[e]
		if entry.Parent != "" {
			cost += 20
		}
		cost = cost*100 - min(99, 3*len(entry.Aliases)+len(entry.Addresses)) // a parent is described at more length
		if cost < least {
			best, least = e, cost
		}
	}
	return best
}
