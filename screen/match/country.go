package match

import (
	"slices"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// place is what the countries of a query and an entry say, where both sides know theirs; the zero value is silence.
type place struct {
	ours, listed string
	same         bool
}

// The worth of a country. A party of one name in another country is another party more often than not where the name is short; long
// names, and those of persons, who move, are their own proof. The country never hides a party whose name is the same.
const (
	worthSame      = 0.20 // of what is missing, where the countries agree
	mostSame       = 0.02 // and no more than this
	costAbroad     = 0.03 // where they do not
	costAbroadWord = 0.03 // and besides for each letter that the only word of its own has fewer than abroadLetters
	abroadLetters  = 9
	mostAbroad     = 0.16
)

// placeWorth is what a country adds to a score, or takes off.
func placeWorth(p place, v *verdict) float32 {
	switch {
	case p == place{} || v.score >= 1: // the same characters
		return 0
	case p.same:
		return min(mostSame, worthSame*(1-v.score))
	case v.lone > 0:
		return -min(mostAbroad, costAbroad+costAbroadWord*float32(max(0, abroadLetters-v.lone)))
	}
	return -costAbroad
}

// place compares countries, where both sides know theirs. Addresses in Hong Kong and Macau stand under China in some lists.
func (ix *Index) place(country string, e *diff.Entry) place {
	if country == "" {
		return place{}
	}
	code := names.CountryCode(country)
	if code == "" {
		return place{}
	}
	listed := e.Countries
	if len(listed) == 0 {
		if c := names.CountryCode(e.Country); c != "" {
			listed = []string{c}
		}
	}
	switch {
	case len(listed) == 0:
		return place{}
	case slices.Contains(listed, code):
		return place{code, code, true}
	case slices.ContainsFunc(listed, func(c string) bool { return chinese(c) && chinese(code) }):
		return place{}
	}
	return place{ours: code, listed: listed[0]}
}

func chinese(code string) bool { return code == "CN" || code == "HK" || code == "MO" }

// reason says in words what the countries say.
func (p place) reason() []string {
	switch {
	case p == place{}:
		return nil
	case p.same:
		return []string{"the same country, " + p.ours}
	}
	return []string{"another country: ours " + p.ours + ", listed " + p.listed}
}
