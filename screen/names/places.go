package names

import (
	"slices"
	"strings"
)

// atlas knows place words.
type atlas struct {
	word    map[string]bool   // single words that name a place, or are part of the name of one
	country map[string]string // a country's name with blanks, to its ISO 3166 code
	codes   map[string]bool
	of      map[string]string // a place word to the code of its country
}

func parsePlaces(table string, regions []string) atlas {
	a := atlas{word: map[string]bool{}, country: map[string]string{}, codes: map[string]bool{}, of: map[string]string{}}
	whole := map[string]string{}
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		a.codes[f[0]] = true
		names := true
		for _, w := range f[1:] {
			if w == "/" {
				names = false
				continue
			}
			if names {
				a.country[strings.ReplaceAll(w, "-", " ")] = f[0]
			}
			whole[w] = f[0]
			a.addWords(w, f[0])
		}
	}
	for _, w := range regions {
		a.addWords(w, "")
	}
	// "british" is of the country of which it is the adjective, not of the British Virgin Islands
	for w, code := range whole {
		if a.of[w] != "" {
			a.of[w] = code
		}
	}
	return a
}

// addWords takes in the words of a place; small and very common parts are left to their own meaning.
func (a atlas) addWords(name, code string) {
	for w := range strings.SplitSeq(name, "-") {
		if slices.Contains(theSets()["no-place"], w) {
			continue
		}
		a.word[w] = true
		if code != "" && !slices.Contains(theSets()["placeless"], w) {
			a.of[w] = code
		}
	}
}

// codeOf is the ISO 3166 code of a country as people write it: a code, a name, or a list's own heading ("CHINA,
// PEOPLE'S REPUBLIC OF"). It is empty where the text names no country that the table knows.
func (a atlas) codeOf(text string) string {
	text = strings.TrimSpace(text)
	if up := strings.ToUpper(text); len(up) == 2 && a.codes[up] {
		return up
	}
	words := Fold(text)
	if c := a.country[strings.Join(words, " ")]; c != "" {
		return c
	}
	if head, _, found := strings.Cut(text, ","); found {
		if c := a.country[strings.Join(Fold(head), " ")]; c != "" {
			return c
		}
	}
	return ""
}

// IsPlace reports whether a name is nothing but the names of places and of the people there: "South Africa", "Israeli".
func IsPlace(name string) bool {
	words := Fold(name)
	if theLexicon().atlas.codeOf(name) != "" {
		return true
	}
	for _, w := range words {
		if !theLexicon().atlas.word[w] && !theLexicon().particle[w] {
			return false
		}
	}
	return len(words) > 0
}
