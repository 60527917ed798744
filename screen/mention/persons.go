package mention

import (
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// addOrders adds a person's name in the orders in which texts give it: the family name last or first, with all given
// names or with the first alone, with and without an article, and with the first of two family names.
func (b *scanBuilder) addOrders(i uint32, e *diff.Entry, text string, words []nameWord, n naming) {
	if e.Kind == diff.Organization || len(words) < 2 || len(words) > 7 {
		return
	}
	family, given := b.personParts(e, text, words)
	if len(family) == 0 || len(given) == 0 {
		return
	}
	b.addOrder(i, e, given, family, n)
	if e.Kind != diff.Person {
		return
	}
	n.kind = givenFamily
	for _, f := range familyForms(family) {
		for _, g := range givenForms(given) {
			b.addOrder(i, e, g, f, n)
			b.addOrder(i, e, f, g, n)
		}
	}
}

// addOrder adds two parts of a name one after the other.
func (b *scanBuilder) addOrder(i uint32, e *diff.Entry, first, second []nameWord, n naming) {
	b.order = append(append(b.order[:0], first...), second...)
	b.addWhole(i, e, b.order, n)
}

// personParts are the family and the given names of a name: around its comma, or, where the list writes none, its last
// word and the rest.
func (b *scanBuilder) personParts(e *diff.Entry, text string, words []nameWord) (family, given []nameWord) {
	if head, rest, ok := strings.Cut(text, ","); ok {
		given, family = b.read(rest), b.read(head)
		if len(given)+len(family) != len(words) {
			return nil, nil
		}
		return family, given
	}
	if e.Kind != diff.Person {
		return nil, nil
	}
	last := len(words) - 1
	for last > 1 && words[last-1].role == names.Particle {
		last--
	}
	return words[last:], words[:last]
}

// familyForms are the ways in which a family name stands for the whole of it: itself, without its articles, and the
// first of two ("Moreno Diaz").
func familyForms(family []nameWord) [][]nameWord {
	forms := [][]nameWord{family}
	bare := withoutParticles(family)
	if len(bare) > 0 && len(bare) < len(family) {
		forms = append(forms, bare)
	}
	if len(bare) == 2 && len(bare) == len(family) && len(bare[0].s) >= 4 {
		forms = append(forms, bare[:1])
	}
	return forms
}

// givenForms are the ways in which given names stand for all of them. A syllable of an East Asian given name is none.
func givenForms(given []nameWord) [][]nameWord {
	forms := [][]nameWord{given}
	first := given[0]
	syllables := len(given) == 2 && len(first.s) <= 5 && len(given[1].s) <= 5 && given[1].role != names.InitialLetter
	if len(given) > 1 && first.role != names.InitialLetter && !syllables && first.role != names.Particle &&
		first.role != names.Title {
		forms = append(forms, given[:1])
	}
	if bare := withoutParticles(given); len(bare) > 0 && len(bare) < len(given) {
		forms = append(forms, bare)
	}
	return forms
}

func withoutParticles(words []nameWord) []nameWord {
	var out []nameWord
	for _, w := range words {
		if w.role != names.Particle {
			out = append(out, w)
		}
	}
	return out
}
