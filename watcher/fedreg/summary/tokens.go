package summary

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// tokenKind is what a word of a summary is to the reader of numbers.
type tokenKind int

const (
	tNone tokenKind = iota // before the first and behind the last word
	tWord
	tNum       // a number, in digits or words
	tNoun      // entity, entry, address, alias
	tVerb      // adds, removing, revised …
	tList      // a list's name; list "" is another list than ours
	tCountry   // a country's name
	tAdjective // the adjective of one: "Indian"; its text is the country
	tPunct
)

// noun is what a number counts.
type noun int

const (
	entityNoun noun = iota
	entryNoun
	addressNoun
	aliasNoun
)

type token struct {
	kind       tokenKind
	text, low  string
	start, end int // bytes of the sentence
	num        int
	noun       noun
	verb       lawtext.Verb
	past       bool // "added", which may tell of earlier rules
	nominal    bool // "the removal of", which is a verb only where what is counted follows
	list       diff.ListID
}

// is reports whether a token is one of some words, in lower case, or marks.
func (t token) is(words ...string) bool { return slices.Contains(words, t.low) }

// place reports whether a token names a country, be it by its adjective.
func (t token) place() bool { return t.kind == tCountry || t.kind == tAdjective }

// at is the token at i, which may lie outside the sentence.
func (s *sentence) at(i int) token {
	if i < 0 || i >= len(s.t) {
		return token{}
	}
	return s.t[i]
}

var wordRule = regexp.MustCompile(`[\p{L}\p{M}\d]+(?:[.'’,&/\-–][\p{L}\p{M}\d]+)*\.?|[^\s\p{L}\p{M}\d]`)

// listRule finds the names of lists. Group 1 says that the list is that of the Uyghur Forced Labor Prevention Act.
var listRule = regexp.MustCompile(`(?i)((?:UFLPA|Prevention Act)\)?\s+)?\b(?:(Entity\s+List)` +
	`|((?:Unverified\s+List)(?:\s*\(UVL\))?|UVL)|` +
	`((?:['‘’“"]?Military[\s-]+End[\s-]*User['‘’”"]?|MEU)\s*(?:\(MEU\)\s*)?List))\b|` +
	`\b(?-i:(?:[A-Z][\w.-]*\s+)+List)\b|\b(?-i:UFLPA)\b`)

// militaryEndUsers are what the Military End-User List calls its parties, quoted as the regulations quote the term.
var militaryEndUsers = regexp.MustCompile(`(?i)['‘’“"` + "`" + `]*\bmilitary[\s-]+end[\s-]*users?\b['’”"]*`)

// tokens reads one sentence.
func tokens(s string) []token {
	var out []token
	named := namedThings(s)
	for at := 0; at < len(s); {
		if len(named) > 0 && at >= named[0].start {
			out = append(out, named[0])
			at, named = named[0].end, named[1:]
			continue
		}
		limit := len(s)
		if len(named) > 0 {
			limit = named[0].start
		}
		m := wordRule.FindStringIndex(s[at:limit])
		if m == nil {
			at = limit
			continue
		}
		if t, ok := countryAt(s, at+m[0], limit); ok {
			out = append(out, t)
			at = t.end
			continue
		}
		out = append(out, word(s, at+m[0], at+m[1]))
		at += m[1]
	}
	return joinNumbers(out)
}

// namedThings are the lists and the military end users that a sentence names, in its order, none within another.
func namedThings(s string) []token {
	var out []token
	for _, m := range listRule.FindAllStringSubmatchIndex(s, -1) {
		out = append(out, token{kind: tList, text: s[m[0]:m[1]], start: m[0], end: m[1], list: listNamed(m)})
	}
	for _, m := range militaryEndUsers.FindAllStringIndex(s, -1) {
		within := func(t token) bool { return m[0] < t.end && t.start < m[1] }
		if !slices.ContainsFunc(out, within) {
			out = append(out, token{kind: tNoun, noun: entityNoun, text: s[m[0]:m[1]], low: "military end users",
				start: m[0], end: m[1]})
		}
	}
	slices.SortFunc(out, func(a, b token) int { return a.start - b.start })
	return out
}

func listNamed(m []int) diff.ListID {
	switch {
	case m[2] >= 0:
		return ""
	case m[4] >= 0:
		return diff.EntityList
	case m[6] >= 0:
		return diff.UnverifiedList
	case m[8] >= 0:
		return diff.MilitaryEndUserList
	}
	return ""
}

func word(s string, from, to int) token {
	t := token{kind: tWord, text: s[from:to], start: from, end: to}
	if r, _ := utf8.DecodeRuneInString(t.text); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		t.kind = tPunct
		t.low = t.text
		return t
	}
	t.text = withoutStop(t.text)
	t.end = from + len(t.text)
	t.low = strings.ToLower(t.text)
	if n, ok := nouns[t.low]; ok {
		t.kind, t.noun = tNoun, n
	} else if v, ok := nominals[t.low]; ok {
		t.verb, t.nominal = v, true
	} else if v, ok := verbs[t.low]; ok {
		t.kind, t.verb, t.past = tVerb, v, strings.HasSuffix(t.low, "ed") || t.low == "withdrawn"
	}
	return t
}

// joinNumbers makes one token of the words of a number, and drops its repetition in digits: "thirty-three (33)".
func joinNumbers(in []token) []token {
	var out []token
	for i := 0; i < len(in); i++ {
		if in[i].kind != tWord {
			out = append(out, in[i])
			continue
		}
		var words []string
		for j := i; j < len(in) && j < i+8 && in[j].kind == tWord; j++ {
			words = append(words, in[j].low)
		}
		if len(words) > 1 && words[0] == "a" && slices.Contains([]string{"hundred", "thousand"}, words[1]) {
			// "a hundred and five"
			words[0] = "one"
		}
		n, taken := lawtext.ReadNumber(words)
		if taken == 0 {
			out = append(out, in[i])
			continue
		}
		t := in[i]
		t.kind, t.num, t.end = tNum, n, in[i+taken-1].end
		i += taken - 1
		if i+3 < len(in) && in[i+1].text == "(" && in[i+3].text == ")" {
			if again, ok := lawtext.ReadNumber([]string{in[i+2].low}); ok > 0 && again == n {
				i += 3
			}
		}
		out = append(out, t)
	}
	return out
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// ListIn is the first of the three lists that a text names; "" where it names none of them.
func ListIn(text string) diff.ListID {
	for _, t := range tokens(text) {
		if t.kind == tList && t.list != "" {
			return t.list
		}
	}
	return ""
}

// CountriesIn are the countries that a text names, in its order and as it writes them. Adjectives ("Iranian") are none.
func CountriesIn(text string) (out []string) {
	for _, t := range tokens(text) {
		if t.kind == tCountry {
			out = append(out, strings.TrimRight(t.text, " ,.:;"))
		}
	}
	return out
}

// CountsEntries reports whether a text says how many entries or parties it is about: "four entries", "ten Iranian
// entities".
func CountsEntries(text string) bool {
	s := &sentence{t: tokens(text)}
	for i, t := range s.t {
		if _, noun := s.nounAfter(i); t.kind == tNum && noun > 0 {
			return true
		}
	}
	return false
}
