package names

import (
	"strings"
	"sync"
)

var theHanVariants = sync.OnceValue(func() map[rune]rune {
	out := map[rune]rune{}
	for line := range strings.Lines(table("hanvariants.txt")) {
		simple, others, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		for _, r := range others {
			out[r] = []rune(simple)[0]
		}
	}
	return out
})

// simplified is a text with each Han character in its simplified form; it is as long as the text.
func simplified(text string) string {
	variants := theHanVariants()
	return strings.Map(func(r rune) rune {
		if simple, ok := variants[r]; ok {
			return simple
		}
		return r
	}, text)
}

// hanOf is the Han characters of a text, each in its simplified form, and the syllables of Hangul: one of three is
// another name.
func hanOf(text string) string {
	return strings.Map(func(r rune) rune {
		if ScriptOf(r) != Han && !hangul(r) {
			return -1
		}
		return r
	}, simplified(text))
}

// hangul reports whether a character is a whole syllable of Hangul.
func hangul(r rune) bool { return r >= 0xAC00 && r <= 0xD7A3 }
