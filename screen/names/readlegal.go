package names

import (
	"slices"
	"strings"
)

// bag is a legal form of several words, to be found whatever their order.
type bag struct {
	words []string
	canon string
	class LegalClass
}

// parseBags lists the legal forms of several words under their longest word, those of most words first.
func parseBags(forms legalByFirst) map[string][]bag {
	out := map[string][]bag{}
	for first, all := range forms {
		for _, f := range all {
			words := append([]string{first}, f.rest...)
			key := slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
			if len(words) < 2 || len(key) < 5 || single(forms, words) {
				continue
			}
			out[key] = append(out[key], bag{words, f.canon, f.class})
		}
	}
	for _, bags := range out {
		slices.SortFunc(bags, func(a, b bag) int {
			if d := len(b.words) - len(a.words); d != 0 {
				return d
			}
			return slices.Compare(a.words, b.words)
		})
	}
	return out
}

// single reports whether each word is a legal form by itself, and so found anyhow.
func single(forms legalByFirst, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool {
		_, n := forms.match([]string{w})
		return n == 0
	})
}

// takeScattered marks the words of a legal form that stand in the name in another order, or apart ("Liability Company
// Tarvelli Limited"), and reports which form it is. A form that stands together is not its business.
func (r *Reader) takeScattered() {
	r.gone = r.gone[:0]
	if r.Plain || len(r.strs) < 3 {
		return
	}
	var best *bag
	for _, w := range r.strs {
		bags := r.lex.bags[w]
		for i := range bags {
			if b := &bags[i]; (best == nil || len(b.words) > len(best.words)) && r.holds(b.words) {
				best = b
				break
			}
		}
	}
	if best == nil || len(best.words) >= len(r.strs) || r.longestLegal() >= max(2, len(best.words)-1) {
		return
	}
	r.gone = slices.Grow(r.gone, len(r.strs))[:len(r.strs)]
	clear(r.gone)
	for _, w := range best.words {
		for i, s := range r.strs {
			if s == w && !r.gone[i] {
				r.gone[i] = true
				break
			}
		}
	}
	r.out.Legal, r.out.Class, r.out.Org = r.lex.legalID[best.canon], best.class, true
}

// holds reports whether all words stand in the name, in whatever order.
func (r *Reader) holds(words []string) bool {
	for i, w := range words {
		need := 1
		for _, before := range words[:i] {
			if before == w {
				need++
			}
		}
		for _, s := range r.strs {
			if s == w {
				need--
			}
		}
		if need > 0 {
			return false
		}
	}
	return true
}

// longestLegal is how many words the longest legal form has that stands together.
func (r *Reader) longestLegal() int {
	longest := 0
	for i := range r.strs {
		_, n := r.lex.legal.match(r.strs[i:])
		longest = max(longest, n)
	}
	return longest
}

// takeLegal consumes a legal form at word i and returns how many words it took, 0 for none.
func (r *Reader) takeLegal(i int) int {
	if len(r.gone) > 0 && r.gone[i] {
		return 1
	}
	f, n := r.lex.legal.match(r.strs[i:])
	if n == 0 {
		return 0
	}
	if n == 1 && r.lex.ambiguous[r.strs[i]] && !r.legalPlace(i) {
		return 0
	}
	out := &r.out
	id := r.lex.legalID[f.canon]
	if out.Legal == 0 || out.Class == legalAny && f.class != legalAny {
		out.Legal, out.Class = id, f.class
	}
	out.Org = true
	return n
}

// legalPlace reports whether an ambiguous short form stands where legal forms stand: at the end, before other forms, or
// in front.
func (r *Reader) legalPlace(i int) bool {
	if i == 0 {
		return r.lex.leading[r.strs[0]] && len(r.strs) > 1
	}
	if len(r.after) == 0 {
		r.measureTail()
	}
	return r.after[i+1] <= 1
}

// measureTail counts, for each word, the words from it on that are no legal forms. One short word may be a slip of one;
// a longer one counts as two, which is the most that matters.
func (r *Reader) measureTail() {
	n := len(r.words)
	r.after = slices.Grow(r.after, n+1)[:n+1]
	r.after[n] = 0
	for j := n - 1; j >= 0; j-- {
		strange := uint8(0)
		if !r.words[j].paren && !r.lex.particle[r.strs[j]] {
			if _, took := r.lex.legal.match(r.strs[j:]); took == 0 {
				strange = 1
				if len(r.strs[j]) > 4 {
					strange = 2
				}
			}
		}
		r.after[j] = min(2, r.after[j+1]+strange)
	}
}

// joinAmpersands reads short words with "&" or "and" between them as one abbreviation: "AT&T", "B & W", "AT and T", "B
// und W".
func (r *Reader) joinAmpersands(text string) {
	if r.Plain || len(r.words) < 2 {
		return
	}
	keep := r.words[:0]
	for i := 0; i < len(r.words); i++ {
		w := r.words[i]
		for {
			next, ok := r.ampersand(text, w, i)
			if !ok {
				break
			}
			w.Text, w.End, w.Upper, i = w.Text+r.words[next].Text, r.words[next].End, true, next
		}
		keep = append(keep, w)
	}
	r.words = keep
}

// maxLetters is how many letters may stand on either side of the "&" of an abbreviation.
const maxLetters = 2

// ampersand returns the word that is joined to w, whose last is word i.
func (r *Reader) ampersand(text string, w Word, i int) (next int, ok bool) {
	next = i + 1
	if next >= len(r.words) || len(w.Text) > 2*maxLetters || !w.Initial || w.Script != Latin {
		return 0, false
	}
	between := text[w.End:r.words[next].Start]
	and := strings.ContainsAny(between, "&+")
	if !and && strings.TrimSpace(between) == "" && r.saysAnd(w, next) {
		next, and = next+1, true
	}
	if word := len(w.Text) > maxLetters && w.End-w.Start == len(w.Text); !and || word { // what is longer was joined before
		return 0, false
	}
	return next, r.abbreviates(&r.words[next])
}

// abbreviates reports whether a word may be the second half of an abbreviation; the "Co." of "GmbH & Co. KG" may not.
func (r *Reader) abbreviates(w *Word) bool {
	if len(w.Text) > maxLetters || !w.Initial || w.Script != Latin {
		return false
	}
	_, legal := r.lex.legal.match([]string{w.Text})
	return legal == 0 || len(w.Text) == 1
}

// saysAnd reports whether word i is an "and" between w and the word after it; those of other languages count between
// two letters only.
func (r *Reader) saysAnd(w Word, i int) bool {
	if i+1 >= len(r.words) {
		return false
	}
	way := r.words[i].Text
	return way == "and" || r.lex.and[way] && w.End-w.Start == 1 && len(r.words[i+1].Text) == 1
}
