package diff

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normalise folds what is editorial in a text: case, punctuation, quotation marks, dashes, spacing and compatibility forms. Two texts
// with the same normal form differ in layout only. Letters keep their diacritics: "Ağ" and "Ag" are two names.
func Normalise(s string) string {
	if isASCII(s) {
		return normaliseASCII(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFKC.String(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		case r == '\'' || r == '’' || r == '‘' || r == '`' || r == 0x00AD:
			// an apostrophe or soft hyphen joins what stands around it
		default:
			space = true
		}
	}
	return b.String()
}

// normaliseASCII is Normalise for the great majority of texts; what is normal already is returned as it is.
func normaliseASCII(s string) string {
	var b []byte
	for i, space := 0, true; i < len(s); i++ {
		f := asciiFold[s[i]]
		switch {
		case f == s[i] && b == nil && (f != ' ' || !space && i+1 < len(s)):
			space = f == ' '
			continue
		case b == nil:
			b = append(make([]byte, 0, len(s)), strings.TrimSuffix(s[:i], " ")...)
			space = space && i > 0
		}
		if f == 0 {
			continue
		}
		if f == ' ' {
			space = true
			continue
		}
		if space && len(b) > 0 {
			b = append(b, ' ')
		}
		b, space = append(b, f), false
	}
	if b == nil {
		return s
	}
	return string(b)
}
