package screen

import (
	"math"
	"slices"
	"strings"

	"entitywatch/diff"
)

type diffList = diff.ListID

// judge decides how sure it is that words from..to name what phrase p stands for.
func (sc *Scanner) judge(text string, words []textWord, p int32, from, to int, and bool, c *chooser) found {
	ph := &sc.book.phrases[p]
	f := found{phrase: p, from: from, to: to, start: int(words[from].start), kind: ph.kind, conf: ph.kind.confidence()}
	none := found{conf: -1}
	if and && !ph.and {
		return none
	}
	if (ph.kind == acronym || ph.kind == acronymBrand) && (!words[from].upper || sc.shouting(words, from)) {
		return none
	}
	if words[from].script == latin && !sc.capitalised(words[from:to], ph.kind) {
		return none
	}
	f.to = sc.extendRight(words, to)
	f.end = int(words[f.to-1].end)
	if ph.kind == wholeName && to-from > 2 {
		return f
	}
	f.conf -= sc.surroundings(text, words, f, to, c)
	return f
}

// capitalised demands capitals where a name has them: at its first word, and at every word of a short name.
func (sc *Scanner) capitalised(words []textWord, kind phraseKind) bool {
	if !words[0].capital {
		return false
	}
	if len(words) > 3 && kind == wholeName {
		return true
	}
	for i := range words {
		if w := &words[i]; !w.capital && w.class&skipWord == 0 && w.gap != tight {
			return false
		}
	}
	last := &words[len(words)-1]
	return last.capital || len(words) == 1 || last.class&neutralWord != 0 && kind == wholeName
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

// surroundings is how much the words around a name take off its confidence; 1 rules it out.
func (sc *Scanner) surroundings(text string, words []textWord, f found, to int, c *chooser) float64 {
	own := c.own[f.phrase]
	known := func(w *textWord) bool {
		if own == nil {
			own = sc.wordsOf(f.phrase)
			c.own[f.phrase] = own
		}
		return own[w.key] || own[w.raw]
	}
	loss := max(sc.rightOf(text, words, f, to, known), sc.formOf(text, words, f, to))
	return max(loss, sc.leftOf(text, words, f, known))
}

// short reports whether a phrase is so short that its surroundings can make it another name.
func (f *found) short() bool {
	switch f.kind {
	case brandName, brandAlias, acronym, acronymBrand, soundName, joinedName, nativeName:
		return true
	}
	return false
}

// rightOf looks at what follows: the rest of a longer company's name, a street, a person's second name.
func (sc *Scanner) rightOf(text string, words []textWord, f found, to int, known func(*textWord) bool) float64 {
	strange, strong, legal := 0, 0, f.to > to
	for j := f.to; j < len(words) && j < f.to+6; j++ {
		w := &words[j]
		if w.gap != tight || !w.capital || w.script != latin {
			break
		}
		switch {
		case w.class&legalClassWord != 0:
			legal = true
		case w.class&headWord != 0 && !legal && !sc.inNames(f.phrase, w):
			return 1
		case known(w):
		case w.class&(neutralWord|placeClass) != 0:
		case legal:
		case w.upper || sc.everydayWord(text, w):
			strange++
		default:
			strong++
		}
		if legal && strange+strong > 0 && f.to == to {
			return 1
		}
	}
	if f.to > to {
		return 0
	}
	if strong > 0 && !sc.famous(f) && (f.kind == brandName || f.kind == soundName || f.kind == joinedName) {
		return 0.2
	}
	return 0
}

// famous reports whether a single word begins the names of so many entries that it can be no chance: a parent with its affiliates.
func (sc *Scanner) famous(f found) bool {
	return len(sc.relatives(f, sc.book.ownersOf(f.phrase))) >= 5
}

// everydayWord reports whether a word of the text is an everyday word, or a form of one.
func (sc *Scanner) everydayWord(text string, w *textWord) bool {
	return w.class&(englishWord|skipWord) != 0 || w.first || sc.every.isEnglish(w.fold(text))
}

// leftOf looks at what stands before: a place that is not the party's, a title, the first half of another name.
func (sc *Scanner) leftOf(text string, words []textWord, f found, known func(*textWord) bool) float64 {
	if f.from <= 0 {
		return 0
	}
	w := &words[f.from-1]
	if words[f.from].gap != tight || !w.capital || w.script != words[f.from].script || w.script != latin {
		return 0
	}
	switch {
	case known(w):
		return 0
	case w.class&titleWord != 0 && f.short() && f.kind != acronym:
		return 1
	case w.class&placeClass != 0:
		if f.short() && !sc.national(w) && sc.hasAddress(f.phrase) && f.to-f.from > 1 {
			return 1
		}
		return 0
	case w.class&(neutralWord|legalClassWord) != 0 || sc.everydayWord(text, w):
		return 0
	}
	switch f.kind {
	case brandName, soundName, joinedName:
		return 0.2
	case brandAlias, acronym, acronymBrand:
		return 0.1
	}
	return 0
}

// national reports whether a place word is the adjective or the name of a country, which may stand before any of its companies.
func (sc *Scanner) national(w *textWord) bool {
	return w.class&placeClass != 0 && nationWords()[w.raw]
}

// formOf looks at the legal form that the text gives: one that another country's companies bear says that it is another company.
func (sc *Scanner) formOf(text string, words []textWord, f found, to int) float64 {
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
			if strings.Contains(home, sc.lex.atlas.codeOf(entry.Country)) || slices.ContainsFunc(entry.Countries, func(c string) bool {
				return strings.Contains(home, c)
			}) {
				return 0
			}
		}
		return 0.3
	}
	return 0
}

// inNames reports whether a word stands in the names of a phrase's parties.
func (sc *Scanner) inNames(p int32, w *textWord) bool {
	for _, e := range sc.book.ownersOf(p) {
		for _, n := range append([]string{sc.entries[e].Name}, sc.entries[e].Aliases...) {
			for _, s := range foldWords(n) {
				if hashString(s) == w.raw {
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

// wordsOf are the words of the names and addresses of a phrase's parties.
func (sc *Scanner) wordsOf(p int32) map[uint64]bool {
	known := map[uint64]bool{}
	owners := sc.book.ownersOf(p)
	for _, e := range owners[:min(len(owners), 20)] {
		entry := &sc.entries[e]
		for _, group := range [][]string{{entry.Name, entry.Country}, entry.Aliases, entry.Addresses} {
			for _, text := range group {
				for _, w := range foldWords(text) {
					known[hashString(w)] = true
					known[hashString(sc.canonical(w))] = true
				}
			}
		}
	}
	return known
}

// parties are the mentions that a found phrase comes to: one for each list.
func (sc *Scanner) parties(text string, f found) []Mention {
	owners := sc.book.ownersOf(f.phrase)
	lists := map[diffList][]uint32{}
	var order []diffList
	for _, e := range owners {
		l := sc.entries[e].List
		if len(lists[l]) == 0 {
			order = append(order, l)
		}
		lists[l] = append(lists[l], e)
	}
	var out []Mention
	for _, l := range order {
		main := sc.parent(lists[l])
		e := &sc.entries[main]
		m := Mention{
			List: e.List, Key: e.Key, Name: e.Name, Country: e.Country, Text: strings.TrimSpace(text[f.start:f.end]), Start: f.start, End: f.end,
			Confidence: math.Round(f.conf*100) / 100, Reason: f.kind.reason(),
		}
		for _, other := range sc.relatives(f, lists[l]) {
			if o := &sc.entries[other]; other != main && o.List == l {
				m.Also = append(m.Also, o.Key)
			}
		}
		if len(m.Also) > 0 && f.short() {
			m.Reason += ", with its affiliates"
		}
		out = append(out, m)
	}
	return out
}

// relatives are the entries that belong to a mention: those that bear the name, and for a single word the family of that word.
func (sc *Scanner) relatives(f found, owners []uint32) []uint32 {
	if !f.short() {
		return owners
	}
	all := slices.Clone(owners)
	for _, e := range owners {
		for _, w := range foldWords(sc.entries[e].Name) {
			if fam := sc.family[hashString(sc.canonical(w))]; slices.Contains(fam, e) {
				all = append(all, fam...)
				break
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// parent picks the entry that a name shared by several stands for: the one whose name has the fewest words beside it.
func (sc *Scanner) parent(entries []uint32) uint32 {
	best, least := entries[0], math.MaxInt
	if len(entries) == 1 {
		return best
	}
	r := newReader()
	for _, e := range entries {
		cost := 0
		for _, p := range r.read(sc.entries[e].Name).parts {
			switch p.role {
			case genericWord:
				cost += 2
			case placeWord:
				cost += 5
			case particle, title:
			default:
				cost += 4
			}
			if p.paren {
				cost += 3
			}
		}
		entry := &sc.entries[e]
		if entry.Parent != "" {
			cost += 20
		}
		cost = cost*100 - min(99, 3*len(entry.Aliases)+len(entry.Addresses)) // a parent is described at more length
		if cost < least {
			best, least = e, cost
		}
	}
	return best
}
