package diff

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normalise folds what is editorial in a text: case, punctuation, quotation marks, dashes, spacing and compatibility forms. Two texts
// with the same normal form differ in layout only. Letters keep their diacritics: "Ağ" and "Ag" are two names.
func Normalise(s string) string {
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

// MakeKey is the key of an entry that has no id of its source: list, country and normalised name; address entries are keyed by
// the address and not by their number. Equal keys of one snapshot get an ordinal by NumberKeys.
func MakeKey(list ListID, country, name string) string {
	return string(list) + "/" + slug(country) + "/" + slug(name)
}

// NumberKeys makes the keys of one snapshot unique: the second entry with a key becomes key#2, in the order given.
func NumberKeys(entries []Entry) {
	seen := make(map[string]int, len(entries))
	for i := range entries {
		k := entries[i].Key
		seen[k]++
		if n := seen[k]; n > 1 {
			entries[i].Key = k + "#" + strconv.Itoa(n)
		}
	}
}

func slug(s string) string { return strings.ReplaceAll(Normalise(s), " ", "-") }
