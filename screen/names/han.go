package names

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
)

// hanTable is the words of Chinese and Japanese company names that are translated, in simplified characters.
type hanTable struct {
	words   map[string][]string
	longest int // bytes of the longest key
}

var theHanWords = sync.OnceValue(func() *hanTable {
	t := &hanTable{words: map[string][]string{}}
	for line := range strings.Lines(table("hanwords.txt")) {
		f := strings.Fields(line)
		key := simplified(f[0])
		t.words[key] = f[1:]
		t.longest = max(t.longest, len(key))
	}
	return t
})

// find returns the translation of the longest word that s begins with, and its length in bytes.
func (t *hanTable) find(s string) ([]string, int) {
	for n := min(t.longest, len(s)); n >= 3; n -= 3 {
		if words, ok := t.words[s[:n]]; ok {
			return words, n
		}
	}
	return nil, 0
}

// appendHan cuts a run of Han characters into translated words and pinyin, traditional and Japanese characters as
// simplified ones.
func appendHan(raw string, at int, paren bool, dst []Word) []Word {
	raw = simplified(raw)
	table := theHanWords()
	var run []byte // the pinyin of the characters since runStart
	runStart, chars := 0, 0
	flush := func(end int) {
		if len(run) > 0 {
			dst = append(dst, Word{Text: string(run), Start: at + runStart, End: at + end, Script: Han, paren: paren,
				Initial: true})
		}
		run, chars = run[:0], 0
	}
	for i := 0; i < len(raw); {
		if words, n := table.find(raw[i:]); n > 0 && (len(run) == 0 || chars != 1 || n > 3) {
			flush(i)
			for _, s := range words {
				dst = append(dst, Word{Text: s, Start: at + i, End: at + i + n, Script: Han, paren: paren, Initial: true})
			}
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(raw[i:])
		if len(run) == 0 {
			runStart, chars = i, 0
		}
		run = append(run, Syllable(r)...)
		i, chars = i+n, chars+1
	}
	flush(len(raw))
	return dst
}

// Syllable is the pinyin of one Han character.
func Syllable(r rune) string {
	if s := thePinyin().of(r); s != "" {
		return s
	}
	var b strings.Builder
	for _, c := range []byte(unidecode.Unidecode(string(r))) {
		if IsAlnum(c) {
			b.WriteByte(c | 0x20)
		}
	}
	return b.String()
}
