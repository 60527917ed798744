package mention

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// ScanOptions says how a Scanner reports.
type ScanOptions struct {
	Threshold float64 // least confidence of a mention; 0 takes DefaultConfidence
	Every     bool    // report every place of a party instead of the best and first one

	// what speaks for and against a mention; nil takes the built-in ones, which are fitted on labeled texts
	Weights *MentionWeights
}

// DefaultConfidence is the least confidence of a mention by default. It prefers precision: everyday words, namesakes
// and single names of people stay below.
const DefaultConfidence = 0.75

// Mention is one listed party that a text names.
type Mention struct {
	List       diff.ListID `json:"list"`
	Key        string      `json:"key"`
	Name       string      `json:"name"`
	Country    string      `json:"country,omitempty"`
	Text       string      `json:"text"`  // the words in the text
	Start      int         `json:"start"` // byte offsets
	End        int         `json:"end"`
	Confidence float64     `json:"confidence"`
	Reason     string      `json:"reason"`
	// keys of further entries of the party on the same list: other countries, affiliates
	Also []string `json:"also,omitempty"`
}

// Within reports whether another mention is of the same party, or of it and others.
func (m Mention) Within(other Mention) bool {
	return m.List == other.List && (m.Key == other.Key || slices.Contains(other.Also, m.Key))
}

// Scanner finds the parties of lists in running text. It is safe for concurrent use.
type Scanner struct {
	entries []diff.Entry
	opts    ScanOptions
	every   *everyday
	book    *phraseBook
	vocab   wordTable
	family  map[uint64][]uint32 // distinctive word to the entries whose names begin with it
	natives map[rune][]nativePhrase
	lists   map[diff.ListID]bool
	places  map[uint64]string // place word to the code of its country
	weights *MentionWeights
	pool    sync.Pool // of *[]textWord
}

// nativePhrase is a native name and the phrase that it stands for.
type nativePhrase struct {
	text   string
	phrase int32
}

// NewScanner makes the names of entries findable in texts. It keeps entries and does not change them. Entries that are
// addresses only have no name to be found by.
func NewScanner(entries []diff.Entry, o ScanOptions) *Scanner {
	if o.Threshold == 0 {
		o.Threshold = DefaultConfidence
	}
	if o.Weights == nil {
		o.Weights = theMentionWeights()
	}
	sc := &Scanner{
		entries: entries, opts: o, weights: o.Weights, every: theEveryday(), book: newPhraseBook(),
		family: map[uint64][]uint32{}, natives: map[rune][]nativePhrase{}, lists: map[diff.ListID]bool{},
	}
	sc.classify()
	sc.mapPlaces()
	b := &scanBuilder{
		sc: sc, reader: names.NewReader(), every: sc.every,
		words: map[string]bool{}, leads: map[string]bool{}, heads: map[string][]uint32{}, has: map[string]int{},
		street: map[string]int{},
	}
	b.reader.Plain = true
	b.countStreets(entries)
	for i := range entries {
		sc.lists[entries[i].List] = true
		if entries[i].Kind != diff.Address {
			b.addEntry(uint32(i), &entries[i])
		}
	}
	b.addBrands()
	for i := range entries {
		b.addNatives(&entries[i])
	}
	return sc
}

// class is what the words around a name are to it.
type class uint16

const (
	legalClassWord class = 1 << iota // a legal form
	neutralWord                      // a generic word that does not change who is meant
	headWord                         // makes the name that of something else
	placeClass
	englishWord
	titleWord
	skipWord // may be left out inside a name
	andWord
	articleWord   // may stand inside a name or not ("al")
	ordinaryClass // stands in ordinary text, as a word or as a name
	listingClass  // speaks of sanctions and lists
	hintClass     // does so together with others
	armedClass    // speaks of armed groups
)

// classify prepares what is asked of every word of a text.
func (sc *Scanner) classify() {
	mark := func(w string, c class) { sc.vocab.at(names.Hash(w)).class |= c }
	classOf := map[names.Role]class{names.GenericWord: neutralWord, names.LegalWord: legalClassWord,
		names.PlaceWord: placeClass, names.Title: titleWord}
	for w, r := range names.UsedWords() {
		if r == names.LegalWord && len(w) == 1 {
			continue
		}
		mark(w, classOf[r])
		if c := names.Canonical(w); (r == names.GenericWord || r == names.Numeral) && c != w {
			sc.vocab.at(names.Hash(w)).key = names.Hash(c)
		}
	}
	for _, w := range []string{"group", "holding", "holdings"} {
		mark(w, legalClassWord)
	}
	for w := range names.EnglishWords() {
		mark(w, englishWord)
	}
	mark("and", andWord)
	for w := range names.OrdinaryWords() {
		mark(w, ordinaryClass)
	}
	for c, words := range sc.every.classes {
		for _, w := range words {
			mark(w, c)
		}
	}
}

// ofList is how a native name names a party: as its list gives it.
var ofList = naming{kind: nativeName, bits: mostBits, rare: true}

// addNative makes a native name stand for a phrase: in scripts without spaces as a run of letters, in others word by
// word.
func (sc *Scanner) addNative(native string, p int32) {
	r, _ := utf8.DecodeRuneInString(native)
	if s := names.ScriptOf(r); s == names.Han || s == names.Kana || s == names.OtherScript {
		sc.natives[r] = append(sc.natives[r], nativePhrase{native, p})
		return
	}
	var words []uint64
	for _, w := range names.Fold(native) {
		words = append(words, names.Hash(strings.ToLower(w)))
	}
	for _, e := range sc.book.ownersOf(p) {
		sc.book.add(nativeSpace, words, ofList, e)
	}
}
