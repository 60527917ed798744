package mention

import (
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// follow notes every phrase that starts at word i, of which h is the hash of the first word.
func (sc *Scanner) follow(text string, words []textWord, i int, h uint64, c *chooser) {
	c.n = 0
	and, across := false, false
	for j := i; ; {
		p, more := sc.book.find(h)
		if p >= 0 && (!across || sc.book.phrases[p].kind == verbatimName) {
			c.hits[c.n%len(c.hits)] = phraseAt{p, j + 1, and}
			c.n++
		}
		if !more {
			return
		}
		for j++; ; j++ {
			if j >= len(words) {
				return
			}
			if words[j].gap == broken {
				if !inLine(text, words, j) {
					return
				}
				across = true
			}
			if words[j].class&skipWord != 0 {
				and = and || words[j].class&andWord != 0
				continue
			}
			next := extend(h, words[j].key)
			if words[j].class&articleWord != 0 {
				if _, known := sc.book.find(next); !known {
					continue
				}
			}
			h = next
			break
		}
	}
}

// inLine reports whether a stop before word j may belong to a name that has it in the list too ("Co., Ltd.", "(QTC 13):
// Institute").
func inLine(text string, words []textWord, j int) bool {
	between := text[words[j-1].end:words[j].start]
	return len(between) <= 4 && !strings.ContainsAny(between, "\n!?")
}

// shorter adds to all the names inside a found one that say the same to lists which do not know the longer: beside them
// stand only places, generic words and legal forms.
func (sc *Scanner) shorter(text string, words []textWord, best found, c *chooser, all []found) []found {
	if len(sc.lists) < 2 {
		return all
	}
	covered := sc.listsOf(best.phrase)
	for i := best.from; i < best.to && len(covered) < len(sc.lists) && beside(words[best.from:i]); i++ {
		h := extend(plainSpace, words[i].key)
		if words[i].class&(skipWord|legalClassWord) != 0 || !sc.book.mayStart(h) {
			continue
		}
		sc.follow(text, words, i, h, c)
		for k := c.n - 1; k >= max(0, c.n-len(c.hits)); k-- {
			hit := c.hits[k%len(c.hits)]
			if hit.phrase == best.phrase || hit.to > best.to || !beside(words[hit.to:best.to]) ||
				!sc.uncovered(hit.phrase, covered) {
				continue
			}
			if f := sc.judge(text, words, hit.phrase, i, hit.to, hit.and, c); f.conf >= c.least {
				f.from, f.to, f.start, f.end, f.not = best.from, best.to, best.start, best.end, covered
				all = append(all, f)
			}
		}
	}
	return all
}

// listsOf are the lists of the parties that a phrase names.
func (sc *Scanner) listsOf(p int32) []diff.ListID {
	var out []diff.ListID
	for l := sc.book.phrases[p].owners; l >= 0; l = sc.book.links[l].next {
		if id := sc.entries[sc.book.links[l].entry].List; !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// uncovered reports whether a phrase names a party of a list that is not among those covered.
func (sc *Scanner) uncovered(p int32, covered []diff.ListID) bool {
	for l := sc.book.phrases[p].owners; l >= 0; l = sc.book.links[l].next {
		if !slices.Contains(covered, sc.entries[sc.book.links[l].entry].List) {
			return true
		}
	}
	return false
}

// beside reports whether words beside a name leave it the same party's.
func beside(words []textWord) bool {
	return !slices.ContainsFunc(words, func(w textWord) bool {
		return w.class&(neutralWord|legalClassWord|placeClass|skipWord) == 0
	})
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
	ordinary := w.class&(ordinaryClass|placeClass) != 0 // by itself it is another word
	if size >= 6 && !ordinary && !everyday {
		sc.joined(text, words, i, i+1, w.raw, c)
	}
	if i+1 < len(words) && size >= 2 && mayJoin(text, w, &words[i+1]) {
		sc.joined(text, words, i, i+2, joinHash(text, w, &words[i+1]), c)
	}
	if size < 4 || everyday {
		return
	}
	if size >= 7 && !ordinary && text[w.end-1] == 's' { // a genitive or a plural: "Zentimors"
		h := joinHash(text[:w.end-1], &textWord{start: w.start, end: w.end - 1}, &textWord{})
		sc.phraseOf(text, words, i, i+1, extend(plainSpace, h), c)
	}
	if h := extend(soundSpace, c.sounds.of(text, w)); sc.book.mayStart(h) {
		sc.followSound(text, words, i, h, c)
	}
}

// mayJoin reports whether two neighbors are long enough, and stand so, that they may be one word of a name.
func mayJoin(text string, a, b *textWord) bool {
	letters := int(a.end-a.start) + int(b.end-b.start)
	return letters >= 7 && b.gap == tight && b.script == names.Latin && (b.capital || text[a.end] == '-')
}

// phraseOf tries the phrase with the hash h, where there is one, at words i..to.
func (sc *Scanner) phraseOf(text string, words []textWord, i, to int, h uint64, c *chooser) {
	if sc.book.mayStart(h) {
		if p, _ := sc.book.find(h); p >= 0 {
			c.try(sc.judge(text, words, p, i, to, false, c))
		}
	}
}

// joined looks for a name that is the words i..to written as one.
func (sc *Scanner) joined(text string, words []textWord, i, to int, hash uint64, c *chooser) {
	sc.phraseOf(text, words, i, to, extend(joinSpace, hash), c)
}

// joinHash is the hash of two words of a text as one.
func joinHash(text string, a, b *textWord) uint64 {
	h := uint64(names.FNVOffset)
	for _, w := range [2]*textWord{a, b} {
		s := w.s
		if s == "" {
			s = text[w.start:w.end]
		}
		for i := range len(s) {
			if c := s[i]; names.IsAlnum(c) {
				if c >= 'A' && c <= 'Z' {
					c |= 0x20
				}
				h = (h ^ uint64(c)) * names.FNVPrime
			}
		}
	}
	return names.FinishHash(h)
}

// followSound follows a phrase by the sounds of its words.
func (sc *Scanner) followSound(text string, words []textWord, i int, h uint64, c *chooser) {
	for j := i; ; {
		p, more := sc.book.find(h)
		if p >= 0 && words[j].end-words[i].start >= 7 && (j > i || sc.soundsAlone(text, &words[i], p)) {
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
			h = extend(h, soundHash(names.Canonical(w.fold(text))))
		}
	}
}

// soundsAlone reports whether a word that sounds like the one word of phrase p may be meant for it: it is no word of
// its own, and is written much like it.
func (sc *Scanner) soundsAlone(text string, w *textWord, p int32) bool {
	if w.class&(ordinaryClass|placeClass) != 0 {
		return false
	}
	s := w.fold(text)
	return !names.IsOrdinary(s) && sc.speltAlike(s, p)
}

// speltAlike reports whether a word that sounds like the name of a phrase is also written much like it: a letter in
// three and a half may differ, as vowels do ("Qerbollah" for Qarbillah).
func (sc *Scanner) speltAlike(word string, p int32) bool {
	for _, e := range sc.book.ownersOf(p) {
		for _, n := range append([]string{sc.entries[e].Name}, sc.entries[e].Aliases...) {
			for _, w := range names.Fold(n) {
				if 7*lettersApart(word, w) <= 2*len(word) {
					return true
				}
			}
		}
	}
	return false
}

// lettersApart is how many letters have to be changed, put in or taken out to make a of b.
func lettersApart(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
