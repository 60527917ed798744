package mention

import (
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

type diffList = diff.ListID

// judge decides how sure it is that words from..to name what phrase p stands for.
func (sc *Scanner) judge(text string, words []textWord, p int32, from, to int, and bool, c *chooser) found {
	ph := &sc.book.phrases[p]
	f := found{phrase: p, from: from, to: to, start: int(words[from].start), naming: ph.naming}
	none := found{conf: -1}
	if and && !ph.and {
		return none
	}
	if (ph.kind == acronym || ph.kind == acronymBrand) && (!words[from].upper || sc.shouting(words, from)) {
		return none
	}
	if words[from].script == names.Latin && !sc.capitalised(words[from:to], ph) {
		return none
	}
	f.to = sc.extendRight(words, to)
	f.end = int(words[f.to-1].end)
	f.form = f.form && f.kind == verbatimName || f.form && f.to == to && !(from > 0 && words[from-1].class&legalClassWord != 0 && words[from-1].capital)
	if f.exact = exactOf(words[from:to]); f.exact != ph.exact && f.to > to {
		f.exact = exactOf(words[from:f.to])
	}
	if f.exact == ph.exact {
		f.setting |= exactForm
	}
	if words[from].script != names.Latin {
		f.setting |= foreignScript
	}
	doubtful := c.note != nil || sc.weights.strength(f.naming, f.setting|otherNation) < beyondDoubt
	if doubtful && c.note == nil && sc.weights.strength(f.naming, f.setting|nationContext|fieldContext|listingContext) < c.least {
		return none // nothing around it can make it one
	}
	if ph.kind != verbatimName && (ph.kind != wholeName || to-from <= 2) {
		beside, ok := sc.surroundings(text, words, f, to, c)
		if !ok {
			return none
		}
		f.setting |= beside
		doubtful = doubtful || beside != 0
	}
	if f.plain && !f.short() && sc.within(words, from) {
		f.setting |= ledBy
		doubtful = true
	}
	if doubtful {
		f.setting |= sc.settingOf(words, from, f.to, sc.factsOf(p, c))
	}
	f.conf = sc.weights.strength(f.naming, f.setting)
	if c.note != nil {
		c.note(f)
	}
	return f
}

// beyondDoubt is the strength from which on a name is a mention whatever stands around it, so that this is not read.
const beyondDoubt = 0.9

// capitalised demands capitals where a name has them: at its first word, and at every word of a short name.
func (sc *Scanner) capitalised(words []textWord, ph *phrase) bool {
	if !words[0].capital && (len(words) == 1 || !words[1].capital) {
		return false
	}
	if len(words) > 3 && ph.kind <= wholeName {
		return true
	}
	for i := range words[1:] {
		if w := &words[1+i]; !w.capital && !w.hyphened && w.class&articleWord == 0 && !w.digit && w.class&skipWord == 0 && w.gap != tight {
			return false
		}
	}
	last := &words[len(words)-1]
	return last.capital || len(words) > 1 && last.hyphened && words[len(words)-2].capital || len(words) == 1 || (last.class&neutralWord != 0 && ph.rare || last.digit) && ph.kind <= wholeName
}

// shouting reports whether the words around i are all in capitals, so that capitals say nothing.
func (sc *Scanner) shouting(words []textWord, i int) bool {
	loud, all := 0, 0
	for j := max(0, i-3); j < min(len(words), i+4); j++ {
		if j != i && words[j].end-words[j].start > 3 {
			all++
			if words[j].upper {
				loud++
			}
		}
	}
	return all >= 2 && loud == all
}

// extendRight takes in the legal forms that follow a name ("Co., Ltd.").
func (sc *Scanner) extendRight(words []textWord, to int) int {
	for j := to; j < len(words) && j < to+6; j++ {
		w := &words[j]
		if w.class&legalClassWord == 0 || !w.capital || w.gap == broken && !sc.abbreviated(words, j) {
			break
		}
		to = j + 1
	}
	return to
}

// abbreviated reports whether the stop before word j belongs to an abbreviation ("Co. Ltd").
func (sc *Scanner) abbreviated(words []textWord, j int) bool {
	prev := &words[j-1]
	return prev.class&legalClassWord != 0 && prev.end-prev.start <= 4
}

// within reports whether a capitalised word before word i makes a name of everyday words the end of a longer one ("Gulf Applied Systems").
func (sc *Scanner) within(words []textWord, i int) bool {
	if i == 0 || words[i].gap != tight {
		return false
	}
	w := &words[i-1]
	return w.capital && w.script == names.Latin && !w.first && !w.digit && w.class&(placeClass|legalClassWord|titleWord|skipWord) == 0
}

// surroundings are what the words beside a name say of it, and whether it can be one at all.
func (sc *Scanner) surroundings(text string, words []textWord, f found, to int, c *chooser) (setting, bool) {
	known := func(w *textWord) bool { return sc.factsOf(f.phrase, c).knows(sc, w) }
	right, ok := sc.rightOf(text, words, f, to, known)
	if !ok {
		return 0, false
	}
	left, ok := sc.leftOf(text, words, f, known)
	return left | right | sc.formOf(text, words, f, to), ok
}

// short reports whether a phrase is so short that its surroundings can make it another name.
func (f *found) short() bool {
	switch f.kind {
	case brandName, brandAlias, acronym, acronymBrand, soundWord, joinedName, nativeName:
		return true
	}
	return false
}

// rightOf looks at what follows: the rest of a longer company's name, a street, a person's second name.
func (sc *Scanner) rightOf(text string, words []textWord, f found, to int, known func(*textWord) bool) (setting, bool) {
	strange, strong, legal := 0, 0, f.to > to
	for j := f.to; j < len(words) && j < f.to+6; j++ {
		w := &words[j]
		if w.gap != tight || !w.capital || w.script != names.Latin {
			break
		}
		switch {
		case w.class&legalClassWord != 0:
			legal = true
		case w.class&headWord != 0 && !legal && !sc.inNames(f.phrase, w):
			return 0, false
		case known(w):
		case w.class&(neutralWord|placeClass) != 0:
		case legal:
		case w.upper || sc.everydayWord(text, w):
			strange++
		default:
			strong++
		}
		if legal && strange+strong > 0 && f.to == to {
			return 0, false
		}
	}
	if f.to == to && strong > 0 && f.short() && !sc.famous(f) {
		return followedBy, true
	}
	return 0, true
}

// famous reports whether a single word begins the names of so many entries that it can be no chance: a parent with its affiliates.
func (sc *Scanner) famous(f found) bool {
	return len(sc.relatives(f, sc.book.ownersOf(f.phrase))) >= 5
}

// everydayWord reports whether a word of the text is an everyday word, or a form of one.
func (sc *Scanner) everydayWord(text string, w *textWord) bool {
	return w.class&(englishWord|skipWord) != 0 || w.first || names.IsEveryday(w.fold(text))
}

// leftOf looks at what stands before: a place that is not the party's, a title, the first half of another name.
func (sc *Scanner) leftOf(text string, words []textWord, f found, known func(*textWord) bool) (setting, bool) {
	if f.from <= 0 {
		return 0, true
	}
	w := &words[f.from-1]
	if words[f.from].gap != tight || !w.capital || w.script != words[f.from].script || w.script != names.Latin {
		return 0, true
	}
	switch {
	case known(w):
		return 0, true
	case w.class&titleWord != 0 && f.short() && f.kind != acronym:
		return 0, false
	case w.class&placeClass != 0:
		return 0, !f.short() || sc.national(w) || !sc.hasAddress(f.phrase) || f.to-f.from <= 1
	case w.class&(neutralWord|legalClassWord) != 0 || !f.short() || sc.everydayWord(text, w):
		return 0, true
	}
	return ledBy, true
}

// national reports whether a place word is the adjective or the name of a country, which may stand before any of its companies.
func (sc *Scanner) national(w *textWord) bool {
	return w.class&placeClass != 0 && theNations()[w.raw]
}

// formOf looks at the legal form that the text gives: one that another country's companies bear says that it is another company.
func (sc *Scanner) formOf(text string, words []textWord, f found, to int) setting {
	if !f.short() || f.to == to {
		return 0
	}
	owners := sc.book.ownersOf(f.phrase)
	if len(sc.relatives(f, owners)) > 3 {
		return 0
	}
	for j := to; j < f.to; j++ {
		home := sc.every.homes[words[j].fold(text)]
		if home == "" {
			continue
		}
		for _, e := range owners {
			entry := &sc.entries[e]
			if strings.Contains(home, names.CountryCode(entry.Country)) || slices.ContainsFunc(entry.Countries, func(c string) bool {
				return strings.Contains(home, c)
			}) {
				return 0
			}
		}
		return formOfOthers
	}
	return 0
}

// inNames reports whether a word stands in the names of a phrase's parties.
func (sc *Scanner) inNames(p int32, w *textWord) bool {
	for _, e := range sc.book.ownersOf(p) {
		for _, n := range append([]string{sc.entries[e].Name}, sc.entries[e].Aliases...) {
			for _, s := range names.Fold(n) {
				if names.HashString(s) == w.raw {
					return true
				}
			}
		}
	}
	return false
}

// hasAddress reports whether the list gives addresses for a phrase's party, so that a place can disagree with them.
func (sc *Scanner) hasAddress(p int32) bool {
	return slices.ContainsFunc(sc.book.ownersOf(p), func(e uint32) bool { return len(sc.entries[e].Addresses) > 0 })
}
