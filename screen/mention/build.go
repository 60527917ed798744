package mention

import (
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// nameWord is one word of a listed name, as the scanner sees it.
type nameWord struct {
	s, key string
	role   names.Role
	strong bool // proves something by itself
	paren  bool
	upper  bool // in capitals in a name that is not all in capitals, or short
}

// scanBuilder fills a Scanner.
type scanBuilder struct {
	sc     *Scanner
	reader *names.Reader
	every  *everyday
	heads  map[string][]uint32 // distinctive word to the entries whose names begin with it
	has    map[string]int      // distinctive word to the number of entries that have it
	street map[string]int      // word to the number of entries in whose addresses it stands
	brands []brand
	form   bool            // whether the name read last has a legal form
	words  map[string]bool // buffers
	leads  map[string]bool
	keep   []nameWord
	order  []nameWord
	text   []textWord
	keys   []uint64
	sounds []uint64
	bones  []uint64
	snd    []byte
	sk     []byte
}

// brand is a name that comes down to one distinctive word.
type brand struct {
	word  string
	entry uint32
}

func (b *scanBuilder) addEntry(i uint32, e *diff.Entry) {
	words, leads := b.words, b.leads
	clear(words)
	clear(leads)
	for _, group := range [][]string{{e.Name}, e.Aliases, e.FormerNames} {
		for _, n := range group {
			b.addName(i, e, n, words, leads)
		}
	}
	for w := range words {
		b.has[w]++
	}
	for w := range leads {
		b.heads[w] = append(b.heads[w], i)
	}
}

// read cuts a name into words without its legal forms.
func (b *scanBuilder) read(text string) []nameWord {
	r := b.reader.Read(text)
	b.form = r.Legal != 0 || r.Bare
	parts := r.Parts
	capitals := strings.ToUpper(text) == text
	out := make([]nameWord, 0, len(parts))
	for _, p := range parts {
		if b.every.skip[p.Text] {
			continue
		}
		w := nameWord{s: p.Text, key: names.Canonical(p.Text), role: p.Role, paren: p.Paren}
		w.strong = (p.Role == names.Distinctive || p.Role == names.Title) && len(p.Text) >= 3 && !names.IsEveryday(p.Text) &&
			!names.IsDictionaryWord(p.Text)
		w.upper = (len(p.Text) <= 4 || !capitals && len(p.Text) <= 6) && containsUpper(text, p.Text)
		out = append(out, w)
	}
	return out
}

// containsUpper reports whether a text has a folded word in capitals.
func containsUpper(text, word string) bool {
	var buf [8]byte
	up := buf[:0]
	for i := range len(word) {
		c := word[i]
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		up = append(up, c)
	}
	return strings.Contains(text, string(up))
}
