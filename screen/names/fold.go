package names

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/unicode/norm"
)

// Word is one word of a text: folded, and where it stood.
type Word struct {
	Text       string // lower-case ASCII, never empty
	Start, End int    // byte offsets in the text
	Script     Script
	paren      bool // inside brackets
	Upper      bool // two letters or more, and all of them capitals
	Initial    bool // starts with a capital letter, or in a script without capitals
}

// letters is the folding of single letters, made once.
type letters struct {
	low        [0x700]string // the folding of runes below it; "" is dropped
	known      [0x700]bool
	lookalike  map[rune]string
	toCyrillic map[byte]rune // Latin letters that look Cyrillic
}

var theLetters = sync.OnceValue(func() *letters {
	l := &letters{
		lookalike: letterTable("lookalike"), toCyrillic: map[byte]rune{},
	}
	for _, table := range []string{"cyrillic", "greek", "arabic", "hebrew", "latin"} {
		for r, s := range letterTable(table) {
			if r < 0x700 {
				l.low[r], l.known[r] = s, true
			}
		}
	}
	for r, s := range l.lookalike {
		if unicode.Is(unicode.Cyrillic, r) {
			l.toCyrillic[s[0]] = r
		}
	}
	return l
})

// Fold cuts a text into folded words.
func Fold(text string) []string {
	words := Split(text, nil)
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.Text
	}
	return out
}

// Split appends the words of a text to dst. An apostrophe joins, a possessive "'s" goes, single letters with a dot and
// nothing else between them are one word ("S.p.A."), anything else that is no letter or digit separates. Han runs are
// cut by the words that are usually translated, the rest of a run is its pinyin in one word.
func Split(text string, dst []Word) []Word {
	depth := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			switch {
			case c == '(' || c == '[':
				depth++
			case (c == ')' || c == ']') && depth > 0:
				depth--
			case IsAlnum(c):
				dst, i = takeWord(text, i, depth > 0, dst)
				continue
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '（':
			depth++
		case r == '）' && depth > 0:
			depth--
		case IsWordRune(r):
			dst, i = takeWord(text, i, depth > 0, dst)
			continue
		}
		i += n
	}
	return dst
}

// IsAlnum reports whether a byte is a letter or digit of ASCII.
func IsAlnum(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}

// IsWordRune reports whether a character may be part of a word: a letter, a digit or a mark.
func IsWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '`', 'ʻ', 'ʼ', 'ʹ', '′', '´', 0xAD, 0x200C, 0x200D, 'ـ':
		return true
	}
	return false
}

// takeWord reads the word that starts at i and returns where to read on, which is always behind i: a letter that is
// only an apostrophe (the Arabic tatweel, the Hawaiian okina) ends no word, and may be all that there is.
func takeWord(text string, i int, paren bool, dst []Word) ([]Word, int) {
	start := i
	end, i, scripts, ascii := wordRun(text, i)
	raw := text[start:end]
	if scripts&(1<<Han) != 0 {
		return appendHan(raw, start, paren, dst), i
	}
	if len(dst) > 0 && mergeDotted(text, raw, start, &dst[len(dst)-1]) {
		return dst, i
	}
	w := Word{Start: start, End: end, paren: paren, Script: mainScript(scripts)}
	w.Upper, w.Initial = capitals(raw)
	raw = dropPossessive(raw)
	w.End = start + len(raw)
	if ascii {
		w.Text = LowerASCII(raw)
	} else {
		w.Text = foldWord(raw, scripts)
	}
	if w.Text != "" {
		dst = append(dst, w)
	}
	return dst, i
}

// wordRun finds the letters of the word that starts at start: where they end, where to read on behind apostrophes, the
// set of their scripts, and whether all is ASCII.
func wordRun(text string, start int) (end, next int, scripts uint8, ascii bool) {
	i := start
	end, ascii = start, true
	for i < len(text) {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case r < utf8.RuneSelf && IsAlnum(byte(r)):
			if r > '9' {
				scripts |= 1 << Latin
			}
		case isApostrophe(r):
			i, ascii = i+n, ascii && n == 1
			continue
		case r < utf8.RuneSelf || !IsWordRune(r):
			return end, i, scripts, ascii
		default:
			s := ScriptOf(r)
			if (s == Han) != (scripts&(1<<Han) != 0) && i > start {
				return end, i, scripts, ascii // Han runs stand alone
			}
			scripts, ascii = scripts|1<<s, false
		}
		i += n
		end = i
	}
	return end, i, scripts, ascii
}

// mergeDotted joins a single letter to the abbreviation before it ("S.p" + "A"), and reports whether it did.
func mergeDotted(text, raw string, start int, prev *Word) bool {
	if len(raw) > 2 || utf8.RuneCountInString(raw) != 1 || start != prev.End+1 || text[prev.End] != '.' {
		return false
	}
	before := text[prev.Start:prev.End]
	letters := 0
	for i, r := range before {
		if i > 0 && letters%2 == 1 && r != '.' {
			return false
		}
		letters++
	}
	s := foldWord(raw, 1<<ScriptOf([]rune(raw)[0]))
	if s == "" {
		return false
	}
	up, _ := capitals(raw + raw)
	prev.Upper = up && (prev.Upper || letters == 1 && prev.Initial)
	prev.Text += s
	prev.End = start + len(raw)
	return true
}

func dropPossessive(raw string) string {
	for _, s := range []string{"'s", "’s", "'S", "’S", "ʼs"} {
		if cut, ok := strings.CutSuffix(raw, s); ok && cut != "" {
			return cut
		}
	}
	return raw
}

func capitals(raw string) (upper, initial bool) {
	letters, caps := 0, 0
	for _, r := range raw {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		isCap := unicode.IsUpper(r) || !unicode.IsLower(r)
		if isCap {
			caps++
		}
		if letters == 1 {
			initial = isCap
		}
	}
	return letters > 1 && caps == letters, initial
}

// LowerASCII is the letters and digits of ASCII of a text, in lower case.
func LowerASCII(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'A' && c <= 'Z' || !IsAlnum(c) {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if c := s[i]; IsAlnum(c) {
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			b = append(b, c)
		}
	}
	return string(b)
}

// foldWord transliterates one word; in a word of mixed Latin and Cyrillic letters the minority is read as what it looks
// like.
func foldWord(raw string, scripts uint8) string {
	l := theLetters()
	if scripts&(1<<Latin) != 0 && scripts&(1<<Cyrillic|1<<Greek) != 0 {
		raw = l.unmix(raw)
	}
	if !norm.NFD.IsNormalString(raw) || strings.ContainsFunc(raw, func(r rune) bool { return r >= 0xF900 }) {
		raw = norm.NFKC.String(raw)
	}
	var b strings.Builder
	b.Grow(len(raw))
	for _, r := range raw {
		l.fold(&b, unicode.ToLower(r))
	}
	return b.String()
}

func (l *letters) fold(b *strings.Builder, r rune) {
	switch {
	case r < utf8.RuneSelf:
		if IsAlnum(byte(r)) {
			b.WriteByte(byte(r))
		}
		return
	case r < 0x700 && l.known[r]:
		b.WriteString(l.low[r])
		return
	case unicode.IsMark(r) || isApostrophe(r):
		return
	}
	if d := norm.NFKD.String(string(r)); d != string(r) && ScriptOf(r) != Kana {
		for _, r := range d {
			if !unicode.IsMark(r) {
				l.fold(b, unicode.ToLower(r))
			}
		}
		return
	}
	for _, c := range []byte(unidecode.Unidecode(string(r))) {
		if IsAlnum(c) {
			b.WriteByte(c | 0x20)
		}
	}
}

// unmix reads the minority script of a mixed word as the letters that they look like.
func (l *letters) unmix(raw string) string {
	lat, other := 0, 0
	for _, r := range raw {
		if r < 0x250 && unicode.IsLetter(r) {
			lat++
		} else if unicode.IsLetter(r) {
			other++
		}
	}
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		if lat >= other {
			if s, ok := l.lookalike[r]; ok {
				return rune(s[0])
			}
		} else if r < utf8.RuneSelf {
			if c, ok := l.toCyrillic[byte(r)]; ok {
				return c
			}
		}
		return r
	}, raw)
}
