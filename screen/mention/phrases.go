package mention

import (
	"cmp"
	"slices"
)

// phraseKind says what a phrase is to the party that it names, the best kind first.
type phraseKind uint8

const (
	verbatimName phraseKind = iota // a name or alias of two words or more, letter for letter, with its legal form
	wholeName                      // a name or alias without its legal form
	personName                     // a person's whole name, in either order
	givenFamily                    // a person's given and family name, without the names between them
	nativeName                     // a native name of the built-in table
	brandAlias                     // a whole name or alias of one distinctive word
	acronym                        // an abbreviation in capitals
	adminName                      // an authority's name without "autonomous region", "people's government" and the like
	shortName                      // two words or more that are left without places and generic words
	brandName                      // the one distinctive word of a name
	acronymBrand                   // a brand name in capitals, as short as an abbreviation
	joinedName                     // a whole name in one word, for texts without spaces and for names split or joined
	soundName                      // a whole name of several words as it sounds, for other scripts and romanisations
	soundWord                      // a name of one word as it sounds
	boneName                       // a whole name by its consonants, for scripts without vowels
	craftName                      // the name of a vessel or an aircraft
	phraseKinds
)

// own reports whether the party bears the phrase as a name, and not only as a part of one.
func (k phraseKind) own() bool { return k <= acronym || k == craftName }

// person reports whether the phrase is a person's name.
func (k phraseKind) person() bool { return k == personName || k == givenFamily }

// phrase is a sequence of words that names parties.
type phrase struct {
	owners int32 // head of the list of entries in phraseBook.links; -1 for none
	naming
	words uint8
}

// naming is how a phrase names a party.
type naming struct {
	kind  phraseKind
	bits  uint8  // how much its words say in ordinary text
	rare  bool   // one of its words is none of ordinary text
	form  bool   // the name has a legal form, which the phrase leaves out if it is not the verbatim name
	plain bool   // all its words are everyday or generic ones, places or names of many
	and   bool   // the name itself has an "and"
	exact uint32 // a hash of all words of the name as the list writes it
}

// link is one entry of a list of entries.
type link struct {
	entry uint32
	next  int32
	kind  phraseKind
	form  bool
	exact uint32
}

// phraseBook finds phrases by the hash of their words, word by word.
type phraseBook struct {
	keys    []uint64
	vals    []int32 // phrase number + 1; 0 where the key is only the beginning of longer phrases
	used    int
	first   []uint64 // bit set of the hashes of first words
	phrases []phrase
	links   []link
}

// The spaces of words: one hash means another thing in each.
const (
	plainSpace uint64 = iota + 1
	soundSpace
	boneSpace
	joinSpace
	nativeSpace
)

// extend is the hash of a phrase with one more word; a phrase begins with its space.
func extend(h, word uint64) uint64 {
	h = (h ^ word) * 0x9E3779B97F4A7C15
	h ^= h >> 29
	if h == 0 {
		h = 1
	}
	return h
}

const firstBits = 20

func newPhraseBook() *phraseBook {
	return &phraseBook{keys: make([]uint64, 1<<12), vals: make([]int32, 1<<12), first: make([]uint64, 1<<firstBits/64)}
}

// mayStart reports whether some phrase may begin with the one-word hash h.
func (b *phraseBook) mayStart(h uint64) bool {
	bit := h >> (64 - firstBits)
	return b.first[bit/64]&(1<<(bit%64)) != 0
}

// find returns the phrase of a hash (-1 for none) and whether longer ones may begin so.
func (b *phraseBook) find(h uint64) (int32, bool) {
	mask := uint64(len(b.keys) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		switch b.keys[i] {
		case h:
			return b.vals[i] - 1, true
		case 0:
			return -1, false
		}
	}
}

func (b *phraseBook) slot(h uint64) *int32 {
	if b.used*4 >= len(b.keys)*3 { // at half, all lists together would take twice the room, 24 MB
		b.grow()
	}
	mask := uint64(len(b.keys) - 1)
	i := h & mask
	for b.keys[i] != 0 && b.keys[i] != h {
		i = (i + 1) & mask
	}
	if b.keys[i] == 0 {
		b.keys[i] = h
		b.used++
	}
	return &b.vals[i]
}

func (b *phraseBook) grow() {
	keys, vals := b.keys, b.vals
	b.keys, b.vals = make([]uint64, 2*len(keys)), make([]int32, 2*len(keys))
	mask := uint64(len(b.keys) - 1)
	for k, h := range keys {
		if h == 0 {
			continue
		}
		i := h & mask
		for b.keys[i] != 0 {
			i = (i + 1) & mask
		}
		b.keys[i], b.vals[i] = h, vals[k]
	}
}

// add makes words name an entry. Where they name others already, the best kind is the phrase's, and each entry keeps
// its own.
func (b *phraseBook) add(space uint64, words []uint64, n naming, entry uint32) {
	if len(words) == 0 || len(words) > mostWords {
		return
	}
	p := b.phraseFor(space, words, n)
	if n.kind < p.kind || n.kind == p.kind && p.form && !n.form {
		p.naming = n
	}
	for l := p.owners; l >= 0; l = b.links[l].next {
		if have := &b.links[l]; have.entry == entry {
			if n.kind < have.kind || n.kind == have.kind && !n.form {
				have.kind, have.form, have.exact = n.kind, n.form, n.exact
			}
			return
		}
	}
	b.links = append(b.links, link{entry, p.owners, n.kind, n.form, n.exact})
	p.owners = int32(len(b.links) - 1)
}

// phraseFor is the phrase of words, which is made where it is new.
func (b *phraseBook) phraseFor(space uint64, words []uint64, n naming) *phrase {
	h := space
	for i, w := range words {
		h = extend(h, w)
		if i == 0 {
			bit := h >> (64 - firstBits)
			b.first[bit/64] |= 1 << (bit % 64)
		}
		if i < len(words)-1 {
			b.slot(h)
		}
	}
	v := b.slot(h)
	if *v == 0 {
		b.phrases = append(b.phrases, phrase{owners: -1, naming: n, words: uint8(len(words))})
		*v = int32(len(b.phrases))
	}
	return &b.phrases[*v-1]
}

// mostWords bounds the names that are looked for: the longest of the lists have 40 words.
const mostWords = 48

// linksOf are the entries that a phrase names, in their order.
func (b *phraseBook) linksOf(p int32) []link {
	var out []link
	for l := b.phrases[p].owners; l >= 0; l = b.links[l].next {
		out = append(out, b.links[l])
	}
	slices.SortFunc(out, func(a, b link) int { return cmp.Compare(a.entry, b.entry) })
	return out
}

// ownersOf are the entries that a phrase names, in their order.
func (b *phraseBook) ownersOf(p int32) []uint32 {
	var out []uint32
	for _, l := range b.linksOf(p) {
		out = append(out, l.entry)
	}
	return out
}
