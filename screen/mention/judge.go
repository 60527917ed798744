package mention

import (
	"slices"
	"strings"

	"entitywatch/screen/names"
)

// notFound is what a phrase comes to that does not stand as a name.
var notFound = found{conf: -1}

// judge decides how sure it is that words from..to name what phrase p stands for; and says that an "and" of the text
// was passed over.
func (sc *Scanner) judge(text string, words []textWord, p int32, from, to int, and bool, c *chooser) found {
	ph := &sc.book.phrases[p]
	if and && !ph.and || !sc.inItsCase(words, ph, from, to) {
		return notFound
	}
	f := sc.foundAt(words, p, from, to)
	doubtful := c.note != nil || sc.weights.strength(f.naming, f.setting|otherNation) < beyondDoubt
	if doubtful && c.note == nil && sc.weights.strength(f.naming,
		f.setting|nationContext|fieldContext|listingContext) < c.least {
		return notFound // nothing around it can make it one
	}
	beside, ok := sc.besideOf(text, words, f, to, c)
	if !ok {
		return notFound
	}
	f.setting |= beside
	if doubtful || beside != 0 {
		f.setting |= sc.settingOf(words, from, f.to, sc.factsOf(p, c))
	}
	f.conf = sc.weights.strength(f.naming, f.setting)
	if c.note != nil {
		c.note(f)
	}
	return f
}

// inItsCase demands of the words of a phrase the capitals that names have.
func (sc *Scanner) inItsCase(words []textWord, ph *phrase, from, to int) bool {
	if (ph.kind == acronym || ph.kind == acronymBrand) && (!words[from].upper || sc.shouting(words, from)) {
		return false
	}
	return words[from].script != names.Latin || sc.capitalised(words[from:to], ph)
}

// foundAt is phrase p at words from..to, with the legal form behind it and what the words themselves say.
func (sc *Scanner) foundAt(words []textWord, p int32, from, to int) found {
	f := found{phrase: p, from: from, to: sc.extendRight(words, to), start: int(words[from].start),
		naming: sc.book.phrases[p].naming}
	f.end = int(words[f.to-1].end)
	leadingForm := from > 0 && words[from-1].class&legalClassWord != 0 && words[from-1].capital
	f.form = f.form && (f.kind == verbatimName || f.to == to && !leadingForm)
	listed := f.exact
	if f.exact = exactOf(words[from:to]); f.exact != listed && f.to > to {
		f.exact = exactOf(words[from:f.to])
	}
	if f.exact == listed {
		f.setting |= exactForm
	}
	if words[from].script != names.Latin {
		f.setting |= foreignScript
	}
	return f
}

// besideOf is what the words right beside a name of which the phrase ends before word to say of it, and whether it can
// be one at all. A long name word for word needs no look at them.
func (sc *Scanner) besideOf(text string, words []textWord, f found, to int, c *chooser) (beside setting, ok bool) {
	if f.kind != verbatimName && (f.kind != wholeName || to-f.from <= 2) {
		if beside, ok = sc.surroundings(text, words, f, to, c); !ok {
			return 0, false
		}
	}
	if f.plain && !f.short() && sc.within(words, f.from) {
		beside |= ledBy
	}
	return beside, true
}

// beyondDoubt is the strength from which on a name is a mention whatever stands around it, so that this is not read.
const beyondDoubt = 0.9

// capitalised demands capitals where a name has them: at its first word, and at every word of a short name.
func (sc *Scanner) capitalised(words []textWord, ph *phrase) bool {
	if !words[0].capital && (len(words) == 1 || !words[1].capital) {
		return false
	}
	if len(words) > 3 && ph.kind <= wholeName || len(words) == 1 {
		return true
	}
	if slices.ContainsFunc(words[1:], func(w textWord) bool { return !w.capital && !w.mayBeSmall() }) {
		return false
	}
	last := &words[len(words)-1]
	if last.capital || last.hyphened && words[len(words)-2].capital {
		return true
	}
	return (last.class&neutralWord != 0 && ph.rare || last.digit) && ph.kind <= wholeName
}

// mayBeSmall reports whether a word may stand in a name without a capital.
func (w *textWord) mayBeSmall() bool {
	return w.hyphened || w.digit || w.gap == tight || w.class&(articleWord|skipWord) != 0
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

// within reports whether a capitalised word before word i makes a name of everyday words the end of a longer one ("Gulf
// Applied Systems").
func (sc *Scanner) within(words []textWord, i int) bool {
	if i == 0 || words[i].gap != tight {
		return false
	}
	w := &words[i-1]
	return w.capital && w.script == names.Latin && !w.first && !w.digit &&
		w.class&(placeClass|legalClassWord|titleWord|skipWord) == 0
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
	// capitalised words that are not the party's, and those of them that are no everyday words
	others, strong, legal := 0, 0, f.to > to
	for j := f.to; j < len(words) && j < f.to+6; j++ {
		w := &words[j]
		if !w.goesOn() {
			break
		}
		switch {
		case w.class&legalClassWord != 0:
			legal = true
		case w.class&headWord != 0 && !legal && !sc.inNames(f.phrase, w):
			return 0, false
		case legal || w.class&(neutralWord|placeClass) != 0 || known(w):
		default:
			others++
			strong += sc.strangeness(text, w)
		}
		if legal && others > 0 && f.to == to {
			return 0, false
		}
	}
	return sc.runsOn(f, strong > 0 && f.to == to), true
}

// goesOn reports whether a word may go on the name before it: a capitalised one with nothing between them.
func (w *textWord) goesOn() bool { return w.gap == tight && w.capital && w.script == names.Latin }

// strangeness is 1 for a word that can only be a name.
func (sc *Scanner) strangeness(text string, w *textWord) int {
	if w.upper || sc.everydayWord(text, w) {
		return 0
	}
	return 1
}

// runsOn is what it says of a name that a word which is nobody else's follows it: a short one is the first half of
// another.
func (sc *Scanner) runsOn(f found, strong bool) setting {
	if strong && f.short() && !sc.famous(f) {
		return followedBy
	}
	return 0
}

// famous reports whether a single word begins the names of so many entries that it can be no chance: a parent with its
// affiliates.
func (sc *Scanner) famous(f found) bool {
	return len(sc.relatives(f, sc.book.ownersOf(f.phrase))) >= 5
}

// everydayWord reports whether a word of the text is an everyday word, or a form of one.
func (sc *Scanner) everydayWord(text string, w *textWord) bool {
	return w.class&(englishWord|skipWord) != 0 || w.first || names.IsEveryday(w.fold(text))
}

// leftOf looks at what stands before: a place that is not the party's, a title, the first half of another name.
func (sc *Scanner) leftOf(text string, words []textWord, f found, known func(*textWord) bool) (setting, bool) {
	if f.from <= 0 || words[f.from].gap != tight || words[f.from].script != names.Latin {
		return 0, true
	}
	w := &words[f.from-1]
	switch {
	case !w.capital || w.script != names.Latin || known(w):
		return 0, true
	case w.class&titleWord != 0 && f.short() && f.kind != acronym:
		return 0, false
	case w.class&placeClass != 0:
		return 0, sc.mayStandBefore(w, f)
	case w.class&(neutralWord|legalClassWord) != 0 || !f.short() || sc.everydayWord(text, w):
		return 0, true
	}
	return ledBy, true
}

// mayStandBefore reports whether a place that the list does not give the party may stand before its name: any before a
// long name or a single word, a country before every name.
func (sc *Scanner) mayStandBefore(place *textWord, f found) bool {
	return !f.short() || f.to-f.from <= 1 || sc.national(place) || !sc.hasAddress(f.phrase)
}

// national reports whether a place word is the adjective or the name of a country, which may stand before any of its
// companies.
func (sc *Scanner) national(w *textWord) bool {
	return w.class&placeClass != 0 && theNations()[w.raw]
}

// formOf looks at the legal form that the text gives: one that another country's companies bear says that it is another
// company.
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
			if strings.Contains(home, names.CountryCode(entry.Country)) ||
				slices.ContainsFunc(entry.Countries, func(c string) bool {
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
				if names.Hash(s) == w.raw {
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
