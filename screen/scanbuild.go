package screen

import (
	"slices"
	"strings"
	"sync"

	"entitywatch/diff"
)

// everyday are the tables of words that name nobody by themselves.
type everyday struct {
	english  map[string]bool
	acronyms map[string]bool
	heads    map[string]bool
	fillers  map[string]bool   // administrative words that the press leaves out
	homes    map[string]string // legal forms of few countries, to the ISO codes of these
	skip     map[string]bool   // words that may be left out inside a name
}

var theEveryday = sync.OnceValue(func() *everyday {
	return &everyday{
		english: wordSet(englishTable), acronyms: wordSet(acronymTable), heads: wordSet(headTable),
		fillers: wordSet("autonomous region prefecture municipality municipal district province provincial city county people peoples " +
			"government uyghur uighur hui kazakh kyrgyz mongolian mongol zhuang tibetan"),
		skip: wordSet("and the of for a an"),
		homes: map[string]string{
			"ag": "DE AT CH LI", "gmbh": "DE AT CH", "kg": "DE AT CH", "kk": "JP", "ab": "SE FI", "oy": "FI", "oyj": "FI", "spa": "IT DZ", "srl": "IT RO MD AR",
			"bv": "NL", "nv": "NL BE", "pty": "AU ZA", "bhd": "MY", "sdn": "MY", "asa": "NO", "aps": "DK", "sarl": "FR LU MA TN LB CH", "plc": "GB IE",
			"inc": "US CA PH TW KR JP VG SC PA CN", "llp": "GB IN KZ US", "kft": "HU", "sro": "CZ SK", "doo": "RS HR BA SI ME MK", "ood": "BG", "eood": "BG",
			"ooo": "RU BY KZ", "oao": "RU BY KZ", "pao": "RU", "jsc": "RU BY KZ UZ KG VN BG", "ltda": "BR CL CO PT",
		},
	}
})

// isEnglish reports whether a folded word is an everyday word, or a form of one.
func (e *everyday) isEnglish(w string) bool {
	if e.english[w] {
		return true
	}
	for _, end := range []string{"s", "es", "d", "ed", "ing", "er", "ers", "ly"} {
		if stem, ok := strings.CutSuffix(w, end); ok && len(stem) >= 3 && (e.english[stem] || e.english[stem+"e"]) {
			return true
		}
	}
	return false
}

// nameWord is one word of a listed name, as the scanner sees it.
type nameWord struct {
	s, key string
	role   role
	strong bool // proves something by itself
	paren  bool
	upper  bool // in capitals in a name that is not all in capitals, or short
}

// scanBuilder fills a Scanner.
type scanBuilder struct {
	sc     *Scanner
	reader *reader
	lex    *lexicon
	every  *everyday
	heads  map[string][]uint32 // distinctive word to the entries whose names begin with it
	has    map[string]int      // distinctive word to the number of entries that have it
	street map[string]int      // word to the number of entries in whose addresses it stands
	brands []brand
	words  map[string]bool // buffers
	leads  map[string]bool
	keep   []nameWord
	keys   []uint64
	sounds []uint64
	bones  []uint64
	snd    []byte
	sk     []byte
}

// brand is a name that comes down to one distinctive word.
type brand struct {
	word  string
	entry uint32
}

func (b *scanBuilder) addEntry(i uint32, e *diff.Entry) {
	words, leads := b.words, b.leads
	clear(words)
	clear(leads)
	for _, group := range [][]string{{e.Name}, e.Aliases, e.FormerNames} {
		for _, n := range group {
			b.addName(i, e, n, words, leads)
		}
	}
	for w := range words {
		b.has[w]++
	}
	for w := range leads {
		b.heads[w] = append(b.heads[w], i)
	}
}

// read cuts a name into words without its legal forms.
func (b *scanBuilder) read(text string) []nameWord {
	parts := b.reader.read(text).parts
	capitals := strings.ToUpper(text) == text
	out := make([]nameWord, 0, len(parts))
	for _, p := range parts {
		if b.every.skip[p.s] {
			continue
		}
		w := nameWord{s: p.s, key: b.sc.canonical(p.s), role: p.role, paren: p.paren}
		w.strong = (p.role == distinctive || p.role == title) && len(p.s) >= 3 && !b.every.isEnglish(p.s)
		w.upper = (len(p.s) <= 4 || !capitals && len(p.s) <= 6) && containsUpper(text, p.s)
		out = append(out, w)
	}
	return out
}

// containsUpper reports whether a text has a folded word in capitals.
func containsUpper(text, word string) bool {
	var buf [8]byte
	up := buf[:0]
	for i := range len(word) {
		c := word[i]
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		up = append(up, c)
	}
	return strings.Contains(text, string(up))
}

func (b *scanBuilder) addName(i uint32, e *diff.Entry, text string, has, leads map[string]bool) {
	words := b.read(text)
	if len(words) == 0 {
		return
	}
	for _, w := range words {
		if w.strong {
			has[w.s] = true
		}
	}
	and := strings.Contains(text, "&") || strings.Contains(text, " AND ") || strings.Contains(strings.ToLower(text), " and ")
	b.addWhole(i, e, words, and)
	bare := words
	if slices.ContainsFunc(words, func(w nameWord) bool { return w.paren }) {
		bare = slices.DeleteFunc(slices.Clone(words), func(w nameWord) bool { return w.paren })
	}
	if len(bare) < len(words) {
		b.addWhole(i, e, bare, and)
		for _, w := range words {
			if w.paren && w.strong && e.Kind != diff.Person && len(bare)+1 == len(words) {
				b.addSingle(i, e, w)
			}
		}
	}
	if head, rest, ok := strings.Cut(text, ","); ok && e.Kind != diff.Organization {
		if swapped := append(b.read(rest), b.read(head)...); len(swapped) == len(words) && len(words) <= 5 {
			b.addWhole(i, e, swapped, and)
		}
	}
	b.addAdmin(i, bare, and)
	b.addShort(i, e, bare, and, leads)
}

// addWhole adds a name without its legal form, in every way in which it is looked for.
func (b *scanBuilder) addWhole(i uint32, e *diff.Entry, words []nameWord, and bool) {
	switch len(words) {
	case 0:
		return
	case 1:
		b.addSingle(i, e, words[0])
		return
	}
	kind := wholeName
	strong, letters := 0, 0
	for _, w := range words {
		letters += len(w.s)
		if w.strong {
			strong++
		}
	}
	if strong == 0 && (len(words) == 2 || letters < 12 || e.Kind == diff.Person && len(words) < 4) ||
		(e.Kind == diff.Vessel || e.Kind == diff.Aircraft) && strong < 2 || letters < 6 {
		kind = plainName
	}
	sc := b.sc
	sc.book.add(plainSpace, b.keysOf(words), kind, and, i)
	if kind == plainName || letters < 8 {
		return
	}
	b.sounds, b.bones = b.sounds[:0], b.bones[:0]
	bone := 0
	joined := uint64(fnvOffset)
	for _, w := range words {
		b.snd = sound(w.key, b.snd)
		b.sounds = append(b.sounds, hashBytes(b.snd))
		b.sk = skeleton(b.snd, b.sk)
		bone += len(b.sk)
		b.bones = append(b.bones, hashBytes(b.sk))
		for k := range len(w.s) {
			joined = (joined ^ uint64(w.s[k])) * fnvPrime
		}
	}
	sc.book.add(soundSpace, b.sounds, soundName, and, i)
	if bone >= 7 {
		sc.book.add(boneSpace, b.bones, boneName, and, i)
	}
	if len(words) <= 6 && strong > 0 {
		sc.book.add(joinSpace, []uint64{finish(joined)}, joinedName, and, i)
	}
}

// keysOf are the hashes of words as they stand in phrases; they are good until the next call.
func (b *scanBuilder) keysOf(words []nameWord) []uint64 {
	b.keys = b.keys[:0]
	for i := range words {
		b.keys = append(b.keys, hashString(words[i].key))
	}
	return b.keys
}

// addSingle adds a name of one word: a brand, an abbreviation, or one that proves too little.
func (b *scanBuilder) addSingle(i uint32, e *diff.Entry, w nameWord) {
	kind := brandAlias
	switch {
	case !w.strong || b.street[w.s] >= 4 || hasDigit(w.s) && len(w.s) < 6:
		if !w.upper || b.every.acronyms[strings.ToUpper(w.s)] || b.every.isEnglish(w.s) || w.role != distinctive || len(w.s) < 3 {
			return
		}
		kind = acronym
	case w.upper && len(w.s) <= 5:
		kind = acronym
		if b.every.acronyms[strings.ToUpper(w.s)] {
			return
		}
	case len(w.s) < 4:
		return
	}
	if e.Kind == diff.Person || e.Kind == diff.Vessel || e.Kind == diff.Aircraft {
		kind = plainName
	}
	key := hashString(w.key)
	b.sc.book.add(plainSpace, []uint64{key}, kind, false, i)
	if kind == brandAlias && len(w.s) >= 6 {
		b.addSpellings(i, w)
	}
}

// addSpellings adds a distinctive word for texts in other scripts, split in two, or run together.
func (b *scanBuilder) addSpellings(i uint32, w nameWord) {
	b.sc.book.add(soundSpace, []uint64{hashString(string(sound(w.key, nil)))}, soundName, false, i)
	b.sc.book.add(joinSpace, []uint64{hashString(w.s)}, joinedName, false, i)
}

// addAdmin adds an authority's name as the press writes it.
func (b *scanBuilder) addAdmin(i uint32, words []nameWord, and bool) {
	b.keep = b.keep[:0]
	place := false
	for _, w := range words {
		if b.every.fillers[w.s] {
			continue
		}
		place = place || w.role == placeWord
		b.keep = append(b.keep, w)
	}
	keep := b.keep
	if len(words)-len(keep) >= 2 && len(keep) >= 3 && place {
		b.sc.book.add(plainSpace, b.keysOf(keep), adminName, and, i)
	}
}

// addShort adds what is left of a name without the places before it and the generic words and places after it.
func (b *scanBuilder) addShort(i uint32, e *diff.Entry, words []nameWord, and bool, leads map[string]bool) {
	if e.Kind == diff.Person || e.Kind == diff.Vessel || e.Kind == diff.Aircraft {
		return
	}
	from, to := 0, len(words)
	for from < to && words[from].role == placeWord {
		from++
	}
	if from < to && words[from].strong {
		leads[words[from].s] = true
	}
	for to > from && (words[to-1].role == genericWord || words[to-1].role == placeWord) {
		to--
	}
	core := words[from:to]
	if len(core) == len(words) || len(core) == 0 {
		return
	}
	if len(core) == 1 {
		w := core[0]
		if w.strong && b.street[w.s] < 3 && (len(w.s) >= 5 || w.upper && len(w.s) >= 3) && !hasDigit(w.s) {
			b.brands = append(b.brands, brand{w.s, i})
		}
		return
	}
	strong, letters := 0, 0
	for _, w := range core {
		letters += len(w.s)
		if w.strong {
			strong++
		}
	}
	if strong >= 2 && letters >= 9 {
		b.sc.book.add(plainSpace, b.keysOf(core), shortName, and, i)
	}
}

// addBrands decides which single words are as good as a name: those that begin the names of most entries that have them.
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
		kind := brandName
		upper := len(word) <= 4
		if upper {
			kind = acronymBrand
			if b.every.acronyms[strings.ToUpper(word)] {
				continue
			}
		}
		for _, e := range entries {
			b.sc.book.add(plainSpace, []uint64{hashString(b.sc.canonical(word))}, kind, false, e)
			if len(word) >= 6 {
				b.addSpellings(e, nameWord{s: word, key: b.sc.canonical(word)})
			}
		}
	}
	for word, entries := range b.heads {
		if len(entries) > 1 {
			b.sc.family[hashString(b.sc.canonical(word))] = entries
		}
	}
}

// oneFamily reports whether entries that share a word are one party and its affiliates rather than namesakes: they are many, or they
// stand in one country.
func (b *scanBuilder) oneFamily(entries []uint32, lead int) bool {
	if lead >= 5 {
		return true
	}
	for _, e := range entries[1:] {
		if b.sc.entries[e].Country != b.sc.entries[entries[0]].Country {
			return false
		}
	}
	return true
}

// addNatives adds the rows of the native table whose party is listed.
func (b *scanBuilder) addNatives() {
	for line := range strings.Lines(nativeTable) {
		native, own, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok {
			continue
		}
		h := plainSpace
		for _, w := range strings.Fields(own) {
			h = extend(h, hashString(b.sc.canonical(w)))
		}
		if p, _ := b.sc.book.find(h); p >= 0 && b.sc.book.phrases[p].kind != plainName {
			b.sc.addNative(native, p)
		}
	}
}
