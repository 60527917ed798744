package screen

import (
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
)

// appendHan cuts a run of Han characters into translated words and pinyin.
func appendHan(raw string, at int, paren bool, dst []word) []word {
	l := theLetters()
	var run []byte // the pinyin of the characters since runStart
	runStart, chars := 0, 0
	flush := func(end int) {
		if len(run) > 0 {
			dst = append(dst, word{s: string(run), start: at + runStart, end: at + end, script: han, paren: paren, initial: true})
		}
		run, chars = run[:0], 0
	}
	for i := 0; i < len(raw); {
		if words, n := l.hanWord(raw[i:]); n > 0 && (len(run) == 0 || chars != 1 || n > 3) {
			flush(i)
			for _, s := range words {
				dst = append(dst, word{s: s, start: at + i, end: at + i + n, script: han, paren: paren, initial: true})
			}
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(raw[i:])
		if len(run) == 0 {
			runStart, chars = i, 0
		}
		run = append(run, l.syllable(r)...)
		i, chars = i+n, chars+1
	}
	flush(len(raw))
	return dst
}

func (l *letters) hanWord(s string) ([]string, int) {
	for n := min(l.hanMax, len(s)); n >= 3; n -= 3 {
		if words, ok := l.han[s[:n]]; ok {
			return words, n
		}
	}
	return nil, 0
}

// syllable is the pinyin of one Han character.
func (l *letters) syllable(r rune) string {
	if s := thePinyin().of(r); s != "" {
		return s
	}
	var b strings.Builder
	for _, c := range []byte(unidecode.Unidecode(string(r))) {
		if isAlnum(c) {
			b.WriteByte(c | 0x20)
		}
	}
	return b.String()
}
