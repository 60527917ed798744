package screen

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// keys computes the two equality keys of the current reading.
func (r *reader) keys() {
	out := &r.out
	r.hash.Reset()
	for _, p := range out.parts {
		r.hash.WriteString(p.s)
		r.hash.WriteByte(' ')
	}
	r.hash.WriteString(strconv.Itoa(int(out.legal)))
	out.key = r.hash.Sum64()
	r.hash.Reset()
	for _, p := range out.parts {
		r.hash.WriteString(p.s)
	}
	out.compact = r.hash.Sum64()
}

// characters hashes what the name is written with: its words as they stand but for case and punctuation, legal forms included. It also
// collects the Han characters.
func (r *reader) characters(text string) {
	out := &r.out
	r.hash.Reset()
	from := -1
	for i := range r.words {
		w := &r.words[i]
		if w.start != from { // one run of Han characters may be several words
			r.hash.WriteString(asWritten(w.s, text[w.start:w.end]))
			r.hash.WriteByte(' ')
		}
		from = w.start
	}
	out.chars = r.hash.Sum64()
	from = -1
	for _, p := range out.parts { // legal forms left out
		if w := &r.words[min(p.at, len(r.words)-1)]; (p.han || w.script == otherScript) && w.start != from {
			out.han += hanOf(text[w.start:w.end])
			from = w.start
		}
	}
}

// asWritten is a word that was folded to s as it stood in the text, in lower case and without what stands between letters.
func asWritten(s, raw string) string {
	for i := range len(raw) {
		if raw[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				if isApostrophe(r) || !isWordRune(r) {
					return -1
				}
				return unicode.ToLower(r)
			}, norm.NFKC.String(raw))
		}
	}
	lettered := 0
	for i := range len(raw) {
		if isAlnum(raw[i]) {
			lettered++
		}
	}
	if lettered > len(s) {
		return lowerASCII(raw) // "AT and T", of which the word is "att"
	}
	return s
}
