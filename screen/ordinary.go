package screen

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// ordinaryTable says how often words stand in ordinary English text; its head names source and date.
//
//go:embed ordinary.txt
var ordinaryTable string

// rarest is the information, in bits, of a word that ordinaryTable does not hold: about one in two million words.
const rarest = 21

// ordinaryWord is what ordinary text says of a word.
type ordinaryWord struct {
	bits int  // the negative binary logarithm of its share of all words
	name bool // it is only a name: of places, persons, stars
}

// ordinaryWords is ordinaryTable by folded word.
var ordinaryWords = sync.OnceValue(func() map[string]ordinaryWord {
	out := make(map[string]ordinaryWord, 34_000)
	for line := range strings.Lines(ordinaryTable) {
		if line[0] == '#' {
			continue
		}
		number, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		bits, err := strconv.Atoi(number)
		if err != nil {
			panic("screen: ordinary.txt: " + err.Error())
		}
		for w := range strings.FieldsSeq(rest) {
			name := w[0] <= 'Z'
			if name {
				w = lowerASCII(w)
			}
			out[w] = ordinaryWord{bits, name}
		}
	}
	return out
})

// bitsOf is how much a folded word says in ordinary text: few bits for "the", rarest for a word that nobody else uses.
func bitsOf(w string) int {
	if hasDigit(w) || len(w) == 1 {
		return 6
	}
	words := ordinaryWords()
	if o, ok := words[w]; ok {
		return o.bits
	}
	if at := strings.Index(w, "our"); at >= 3 { // the table's dictionary spells as Americans do
		if o, ok := words[w[:at]+"or"+w[at+3:]]; ok && !o.name {
			return o.bits
		}
	}
	for _, end := range []string{"s", "es", "ed", "ing", "ers", "er"} { // its forms are as ordinary as the word
		if stem, ok := strings.CutSuffix(w, end); ok && len(stem) >= 3 {
			if o, ok := words[stem]; ok && !o.name {
				return min(rarest, o.bits+1)
			}
		}
	}
	return rarest
}

// everydayForm reports whether a folded word is a word of the dictionary, and not only a name, or a form of one.
func everydayForm(w string) bool {
	o, ok := ordinaryWords()[w]
	return ok && !o.name || !ok && bitsOf(w) < rarest
}

// isOrdinary reports whether ordinary text has a folded word, be it a name or not.
func isOrdinary(w string) bool { return bitsOf(w) < rarest }
