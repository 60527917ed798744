package names

import "strings"

// LegalClass groups legal forms that may stand for one another when two registers write the same company.
type LegalClass uint8

const (
	legalAny         LegalClass = iota // says nothing of the kind of company ("company", "corporation")
	legalLimited                       // GmbH, Ltd, LLC, OOO
	legalStock                         // AG, JSC, PAO, S.A.
	legalPartnership                   // KG, LP
	legalNonprofit                     // ANO, e.V.
	legalState                         // FGUP
	legalSole                          // sole trader
)

// legalForm is one way to write a legal form: the words after the first, and what they mean.
type legalForm struct {
	rest  []string
	canon string
	class LegalClass
}

// legalByFirst finds legal forms by their first word, the longest first.
type legalByFirst map[string][]legalForm

func parseLegal(table string) legalByFirst {
	classes := map[string]LegalClass{
		"any": legalAny, "limited": legalLimited, "stock": legalStock, "partnership": legalPartnership,
		"nonprofit": legalNonprofit, "state": legalState, "sole": legalSole,
	}
	out := legalByFirst{}
	for line := range strings.Lines(table) {
		ways := strings.Split(strings.TrimSpace(line), "|")
		class, canon, ok := strings.Cut(ways[0], " ")
		if !ok {
			continue
		}
		for _, way := range ways[1:] {
			words := strings.Fields(way)
			out.add(words[0], legalForm{rest: words[1:], canon: canon, class: classes[class]})
		}
	}
	return out
}

func (l legalByFirst) add(first string, f legalForm) {
	forms := l[first]
	i := 0
	for i < len(forms) && len(forms[i].rest) >= len(f.rest) {
		i++
	}
	forms = append(forms, legalForm{})
	copy(forms[i+1:], forms[i:])
	forms[i] = f
	l[first] = forms
}

// match returns the longest legal form at the start of words, and how many words it takes; 0 where there is none.
func (l legalByFirst) match(words []string) (legalForm, int) {
	for _, f := range l[words[0]] {
		if len(f.rest) >= len(words) {
			continue
		}
		same := true
		for i, w := range f.rest {
			if words[i+1] != w {
				same = false
				break
			}
		}
		if same {
			return f, len(f.rest) + 1
		}
	}
	return legalForm{}, 0
}

// Conflict reports whether two legal forms speak of different kinds of company.
func (c LegalClass) Conflict(d LegalClass) bool {
	return c != d && c != legalAny && d != legalAny
}
