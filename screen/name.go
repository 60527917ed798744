package screen

import (
	"hash/maphash"
	"strings"

	"entitywatch/diff"
)

// token is one word of a name, ready to be compared.
type token struct {
	s, snd string   // folded, and its sound
	canon  string   // canonical form of a generic word or a number, else s
	nick   []uint16 // the groups of given names that it stands in
	w      float32  // weight: letters times the share that the word keeps
	info   float32  // what finding it proves
	id     int32    // in the index's dictionary; -1 outside
	role   role
	abjad  bool
	paren  bool
	known  bool // a word that is in use, as far as the lists or the tables know
}

// name is one name, read.
type name struct {
	toks    []token
	key     uint64 // equal for names that are the same but for case, punctuation and the way of writing a legal form
	compact uint64 // equal for names that also differ in spacing only
	legal   uint8  // canonical legal form, 0 for none
	class   legalClass
	org     bool // has words that only organisations use
	kind    personKind
	being   bool   // the list says that it is a person, a vessel or an aircraft
	bare    bool   // nothing but legal forms
	firm    bool   // has a legal form, or a word of business
	vessel  bool   // the list says that it is a vessel or an aircraft, or the name says so ("MV")
	han     string // its Han characters, each in its simplified form
	chars   uint64 // equal for names of the same characters
	respelt bool   // read from another romanisation
}

// personKind says whether a name is a person's.
type personKind uint8

const (
	maybePerson personKind = iota
	aPerson                // has words that mostly people's names use, or the list says so
	noPerson               // the list says so
)

// kindOf is what a list's own word for the kind of party says.
func kindOf(k diff.Kind, words bool) personKind {
	switch {
	case k == diff.Person:
		return aPerson
	case k == diff.Vessel, k == diff.Aircraft, k == diff.Organization:
		return noPerson
	case words:
		return aPerson
	}
	return maybePerson
}

// part is a word of a name with its role, before it has a weight.
type part struct {
	s, canon string
	role     role
	abjad    bool
	paren    bool
	han      bool
	at       int // the word that it was
}

// reading is what reader.read makes of one name; it is valid until the next call.
type reading struct {
	parts   []part
	key     uint64
	compact uint64
	legal   uint8
	class   legalClass
	org     bool
	person  bool // has words that only people's names use
	bare    bool // nothing but legal forms
	firm    bool // has a legal form, or a word of business
	vessel  bool // has a ship's prefix
	han     string
	chars   uint64
}

// reader cuts names into parts. It is not safe for concurrent use.
type reader struct {
	lex   *lexicon
	words []word
	strs  []string // the words, slips in long legal forms mended
	gone  []bool   // by word: part of a legal form whose words stand apart
	after []uint8  // by word: how strange the words from it on are where legal forms stand, see legalPlace
	mends map[string]string
	plain bool // single letters stay apart
	out   reading
	hash  maphash.Hash
}

// keySeed makes keys comparable between readers of one process.
var keySeed = maphash.MakeSeed()

func newReader() *reader {
	r := &reader{lex: theLexicon(), mends: map[string]string{}}
	r.hash.SetSeed(keySeed)
	return r
}

// maxName is how many bytes of a name are read: five times the longest that the lists of 2026 have (381 bytes), and more than the
// maxTokens words that are compared.
const maxName = 2048

// read cuts text into parts and finds their roles, in a time that grows with its length and never beyond that of maxName bytes.
func (r *reader) read(text string) *reading {
	text = text[:min(len(text), maxName)]
	r.words = splitWords(text, r.words[:0])
	r.splitGlued(text)
	r.joinAmpersands(text)
	r.strs = r.strs[:0]
	for _, w := range r.words {
		r.strs = append(r.strs, r.mend(w.s))
	}
	r.mendJointStock()
	r.after = r.after[:0]
	out := &r.out
	*out = reading{parts: out.parts[:0]}
	r.takeScattered()
	for i := 0; i < len(r.words); {
		if n := r.takeLegal(i); n > 0 {
			i += n
			continue
		}
		i += r.takeWord(i)
	}
	if len(out.parts) == 0 { // nothing but legal forms: they are the name
		for _, w := range r.words {
			out.parts = append(out.parts, part{s: w.s, canon: w.s, role: genericWord})
		}
		out.legal, out.class, out.bare = 0, legalAny, true
	}
	r.markTitles()
	r.joinInitials()
	r.keys()
	r.characters(text)
	out.firm = out.firm || out.legal != 0
	return out
}

// splitGlued cuts a legal form in capitals off the end of a word ("SiemensAG").
func (r *reader) splitGlued(text string) {
	if len(r.words) == 0 {
		return
	}
	w := &r.words[len(r.words)-1]
	raw := text[w.start:w.end]
	if w.upper || len(raw) != len(w.s) {
		return
	}
	cut := len(raw)
	for cut > 0 && raw[cut-1] >= 'A' && raw[cut-1] <= 'Z' {
		cut--
	}
	if cut < 3 || len(raw)-cut < 2 {
		return
	}
	tail := w.s[cut:]
	if _, n := r.lex.legal.match([]string{tail}); n == 0 {
		return
	}
	end := w.end
	w.s, w.end = w.s[:cut], w.start+cut
	r.words = append(r.words, word{s: tail, start: w.end, end: end, upper: true, initial: true})
}

// maxMends bounds the memory of mend.
const maxMends = 100_000

// mend returns the long word of legal forms that s is but for one slip ("Compan", "Limitde"), else s.
func (r *reader) mend(s string) string {
	if len(s) < 5 {
		return s
	}
	if fixed, ok := r.mends[s]; ok {
		return fixed
	}
	fixed := s
	if role, _ := r.lex.roleOf(s); role == distinctive {
		fixed = r.lex.mendLegal(s)
	}
	if len(r.mends) < maxMends {
		r.mends[s] = fixed
	}
	return fixed
}

// mendJointStock repairs one slip in either of the words "joint stock", which are too short to be repaired by themselves.
func (r *reader) mendJointStock() {
	for i := 0; i+1 < len(r.strs); i++ {
		a, b := r.strs[i], r.strs[i+1]
		switch {
		case b == "stock" && a != "joint" && (i+2 < len(r.strs) && r.strs[i+2] == "company" || a == "" || a[0] == 'j' || len(a) > 1 && a[1] == 'j' || a[0] == 'o') && editCost(a, "joint", 1) <= 1:
			r.strs[i] = "joint"
		case a == "joint" && b != "stock" && editCost(b, "stock", 1) <= 1:
			r.strs[i+1] = "stock"
		}
		if r.strs[i+1] != "joint" || len(a) > 7 {
			continue
		}
		for _, w := range [...]string{"open", "closed", "public"} {
			if a != w && editCost(a, w, 1) <= 1 {
				r.strs[i] = w
			}
		}
	}
}

// takeWord consumes the word at i, and the one after it where the two are one number.
func (r *reader) takeWord(i int) int {
	w := &r.words[i]
	out := &r.out
	p := part{s: w.s, abjad: w.script == abjad || w.script == otherScript, paren: w.paren, han: w.script == han, at: i}
	if n, ok := r.lex.number[w.s]; ok && (len(w.s) > 3 || !isRoman(w.s) || w.upper && (i > 0 || len(w.s) > 1 && strings.Trim(w.s, "i") == "")) {
		took := 1
		if len(n) == 2 && n[1] == '0' && n > "10" && i+1 < len(r.words) {
			next := r.strs[i+1]
			if d, ok := r.lex.number[next]; ok {
				next = d
			}
			if len(next) == 1 && next[0] > '0' && next[0] <= '9' {
				n, took = n[:1]+next, 2
			}
		}
		p.role, p.canon, p.s = numeral, n, n
		out.parts = append(out.parts, p)
		return took
	}
	if (w.s == "no" || w.s == "nr" || w.s == "num" || w.s == "number") && i+1 < len(r.words) && allDigits(r.strs[i+1]) {
		return 1
	}
	if p.abjad && len(p.s) > 4 && p.s[:2] == "al" {
		p.s = p.s[2:]
	}
	p.role, p.canon = r.lex.roleOf(p.s)
	if isAbd(p.s) {
		p.role, p.canon = commonName, "abd"
	}
	out.person = out.person || p.role == commonName || len(r.lex.nickname[p.s]) > 0
	if p.role == genericWord && !r.lex.common[p.s] && w.s != "star" && w.s != "free" {
		out.org, out.firm = true, true
	}
	if p.role == distinctive && len(p.s) <= 4 && p.s != "ng" && isCode(p.s) {
		out.org = true
	}
	out.parts = append(out.parts, p)
	return 1
}

// isCode reports whether a short word cannot be spoken: an abbreviation or a registration mark.
func isCode(s string) bool {
	for i := range len(s) {
		if isVowel(s[i]) {
			return false
		}
	}
	return true
}

func isRoman(s string) bool {
	for i := range len(s) {
		if s[i] != 'i' && s[i] != 'v' && s[i] != 'x' {
			return false
		}
	}
	return true
}

// isAbd reports whether a word is the "servant of" of a name, with or without its article: Abd, Abdul, Abdel, Abdur.
func isAbd(s string) bool {
	if len(s) != 5 || s[:3] != "abd" {
		return false
	}
	switch s[3] {
	case 'u', 'e', 'a', 'o':
		return s[4] == 'l' || s[4] == 'r' || s[4] == 's' || s[4] == 'n'
	}
	return false
}

// markTitles finds forms of address: in front of a name, with at least one word of weight behind them.
func (r *reader) markTitles() {
	parts := r.out.parts
	if r.out.legal != 0 && r.out.class != legalAny {
		return
	}
	for i := 0; i+1 < len(parts); i++ {
		if !r.lex.title[parts[i].s] {
			return
		}
		rest := false
		for _, p := range parts[i+1:] {
			rest = rest || p.role == distinctive || p.role == commonName
		}
		if !rest {
			return
		}
		parts[i].role = title
		r.out.person = true
		r.out.vessel = r.out.vessel || shipPrefix(parts[i].s)
	}
}

// shipPrefix reports whether a title is a ship's: motor vessel, motor tanker, steamship.
func shipPrefix(s string) bool { return s == "mv" || s == "mt" || s == "ss" }

// joinInitials reads neighbouring single letters in the name of an organisation as one abbreviation ("B & W Consulting").
func (r *reader) joinInitials() {
	out := &r.out
	if !out.org || r.plain {
		return
	}
	keep := out.parts[:0]
	for i := 0; i < len(out.parts); i++ {
		p := out.parts[i]
		j := i + 1
		for p.role == initialLetter && j < len(out.parts) && out.parts[j].role == initialLetter {
			p.s += out.parts[j].s
			j++
		}
		if j > i+1 {
			p.role, p.canon = distinctive, p.s
			i = j - 1
		}
		keep = append(keep, p)
	}
	out.parts = keep
}
