package screen

import "slices"

// phraseKind says what a phrase is to the party that it names; the better the kind, the surer the mention.
type phraseKind uint8

const (
	wholeName    phraseKind = iota // the name or an alias, with or without its legal form
	adminName                      // an authority's name without "autonomous region", "people's government" and the like
	shortName                      // two words or more that are left without places and generic words
	brandName                      // the one distinctive word of a name
	brandAlias                     // a whole name or alias of one distinctive word
	acronym                        // an abbreviation in capitals
	acronymBrand                   // a brand name in capitals, as short as an abbreviation
	soundName                      // a whole name as it sounds, for other scripts and romanisations
	boneName                       // a whole name by its consonants, for scripts without vowels
	joinedName                     // a whole name in one word, for texts without spaces and for names split or joined
	nativeName                     // a native name of the built-in table
	plainName                      // a whole name of everyday words or of one person's everyday names
)

// confidence is how sure a mention by a phrase of this kind is.
func (k phraseKind) confidence() float64 {
	switch k {
	case wholeName:
		return 0.97
	case brandAlias, nativeName:
		return 0.95
	case acronym, shortName, adminName:
		return 0.92
	case brandName, acronymBrand:
		return 0.9
	case soundName:
		return 0.85
	case joinedName:
		return 0.88
	case boneName:
		return 0.8
	}
	return 0.55
}

// own reports whether the party bears the phrase as a name, and not only as a part of one.
func (k phraseKind) own() bool { return k == wholeName || k == brandAlias || k == acronym }

// reason says in words how the text names the party.
func (k phraseKind) reason() string {
	switch k {
	case wholeName:
		return "its name or alias"
	case adminName:
		return "its name without administrative words"
	case shortName:
		return "its name without places and generic words"
	case brandName:
		return "the distinctive word of its name"
	case brandAlias:
		return "its one-word name or alias"
	case acronym, acronymBrand:
		return "its abbreviation, in its own case"
	case soundName:
		return "its name as it sounds"
	case boneName:
		return "its name by the consonants"
	case joinedName:
		return "its name, spaced differently"
	case nativeName:
		return "its native name"
	}
	return "its name, which is made of everyday words"
}

// phrase is a sequence of words that names parties.
type phrase struct {
	owners int32 // head of the list of entries in phraseBook.links; -1 for none
	kind   phraseKind
	words  uint8
	and    bool // the name itself has an "and"
}

// link is one entry of a list of entries.
type link struct {
	entry uint32
	next  int32
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
	if b.used*2 >= len(b.keys) {
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

// add makes words name an entry. Where they name another already, the better kind stays and both are owners.
func (b *phraseBook) add(space uint64, words []uint64, kind phraseKind, and bool, entry uint32) {
	if len(words) == 0 || len(words) > 30 {
		return
	}
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
		b.phrases = append(b.phrases, phrase{owners: -1, kind: kind, words: uint8(len(words)), and: and})
		*v = int32(len(b.phrases))
	}
	p := &b.phrases[*v-1]
	switch {
	case kind.confidence() > p.kind.confidence():
		p.kind, p.and = kind, and
		if p.kind.own() {
			p.owners = -1 // the whole name of one party outranks what was only derived from others
		}
	case p.kind.own() && kind != p.kind:
		return
	}
	for l := p.owners; l >= 0; l = b.links[l].next {
		if b.links[l].entry == entry {
			return
		}
	}
	b.links = append(b.links, link{entry, p.owners})
	p.owners = int32(len(b.links) - 1)
}

// ownersOf are the entries that a phrase names, in their order.
func (b *phraseBook) ownersOf(p int32) []uint32 {
	var out []uint32
	for l := b.phrases[p].owners; l >= 0; l = b.links[l].next {
		out = append(out, b.links[l].entry)
	}
	slices.Sort(out)
	return out
}
