package names

import (
	"slices"
	"strings"
	"sync"
)

// romanisation is what is known of syllables: those of Wade-Giles with their readings, and those of Hanyu Pinyin.
type romanisation struct {
	readings map[string][]string
	pinyin   map[string]bool
	longest  int
}

var theRomanisation = sync.OnceValue(func() *romanisation {
	r := &romanisation{readings: map[string][]string{}, pinyin: map[string]bool{}}
	for line := range strings.Lines(table("wadegiles.txt")) {
		f := strings.Fields(line)
		r.readings[f[0]] = f[1:]
		r.longest = max(r.longest, len(f[0]))
		for _, p := range f[1:] {
			r.pinyin[p] = true
		}
	}
	return r
})

// The bounds of a name in Wade-Giles: a family name and a given name of one or two syllables each, and how many
// readings are tried.
const (
	leastSyllables = 2
	mostSyllables  = 4
	mostRespelt    = 16
)

// Respellings are a name in Hanyu Pinyin, where it is written in Wade-Giles throughout and could not be Hanyu Pinyin
// already: all readings that the missing marks leave open ("Hsieh Chi-hung" is "xie ji hong" and "xie qi hong"). It is
// nil for nearly every name.
func Respellings(text string) []string {
	r := theRomanisation()
	// before anything is read: the longest has 4 syllables of 6 letters and marks
	if len(text) > 40 || r.cut(firstLetters(text)) == nil {
		return nil
	}
	var syllables []string
	ends := map[int]bool{} // numbers of syllables up to the end of each word
	for _, w := range Split(text, nil) {
		s := r.cut(w.Text)
		if s == nil || w.Script != Latin {
			return nil
		}
		syllables = append(syllables, s...)
		ends[len(syllables)] = true
	}
	if len(ends) < 2 || len(syllables) < leastSyllables || len(syllables) > mostSyllables || !r.foreign(syllables) {
		return nil
	}
	out := []string{""}
	for i, s := range syllables {
		space := ""
		if ends[i+1] && i+1 < len(syllables) {
			space = " "
		}
		var next []string
		for _, head := range out {
			for _, p := range r.readings[s] {
				next = append(next, head+p+space)
			}
		}
		out = next[:min(len(next), mostRespelt)]
	}
	return out
}

// foreign reports whether any of the syllables is none of Hanyu Pinyin.
func (r *romanisation) foreign(syllables []string) bool {
	return slices.ContainsFunc(syllables, func(s string) bool { return !r.pinyin[s] })
}

// firstLetters is the run of Latin letters that a text begins with, in lower case.
func firstLetters(text string) string {
	n := 0
	for n < len(text) && n < 16 && (text[n]|0x20 >= 'a' && text[n]|0x20 <= 'z' || text[n] == '\'') {
		n++
	}
	return LowerASCII(text[:n])
}

// cut cuts a word into one or two syllables of Wade-Giles; nil where it is none.
func (r *romanisation) cut(s string) []string {
	if r.readings[s] != nil {
		return []string{s}
	}
	for i := min(len(s)-1, r.longest); i > 0; i-- {
		if r.readings[s[:i]] != nil && r.readings[s[i:]] != nil {
			return []string{s[:i], s[i:]}
		}
	}
	return nil
}
