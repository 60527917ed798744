package mention

import (
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// addAdmin adds an authority's name as the press writes it.
func (b *scanBuilder) addAdmin(i uint32, words []nameWord, n naming) {
	b.keep = b.keep[:0]
	place := false
	for _, w := range words {
		if b.every.fillers[w.s] {
			continue
		}
		place = place || w.role == names.PlaceWord
		b.keep = append(b.keep, w)
	}
	keep := b.keep
	if len(words)-len(keep) >= 2 && len(keep) >= 3 && place {
		n.kind, n.bits = adminName, bitsOfWords(keep)
		b.sc.book.add(plainSpace, b.keysOf(keep), n, i)
	}
}

// addWithoutCountry adds a long name without the country at its end ("… University of Technology of Arcadia").
func (b *scanBuilder) addWithoutCountry(i uint32, words []nameWord, n naming) {
	last := len(words) - 1
	if last < 3 || words[last].role != names.PlaceWord || words[last].paren {
		return
	}
	n.kind, n.bits, n.rare = shortName, bitsOfWords(words[:last]), hasRare(words[:last])
	if n.bits >= leastShort {
		b.sc.book.add(plainSpace, b.keysOf(words[:last]), n, i)
	}
}

// leastShort is how much three everyday words or more of a longer name must say to stand for it: as much as four words
// of a report.
const leastShort = 36

// addShort adds what is left of a name without the places before it and the generic words and places after it.
func (b *scanBuilder) addShort(i uint32, e *diff.Entry, words []nameWord, n naming, leads map[string]bool) {
	if e.Kind == diff.Person || e.Kind == diff.Vessel || e.Kind == diff.Aircraft {
		return
	}
	b.addWithoutCountry(i, words, n)
	core := coreOf(words, leads)
	if len(core) == len(words) || len(core) == 0 {
		return
	}
	if len(core) == 1 {
		if b.mayBeBrand(core[0]) {
			b.brands = append(b.brands, brand{core[0].s, i})
		}
		return
	}
	strong, letters := strongWords(core)
	n.kind, n.bits, n.rare = shortName, bitsOfWords(core), hasRare(core)
	if strong >= 2 && letters >= 9 || len(core) >= 3 && n.bits >= leastShort {
		b.sc.book.add(plainSpace, b.keysOf(core), n, i)
	}
}

// coreOf is a name without the places before it and the generic words and places after it; leads takes in the word of
// its own that it begins with.
func coreOf(words []nameWord, leads map[string]bool) []nameWord {
	from, to := 0, len(words)
	for from < to && words[from].role == names.PlaceWord {
		from++
	}
	if from < to && words[from].strong {
		leads[words[from].s] = true
	}
	for to > from && (words[to-1].role == names.GenericWord || words[to-1].role == names.PlaceWord) {
		to--
	}
	return words[from:to]
}

// mayBeBrand reports whether a word may stand for the whole name of which it is all that is its own.
func (b *scanBuilder) mayBeBrand(w nameWord) bool {
	return w.strong && b.street[w.s] < 3 && (len(w.s) >= 5 || w.upper && len(w.s) >= 3) && !names.HasDigit(w.s)
}

// addBrands decides which single words are as good as a name: those that begin the names of most entries that have
// them.
func (b *scanBuilder) addBrands() {
	owners := map[string][]uint32{}
	for _, br := range b.brands {
		if own := owners[br.word]; len(own) == 0 || own[len(own)-1] != br.entry {
			owners[br.word] = append(own, br.entry)
		}
	}
	for word, entries := range owners {
		all, lead := b.has[word], len(b.heads[word])
		if lead*10 < all*7 || len(entries) > 1 && !b.oneFamily(entries, lead) {
			continue
		}
		n := naming{kind: brandName, bits: clampBits(names.BitsOf(word))}
		if n.bits >= names.Rarest { // every further name that begins with the word says that it is known by it
			n.bits += uint8(2 * min(lead-1, 4))
			n.rare = true
		}
		upper := len(word) <= 4
		if upper {
			n.kind, n.bits, n.rare = acronymBrand, acronymBits(word), false
			if b.every.acronyms[strings.ToUpper(word)] {
				continue
			}
		}
		for _, e := range entries {
			b.sc.book.add(plainSpace, []uint64{names.Hash(names.Canonical(word))}, n, e)
			if len(word) >= 6 {
				b.addSpellings(e, nameWord{s: word, key: names.Canonical(word)}, n)
			}
		}
	}
	for word, entries := range b.heads {
		if len(entries) > 1 {
			b.sc.family[names.Hash(names.Canonical(word))] = entries
		}
	}
}

// oneFamily reports whether entries that share a word are one party and its affiliates rather than namesakes: they are
// many, or they stand in one country.
func (b *scanBuilder) oneFamily(entries []uint32, lead int) bool {
	if lead >= 5 {
		return true
	}
	for _, e := range entries[1:] {
		if !b.sc.shareCountry(&b.sc.entries[e], &b.sc.entries[entries[0]]) {
			return false
		}
	}
	return true
}
