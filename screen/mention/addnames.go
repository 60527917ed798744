package mention

import (
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// addName makes one name of an entry findable: as it stands, without its legal form, in a person's orders, and
// shortened.
func (b *scanBuilder) addName(i uint32, e *diff.Entry, text string, has, leads map[string]bool) {
	words := b.read(text)
	if len(words) == 0 {
		return
	}
	b.text = b.sc.readText(text[:min(len(text), names.MaxName)], b.text)
	form := b.form
	for _, w := range words {
		if w.strong {
			has[w.s] = true
		}
	}
	n := naming{
		kind: wholeKind(e.Kind), form: form, exact: exactOf(b.text),
		and: strings.Contains(text, "&") || strings.Contains(strings.ToLower(text), " and "),
	}
	b.addVerbatim(i, e, text, words, n)
	b.addWhole(i, e, words, n)
	bare := words
	if slices.ContainsFunc(words, func(w nameWord) bool { return w.paren }) {
		bare = slices.DeleteFunc(slices.Clone(words), func(w nameWord) bool { return w.paren })
	}
	if len(bare) < len(words) {
		b.addWhole(i, e, bare, n)
		for _, w := range words {
			if w.paren && w.strong && e.Kind != diff.Person && len(bare)+1 == len(words) {
				b.addSingle(i, e, w, naming{})
			}
		}
	}
	b.addOrders(i, e, text, words, n)
	b.addAdmin(i, bare, n)
	b.addShort(i, e, bare, n, leads)
}

// wholeKind is the kind of a whole name of an entry of a kind.
func wholeKind(k diff.Kind) phraseKind {
	switch k {
	case diff.Person:
		return personName
	case diff.Vessel, diff.Aircraft:
		return craftName
	}
	return wholeName
}

// addVerbatim adds a name of two words or more exactly as a text gives it that prints it like the list.
func (b *scanBuilder) addVerbatim(i uint32, e *diff.Entry, text string, words []nameWord, n naming) {
	b.keys = b.keys[:0]
	for k := range b.text {
		if w := &b.text[k]; w.class&skipWord == 0 {
			b.keys = append(b.keys, w.key)
		}
	}
	if len(b.keys) < 2 || n.kind == personName && !severalNames(words) {
		return
	}
	if n.kind == wholeName {
		n.kind = verbatimName
	}
	n.form = n.form && n.kind == verbatimName // which is with it
	n.bits, n.rare = bitsOfWords(words), hasRare(words)
	strong, _ := strongWords(words)
	n.plain = strong == 0
	b.sc.book.add(plainSpace, b.keys, n, i)
	if len(words) == 1 && len(b.text) == 2 && n.rare { // run together, "AcmeAG"
		n.kind, n.form = joinedName, false
		b.sc.book.add(joinSpace, []uint64{joinHash(text, &b.text[0], &b.text[1])}, n, i)
	}
}

// exactOf is a hash of the words of a text as they stand.
func exactOf(words []textWord) uint32 {
	h := plainSpace
	for i := range words {
		h = extend(h, words[i].raw)
	}
	return uint32(h >> 32)
}

// hasRare reports whether a word of a name is none of ordinary text, nor a name that very many people bear.
func hasRare(words []nameWord) bool {
	return slices.ContainsFunc(words, func(w nameWord) bool {
		return w.role == names.Distinctive && len(w.s) >= 4 && !names.IsOrdinary(w.s) && !names.HasDigit(w.s)
	})
}

// severalNames reports whether a person's name is more than one: "Abu Kamil" and "Abd al-Karim" are one.
func severalNames(words []nameWord) bool {
	n := 0
	for i := range words {
		w := &words[i]
		leads := i < len(words)-1 && (w.s == "abu" || w.s == "abd" || w.s == "umm")
		if w.role != names.Particle && w.role != names.Title && !leads {
			n++
		}
	}
	return n >= 2
}

// bitsOfWords is how much the words of a name say together in ordinary text.
func bitsOfWords(words []nameWord) uint8 {
	sum := 0
	for i := range words {
		bits := names.BitsOf(words[i].s)
		switch words[i].role {
		case names.GenericWord, names.PlaceWord: // the table may lack them, but they are on every tongue
			bits = min(bits, 15)
		case names.CommonName:
			if !names.IsPatronymic(words[i].s) {
				bits = min(bits, 14)
			}
		case names.Particle, names.Title, names.Numeral, names.InitialLetter:
			bits = min(bits, 6)
		}
		sum += bits
	}
	return clampBits(sum)
}

func clampBits(n int) uint8 { return uint8(max(0, min(n, 250))) }

// strongWords are how many words of a name are strong, and the bytes of all its words.
func strongWords(words []nameWord) (strong, bytes int) {
	for _, w := range words {
		bytes += len(w.s)
		if w.strong {
			strong++
		}
	}
	return strong, bytes
}

// addWhole adds a name without its legal form, in every way in which it is looked for.
func (b *scanBuilder) addWhole(i uint32, e *diff.Entry, words []nameWord, n naming) {
	switch {
	case len(words) == 0:
		return
	case len(words) == 1:
		b.addSingle(i, e, words[0], n)
		return
	case n.kind.person() && !severalNames(words):
		return
	}
	strong, letters := strongWords(words)
	n.bits, n.rare, n.plain = bitsOfWords(words), hasRare(words), strong == 0
	b.sc.book.add(plainSpace, b.keysOf(words), n, i)
	if letters < 8 || strong == 0 && n.kind != personName || n.kind == craftName && strong < 2 {
		return
	}
	ownName := !n.kind.person() || n.rare && !oneName(e, words) // two names that many bear are as common in one word
	joins := len(words) <= 6 && strong > 0 && ownName
	n.bits = clampBits(2 * letters)
	b.addSounds(i, words, n, joins)
}

// addSounds adds a name of several words by its sound, by its consonants, and where joins says so as one word.
func (b *scanBuilder) addSounds(i uint32, words []nameWord, n naming, joins bool) {
	b.sounds, b.bones = b.sounds[:0], b.bones[:0]
	bone := 0
	joined := uint64(names.FNVOffset)
	for _, w := range words {
		b.snd = wordSound(w.key, b.snd)
		b.sounds = append(b.sounds, names.Hash(b.snd))
		b.sk = names.Skeleton(b.snd, b.sk)
		bone += len(b.sk)
		b.bones = append(b.bones, names.Hash(b.sk))
		for k := range len(w.s) {
			joined = (joined ^ uint64(w.s[k])) * names.FNVPrime
		}
	}
	n.kind = soundName
	b.sc.book.add(soundSpace, b.sounds, n, i)
	if bone >= 7 {
		n.kind = boneName
		b.sc.book.add(boneSpace, b.bones, n, i)
	}
	if joins {
		n.kind = joinedName
		b.sc.book.add(joinSpace, []uint64{names.FinishHash(joined)}, n, i)
	}
}

// oneName reports whether a person's words are one name spelled in parts, as another alias shows that has them in one
// word: "Quor Ullah" of one who is called "Quorullah" too. One name of a person proves too little.
func oneName(e *diff.Entry, words []nameWord) bool {
	if len(words) != 2 {
		return false
	}
	joined := words[0].s + words[1].s
	return slices.ContainsFunc(e.Aliases, func(alias string) bool {
		w := names.Fold(alias)
		return len(w) == 1 && w[0] == joined
	})
}

// keysOf are the hashes of words as they stand in phrases; they are good until the next call.
func (b *scanBuilder) keysOf(words []nameWord) []uint64 {
	b.keys = b.keys[:0]
	for i := range words {
		b.keys = append(b.keys, names.Hash(words[i].key))
	}
	return b.keys
}

// addSingle adds a name of one word: a brand, an abbreviation, or one that proves too little.
func (b *scanBuilder) addSingle(i uint32, e *diff.Entry, w nameWord, n naming) {
	if n.kind.person() || n.kind == craftName {
		return // one name of a person, one word of a ship
	}
	n.bits = bitsOfWords([]nameWord{w})
	switch n.kind = b.singleKind(w, n.bits); n.kind {
	case phraseKinds:
		return
	case acronym:
		n.bits = acronymBits(w.s)
	}
	if b.street[w.s] >= 4 {
		n.bits = min(n.bits, 15) // a place, as the addresses of others say
	}
	n.rare = n.kind == brandAlias && n.bits >= names.Rarest
	b.sc.book.add(plainSpace, []uint64{names.Hash(w.key)}, n, i)
	if n.kind == brandAlias && len(w.s) >= 6 && w.strong {
		b.addSpellings(i, w, n)
	}
}

// singleKind is what a name of one word is, of which ordinary text says bits: a brand or an abbreviation, and
// phraseKinds where it proves too little.
func (b *scanBuilder) singleKind(w nameWord, bits uint8) phraseKind {
	own := w.role == names.Distinctive
	switch {
	case own && !w.strong && !w.upper && len(w.s) >= 5 && bits >= leastWord:
		return brandAlias
	case !w.strong || names.HasDigit(w.s) && len(w.s) < 6:
		return b.abbreviation(w, own && w.upper && len(w.s) >= 3)
	case w.upper && len(w.s) <= 5:
		return b.abbreviation(w, true)
	case len(w.s) < 4:
		return phraseKinds
	}
	return brandAlias
}

// abbreviation is the kind of a word in capitals that may be an abbreviation, unless everybody has it for something
// else.
func (b *scanBuilder) abbreviation(w nameWord, may bool) phraseKind {
	if !may || b.every.acronyms[strings.ToUpper(w.s)] {
		return phraseKinds
	}
	return acronym
}

// leastWord is how rare an everyday word must be, in bits, that a text among words of sanctions can mean a party by it.
const leastWord = 15

// acronymBits is how much an abbreviation says: of three letters, any field has its own.
func acronymBits(w string) uint8 {
	bits := names.BitsOf(w)
	return clampBits(min(bits, 4*len(w)))
}

// addSpellings adds a distinctive word for texts in other scripts, split in two, or run together.
func (b *scanBuilder) addSpellings(i uint32, w nameWord, n naming) {
	n.rare = n.kind == brandAlias && !n.form
	n.kind, n.bits = soundWord, clampBits(2*len(w.s))
	b.sc.book.add(soundSpace, []uint64{names.Hash(wordSound(w.key, nil))}, n, i)
	n.kind = joinedName
	b.sc.book.add(joinSpace, []uint64{names.Hash(w.s)}, n, i)
}
