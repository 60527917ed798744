package names

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// RoleOf is the role of a folded word by itself, and its canonical form: of a generic word in its first way to write
// it, of a number in digits without zeros before them.
func RoleOf(word string) (Role, string) { return theLexicon().roleOf(word) }

// Share is the part of its letters' weight that a folded word keeps in a role, 0 to 1, before any list has its say.
func Share(word string, r Role) float32 { return theLexicon().share(word, r) }

// Canonical is the one form of all ways to write a generic word or a number, and every other word itself.
func Canonical(word string) string {
	l := theLexicon()
	if g, ok := l.generic[word]; ok {
		return g.canon
	}
	if n, ok := l.number[word]; ok {
		return n
	}
	return word
}

// NumberOf is a number that is written as a word ("twelve", "xii", "12th") in digits.
func NumberOf(word string) (digits string, ok bool) {
	digits, ok = theLexicon().number[word]
	return digits, ok
}

// Nicknames are the groups of given names that a folded word stands in, in order; see OneGroup.
func Nicknames(word string) []uint16 { return theLexicon().nickname[word] }

// LeadsOn reports whether a particle leads on to another word ("of", "de").
func LeadsOn(particle string) bool { return theLexicon().connective[particle] }

// LegalForm is the number of a legal form by its canonical short name ("llc"), 0 where there is none.
func LegalForm(canon string) uint8 { return theLexicon().legalID[canon] }

// Worldwide reports whether a legal form says nothing of a country, as "Ltd" does not.
func Worldwide(legal uint8) bool { return theLexicon().worldwide[legal] }

// FormWords are all words that any way to write a legal form has. They must not be changed.
func FormWords(legal uint8) map[string]bool { return theLexicon().wayWords[legal] }

// LegalSlip reports whether a folded word is but for one letter a word that ends the way in which a legal form is
// written, or a common short form. known says that the word is in use otherwise.
func LegalSlip(word string, legal uint8, known bool) bool {
	return theLexicon().slipOf(word, legal, known)
}

// IsPlaceWord reports whether a folded word names a place, or is part of the name of one.
func IsPlaceWord(word string) bool { return theLexicon().atlas.word[word] }

// CountryOf is the ISO 3166 code of the country of a place word, "" where the word is of none, or of several.
func CountryOf(placeWord string) string { return theLexicon().atlas.of[placeWord] }

// CountryCode is the ISO 3166 code of a country as people write it: a code, a name, or a list's own heading ("CHINA,
// PEOPLE'S REPUBLIC OF"). It is empty where the text names no country that the table knows.
func CountryCode(text string) string { return theLexicon().atlas.codeOf(text) }

// EnglishWords are the folded words of the table of everyday English, in no order.
func EnglishWords() iter.Seq[string] { return maps.Keys(theEnglish()) }

// UsedWords are the folded words that the tables give a role in names, in no order; a word with several comes several
// times. Of legal forms these are the ones of a single word.
func UsedWords() iter.Seq2[string, Role] {
	return func(yield func(string, Role) bool) {
		l := theLexicon()
		for w := range l.generic {
			if !yield(w, GenericWord) {
				return
			}
		}
		for w := range l.number {
			if !yield(w, Numeral) {
				return
			}
		}
		for w, forms := range l.legal {
			if len(forms[len(forms)-1].rest) == 0 && !yield(w, LegalWord) {
				return
			}
		}
		for w := range l.atlas.word {
			if !yield(w, PlaceWord) {
				return
			}
		}
		for w := range l.title {
			if !yield(w, Title) {
				return
			}
		}
	}
}

// NationWords are the names of countries that are one word, and the adjectives of the countries that the press writes
// of most.
func NationWords() []string {
	out := slices.Clone(theSets()["nation"])
	for name := range theLexicon().atlas.country {
		if !strings.Contains(name, " ") {
			out = append(out, name)
		}
	}
	return out
}
