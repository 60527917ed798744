package mention

import (
	"slices"
	"unicode/utf8"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// addNatives makes the names in other scripts that some list gives a party name it on every list that has its name in
// Latin letters, and the Chinese ones also in the short form of the press.
func (b *scanBuilder) addNatives(e *diff.Entry) {
	var own []int32 // the phrases of its names in Latin letters
	var natives []string
	for _, group := range [][]string{{e.Name}, e.Aliases} {
		for _, n := range group {
			switch r, _ := utf8.DecodeRuneInString(n); names.ScriptOf(r) {
			case names.Latin:
				if p := b.phraseOf(n); p >= 0 && !slices.Contains(own, p) {
					own = append(own, p)
				}
			default:
				natives = append(natives, names.NativeForms(n)...)
			}
		}
	}
	for _, n := range natives {
		for _, p := range own {
			b.sc.addNative(n, p)
		}
	}
}

// phraseOf is the phrase of a whole name of two words or more, or of one distinctive word; -1 for none.
func (b *scanBuilder) phraseOf(name string) int32 {
	words := b.read(name)
	if len(words) == 0 || len(words) == 1 && (!words[0].strong || len(words[0].s) < 6) {
		return -1
	}
	h := plainSpace
	for _, k := range b.keysOf(words) {
		h = extend(h, k)
	}
	p, _ := b.sc.book.find(h)
	return p
}
