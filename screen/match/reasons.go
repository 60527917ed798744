package match

import (
	"fmt"
	"strings"

	"entitywatch/screen/names"
)

// reasons says in words what a verdict came from; it is to be called right after judge, with the same names.
func (m *matcher) reasons(a, b *name, v verdict) []string {
	switch {
	case v.same && (a.respelt || b.respelt):
		return []string{"the same name, in another romanisation"}
	case v.same && v.written:
		return []string{"the same name, written in other characters"}
	case v.same:
		return []string{"the same name"}
	}
	if v.spacing {
		return []string{"the same letters, spaced differently"}
	}
	var out []string
	var equal []string
	for _, p := range sortedByPlace(m.chosen) {
		wa, wb := spanText(a.toks[p.a0:p.a1]), spanText(b.toks[p.b0:p.b1])
		if p.how == byEqual {
			if a.toks[p.a0].role != names.Particle {
				equal = append(equal, wa)
			}
			continue
		}
		out = append(out, pairText(p, wa, wb))
	}
	if len(equal) > 0 {
		out = append([]string{"same: " + strings.Join(equal, " ")}, out...)
	}
	onlyA, onlyB := leftOver(a.toks, m.usedA[:]), leftOver(b.toks, m.usedB[:])
	switch {
	case onlyA != "" && onlyB != "":
		out = append(out, fmt.Sprintf("%q stands against %q", onlyA, onlyB))
	case onlyA+onlyB != "":
		out = append(out, fmt.Sprintf("only one has %q", onlyA+onlyB))
	}
	if v.han > 0 {
		out = append(out, "other Han characters, whatever they sound like")
	}
	if a.respelt || b.respelt {
		out = append(out, "read from another romanisation")
	}
	return append(out, smallReasons(v)...)
}

func smallReasons(v verdict) []string {
	var out []string
	if v.numbers == 2 {
		out = append(out, "the numbers differ")
	}
	if v.initials == 2 {
		out = append(out, "the initials disagree")
	}
	switch v.legal {
	case 1:
		out = append(out, "legal form written differently or only once")
	case 2:
		out = append(out, "legal forms of different kinds")
	}
	if v.being {
		out = append(out, "a company's name, and the name of a person, vessel or aircraft")
	}
	if v.reordered {
		out = append(out, "words in another order")
	}
	if v.everyday {
		out = append(out, "everyday words, with other ones or another legal form")
	}
	if v.dangling {
		out = append(out, "only one goes on with a connective")
	}
	if v.thin > 3 || v.common {
		out = append(out, "what agrees is common")
	}
	if len(out) == 0 && v.score < 0.3 {
		out = append(out, "little in common")
	}
	return out
}

func pairText(p pairing, a, b string) string {
	switch p.how {
	case bySound:
		return fmt.Sprintf("%q sounds like %q", a, b)
	case byMeaning:
		return fmt.Sprintf("%q is %q", a, b)
	case byNickname:
		return fmt.Sprintf("%q is a form of %q", a, b)
	case byInitial:
		return fmt.Sprintf("%q may stand for %q", a, b)
	case byConsonants:
		return fmt.Sprintf("%q has the consonants of %q", a, b)
	case byAcronym:
		return fmt.Sprintf("%q and %q: one is the first letters of the other", a, b)
	case byJoining:
		if p.sim == 1 {
			return fmt.Sprintf("%q is %q, spaced differently", a, b)
		}
	}
	return fmt.Sprintf("%q is spelt like %q (%.0f%%)", a, b, p.sim*100)
}

func spanText(toks []token) string {
	words := make([]string, len(toks))
	for i := range toks {
		words[i] = toks[i].s
	}
	return strings.Join(words, " ")
}

// leftOver is the words without a partner, particles left out.
func leftOver(toks []token, used []bool) string {
	var words []string
	for i := range toks[:min(len(toks), maxTokens)] {
		if !used[i] && toks[i].role != names.Particle {
			words = append(words, toks[i].s)
		}
	}
	return strings.Join(words, " ")
}
