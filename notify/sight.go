package notify

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"entitywatch/diff"
)

// sight is a Change as rules look at it, worked out once for all of them: a look at 8,000 parties by 50 rules is
// 400,000 questions.
type sight struct {
	change   *diff.Change
	hits     []Hit
	codes    []string // ISO 3166, of every form of the entry
	headings []heading
	names    []string // name, aliases and former names of every form, once each
}

// heading is a list's own word for a country.
type heading struct{ text, normal, name string }

func headingOf(text string) heading { return heading{text, diff.Normalise(text), CountryName(text)} }

// sights are the Changes of a Case as rules look at them; headings that repeat are worked out once.
func sights(changes []PendingChange, hits map[string][]Hit) []sight {
	known := map[string]heading{}
	out := make([]sight, len(changes))
	for i := range changes {
		c := &changes[i].Change
		out[i] = sightOf(c, hits[c.ID], known)
	}
	return out
}

func sightOf(c *diff.Change, hits []Hit, known map[string]heading) sight {
	s := sight{change: c, hits: hits, names: []string{c.Name}}
	s.addHeading(c.Country, known)
	for _, e := range states(*c) {
		s.addHeading(e.Country, known)
		for _, code := range e.Countries {
			if !slices.Contains(s.codes, code) {
				s.codes = append(s.codes, code)
			}
		}
		s.names = append(append(s.names, e.Name), e.OtherNames()...)
	}
	seen := make(map[string]bool, len(s.names))
	s.names = slices.DeleteFunc(s.names, func(n string) bool {
		defer func() { seen[n] = true }()
		return seen[n]
	})
	return s
}

func (s *sight) addHeading(text string, known map[string]heading) {
	if text == "" || slices.ContainsFunc(s.headings, func(h heading) bool { return h.text == text }) {
		return
	}
	h, ok := known[text]
	if !ok {
		h = headingOf(text)
		known[text] = h
	}
	s.headings = append(s.headings, h)
}

// asker is a rule made ready for many questions.
type asker struct {
	Rule
	countries []heading
}

func (r Rule) asker() asker {
	a := asker{Rule: r}
	for _, c := range r.Countries {
		a.countries = append(a.countries, heading{text: c, normal: diff.Normalise(c)})
	}
	return a
}

// wants answers as Match does, without its reasons, and stops at the first criterion that is not met. spent says that
// the condition went beyond its budget and was counted as met.
func (a asker) wants(s sight) (ok, spent bool) {
	c := s.change
	switch {
	case a.News != "", !a.wantsKind(*c), len(a.Lists) > 0 && !slices.Contains(a.Lists, c.List):
		return false, false
	case len(a.Countries) > 0 && a.country(s) == "", len(a.Names) > 0 && a.name(s) == nil, len(a.Counterparties) > 0 &&
		a.hit(s.hits) == nil:
		return false, false
	case a.If == nil:
		return true, false
	}
	ok, err := a.If.Eval(*c)
	return ok || err != nil, errors.Is(err, ErrBudget)
}

// wantsKind reports whether the kind of the Change is wanted, and editorial ones only where the rule asks for those.
func (r Rule) wantsKind(c diff.Change) bool {
	return (c.Substantive || r.Editorial) && (len(r.Changes) == 0 || slices.Contains(r.Changes, c.Change))
}

// country says which code or heading of the Change is wanted: "country CN"; "" where none is.
func (a asker) country(s sight) string {
	for _, want := range a.countries {
		for _, code := range s.codes {
			if strings.EqualFold(want.text, code) {
				return "country " + code
			}
		}
		for _, h := range s.headings {
			if h.normal == want.normal || strings.EqualFold(h.name, want.text) {
				return "country heading \"" + h.text + "\""
			}
		}
	}
	return ""
}

// named is a name that one of a rule's expressions matches.
type named struct {
	name string
	by   *regexp.Regexp
}

func (a asker) name(s sight) *named {
	for _, re := range a.Names {
		for _, n := range s.names {
			if re.MatchString(n) {
				return &named{n, re}
			}
		}
	}
	return nil
}

// hit is the first of our counterparties in the files that the rule names.
func (a asker) hit(hits []Hit) *Hit {
	for i := range hits {
		if slices.Contains(a.Counterparties, hits[i].Counterparties) {
			return &hits[i]
		}
	}
	return nil
}
