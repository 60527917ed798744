package screen

import (
	"math"
	"sync"

	"entitywatch/diff"
)

// Options says how an Index is built. The zero value is right for most.
type Options struct {
	Weights *Weights // how often words occur in all lists, where entries are only a part of them; nil counts entries themselves
}

// Weights are the weights of words by how often the names of lists use them.
type Weights struct {
	names int
	count func(string) int
}

// established is in how many names a word must stand to be more than somebody's slip.
const established = 12

// leastNames is how many names lists are taken to have at least, for the weights of words.
const leastNames = 2000

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
	lex     *lexicon
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
	class   []legalClass
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
	ix := &Index{lex: theLexicon(), entries: entries}
	ix.names.han, ix.names.respelt = map[uint32]string{}, map[uint32]bool{}
	b := indexBuilder{ix: ix, reader: newReader()}
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
	names := max(w.names, leastNames)
	ix.enough = float32(math.Log(float64(names))) + 4
	for i := range ix.tokens {
		t := &ix.tokens[i]
		count := w.count(t.s)
		t.known = t.role != distinctive || max(count, int(ix.counts[i])) >= established
		t.w, t.info = ix.lex.weightFor(t.s, t.role, max(1, count), names)
	}
}

// weightFor is the weight and the evidence of a word that stands in count of so many names.
func (l *lexicon) weightFor(s string, r role, count, names int) (weight, info float32) {
	share := l.share(s, r)
	rare := float32(math.Log(float64(names) / float64(count)))
	if r == distinctive || r == commonName {
		full := float32(math.Log(float64(names) / 30))
		share = min(share+0.3, max(0.3, min(1, rare/full)))
		if patronymic(s) {
			share = 0.4
		}
	}
	switch r {
	case particle, title, legalWord:
	case initialLetter:
		info = 2
	default:
		info = min(rare, evidence(r)+2)
	}
	return float32(min(len(s), maxWeight)) * share, info
}

// indexBuilder reads entries into an index.
type indexBuilder struct {
	ix     *Index
	reader *reader
	seen   map[[2]uint64]bool // by key and characters
}

func (b *indexBuilder) addEntry(i uint32, e *diff.Entry) {
	if e.Kind == diff.Address {
		return
	}
	b.seen = map[[2]uint64]bool{}
	type named struct {
		kind nameKind
		text string
	}
	all := []named{{mainName, e.Name}}
	for _, group := range []struct {
		kind  nameKind
		names []string
	}{{aliasName, e.Aliases}, {formerName, e.FormerNames}, {weakName, e.WeakAliases}} {
		for _, n := range group.names {
			all = append(all, named{group.kind, n})
		}
	}
	for _, n := range all {
		b.add(i, n.kind, n.text, n.text)
	}
	if e.Kind == diff.Vessel || e.Kind == diff.Aircraft {
		return
	}
	for _, n := range all {
		b.addReadings(i, n.kind, n.text)
	}
}

// addReadings adds the readings of a name that is romanised in another way than others write it.
func (b *indexBuilder) addReadings(entry uint32, kind nameKind, text string) {
	for _, reading := range respellings(text) {
		if n := uint32(b.ix.names.len()); b.add(entry, kind, text, reading) {
			b.ix.names.respelt[n], b.ix.names.rare[n] = true, true
		}
	}
}

// add adds a name as it is read, and reports whether it is new to the entry.
func (b *indexBuilder) add(entry uint32, kind nameKind, text, reading string) bool {
	r := b.reader.read(reading)
	if len(r.parts) == 0 || b.seen[[2]uint64{r.key, r.chars}] {
		return false
	}
	b.seen[[2]uint64{r.key, r.chars}] = true
	ix, t := b.ix, &b.ix.names
	for _, p := range r.parts[:min(len(r.parts), maxTokens)] {
		id := ix.dict.add(p.s)
		if int(id) == len(ix.tokens) {
			tok := makeToken(ix.lex, p)
			tok.id = int32(id)
			tok.paren = false
			if tok.role == title { // a title only where it stands in front
				tok.role, tok.canon = ix.lex.roleOf(p.s)
			}
			ix.tokens = append(ix.tokens, tok)
			ix.counts = append(ix.counts, 0)
		}
		ix.counts[id]++
		n := id << flagBits
		if p.paren {
			n |= flagParen
		}
		if p.role == title {
			n |= flagTitle
		}
		t.toks = append(t.toks, n)
	}
	if r.han != "" {
		t.han[uint32(t.len())] = r.han
	}
	t.rare = append(t.rare, r.han != "")
	t.chars = append(t.chars, r.chars)
	t.firm = append(t.firm, r.firm)
	t.ends = append(t.ends, uint32(len(t.toks)))
	t.entry = append(t.entry, entry)
	t.kind = append(t.kind, kind)
	t.text = append(t.text, text)
	t.key = append(t.key, r.key)
	t.compact = append(t.compact, r.compact)
	t.legal = append(t.legal, r.legal)
	t.class = append(t.class, r.class)
	t.org = append(t.org, r.org)
	t.bare = append(t.bare, r.bare)
	k := ix.entries[entry].Kind
	t.person = append(t.person, kindOf(k, r.person))
	t.vessel = append(t.vessel, k == diff.Vessel || k == diff.Aircraft)
	t.being = append(t.being, k == diff.Person || k == diff.Vessel || k == diff.Aircraft)
	return true
}

// finish builds the tables that find candidates.
func (b *indexBuilder) finish() {
	ix := b.ix
	var spell spellerBuilder
	for i := range ix.tokens {
		if ix.tokens[i].role != numeral && ix.tokens[i].role != initialLetter {
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
		exact.add(finish(t.key[n]), n)
		joined = joined[:0]
		prev := ""
		for _, tok := range t.span(n) {
			k := &ix.tokens[tok>>flagBits]
			t.weight[n] += k.w
			joined = append(joined, k.s...)
			if prev != "" && len(prev)+len(k.s) >= 5 && k.role != numeral {
				compact.add(hashString(prev+k.s), n)
			}
			prev = k.s
		}
		compact.add(hashString(string(joined)), n)
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
