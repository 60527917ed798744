package names

import (
	"hash/maphash"
	"strings"
)

// Part is a word of a name with its role, before it has a weight.
type Part struct {
	Text, Canon string
	Role        Role
	Abjad       bool
	Paren       bool
	han         bool
	at          int // the word that it was
}

// Reading is what Reader.Read makes of one name; it is valid until the next call.
type Reading struct {
	Parts   []Part
	Key     uint64
	Compact uint64
	Legal   uint8
	Class   LegalClass
	Org     bool
	Person  bool // has words that only people's names use
	Bare    bool // nothing but legal forms
	Firm    bool // has a legal form, or a word of business
	Vessel  bool // has a ship's prefix
	Han     string
	Chars   uint64
}

// Reader cuts names into parts. It is not safe for concurrent use.
type Reader struct {
	lex   *lexicon
	words []Word
	strs  []string // the words, slips in long legal forms mended
	gone  []bool   // by word: part of a legal form whose words stand apart
	after []uint8  // by word: how strange the words from it on are where legal forms stand, see legalPlace
	mends map[string]string
	Plain bool // single letters stay apart
	out   Reading
	hash  maphash.Hash
}

// keySeed makes keys comparable between readers of one process.
var keySeed = maphash.MakeSeed()

// NewReader makes a Reader.
func NewReader() *Reader {
	r := &Reader{lex: theLexicon(), mends: map[string]string{}}
	r.hash.SetSeed(keySeed)
	return r
}

// MaxName is how many bytes of a name are read: five times the longest that the lists of 2026 have (381 bytes), and
// more than the words that package match compares.
const MaxName = 2048

// Read cuts text into parts and finds their roles, in a time that grows with its length and never beyond that of
// MaxName bytes.
func (r *Reader) Read(text string) *Reading {
	text = text[:min(len(text), MaxName)]
	r.words = Split(text, r.words[:0])
	r.splitGlued(text)
	r.joinAmpersands(text)
	r.strs = r.strs[:0]
	for _, w := range r.words {
		r.strs = append(r.strs, r.mend(w.Text))
	}
	r.mendJointStock()
	r.after = r.after[:0]
	out := &r.out
	*out = Reading{Parts: out.Parts[:0]}
	r.takeScattered()
	for i := 0; i < len(r.words); {
		if n := r.takeLegal(i); n > 0 {
			i += n
			continue
		}
		i += r.takeWord(i)
	}
	if len(out.Parts) == 0 { // nothing but legal forms: they are the name
		for _, w := range r.words {
			out.Parts = append(out.Parts, Part{Text: w.Text, Canon: w.Text, Role: GenericWord})
		}
		out.Legal, out.Class, out.Bare = 0, legalAny, true
	}
	r.markTitles()
	r.joinInitials()
	r.keys()
	r.characters(text)
	out.Firm = out.Firm || out.Legal != 0
	return out
}

// splitGlued cuts a legal form in capitals off the end of a word ("SiemensAG").
func (r *Reader) splitGlued(text string) {
	if len(r.words) == 0 {
		return
	}
	w := &r.words[len(r.words)-1]
	raw := text[w.Start:w.End]
	if w.Upper || len(raw) != len(w.Text) {
		return
	}
	cut := len(raw)
	for cut > 0 && raw[cut-1] >= 'A' && raw[cut-1] <= 'Z' {
		cut--
	}
	if cut < 3 || len(raw)-cut < 2 {
		return
	}
	tail := w.Text[cut:]
	if _, n := r.lex.legal.match([]string{tail}); n == 0 {
		return
	}
	end := w.End
	w.Text, w.End = w.Text[:cut], w.Start+cut
	r.words = append(r.words, Word{Text: tail, Start: w.End, End: end, Upper: true, Initial: true})
}

// maxMends bounds the memory of mend.
const maxMends = 100_000

// mend returns the long word of legal forms that s is but for one slip ("Compan", "Limitde"), else s.
func (r *Reader) mend(s string) string {
	if len(s) < 5 {
		return s
	}
	if fixed, ok := r.mends[s]; ok {
		return fixed
	}
	fixed := s
	if role, _ := r.lex.roleOf(s); role == Distinctive {
		fixed = r.lex.mendLegal(s)
	}
	if len(r.mends) < maxMends {
		r.mends[s] = fixed
	}
	return fixed
}

// mendJointStock repairs one slip in either of the words "joint stock", which are too short to be repaired by
// themselves, and in the word before them.
func (r *Reader) mendJointStock() {
	slipOf := func(s, word string) bool { return s != word && EditCost(s, word, 1) <= 1 }
	for i := 0; i+1 < len(r.strs); i++ {
		a, b := r.strs[i], r.strs[i+1]
		switch {
		case b == "stock" && slipOf(a, "joint") && (i+2 < len(r.strs) && r.strs[i+2] == "company" || beginsJoint(a)):
			r.strs[i] = "joint"
		case a == "joint" && slipOf(b, "stock"):
			r.strs[i+1] = "stock"
		}
		if r.strs[i+1] != "joint" || len(a) > 7 {
			continue
		}
		for _, w := range [...]string{"open", "closed", "public"} {
			if slipOf(a, w) {
				r.strs[i] = w
			}
		}
	}
}

// beginsJoint reports whether a slip of "joint" begins as it does, but for a letter.
func beginsJoint(s string) bool {
	return s == "" || s[0] == 'j' || s[0] == 'o' || len(s) > 1 && s[1] == 'j'
}

// takeWord consumes the word at i, and the one after it where the two are one number, and returns how many it took.
func (r *Reader) takeWord(i int) int {
	if took := r.takeNumber(i); took > 0 {
		return took
	}
	if numberSign(r.words[i].Text) && i+1 < len(r.words) && allDigits(r.strs[i+1]) {
		return 1
	}
	p := r.part(i)
	if p.Abjad && len(p.Text) > 4 && p.Text[:2] == "al" {
		p.Text = p.Text[2:]
	}
	p.Role, p.Canon = r.lex.roleOf(p.Text)
	if isAbd(p.Text) {
		p.Role, p.Canon = CommonName, "abd"
	}
	r.out.take(p, r.lex)
	return 1
}

// take adds a word, and what it says of the name as a whole.
func (out *Reading) take(p Part, lex *lexicon) {
	out.Person = out.Person || p.Role == CommonName || len(lex.nickname[p.Text]) > 0
	if p.Role == GenericWord && !lex.common[p.Text] && p.Text != "star" && p.Text != "free" {
		out.Org, out.Firm = true, true
	}
	if p.Role == Distinctive && len(p.Text) <= 4 && p.Text != "ng" && isCode(p.Text) {
		out.Org = true
	}
	out.Parts = append(out.Parts, p)
}

// part is word i as a part without a role.
func (r *Reader) part(i int) Part {
	w := &r.words[i]
	return Part{Text: w.Text, Abjad: w.Script == Abjad || w.Script == OtherScript, Paren: w.paren, han: w.Script == Han,
		at: i}
}

// numberSign reports whether a word says that a number follows.
func numberSign(s string) bool { return s == "no" || s == "nr" || s == "num" || s == "number" }

// takeNumber consumes a number at word i that is written in words ("twelve", "XII", "twenty one"), and returns how many
// words it took; 0 where there is none.
func (r *Reader) takeNumber(i int) int {
	w := &r.words[i]
	n, ok := r.lex.number[w.Text]
	if !ok || len(w.Text) <= 3 && isRoman(w.Text) && !r.meantAsRoman(i) {
		return 0
	}
	took := 1
	if tens := len(n) == 2 && n[1] == '0' && n > "10"; tens && i+1 < len(r.words) {
		next := r.strs[i+1]
		if d, ok := r.lex.number[next]; ok {
			next = d
		}
		if len(next) == 1 && next[0] > '0' && next[0] <= '9' {
			n, took = n[:1]+next, 2
		}
	}
	p := r.part(i)
	p.Role, p.Canon, p.Text = Numeral, n, n
	r.out.Parts = append(r.out.Parts, p)
	return took
}

// meantAsRoman reports whether the short word i, whose letters are Roman digits, is meant as a number: it is in
// capitals, and stands behind another word or is made of strokes only.
func (r *Reader) meantAsRoman(i int) bool {
	w := &r.words[i]
	return w.Upper && (i > 0 || len(w.Text) > 1 && strings.Trim(w.Text, "i") == "")
}

// isCode reports whether a short word cannot be spoken: an abbreviation or a registration mark.
func isCode(s string) bool {
	for i := range len(s) {
		if IsVowel(s[i]) {
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
func (r *Reader) markTitles() {
	parts := r.out.Parts
	if r.out.Legal != 0 && r.out.Class != legalAny {
		return
	}
	for i := 0; i+1 < len(parts); i++ {
		if !r.lex.title[parts[i].Text] {
			return
		}
		rest := false
		for _, p := range parts[i+1:] {
			rest = rest || p.Role == Distinctive || p.Role == CommonName
		}
		if !rest {
			return
		}
		parts[i].Role = Title
		r.out.Person = true
		r.out.Vessel = r.out.Vessel || shipPrefix(parts[i].Text)
	}
}

// shipPrefix reports whether a title is a ship's: motor vessel, motor tanker, steamship.
func shipPrefix(s string) bool { return s == "mv" || s == "mt" || s == "ss" }

// joinInitials reads neighboring single letters in the name of an organization as one abbreviation ("B & W
// Consulting").
func (r *Reader) joinInitials() {
	out := &r.out
	if !out.Org || r.Plain {
		return
	}
	keep := out.Parts[:0]
	for i := 0; i < len(out.Parts); i++ {
		p := out.Parts[i]
		j := i + 1
		for p.Role == InitialLetter && j < len(out.Parts) && out.Parts[j].Role == InitialLetter {
			p.Text += out.Parts[j].Text
			j++
		}
		if j > i+1 {
			p.Role, p.Canon = Distinctive, p.Text
			i = j - 1
		}
		keep = append(keep, p)
	}
	out.Parts = keep
}
