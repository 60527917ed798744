package diff

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"pgregory.net/rapid"
)

// Generators of lists with what makes the real ones hard: many countries, names that occur under several of them, twins under one,
// addresses and citations that many share.

var headings = []string{"CHINA, PEOPLE'S REPUBLIC OF", "RUSSIA", "TURKEY", "UNITED ARAB EMIRATES", "CRIMEA REGION OF UKRAINE", "UKRAINE"}

var words = []string{"Tactical", "Missile", "Corporation", "Institute", "Hikvision", "Aerospace", "Naukograd", "Optics", "Trading", "Elektronik", "Sanayi", "Öztürk", "No. 5"}

var roads = []string{"1 Kexue Road, Beijing", "Unit 5, Kowloon", "Dubai 1234", "ul. Lenina 7", "Ankara"}

type world struct {
	t     *rapid.T
	serie int
	twins bool
}

func (w *world) name() string {
	n := rapid.IntRange(2, 4).Draw(w.t, "words")
	parts := make([]string, n)
	for i := range parts {
		parts[i] = rapid.SampledFrom(words).Draw(w.t, "word")
	}
	w.serie++
	return strings.Join(parts, " ") + fmt.Sprintf(" %s Co., Ltd.", letterCode(w.serie))
}

// letterCode writes a number in letters, so that names differ in more than their digits.
func letterCode(n int) string {
	s := ""
	for ; n > 0; n /= 20 {
		s += string("bcdfghjklmnpqrstvwxz"[n%20]) + "a"
	}
	return strings.ToUpper(s[:1]) + s[1:] + "on"
}

func (w *world) entry() Entry {
	e := entry(rapid.SampledFrom(headings).Draw(w.t, "heading"), w.name())
	for range rapid.IntRange(0, 3).Draw(w.t, "aliases") {
		w.serie++
		e.Aliases = append(e.Aliases, "Alias "+letterCode(w.serie))
	}
	for range rapid.IntRange(0, 2).Draw(w.t, "addresses") {
		w.serie++
		road := rapid.SampledFrom(roads).Draw(w.t, "road")
		if rapid.Bool().Draw(w.t, "own") {
			road = fmt.Sprintf("House %s, %s", letterCode(w.serie), road)
		}
		if !slices.Contains(e.Addresses, road) {
			e.Addresses = append(e.Addresses, road)
		}
	}
	return e
}

func (w *world) list() []Entry {
	var out []Entry
	for range rapid.IntRange(0, 12).Draw(w.t, "entries") {
		e := w.entry()
		out = append(out, e)
		if rapid.IntRange(0, 3).Draw(w.t, "elsewhere") == 0 { // the same party under another country
			x := e
			x.Country = rapid.SampledFrom(headings).Draw(w.t, "other heading")
			if x.Country != e.Country {
				out = append(out, x)
			}
		}
		if w.twins && rapid.IntRange(0, 3).Draw(w.t, "twin") == 0 { // another party of the same name
			x := w.entry()
			x.Name, x.Country = e.Name, e.Country
			out = append(out, x)
		}
	}
	return out
}

// later is what the list may have become: entries gone, new, revised, renamed.
func (w *world) later(list []Entry) []Entry {
	var out []Entry
	for _, e := range list {
		switch rapid.IntRange(0, 9).Draw(w.t, "fate") {
		case 0:
			continue
		case 1:
			w.serie++
			e.Aliases = append(slices.Clone(e.Aliases), "Alias "+letterCode(w.serie))
		case 2:
			e.Addresses = append(slices.Clone(e.Addresses), "9 New Road")
		case 3:
			e.LicenseReviewPolicy = "Case-by-case review"
		case 4:
			e.Citations = append(slices.Clone(e.Citations), Citation{Raw: "91 FR 104, 3/1/26", Volume: 91, Page: 104, Date: "2026-03-01"})
		case 5:
			if len(e.Aliases) > 1 {
				e.Name = w.name()
			}
		}
		out = append(out, e)
	}
	for range rapid.IntRange(0, 3).Draw(w.t, "additions") {
		out = append(out, w.entry())
	}
	return rapid.Permutation(out).Draw(w.t, "order")
}

// noisy rewrites an entry editorially.
func (w *world) noisy(e Entry) Entry {
	e.Name, e.LicenseRequirement = w.noise(e.Name), w.noise(e.LicenseRequirement)
	e.Aliases, e.Addresses = slices.Clone(e.Aliases), slices.Clone(e.Addresses)
	for i := range e.Aliases {
		e.Aliases[i] = w.noise(e.Aliases[i])
	}
	for i := range e.Addresses {
		e.Addresses[i] = w.noise(e.Addresses[i])
	}
	e.Aliases = rapid.Permutation(e.Aliases).Draw(w.t, "order of aliases")
	if e.Country == "TURKEY" {
		e.Country = "TÜRKİYE"
	}
	return e
}

func (w *world) noise(s string) string {
	if s == "" {
		return s
	}
	switch rapid.IntRange(0, 6).Draw(w.t, "noise") {
	case 0:
		return strings.ReplaceAll(s, ",", "")
	case 1:
		return strings.ReplaceAll(s, " ", "\n ")
	case 2:
		return "“" + s + "”"
	case 3:
		return strings.ToUpper(s)
	case 4:
		return strings.Map(func(r rune) rune {
			if unicode.IsPunct(r) {
				return ';'
			}
			return r
		}, s)
	case 5:
		return strings.ReplaceAll(s, "Co., Ltd.", "Co.,Ltd")
	}
	return s
}

// rekey gives entries the keys that a parser would.
func rekey(list []Entry) []Entry {
	out := slices.Clone(list)
	for i := range out {
		out[i].Key = MakeKey(out[i].List, out[i].Country, out[i].Name)
	}
	return out
}
