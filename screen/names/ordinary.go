package names

import (
	"iter"
	"maps"
	"strconv"
	"strings"
	"sync"
)

// Rarest is the information, in bits, of a word that ordinary.txt does not hold: about one in two million words.
const Rarest = 21

// ordinaryWord is what ordinary text says of a word.
type ordinaryWord struct {
	bits int  // the negative binary logarithm of its share of all words
	name bool // it is only a name: of places, persons, stars
}

// theOrdinary is ordinary.txt by folded word.
var theOrdinary = sync.OnceValue(func() map[string]ordinaryWord {
	out := make(map[string]ordinaryWord, 34_000)
	for line := range strings.Lines(table("ordinary.txt")) {
		number, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		bits, err := strconv.Atoi(number)
		if err != nil {
			panic("names: ordinary.txt: " + err.Error())
		}
		for w := range strings.FieldsSeq(rest) {
			name := w[0] <= 'Z'
			if name {
				w = LowerASCII(w)
			}
			out[w] = ordinaryWord{bits, name}
		}
	}
	return out
})

// BitsOf is how much a folded word says in ordinary text: few bits for "the", Rarest for a word that nobody else uses.
func BitsOf(w string) int {
	if HasDigit(w) || len(w) == 1 {
		return 6
	}
	words := theOrdinary()
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
				return min(Rarest, o.bits+1)
			}
		}
	}
	return Rarest
}

// IsDictionaryWord reports whether a folded word is a word of the dictionary, and not only a name, or a form of one.
func IsDictionaryWord(w string) bool {
	o, ok := theOrdinary()[w]
	return ok && !o.name || !ok && BitsOf(w) < Rarest
}

// IsOrdinary reports whether ordinary text has a folded word, be it a name or not.
func IsOrdinary(w string) bool { return BitsOf(w) < Rarest }

// OrdinaryWords are the folded words of the table, in no order.
func OrdinaryWords() iter.Seq[string] { return maps.Keys(theOrdinary()) }
