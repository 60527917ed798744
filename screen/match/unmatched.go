package match

import (
	"entitywatch/screen/names"
)

// unmatched adds up the words of one name that have no partner.
type unmatched struct {
	org, person, second      bool
	forgiven                 bool // a slip in a legal form was taken out
	w                        float32
	hard                     float32 // the part of w that is no place
	cost                     float32 // weight times the cost of its kind
	numbers, initials, names int
}

func (u *unmatched) collect(toks []token, used []bool) {
	for i := range toks[:min(len(toks), maxTokens)] {
		t := &toks[i]
		if used[i] {
			continue
		}
		switch t.role {
		case names.Numeral:
			u.numbers++
			continue
		case names.InitialLetter:
			u.initials++
			continue
		case names.Particle, names.Title:
			continue
		case names.Distinctive, names.CommonName:
			u.names++
		}
		w := t.w
		if t.paren {
			w *= 0.5
		}
		u.w += w
		if t.role != names.PlaceWord || !u.org {
			u.hard += w
		}
		u.cost += w * u.rate(t)
	}
}

// rate is what a word without a partner costs, by its weight.
func (u *unmatched) rate(t *token) float32 {
	switch {
	case t.role == names.GenericWord:
		return costExtraWeak
	case t.role == names.PlaceWord && u.org:
		return costExtraPlace
	case t.role == names.PlaceWord:
		return costExtraWord
	case u.org:
		return costExtra
	case u.person:
		return costExtraName
	}
	return costExtraWord
}

// costOf is the cost of the words that only this side has, by weight; alone says that too little matches to forgive them.
func (u *unmatched) costOf(alone bool) float32 {
	if alone {
		return max(u.cost/u.w, costExtraAlone)
	}
	return u.cost / u.w
}
