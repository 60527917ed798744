package screen

import (
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"github.com/mozillazg/go-unidecode"
)

// appendHan cuts a run of Han characters into translated words and pinyin.
func appendHan(raw string, at int, paren bool, dst []word) []word {
	l := theLetters()
	runStart, run := 0, ""
	flush := func(end int) {
		if run != "" {
			dst = append(dst, word{s: run, start: at + runStart, end: at + end, script: han, paren: paren, initial: true})
			run = ""
		}
	}
	for i := 0; i < len(raw); {
		if words, n := l.hanWord(raw[i:]); n > 0 && (run == "" || utf8.RuneCountInString(raw[runStart:i]) != 1 || n > 3) {
			flush(i)
			for _, s := range words {
				dst = append(dst, word{s: s, start: at + i, end: at + i + n, script: han, paren: paren, initial: true})
			}
			i += n
			runStart = i
			continue
		}
		r, n := utf8.DecodeRuneInString(raw[i:])
		if run == "" {
			runStart = i
		}
		run += l.syllable(r)
		i += n
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
	if p := pinyin.SinglePinyin(r, l.pinyin); len(p) > 0 {
		return strings.ReplaceAll(p[0], "ü", "v")
	}
	var b strings.Builder
	for _, c := range []byte(unidecode.Unidecode(string(r))) {
		if isAlnum(c) {
			b.WriteByte(c | 0x20)
		}
	}
	return b.String()
}
