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
var listRule = regexp.MustCompile(`(?i)((?:UFLPA|Prevention Act)\)?\s+)?\b(?:(Entity\s+List)|((?:Unverified\s+List)(?:\s*\(UVL\))?|UVL)|` +
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
			out = append(out, token{kind: tNoun, text: s[m[0]:m[1]], low: "military end users", start: m[0], end: m[1], noun: entityNoun})
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

var nouns = map[string]noun{
	"entity": entityNoun, "entities": entityNoun, "person": entityNoun, "persons": entityNoun, "party": entityNoun, "parties": entityNoun,
	"company": entityNoun, "companies": entityNoun, "individual": entityNoun, "individuals": entityNoun, "organization": entityNoun,
	"organizations": entityNoun, "firm": entityNoun, "firms": entityNoun, "corporations": entityNoun, "enterprises": entityNoun, "businesses": entityNoun,
	"universities": entityNoun, "institutes": entityNoun, "affiliates": entityNoun, "affiliate": entityNoun, "people": entityNoun, "institutions": entityNoun,
	"entry": entryNoun, "entries": entryNoun, "listing": entryNoun, "listings": entryNoun,
	"address": addressNoun, "addresses": addressNoun, "alias": aliasNoun, "aliases": aliasNoun,
}

// verbs of changes to a list; any other verb of the summary's (neutral) ends their reach.
var verbs = func() map[string]lawtext.Verb {
	m := map[string]lawtext.Verb{}
	for v, words := range map[lawtext.Verb]string{
		lawtext.Adds: "add adds adding added restore restores restoring restored reinstate reinstates reinstating reinstated relist relists relisting " +
			"relisted place places placing placed",
		lawtext.Removes: "remove removes removing removed delete deletes deleting deleted withdraw withdraws withdrawing withdrawn delist delists " +
			"delisting delisted",
		lawtext.Revises: "revise revises revising revised modify modifies modifying modified correct corrects correcting corrected update updates updating updated changing",
		lawtext.Moves:   "transfer transfers transferring transferred move moves moving moved",
		lawtext.NoVerb: "expand expands expanding expanded impose imposes imposing apply applies applying clarify clarifies clarifying confirm confirms " +
			"confirming identify identifies identifying establish establishes establishing extend extends extending implement implements " +
			"implementing publish publishes publishing published announce announces specify specifies specifying restrict restricts " +
			"restricting make makes making determined follows following",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = v
		}
	}
	return m
}()

// nominals are the nouns of changes: "the addition of three entities", "a correction to one entity's name".
var nominals = map[string]lawtext.Verb{
	"addition": lawtext.Adds, "additions": lawtext.Adds, "removal": lawtext.Removes, "removals": lawtext.Removes, "deletion": lawtext.Removes, "deletions": lawtext.Removes,
	"revision": lawtext.Revises, "revisions": lawtext.Revises, "modification": lawtext.Revises, "modifications": lawtext.Revises, "correction": lawtext.Revises,
	"corrections": lawtext.Revises, "change": lawtext.Revises, "changes": lawtext.Revises, "amendment": lawtext.Revises, "amendments": lawtext.Revises,
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
		if len(words) > 1 && words[0] == "a" && slices.Contains([]string{"hundred", "thousand"}, words[1]) { // "a hundred and five"
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

// countryAt reads the longest name of a country that begins at a byte of s: "the People's Republic of China (China)" from "People's".
func countryAt(s string, from, limit int) (token, bool) {
	r, _ := utf8.DecodeRuneInString(s[from:])
	if !unicode.IsUpper(r) {
		return token{}, false
	}
	best := longestCountry(s, from, limit)
	first := strings.ToLower(wordRule.FindString(s[from:limit]))
	if c, ok := lawtext.CountryOfAdjective(first); ok && best <= from+len(first) {
		return token{kind: tAdjective, text: c, start: from, end: from + len(first)}, true
	}
	if best == 0 {
		return token{}, false
	}
	text := withoutStop(s[from:best])
	return token{kind: tCountry, text: text, start: from, end: from + len(text)}, true
}

// withoutStop takes the full stop off a word; that of an abbreviation (U.S., U.A.E.) is its own.
func withoutStop(s string) string {
	if strings.Count(s, ".") == 1 {
		return strings.TrimSuffix(s, ".")
	}
	return s
}

// longestCountry is where the longest name of a country ends that begins at a byte of s; 0 where none does.
func longestCountry(s string, from, limit int) (best int) {
	end := from
	for range 9 {
		m := wordRule.FindStringIndex(s[end:limit])
		if m == nil || strings.TrimSpace(s[end:end+m[0]]) != "" {
			break
		}
		w := s[end+m[0] : end+m[1]]
		if w[0] >= '0' && w[0] <= '9' || len(w) == 1 && !unicode.IsLetter(rune(w[0])) && !strings.Contains(",()'", w) {
			break
		}
		end += m[1]
		if isCountry(s[from:end]) {
			best = end
		}
	}
	return best
}

// ofBehind ends a heading that is written the other way round: "CHINA, PEOPLE'S REPUBLIC OF".
var ofBehind = regexp.MustCompile(`(?i) of(?: the)?$`)

func isCountry(s string) bool {
	if len(s) == 2 && s != "UK" || strings.HasSuffix(s, ",") || strings.HasSuffix(s, "(") { // "89 FR 1234" is no France
		return false
	}
	before, inside, paren := strings.Cut(s, "(")
	head := strings.TrimSpace(before)
	if strings.Contains(before, ")") || strings.Contains(head, ",") && !ofBehind.MatchString(head) || paren && !glosses(before, inside) {
		return false
	}
	code, ok := diff.CountryCode(s)
	return ok && code != "US"
}

// glosses reports whether what stands in parentheses behind a country's name may belong to it: not in "China (UAE)", nor in "France and
// the United Arab Emirates (UAE)", which are two, nor in "Japan (one)", which is a country and its number.
func glosses(name, behind string) bool {
	in, closed := strings.CutSuffix(behind, ")")
	_, number := lawtext.ReadNumber(strings.Fields(strings.ToLower(in)))
	if !closed || number > 0 || strings.ContainsAny(in, ",(") {
		return false
	}
	inner, ok := diff.CountryCode(in)
	if !ok {
		return true
	}
	outer, ok := diff.CountryCode(name)
	return ok && outer == inner || !ok && !strings.Contains(name, " and ")
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

// CountsEntries reports whether a text says how many entries or parties it is about: "four entries", "ten Iranian entities".
func CountsEntries(text string) bool {
	s := &sentence{t: tokens(text)}
	for i, t := range s.t {
		if _, noun := s.nounAfter(i); t.kind == tNum && noun > 0 {
			return true
		}
	}
	return false
}
