package names

import (
	"slices"
	"strings"
	"sync"
)

// lexicon is every table of words, parsed once.
type lexicon struct {
	legal      legalByFirst
	legalID    map[string]uint8 // canonical legal form to its number, from 1
	title      map[string]bool
	particle   map[string]bool
	number     map[string]string
	generic    map[string]generic
	common     map[string]bool
	nickname   map[string][]uint16 // the rows of nicknames.txt in which a given name stands
	ways       [][]string          // by number of the legal form, the single words that write it
	wayWords   []map[string]bool   // by number of the legal form, all words that any way to write it has
	worldwide  map[uint8]bool      // legal forms that say nothing of a country
	bags       map[string][]bag    // legal forms of several words, by the longest
	atlas      atlas
	leading    map[string]bool // short legal forms that stand in front of a name
	long       []string        // long words of legal forms, in which a slip is forgiven
	legalEnds  []string        // legal forms, for slips in them
	connective map[string]bool // particles that lead on to another word
	and        map[string]bool // ways to say "and" that count between two single letters only ("B und W", "H y M")
	ambiguous  map[string]bool // short legal forms that are words or names elsewhere than at the end
}

var theLexicon = sync.OnceValue(func() *lexicon {
	l := &lexicon{
		legal: parseLegal(table("legal.txt")), legalID: map[string]uint8{}, title: setOf("title"),
		particle: setOf("particle"),
		number:   parseNumbers(table("numbers.txt")), generic: parseGeneric(table("generic.txt")),
		common:   SetOf(strings.Fields(table("commonnames.txt"))),
		nickname: parseNicknames(table("nicknames.txt")), atlas: parsePlaces(table("places.txt"), theSets()["region"]),
		leading: setOf("leading"), ambiguous: setOf("ambiguous"), and: setOf("and"), connective: setOf("connective"),
	}
	l.worldwide = map[uint8]bool{}
	l.long = slices.Clone(theSets()["long"])
	l.legalEnds = theSets()["legal-end"]
	l.bags = parseBags(l.legal)
	for _, w := range strings.Fields(strings.ReplaceAll(table("legal.txt"), "|", " ")) {
		if len(w) >= longLegal && !slices.Contains(l.long, w) {
			l.long = append(l.long, w)
		}
	}
	l.ways, l.wayWords = [][]string{nil}, []map[string]bool{nil}
	for line := range strings.Lines(table("legal.txt")) {
		head, rest, _ := strings.Cut(strings.TrimSpace(line), "|")
		f := strings.Fields(head)
		if len(f) != 2 {
			continue
		}
		l.legalID[f[1]] = uint8(len(l.legalID) + 1)
		var single []string
		for way := range strings.SplitSeq(rest, "|") {
			words := strings.Fields(way)
			single = append(single, words[len(words)-1])
		}
		l.ways = append(l.ways, single)
		l.worldwide[l.legalID[f[1]]] = f[0] == "any" || f[1] == "ltd" || f[1] == "coltd"
		l.wayWords = append(l.wayWords, SetOf(strings.Fields(strings.ReplaceAll(rest, "|", " "))))
	}
	return l
})

// longLegal is how many letters a word of a legal form has in which a slip makes no other word.
const longLegal = 6

// mendLegal returns the long legal word that s is but for one letter, else s.
func (l *lexicon) mendLegal(s string) string {
	if slices.Contains(l.long, s) {
		return s
	}
	for _, w := range l.long {
		if d := len(w) - len(s); d >= -1 && d <= 1 && s != w && MayMatch(s, w) &&
			(s[0] == w[0] || s[1] == w[1] || s[0] == w[1] || s[1] == w[0]) {
			if EditCost(s, w, 1) <= 1 {
				return w
			}
		}
	}
	return s
}

// slipOf reports whether s is but for one letter a word that ends the way in which legal form id is written, or a
// common short form. Of a word that is in use otherwise only a short one is taken for a slip, and only in the very
// form.
func (l *lexicon) slipOf(s string, id uint8, known bool) bool {
	if len(s) < 2 || len(s) > 9 || known && len(s) > 3 {
		return false
	}
	near := func(w string) bool {
		d := len(w) - len(s)
		return (len(w) > 2 || d == 0) && len(w) >= 2 && d >= -1 && d <= 1 && EditCost(s, w, 1) <= 1
	}
	return slices.ContainsFunc(l.ways[id], near) || !known && slices.ContainsFunc(l.legalEnds, near)
}

// Role is what a word does in a name.
type Role uint8

const (
	Distinctive Role = iota
	CommonName       // a given or family name that very many people bear
	GenericWord      // "trading", "institute"
	PlaceWord
	Numeral
	InitialLetter
	Particle
	Title
	LegalWord
)

// roleOf is the role of a folded word by itself, and its canonical form.
func (l *lexicon) roleOf(s string) (Role, string) {
	if s[0] <= '9' && allDigits(s) {
		return Numeral, strings.TrimLeft(s, "0")
	}
	if len(s) == 1 {
		return InitialLetter, s
	}
	if l.particle[s] {
		return Particle, s
	}
	if g, ok := l.generic[s]; ok {
		return GenericWord, g.canon
	}
	if l.atlas.word[s] {
		return PlaceWord, s
	}
	if l.common[s] || IsPatronymic(s) {
		return CommonName, s
	}
	return Distinctive, s
}

// IsPatronymic reports whether a word is formed like a Slavic or Turkic "son of" name.
func IsPatronymic(s string) bool {
	if len(s) < 7 {
		return false
	}
	switch s[len(s)-4:] {
	case "vich", "evna", "ovna", "vych", "ivna", "oglu", "ogly", "kyzy", "qizi":
		return true
	}
	return false
}

// share is the part of its letters' weight that a word keeps, before any list has its say.
func (l *lexicon) share(s string, r Role) float32 {
	switch r {
	case CommonName:
		if IsPatronymic(s) {
			return 0.4
		}
		return 0.7
	case GenericWord:
		return l.generic[s].share
	case PlaceWord:
		return 0.45
	case InitialLetter:
		return 0.5
	case Particle, Title:
		return 0.06
	case Numeral, LegalWord:
		return 0
	}
	return 1
}
