package mention

import (
	"slices"
	"strings"
	"unicode/utf8"

	"entitywatch/screen/names"
)

// gap is what stands between two words of a text.
type gap uint8

const (
	tight  gap = iota // blanks, hyphens
	quoted            // brackets, quotation marks, a slash, one comma
	broken            // the end of a sentence, a line or a clause
)

// textWord is one word of a running text.
type textWord struct {
	start, end int32
	raw, key   uint64 // hash of the folded word, and of its canonical form
	class      class
	gap        gap // before it
	script     names.Script
	capital    bool // has a capital letter, or stands in a script without
	upper      bool // all capitals, two or more
	first      bool // begins a sentence
	digit      bool // has no letter
	hyphened   bool // stands right behind a hyphen, as the "moon" of "Ki-moon"
	s          string
}

// readText cuts a text into words. Words of plain ASCII, nearly all of them, are hashed where they stand.
func (sc *Scanner) readText(text string, words []textWord) []textWord {
	words = slices.Grow(words[:0], len(text)/5+8)
	g, first := broken, true
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf && !names.IsAlnum(c) {
			g, first = max(g, gapOf(text, i)), first || strings.IndexByte(".!?\n:\"", c) >= 0
			i++
			continue
		}
		if w, next := plainWord(text, i); next > 0 {
			sc.finishWord(&w)
			w.gap, w.first, w.hyphened = g, first, hyphenAt(text, i-1)
			words = append(words, w)
			g, first = tight, false
			i = next
			continue
		}
		end, ascii := wordEnd(text, i)
		if end == i {
			r, n := utf8.DecodeRuneInString(text[i:])
			g, first = max(g, gapOfRune(r)), first || strings.ContainsRune("“。…", r)
			i += n
			continue
		}
		from := len(words)
		if ascii {
			words = append(words, sc.asciiWord(text, i, end))
		} else {
			words = sc.foreignWords(text[i:end], i, words)
		}
		for k := from; k < len(words); k++ {
			words[k].gap, words[k].first, words[k].hyphened = g, first, k == from && hyphenAt(text, i-1)
			g, first = tight, false
		}
		i = end
	}
	return words
}

// hyphenAt reports whether a hyphen with a word before it ends at byte i.
func hyphenAt(text string, i int) bool {
	if i >= 2 && text[i] != '-' { // U+2010 and U+2011 end so
		return text[i-2] == 0xe2 && text[i-1] == 0x80 && (text[i] == 0x90 || text[i] == 0x91)
	}
	return i >= 1 && text[i] == '-' && (names.IsAlnum(text[i-1]) || text[i-1] >= utf8.RuneSelf)
}

// lowered is the lower case of ASCII letters and digits, and 0 for the rest.
var lowered = func() (t [256]byte) {
	for c := range 256 {
		if names.IsAlnum(byte(c)) {
			t[c] = byte(c)
			if c >= 'A' && c <= 'Z' {
				t[c] |= 0x20
			}
		}
	}
	return t
}()

// plainWord reads the word at from where it is letters and digits of ASCII only, and returns where it ends; 0 where it
// may be more.
func plainWord(text string, from int) (textWord, int) {
	h := uint64(names.FNVOffset)
	caps, letters := 0, 0
	i := from
	for ; i < len(text); i++ {
		c := text[i]
		l := lowered[c]
		if l == 0 {
			if c >= utf8.RuneSelf || c == '\'' {
				return textWord{}, 0
			}
			break
		}
		if l != c {
			caps++
		}
		if l > '9' {
			letters++
		}
		h = (h ^ uint64(l)) * names.FNVPrime
	}
	if i == from {
		return textWord{}, 0
	}
	return textWord{start: int32(from), end: int32(i), raw: names.FinishHash(h), capital: caps > 0,
		upper: caps == i-from && caps > 1, digit: letters == 0}, i
}

// wordEnd is where the word that starts at i ends, and whether it is plain ASCII but for apostrophes.
func wordEnd(text string, i int) (end int, ascii bool) {
	ascii = true
	for end = i; end < len(text); {
		c := text[end]
		if c < utf8.RuneSelf {
			if !names.IsAlnum(c) && !(c == '\'' && end > i && end+1 < len(text) && names.IsAlnum(text[end+1])) {
				return end, ascii
			}
			end++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[end:])
		apostrophe := end > i && (r == '’' || r == 'ʼ') && end+n < len(text) &&
			(names.IsAlnum(text[end+n]) || text[end+n] >= utf8.RuneSelf)
		if !names.IsWordRune(r) && !apostrophe {
			return end, ascii
		}
		end += n
		ascii = false
	}
	return end, ascii
}

func gapOf(text string, i int) gap {
	switch c := text[i]; c {
	case ' ', '-', '\t', '\r', '_':
		return tight
	case '.':
		if i > 0 && i+1 < len(text) && names.IsAlnum(text[i-1]) && names.IsAlnum(text[i+1]) {
			return tight
		}
		return broken
	case '\n':
		if i+1 < len(text) && (text[i+1] == '\n' || text[i+1] == '\r') || i > 0 && text[i-1] == '\n' {
			return broken
		}
		return tight
	case '(', ')', '"', '/', ',', '&', '[', ']', '+', '\'':
		return quoted
	}
	return broken
}

func gapOfRune(r rune) gap {
	switch r {
	case '\u00a0', '\u202f', '‐', '‑', '·', '\u200b':
		return tight
	case '—', '–', '“', '”', '„', '«', '»', '‘', '’', '（', '）', '《', '》', '「', '」':
		return quoted
	}
	return broken
}

// asciiWord hashes a word where it stands, lower-cased, without apostrophes and the possessive "'s".
func (sc *Scanner) asciiWord(text string, from, to int) textWord {
	w := textWord{start: int32(from), end: int32(to)}
	stop := to
	if to-from > 2 && text[to-2] == '\'' && text[to-1]|0x20 == 's' {
		stop = to - 2
		w.end = int32(stop)
	}
	h := uint64(names.FNVOffset)
	letters, caps := 0, 0
	for i := from; i < stop; i++ {
		c := text[i]
		if c == '\'' {
			continue
		}
		if c >= 'A' && c <= 'Z' {
			caps++
			c |= 0x20
		}
		letters++
		h = (h ^ uint64(c)) * names.FNVPrime
	}
	w.raw = names.FinishHash(h)
	w.capital, w.upper = caps > 0, caps == letters && letters > 1
	sc.finishWord(&w)
	return w
}

func (sc *Scanner) finishWord(w *textWord) {
	w.key = w.raw
	if known := sc.vocab.find(w.raw); known != nil {
		w.class = known.class
		if known.key != 0 {
			w.key = known.key
		}
	}
}

// foreignWords folds words that are not plain ASCII.
func (sc *Scanner) foreignWords(raw string, at int, words []textWord) []textWord {
	var buf [4]names.Word
	for _, f := range names.Split(raw, buf[:0]) {
		w := textWord{
			start: int32(at + f.Start), end: int32(at + f.End), raw: names.Hash(f.Text), script: f.Script,
			capital: f.Initial || f.Script != names.Latin && f.Script != names.Cyrillic && f.Script != names.Greek,
			upper:   f.Upper, s: f.Text,
		}
		sc.finishWord(&w)
		words = append(words, w)
	}
	return words
}

// slavicEndings are the case endings of names in Cyrillic, folded, the longest first.
var slavicEndings = []string{"ogo", "emu", "omu", "ami", "yami", "imi", "ov", "am", "yam", "akh", "yakh", "om", "em",
	"oy", "oi", "ey", "ei", "aya", "uyu", "ym", "im",
	"ykh", "ikh", "a", "u", "e", "y", "i", "o", "yu", "ya"}

// forms are the hashes under which a foreign word may stand: itself, without a case ending, with the ending of the
// first case.
func (w *textWord) forms(f func(string) uint64, dst []uint64) []uint64 {
	dst = append(dst, f(w.s))
	if w.script != names.Cyrillic && w.script != names.Greek {
		return dst
	}
	for _, end := range slavicEndings {
		stem := len(w.s) - len(end)
		if stem < 3 || w.s[stem:] != end {
			continue
		}
		dst = append(dst, f(w.s[:stem]))
		if end == "u" || end == "y" || end == "e" || end == "oy" || end == "oi" {
			dst = append(dst, f(w.s[:stem]+"a"))
		}
		if len(dst) > 5 {
			break
		}
	}
	return dst
}

func soundHash(s string) uint64 {
	var buf [2 * names.MaxWord]byte
	return names.Hash(wordSound(s, buf[:0]))
}

// wordSound is the sound of a folded word as names are compared by it; short words keep their vowels.
func wordSound(s string, buf []byte) []byte {
	if buf = names.Sound(s, buf); len(s) <= 4 {
		return buf
	}
	return looseSound(buf)
}

// looseSound makes of each run of vowels one and the same, in place: what they are is a matter of who romanises
// ("Qarbillah", "Qerbollah").
func looseSound(snd []byte) []byte {
	out := snd[:0]
	for _, c := range snd {
		if names.IsVowel(c) {
			c = 'a'
		}
		if c != 'a' || len(out) == 0 || out[len(out)-1] != 'a' {
			out = append(out, c)
		}
	}
	return out
}

func boneHash(s string) uint64 {
	if len(s) > 4 && s[:2] == "al" {
		s = s[2:]
	}
	return names.Hash(names.Skeleton(names.Sound(s, nil), nil))
}
