package mention

import (
	"entitywatch/diff"
	"entitywatch/screen/names"
)

// around is how many words before and after a name its context reaches: about two paragraphs.
const around = 80

// setting is what the words around a name say for it.
type setting uint16

const (
	nationContext  setting = 1 << iota // they name the party's country
	fieldContext                       // they use other words of the party's name, or speak of what it is listed for
	listingContext                     // they speak of sanctions or lists
	otherNation                        // they name countries, but not the party's
	exactForm                          // the text has the name letter for letter, but for case
	foreignScript                      // the name is not in Latin letters
	followedBy                         // a capitalised word that is no everyday word follows a short name
	ledBy                              // or stands before it
	formOfOthers                       // the text gives a legal form of other countries than the party's
)

// facts are what is known of a phrase's parties, to be looked for around it.
type facts struct {
	owners []uint32
	names  map[uint64]bool // the words of their names
	words  map[uint64]bool // the words of their addresses, nil before they are asked for
	codes  map[string]bool // of their countries
	armed  bool            // they are listed as an armed group
}

// mapPlaces prepares the countries of place words.
func (sc *Scanner) mapPlaces() {
	sc.places = map[uint64]string{}
	for w, r := range names.UsedWords() {
		if code := names.CountryOf(w); r == names.PlaceWord && code != "" {
			sc.places[names.Hash(w)] = code
		}
	}
}

// factsOf are the facts of a phrase, made once a text.
func (sc *Scanner) factsOf(p int32, c *chooser) *facts {
	if f := c.facts[p]; f != nil {
		return f
	}
	f := &facts{names: map[uint64]bool{}, codes: map[string]bool{}}
	owners := sc.book.ownersOf(p)
	f.owners = owners[:min(len(owners), 20)]
	for _, e := range f.owners {
		c.buf = f.take(sc, &sc.entries[e], c.buf)
	}
	c.facts[p] = f
	return f
}

// knows reports whether a word stands in the names or addresses of the phrase's parties. Addresses are read when they
// are first asked.
func (f *facts) knows(sc *Scanner, w *textWord) bool {
	if f.names[w.key] || f.names[w.raw] {
		return true
	}
	if f.words == nil {
		f.words = map[uint64]bool{}
		var buf []textWord
		for _, e := range f.owners {
			entry := &sc.entries[e]
			for _, text := range append([]string{entry.Country}, entry.Addresses...) {
				buf = sc.readText(text, buf)
				for i := range buf {
					f.words[buf[i].raw], f.words[buf[i].key] = true, true
				}
			}
		}
	}
	return f.words[w.key] || f.words[w.raw]
}

func (f *facts) take(sc *Scanner, e *diff.Entry, buf []textWord) []textWord {
	for i := range 1 + len(e.Aliases) {
		text := e.Name
		if i > 0 {
			text = e.Aliases[i-1]
		}
		buf = sc.readText(text, buf)
		for k := range buf {
			w := &buf[k]
			f.names[w.raw] = true
			if w.key != w.raw {
				f.names[w.key] = true
			}
			if w.class&placeClass != 0 {
				f.codes[realm(sc.places[w.raw])] = true
			}
		}
	}
	for _, code := range append([]string{names.CountryCode(e.Country)}, e.Countries...) {
		f.codes[realm(code)] = true
	}
	for _, program := range e.Programs {
		for _, w := range names.Fold(program) {
			switch code := sc.places[names.Hash(w)]; {
			case code != "":
				f.codes[code] = true
			case programNations[w] != "":
				f.codes[programNations[w]] = true
			case w == "sdgt" || w == "fto" || w == "sdt":
				f.armed = true
			}
		}
	}
	delete(f.codes, "")
	delete(f.codes, "US") // is named in every report
	return buf
}

// programNations are the countries of programs that do not name them (the programs' tags:
// ofac.treasury.gov/specially-designated- nationals-list-sdn-list/program-tag-definitions-for-ofac-sanctions-lists).
var programNations = map[string]string{"dprk": "KP", "ifsr": "IR", "irgc": "IR", "cmic": "CN", "ukraine": "RU"}

// realm is the country of a territory that reports name for it.
func realm(code string) string {
	if code == "HK" || code == "MO" {
		return "CN"
	}
	return code
}

// nationAt is the country that the place word j names. Which Korea is meant, the word before says.
func (sc *Scanner) nationAt(words []textWord, j int) string {
	code := realm(sc.places[words[j].raw])
	if (code == "KR" || code == "KP") && j > 0 && words[j].gap == tight {
		switch words[j-1].raw {
		case northWord:
			return "KP"
		case southWord:
			return "KR"
		}
	}
	return code
}

var northWord, southWord = names.Hash("north"), names.Hash("south")

// nationWithin tells of a name that itself names the party's country, as the text then does: "Freedonia Shipping
// Lines".
func (sc *Scanner) nationWithin(name []textWord, f *facts) setting {
	for j := range name {
		if name[j].class&placeClass != 0 && f.codes[sc.nationAt(name, j)] {
			return nationContext
		}
	}
	return 0
}

// settingOf reads the words around a name.
func (sc *Scanner) settingOf(words []textWord, from, to int, f *facts) setting {
	var out setting
	listing, nations := 0, false
	for j := max(0, from-around); j < min(len(words), to+around); j++ {
		if j == from {
			j = to - 1
			out |= sc.nationWithin(words[from:to], f)
			continue
		}
		w := &words[j]
		listing += w.speaksOfLists()
		if w.class&placeClass == 0 {
			out |= f.fieldOf(w)
		} else if code := sc.nationAt(words, j); f.codes[code] {
			out |= nationContext
		} else if code != "" && code != "US" {
			nations = true
		}
	}
	if nations && out&nationContext == 0 && len(f.codes) > 0 {
		out |= otherNation
	}
	if listing >= 2 {
		out |= listingContext
	}
	return out
}

// speaksOfLists counts how surely a word speaks of sanctions and lists: two points do.
func (w *textWord) speaksOfLists() int {
	switch {
	case w.class&listingClass != 0:
		return 2
	case w.class&hintClass != 0:
		return 1
	}
	return 0
}

// fieldOf is fieldContext for a word that speaks of what the parties do, or are listed for.
func (f *facts) fieldOf(w *textWord) setting {
	if f.armed && w.class&armedClass != 0 || w.class&neutralWord != 0 && f.names[w.key] {
		return fieldContext
	}
	return 0
}
