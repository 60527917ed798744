package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// SameText reports whether two texts differ at most editorially: their letters and digits are the same and in the same order, whatever
// stands between them (punctuation, spacing, line breaks, quotes, case). One difference in layout counts all the same: a separator
// that wanders between digits ("12 3" and "1 23") makes another number. docs/EDITORIAL.md is the rule.
func SameText(a, b string) bool {
	return a == b || letters(a) == letters(b) && !numbersMoved(a, b)
}

// letters is the text without what is editorial: letters, marks and digits only, in lower case and compatibility form.
func letters(s string) string {
	if !isASCII(s) {
		return lettersUnicode(s)
	}
	for i := range len(s) {
		if f := asciiFold[s[i]]; f != s[i] || f == ' ' {
			return lettersASCII(s, i)
		}
	}
	return s
}

// hasLetters reports whether a text has any.
func hasLetters(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return lettersUnicode(s) != ""
		}
		if asciiFold[s[i]] > ' ' {
			return true
		}
	}
	return false
}

func lettersASCII(s string, from int) string {
	b := make([]byte, from, len(s))
	copy(b, s)
	for i := from; i < len(s); i++ {
		if f := asciiFold[s[i]]; f > ' ' {
			b = append(b, f)
		}
	}
	return string(b)
}

func lettersUnicode(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKC.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// plainLetters are letters without diacritics, for sources that write none: "Coöperatief" and "Cooperatief". It decides nothing about
// what changed.
func plainLetters(s string) string {
	if isASCII(s) {
		return letters(s)
	}
	return lettersUnicode(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s)))
}

// numbersMoved is for texts with the same letters: it reports whether both have a break between digits that the other lacks.
func numbersMoved(a, b string) bool {
	x, y := digitBreaks(a), digitBreaks(b)
	return !subset(x, y) && !subset(y, x)
}

// digitBreaks are the positions, counted in letters, where something stands between two digits.
func digitBreaks(s string) []int {
	var breaks []int
	n, digit, gap := 0, false, false
	for _, r := range norm.NFKC.String(s) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = true
			continue
		}
		d := unicode.IsDigit(r)
		if gap && digit && d {
			breaks = append(breaks, n)
		}
		n, digit, gap = n+1, d, false
	}
	return breaks
}

// subset reports whether every element of the ascending x is in the ascending y.
func subset(x, y []int) bool {
	for _, v := range x {
		for len(y) > 0 && y[0] < v {
			y = y[1:]
		}
		if len(y) == 0 || y[0] != v {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// asciiFold is what an ASCII character becomes in a normal form: itself in lower case, a space where it separates, 0 where it joins.
var asciiFold = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			t[c] = byte(c)
		case c == '\'' || c == '`':
			t[c] = 0
		default:
			t[c] = ' '
		}
	}
	return t
}()
