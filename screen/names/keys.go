package names

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// keys computes the two equality keys of the current reading.
func (r *Reader) keys() {
	out := &r.out
	r.hash.Reset()
	for _, p := range out.Parts {
		r.hash.WriteString(p.Text)
		r.hash.WriteByte(' ')
	}
	r.hash.WriteString(strconv.Itoa(int(out.Legal)))
	out.Key = r.hash.Sum64()
	r.hash.Reset()
	for _, p := range out.Parts {
		r.hash.WriteString(p.Text)
	}
	out.Compact = r.hash.Sum64()
}

// characters hashes what the name is written with: its words as they stand but for case and punctuation, legal forms
// included. It also collects the Han characters.
func (r *Reader) characters(text string) {
	out := &r.out
	r.hash.Reset()
	from := -1
	for i := range r.words {
		w := &r.words[i]
		if w.Start != from { // one run of Han characters may be several words
			r.hash.WriteString(asWritten(w.Text, text[w.Start:w.End]))
			r.hash.WriteByte(' ')
		}
		from = w.Start
	}
	out.Chars = r.hash.Sum64()
	from = -1
	for _, p := range out.Parts { // legal forms left out
		if w := &r.words[min(p.at, len(r.words)-1)]; (p.han || w.Script == OtherScript) && w.Start != from {
			out.Han += hanOf(text[w.Start:w.End])
			from = w.Start
		}
	}
}

// asWritten is a word that was folded to s as it stood in the text, in lower case and without what stands between
// letters.
func asWritten(s, raw string) string {
	for i := range len(raw) {
		if raw[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				if isApostrophe(r) || !IsWordRune(r) {
					return -1
				}
				return unicode.ToLower(r)
			}, norm.NFKC.String(raw))
		}
	}
	lettered := 0
	for i := range len(raw) {
		if IsAlnum(raw[i]) {
			lettered++
		}
	}
	if lettered > len(s) {
		return LowerASCII(raw) // "AT and T", of which the word is "att"
	}
	return s
}
