package match

import (
	"math"
	"sync"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// Options says how an Index is built. The zero value is right for most.
type Options struct {
	// how often words occur in all lists, where entries are only a part of them; nil counts entries themselves
	Weights *Weights
}

// nameKind says what a name is to its entry.
type nameKind uint8

const (
	mainName nameKind = iota
	aliasName
	weakName
	formerName
)

// Index makes the names of entries searchable. It is safe for concurrent use and does not change.
type Index struct {
	entries []diff.Entry
	dict    interner
	tokens  []token // by number in dict
	counts  []uint32
	names   nameTable
	spell   speller
	posting postings
	exact   multimap // key of a name
	compact multimap // compact key, and the words of a name joined in pairs
	slips   multimap // compact spelling with one letter left out
	enough  float32
	addrs   addressBook
	pool    sync.Pool
}

// What stands beside a token's number in a name.
const (
	flagBits  = 2
	flagParen = 1 // in brackets
	flagTitle = 2 // a form of address
)

// nameTable holds the names of an index column by column.
type nameTable struct {
	entry   []uint32
	kind    []nameKind
	text    []string
	ends    []uint32 // where name i ends in toks
	toks    []uint32 // token numbers, each with its flags
	key     []uint64
	compact []uint64
	weight  []float32
	legal   []uint8
	class   []names.LegalClass
	org     []bool
	person  []personKind
	being   []bool
	bare    []bool
	firm    []bool
	vessel  []bool
	rare    []bool // whether the name stands in han or respelt
	chars   []uint64
	han     map[uint32]string // of the names that have Han characters
	respelt map[uint32]bool   // names that stand here in another romanisation
}

func (t *nameTable) len() int { return len(t.ends) }

func (t *nameTable) span(i uint32) []uint32 {
	start := uint32(0)
	if i > 0 {
		start = t.ends[i-1]
	}
	return t.toks[start:t.ends[i]]
}

// NewIndex makes the names, aliases and former names of entries searchable. It keeps entries and does not change them.
func NewIndex(entries []diff.Entry, o Options) *Index {
	ix := &Index{entries: entries}
	ix.names.han, ix.names.respelt = map[uint32]string{}, map[uint32]bool{}
	b := indexBuilder{ix: ix, reader: names.NewReader()}
	for i := range entries {
		b.addEntry(uint32(i), &entries[i])
	}
	ix.weigh(o.Weights)
	b.finish()
	ix.addrs = newAddressBook(entries)
	ix.pool.New = func() any { return newSearcher(ix) }
	return ix
}

// Len is how many names the index holds.
func (ix *Index) Len() int { return ix.names.len() }

// Entries are the entries that the index was built of.
func (ix *Index) Entries() []diff.Entry { return ix.entries }

// Entry is the entry of a Hit.
func (ix *Index) Entry(i int) *diff.Entry { return &ix.entries[i] }

// Weights are the weights of the index's own words, for an index of a part of the lists.
func (ix *Index) Weights() *Weights {
	return &Weights{names: ix.names.len(), count: func(s string) int {
		if n, ok := ix.dict.find(s); ok {
			return int(ix.counts[n])
		}
		return 0
	}}
}

// weigh gives every word of the dictionary its weight and its worth as evidence.
func (ix *Index) weigh(w *Weights) {
	if w == nil {
		w = ix.Weights()
	}
	all := max(w.names, leastNames)
	ix.enough = float32(math.Log(float64(all))) + 4
	for i := range ix.tokens {
		t := &ix.tokens[i]
		count := w.count(t.s)
		t.known = t.role != names.Distinctive || max(count, int(ix.counts[i])) >= established
		t.w, t.info = weightFor(t.s, t.role, max(1, count), all)
	}
}

// indexBuilder reads entries into an index.
type indexBuilder struct {
	ix     *Index
	reader *names.Reader
	seen   map[[2]uint64]bool // by key and characters
}

func (b *indexBuilder) addEntry(i uint32, e *diff.Entry) {
	if e.Kind == diff.Address {
		return
	}
	b.seen = map[[2]uint64]bool{}
	for field, text := range e.Names() {
		b.add(i, kindsOfNames[field], text, text)
	}
	if e.Kind == diff.Vessel || e.Kind == diff.Aircraft {
		return
	}
	for field, text := range e.Names() {
		b.addReadings(i, kindsOfNames[field], text)
	}
}

// kindsOfNames are the kinds of the fields that hold names.
var kindsOfNames = map[string]nameKind{"name": mainName, "aliases": aliasName, "weak_aliases": weakName,
	"former_names": formerName}

// addReadings adds the readings of a name that is romanised in another way than others write it.
func (b *indexBuilder) addReadings(entry uint32, kind nameKind, text string) {
	for _, reading := range names.Respellings(text) {
		if n := uint32(b.ix.names.len()); b.add(entry, kind, text, reading) {
			b.ix.names.respelt[n], b.ix.names.rare[n] = true, true
		}
	}
}

// add adds a name as it is read, and reports whether it is new to the entry.
func (b *indexBuilder) add(entry uint32, kind nameKind, text, reading string) bool {
	r := b.reader.Read(reading)
	if len(r.Parts) == 0 || b.seen[[2]uint64{r.Key, r.Chars}] {
		return false
	}
	b.seen[[2]uint64{r.Key, r.Chars}] = true
	ix, t := b.ix, &b.ix.names
	for _, p := range r.Parts[:min(len(r.Parts), maxTokens)] {
		id := ix.dict.add(p.Text)
		if int(id) == len(ix.tokens) {
			tok := makeToken(p)
			tok.id = int32(id)
			tok.paren = false
			if tok.role == names.Title { // a title only where it stands in front
				tok.role, tok.canon = names.RoleOf(p.Text)
			}
			ix.tokens = append(ix.tokens, tok)
			ix.counts = append(ix.counts, 0)
		}
		ix.counts[id]++
		n := id << flagBits
		if p.Paren {
			n |= flagParen
		}
		if p.Role == names.Title {
			n |= flagTitle
		}
		t.toks = append(t.toks, n)
	}
	if r.Han != "" {
		t.han[uint32(t.len())] = r.Han
	}
	t.rare = append(t.rare, r.Han != "")
	t.chars = append(t.chars, r.Chars)
	t.firm = append(t.firm, r.Firm)
	t.ends = append(t.ends, uint32(len(t.toks)))
	t.entry = append(t.entry, entry)
	t.kind = append(t.kind, kind)
	t.text = append(t.text, text)
	t.key = append(t.key, r.Key)
	t.compact = append(t.compact, r.Compact)
	t.legal = append(t.legal, r.Legal)
	t.class = append(t.class, r.Class)
	t.org = append(t.org, r.Org)
	t.bare = append(t.bare, r.Bare)
	k := ix.entries[entry].Kind
	t.person = append(t.person, kindOf(k, r.Person))
	t.vessel = append(t.vessel, k == diff.Vessel || k == diff.Aircraft)
	t.being = append(t.being, k == diff.Person || k == diff.Vessel || k == diff.Aircraft)
	return true
}

// finish builds the tables that find candidates.
func (b *indexBuilder) finish() {
	ix := b.ix
	var spell spellerBuilder
	for i := range ix.tokens {
		if ix.tokens[i].role != names.Numeral && ix.tokens[i].role != names.InitialLetter {
			spell.add(&ix.tokens[i], uint32(i))
		}
	}
	ix.spell = spell.build()
	t := &ix.names
	t.weight = make([]float32, t.len())
	var exact, compact, slips multimapBuilder
	var joined []byte
	var hashes [slipPrefix + 1]uint64
	for n := range uint32(t.len()) {
		exact.add(names.FinishHash(t.key[n]), n)
		joined = joined[:0]
		prev := ""
		for _, tok := range t.span(n) {
			k := &ix.tokens[tok>>flagBits]
			t.weight[n] += k.w
			joined = append(joined, k.s...)
			if prev != "" && len(prev)+len(k.s) >= 5 && k.role != names.Numeral {
				compact.add(names.Hash(prev+k.s), n)
			}
			prev = k.s
		}
		compact.add(names.Hash(joined), n)
		if len(t.span(n)) > 1 && len(joined) >= 6 {
			for _, h := range hashes[:slipHashes(string(joined), slipPrefix, &hashes)] {
				slips.add(h, n)
			}
		}
	}
	ix.exact, ix.compact, ix.slips = exact.build(), compact.build(), slips.build()
	ix.posting = newPostings(t, len(ix.tokens))
}

// slipPrefix is how many first letters of a whole name are used to find it in spite of a slip and of other spaces.
const slipPrefix = 14

// postings lists for each word the names that hold it.
type postings struct {
	starts []uint32
	names  []uint32
}

func newPostings(t *nameTable, tokens int) postings {
	p := postings{starts: make([]uint32, tokens+1), names: make([]uint32, len(t.toks))}
	for _, tok := range t.toks {
		p.starts[tok>>flagBits+1]++
	}
	for i := 1; i < len(p.starts); i++ {
		p.starts[i] += p.starts[i-1]
	}
	next := append([]uint32(nil), p.starts...)
	for n := range uint32(t.len()) {
		for _, tok := range t.span(n) {
			id := tok >> flagBits
			p.names[next[id]] = n
			next[id]++
		}
	}
	return p
}

func (p *postings) of(tok uint32) []uint32 { return p.names[p.starts[tok]:p.starts[tok+1]] }
