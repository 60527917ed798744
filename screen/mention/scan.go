package mention

import (
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// found is one phrase found in a text.
type found struct {
	phrase     int32
	from, to   int // words
	start, end int // bytes
	naming
	setting setting
	conf    float64
	not     []diff.ListID // lists on which a longer name around it is found
}

// Scan finds the parties that text names, in the order in which they are named: each party once for each list, at its
// surest and then first place, unless the Scanner was made to report every place.
func (sc *Scanner) Scan(text string) []Mention {
	buf, _ := sc.pool.Get().(*[]textWord)
	if buf == nil {
		buf = new([]textWord)
	}
	words := sc.readText(text, *buf)
	c := &chooser{least: sc.opts.Threshold, facts: map[int32]*facts{}}
	var all []found
	for i := 0; i < len(words); {
		w := &words[i]
		if !w.capital && (w.s == "" || w.script == names.Latin) && !startsName(text, words, i) { // no name begins with it
			i++
			continue
		}
		best := sc.at(text, words, i, c)
		if best.conf < sc.opts.Threshold {
			i++
			continue
		}
		all = append(all, *best)
		all = sc.shorter(text, words, *best, c, all)
		i = max(i+1, best.to)
	}
	clear(words) // they hold on to the text
	*buf = words[:0]
	sc.pool.Put(buf)
	all = append(all, sc.scanRuns(text, sc.opts.Threshold)...)
	slices.SortStableFunc(all, func(a, b found) int { return a.start - b.start })
	return sc.mentions(text, all)
}

// startsName reports whether a word without a capital may begin a name: a number, or an article before a capital.
func startsName(text string, words []textWord, i int) bool {
	w := &words[i]
	return text[w.start] <= '9' || w.class&articleWord != 0 && i+1 < len(words) && words[i+1].capital
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
	facts  map[int32]*facts // by phrase
	note   func(found)      // is told of everything that is judged, where it is not nil
	buf    []textWord
}

// try takes f where it is better than the best so far: the longest, and of two as long the surest.
func (c *chooser) try(f found) {
	if f.conf > 0 && (f.conf >= c.least && c.best.conf < c.least || f.to > c.best.to || f.conf > c.best.conf &&
		f.to == c.best.to) {
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
	if w.class&skipWord == 0 {
		if h := extend(plainSpace, w.key); sc.book.mayStart(h) {
			sc.follow(text, words, i, h, c)
			for k := c.n - 1; k >= max(0, c.n-len(c.hits)) && c.best.conf < c.least; k-- { // the longest first
				hit := c.hits[k%len(c.hits)]
				c.try(sc.judge(text, words, hit.phrase, i, hit.to, hit.and, c))
			}
		}
	}
	if c.best.conf >= c.least || !w.capital || w.class&(skipWord|legalClassWord) != 0 {
		return &c.best
	}
	if w.script == names.Latin {
		sc.spellings(text, words, i, c)
		return &c.best
	}
	sc.foreign(text, words, i, c)
	return &c.best
}

// fold is the folded word.
func (w *textWord) fold(text string) string {
	if w.s != "" {
		return w.s
	}
	return names.LowerASCII(text[w.start:w.end])
}

// foreign looks for a name in another script, by its sound, its consonants or the native table, in any of its case
// forms.
func (sc *Scanner) foreign(text string, words []textWord, i int, c *chooser) {
	w := &words[i]
	if len(w.s) < 3 {
		return
	}
	type space struct {
		id   uint64
		hash func(string) uint64
	}
	spaces := []space{{nativeSpace, names.Hash[string]}, {soundSpace, soundHash}}
	if w.script == names.Abjad {
		spaces = []space{{nativeSpace, names.Hash[string]}, {boneSpace, boneHash}}
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
		if more && j+1 < len(words) && words[j+1].gap != broken && words[j+1].script != names.Latin {
			sc.foreignFrom(words, j+1, next, hash, f)
		}
	}
}

// scanRuns finds names in scripts that are written without spaces: native names, and names by their pinyin, each if it
// is least sure.
func (sc *Scanner) scanRuns(text string, least float64) []found {
	var out []found
	end := 0
	for i, r := range text {
		if r < 0x3000 || i < end {
			continue
		}
		n, at, best := ofList, exactForm, sc.nativesAt(text[i:], r)
		if len(best) == 0 && names.ScriptOf(r) == names.Han {
			if p := sc.pinyinAt(text[i:]); p.phrase >= 0 {
				n, at, best = naming{kind: joinedName, bits: mostBits}, 0, []nativePhrase{p} // three characters at least
			}
		}
		for _, p := range best {
			end = i + len(p.text)
			if conf := sc.weights.strength(n, at); conf >= least {
				out = append(out, found{phrase: p.phrase, from: -1, start: i, end: end, naming: n, setting: at, conf: conf})
			}
		}
	}
	return out
}

// nativesAt are the longest native names at the start of s, which begins with r.
func (sc *Scanner) nativesAt(s string, r rune) []nativePhrase {
	var best []nativePhrase
	for _, n := range sc.natives[r] {
		if len(best) > 0 && len(n.text) < len(best[0].text) || !strings.HasPrefix(s, n.text) {
			continue
		}
		if len(best) > 0 && len(n.text) > len(best[0].text) {
			best = best[:0]
		}
		best = append(best, n)
	}
	return best
}

// pinyinAt finds the longest listed name that the Han characters at the start of s spell in pinyin: three characters at
// least, as two may be any two words.
func (sc *Scanner) pinyinAt(s string) nativePhrase {
	const most = 14
	best := nativePhrase{phrase: -1}
	h := uint64(names.FNVOffset)
	n, letters := 0, 0
	for at, r := range s {
		if n >= most || names.ScriptOf(r) != names.Han {
			break
		}
		for _, c := range []byte(names.Syllable(r)) {
			h = (h ^ uint64(c)) * names.FNVPrime
			letters++
		}
		n++
		if n < 3 || letters < 8 {
			continue
		}
		if k := extend(joinSpace, names.FinishHash(h)); sc.book.mayStart(k) {
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
		list diff.ListID
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
			if slices.Contains(f.not, m.List) {
				continue
			}
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
