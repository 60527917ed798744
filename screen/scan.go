package screen

import (
	"slices"
	"strings"
)

// found is one phrase found in a text.
type found struct {
	phrase     int32
	from, to   int // words
	start, end int // bytes
	conf       float64
	kind       phraseKind
}

// Scan finds the parties that text names, in the order in which they are named: each party once for each list, at its surest and then
// first place, unless the Scanner was made to report every place.
func (sc *Scanner) Scan(text string) []Mention {
	buf, _ := sc.pool.Get().(*[]textWord)
	if buf == nil {
		buf = new([]textWord)
	}
	words := sc.readText(text, *buf)
	c := &chooser{least: sc.opts.Threshold, own: map[int32]map[uint64]bool{}}
	var all []found
	for i := 0; i < len(words); {
		w := &words[i]
		if !w.capital && (w.s == "" || w.script == latin) { // no name begins with it
			i++
			continue
		}
		best := sc.at(text, words, i, c)
		if best.conf < sc.opts.Threshold {
			i++
			continue
		}
		all = append(all, *best)
		i = max(i+1, best.to)
	}
	clear(words) // they hold on to the text
	*buf = words[:0]
	sc.pool.Put(buf)
	all = append(all, sc.scanRuns(text)...)
	slices.SortStableFunc(all, func(a, b found) int { return a.start - b.start })
	return sc.mentions(text, all)
}

// phraseAt is a phrase that ends before word to.
type phraseAt struct {
	phrase int32
	to     int
	and    bool // an "and" of the text was passed over
}

// chooser keeps the best phrase at one word, and what is remembered from word to word.
type chooser struct {
	least  float64
	best   found
	hits   [12]phraseAt // the longest phrases that start here
	n      int
	sounds soundCache
	own    map[int32]map[uint64]bool // by phrase, what wordsOf gave
}

// try takes f where it is better than the best so far: the longest, and of two as long the surest.
func (c *chooser) try(f found) {
	if f.conf > 0 && (f.conf >= c.least && c.best.conf < c.least || f.to > c.best.to || f.conf > c.best.conf && f.to == c.best.to) {
		if c.best.conf >= c.least && f.conf < c.least {
			return
		}
		c.best = f
	}
}

// at finds the best phrase that starts at word i.
func (sc *Scanner) at(text string, words []textWord, i int, c *chooser) *found {
	w := &words[i]
	c.best = found{conf: -1}
	if w.class&(skipWord|legalClassWord) == 0 {
		if h := extend(plainSpace, w.key); sc.book.mayStart(h) {
			sc.follow(words, i, h, c)
			for k := c.n - 1; k >= max(0, c.n-len(c.hits)) && c.best.conf < c.least; k-- { // the longest first
				hit := c.hits[k%len(c.hits)]
				c.try(sc.judge(text, words, hit.phrase, i, hit.to, hit.and, c))
			}
		}
	}
	if c.best.conf >= c.least || !w.capital || w.class&(skipWord|legalClassWord) != 0 {
		return &c.best
	}
	if w.script == latin {
		sc.spellings(text, words, i, c)
		return &c.best
	}
	sc.foreign(text, words, i, c)
	return &c.best
}

// follow notes every phrase that starts at word i, of which h is the hash of the first word.
func (sc *Scanner) follow(words []textWord, i int, h uint64, c *chooser) {
	c.n = 0
	and := false
	for j := i; ; {
		p, more := sc.book.find(h)
		if p >= 0 {
			c.hits[c.n%len(c.hits)] = phraseAt{p, j + 1, and}
			c.n++
		}
		if !more {
			return
		}
		j++
		for j < len(words) && words[j].class&skipWord != 0 && words[j].gap != broken {
			and = and || words[j].class&andWord != 0
			j++
		}
		if j >= len(words) || words[j].gap == broken {
			return
		}
		h = extend(h, words[j].key)
	}
}

// soundCache remembers the sounds of the words of one text, which come again and again.
type soundCache [1 << 10]struct{ word, sound uint64 }

func (c *soundCache) of(text string, w *textWord) uint64 {
	e := &c[w.raw%uint64(len(c))]
	if e.word != w.raw || e.sound == 0 {
		e.word, e.sound = w.raw, soundHash(w.fold(text))
	}
	return e.sound
}

// spellings looks for a word of a Latin text that is a name spelt, split or joined in another way.
func (sc *Scanner) spellings(text string, words []textWord, i int, c *chooser) {
	w := &words[i]
	size := int(w.end - w.start)
	everyday := w.class&englishWord != 0
	if size >= 6 && !everyday {
		sc.joined(text, words, i, i+1, w.raw, c)
	}
	if i+1 < len(words) && size >= 2 && size+int(words[i+1].end-words[i+1].start) >= 7 && words[i+1].gap == tight &&
		words[i+1].script == latin && (words[i+1].capital || text[w.end] == '-') {
		sc.joined(text, words, i, i+2, joinHash(text, w, &words[i+1]), c)
	}
	if size < 4 || everyday {
		return
	}
	if size >= 7 && text[w.end-1] == 's' { // a genitive or a plural: "Hikvisions"
		if h := extend(plainSpace, joinHash(text[:w.end-1], &textWord{start: w.start, end: w.end - 1}, &textWord{})); sc.book.mayStart(h) {
			if p, _ := sc.book.find(h); p >= 0 {
				c.try(sc.judge(text, words, p, i, i+1, false, c))
			}
		}
	}
	if h := extend(soundSpace, c.sounds.of(text, w)); sc.book.mayStart(h) {
		sc.followSound(text, words, i, h, c)
	}
}

// joined looks for a name that is the words i..to written as one.
func (sc *Scanner) joined(text string, words []textWord, i, to int, hash uint64, c *chooser) {
	if h := extend(joinSpace, hash); sc.book.mayStart(h) {
		if p, _ := sc.book.find(h); p >= 0 {
			c.try(sc.judge(text, words, p, i, to, false, c))
		}
	}
}

// joinHash is the hash of two words of a text as one.
func joinHash(text string, a, b *textWord) uint64 {
	h := uint64(fnvOffset)
	for _, w := range [2]*textWord{a, b} {
		s := w.s
		if s == "" {
			s = text[w.start:w.end]
		}
		for i := range len(s) {
			if c := s[i]; isAlnum(c) {
				if c >= 'A' && c <= 'Z' {
					c |= 0x20
				}
				h = (h ^ uint64(c)) * fnvPrime
			}
		}
	}
	return finish(h)
}

// followSound follows a phrase by the sounds of its words.
func (sc *Scanner) followSound(text string, words []textWord, i int, h uint64, c *chooser) {
	for j := i; ; {
		p, more := sc.book.find(h)
		if p >= 0 && words[j].end-words[i].start >= 7 {
			c.try(sc.judge(text, words, p, i, j+1, false, c))
		}
		j++
		for j < len(words) && words[j].class&skipWord != 0 && words[j].class&andWord == 0 && words[j].gap != broken {
			j++
		}
		if !more || j >= len(words) || words[j].gap == broken || !words[j].capital {
			return
		}
		if w := &words[j]; w.key == w.raw {
			h = extend(h, c.sounds.of(text, w))
		} else {
			h = extend(h, soundHash(sc.canonical(w.fold(text))))
		}
	}
}

// fold is the folded word.
func (w *textWord) fold(text string) string {
	if w.s != "" {
		return w.s
	}
	return lowerASCII(text[w.start:w.end])
}

// foreign looks for a name in another script, by its sound, its consonants or the native table, in any of its case forms.
func (sc *Scanner) foreign(text string, words []textWord, i int, c *chooser) {
	w := &words[i]
	if len(w.s) < 3 {
		return
	}
	type space struct {
		id   uint64
		hash func(string) uint64
	}
	spaces := []space{{nativeSpace, hashString}, {soundSpace, soundHash}}
	if w.script == abjad {
		spaces = []space{{nativeSpace, hashString}, {boneSpace, boneHash}}
	}
	for _, sp := range spaces {
		sc.foreignFrom(words, i, sp.id, sp.hash, func(p int32, to int) { c.try(sc.judge(text, words, p, i, to, false, c)) })
	}
}

// foreignFrom follows phrases of foreign words, each in its case forms.
func (sc *Scanner) foreignFrom(words []textWord, j int, h uint64, hash func(string) uint64, f func(p int32, to int)) {
	var buf [8]uint64
	w := &words[j]
	if w.s == "" {
		return
	}
	for _, form := range w.forms(hash, buf[:0]) {
		next := extend(h, form)
		p, more := sc.book.find(next)
		if p >= 0 {
			f(p, j+1)
		}
		if more && j+1 < len(words) && words[j+1].gap != broken && words[j+1].script != latin {
			sc.foreignFrom(words, j+1, next, hash, f)
		}
	}
}

// scanRuns finds names in scripts that are written without spaces: native names, and names by their pinyin.
func (sc *Scanner) scanRuns(text string) []found {
	var out []found
	for i, r := range text {
		if r < 0x3000 || len(out) > 0 && i < out[len(out)-1].end {
			continue
		}
		best := nativePhrase{phrase: -1}
		for _, n := range sc.natives[r] {
			if len(n.text) > len(best.text) && strings.HasPrefix(text[i:], n.text) {
				best = n
			}
		}
		kind := nativeName
		if best.phrase < 0 && scriptOf(r) == han {
			best = sc.pinyinAt(text[i:])
			kind = joinedName
		}
		if best.phrase >= 0 && kind.confidence() >= sc.opts.Threshold {
			out = append(out, found{phrase: best.phrase, from: -1, start: i, end: i + len(best.text), conf: kind.confidence(), kind: kind})
		}
	}
	return out
}

// pinyinAt finds the longest listed name that the Han characters at the start of s spell in pinyin: three characters at least, as two
// may be any two words.
func (sc *Scanner) pinyinAt(s string) nativePhrase {
	const most = 14
	best := nativePhrase{phrase: -1}
	h := uint64(fnvOffset)
	n, letters := 0, 0
	l := theLetters()
	for at, r := range s {
		if n >= most || scriptOf(r) != han {
			break
		}
		for _, c := range []byte(l.syllable(r)) {
			h = (h ^ uint64(c)) * fnvPrime
			letters++
		}
		n++
		if n < 3 || letters < 8 {
			continue
		}
		if k := extend(joinSpace, finish(h)); sc.book.mayStart(k) {
			if p, _ := sc.book.find(k); p >= 0 {
				best = nativePhrase{s[:at+len(string(r))], p}
			}
		}
	}
	return best
}

// mentions turns what was found into mentions, one for each list and party.
func (sc *Scanner) mentions(text string, all []found) []Mention {
	type place struct {
		list diffList
		key  string
	}
	seen := map[place]int{}
	out := []Mention{}
	surest := map[int32]float64{} // by phrase: a text may say one name ten thousand times
	for _, f := range all {
		if best, ok := surest[f.phrase]; ok && f.conf <= best && !sc.opts.Every {
			continue
		}
		surest[f.phrase] = f.conf
		for _, m := range sc.parties(text, f) {
			at, ok := seen[place{m.List, m.Key}]
			if ok && !sc.opts.Every {
				if out[at].Confidence < m.Confidence {
					m.Also = out[at].Also
					out[at] = m
				}
				continue
			}
			seen[place{m.List, m.Key}] = len(out)
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b Mention) int { return a.Start - b.Start })
	return out
}
