package mention

import (
	"strings"
	"sync"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// everyday are the tables of words that name nobody by themselves.
type everyday struct {
	acronyms map[string]bool
	heads    map[string]bool
	fillers  map[string]bool   // administrative words that the press leaves out
	homes    map[string]string // legal forms of few countries, to the ISO codes of these
	skip     map[string]bool   // words that may be left out inside a name
}

var theEveryday = sync.OnceValue(func() *everyday {
	return &everyday{
		acronyms: names.WordSet(acronymTable), heads: names.WordSet(headTable),
		fillers: names.WordSet("autonomous region prefecture municipality municipal district province provincial city county people peoples " +
			"government uyghur uighur hui kazakh kyrgyz mongolian mongol zhuang tibetan"),
		skip: names.WordSet("and the of for a an"),
		homes: map[string]string{
			"ag": "DE AT CH LI", "gmbh": "DE AT CH", "kg": "DE AT CH", "kk": "JP", "ab": "SE FI", "oy": "FI", "oyj": "FI", "spa": "IT DZ", "srl": "IT RO MD AR",
			"bv": "NL", "nv": "NL BE", "pty": "AU ZA", "bhd": "MY", "sdn": "MY", "asa": "NO", "aps": "DK", "sarl": "FR LU MA TN LB CH", "plc": "GB IE",
			"inc": "US CA PH TW KR JP VG SC PA CN", "llp": "GB IN KZ US", "kft": "HU", "sro": "CZ SK", "doo": "RS HR BA SI ME MK", "ood": "BG", "eood": "BG",
			"ooo": "RU BY KZ", "oao": "RU BY KZ", "pao": "RU", "jsc": "RU BY KZ UZ KG VN BG", "ltda": "BR CL CO PT",
		},
	}
})

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
		w.strong = (p.Role == names.Distinctive || p.Role == names.Title) && len(p.Text) >= 3 && !names.IsEveryday(p.Text) && !names.IsDictionaryWord(p.Text)
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
