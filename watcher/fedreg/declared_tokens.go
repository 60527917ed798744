package fedreg

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"entitywatch/diff"
)

// tokenKind is what a word of a summary is to the reader of numbers.
type tokenKind int

const (
	tWord    tokenKind = iota
	tNum               // a number, in digits or words
	tNoun              // entity, entry, address, alias
	tVerb              // adds, removing, revised …
	tList              // a list's name; list "" is another list than ours
	tCountry           // a country, or an adjective of one
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

// verb is what is done.
type verb int

const (
	noVerb verb = iota
	addVerb
	removeVerb
	reviseVerb
	moveVerb
)

type token struct {
	kind       tokenKind
	text, low  string
	start, end int // bytes of the sentence
	num        int
	noun       noun
	verb       verb
	past       bool // "added", which may tell of earlier rules
	list       diff.ListID
}

var wordRule = regexp.MustCompile(`[\p{L}\p{M}\d]+(?:[.'’,&/\-–][\p{L}\p{M}\d]+)*\.?|[^\s\p{L}\p{M}\d]`)

// listRule finds the names of lists. Group 1 says that the list is that of the Uyghur Forced Labor Prevention Act.
var listRule = regexp.MustCompile(`(?i)((?:UFLPA|Prevention Act)\)?\s+)?\b(?:(Entity\s+List)|((?:Unverified\s+List)(?:\s*\(UVL\))?|UVL)|` +
	`((?:['‘’“"]?Military[\s-]+End[\s-]*User['‘’”"]?|MEU)\s*(?:\(MEU\)\s*)?List))\b|` +
	`\b(?-i:(?:[A-Z][\w.-]*\s+)+List)\b|\b(?-i:UFLPA)\b`)

// tokens reads one sentence.
func tokens(s string) []token {
	var out []token
	lists := listRule.FindAllStringSubmatchIndex(s, -1)
	for at := 0; at < len(s); {
		if len(lists) > 0 && at >= lists[0][0] {
			m := lists[0]
			lists = lists[1:]
			if m[1] <= at {
				continue
			}
			out = append(out, token{kind: tList, text: s[m[0]:m[1]], start: m[0], end: m[1], list: listNamed(m)})
			at = m[1]
			continue
		}
		limit := len(s)
		if len(lists) > 0 {
			limit = lists[0][0]
		}
		m := wordRule.FindStringIndex(s[at:limit])
		if m == nil {
			at = limit
			if len(lists) == 0 {
				break
			}
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
	t := token{text: s[from:to], start: from, end: to}
	if r, _ := utf8.DecodeRuneInString(t.text); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		t.kind = tPunct
		t.low = t.text
		return t
	}
	if strings.HasSuffix(t.text, ".") && strings.Count(t.text, ".") == 1 { // not U.S., U.A.E.
		t.text, t.end = strings.TrimSuffix(t.text, "."), to-1
	}
	t.low = strings.ToLower(t.text)
	if n, ok := nouns[t.low]; ok {
		t.kind, t.noun = tNoun, n
	} else if v, ok := verbs[t.low]; ok {
		t.kind, t.verb, t.past = tVerb, v, strings.HasSuffix(t.low, "ed") || t.low == "withdrawn"
	}
	return t
}

var nouns = map[string]noun{
	"entity": entityNoun, "entities": entityNoun, "person": entityNoun, "persons": entityNoun, "party": entityNoun, "parties": entityNoun,
	"company": entityNoun, "companies": entityNoun, "individual": entityNoun, "individuals": entityNoun, "organization": entityNoun,
	"organizations": entityNoun, "affiliates": entityNoun, "affiliate": entityNoun, "people": entityNoun, "institutions": entityNoun,
	"entry": entryNoun, "entries": entryNoun, "listing": entryNoun, "listings": entryNoun,
	"address": addressNoun, "addresses": addressNoun, "alias": aliasNoun, "aliases": aliasNoun,
}

// verbs of changes to a list; any other verb of the summary's (neutral) ends their reach.
var verbs = func() map[string]verb {
	m := map[string]verb{}
	for v, words := range map[verb]string{
		addVerb:    "add adds adding added",
		removeVerb: "remove removes removing removed delete deletes deleting deleted",
		reviseVerb: "revise revises revising revised modify modifies modifying modified correct corrects correcting corrected update updates updating updated",
		moveVerb:   "transfer transfers transferring transferred move moves moving moved",
		noVerb: "expand expands expanding expanded impose imposes imposing apply applies applying clarify clarifies clarifying confirm confirms " +
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
		n, taken := readNumber(words)
		if taken == 0 {
			out = append(out, in[i])
			continue
		}
		t := in[i]
		t.kind, t.num, t.end = tNum, n, in[i+taken-1].end
		i += taken - 1
		if i+3 < len(in) && in[i+1].text == "(" && in[i+3].text == ")" {
			if again, ok := readNumber([]string{in[i+2].low}); ok > 0 && again == n {
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
	best := 0
	end := from
	for range 9 {
		m := wordRule.FindStringIndex(s[end:limit])
		if m == nil || strings.TrimSpace(s[end:end+m[0]]) != "" {
			break
		}
		w := s[end+m[0] : end+m[1]]
		if w[0] >= '0' && w[0] <= '9' || (len(w) == 1 && !unicode.IsLetter(rune(w[0])) && !strings.Contains(",()", w)) {
			break
		}
		end += m[1]
		if isCountry(s[from:end]) {
			best = end
		}
	}
	first := strings.ToLower(wordRule.FindString(s[from:limit]))
	if c, ok := adjectives[first]; ok && best <= from+len(first) {
		return token{kind: tCountry, text: c, low: "adjective", start: from, end: from + len(first)}, true
	}
	if best == 0 {
		return token{}, false
	}
	text := s[from:best]
	if strings.HasSuffix(text, ".") && !strings.HasSuffix(strings.TrimSuffix(text, "."), ".") && strings.Count(text, ".") == 1 {
		text = strings.TrimSuffix(text, ".")
	}
	return token{kind: tCountry, text: text, start: from, end: from + len(text)}, true
}

func isCountry(s string) bool {
	before, inside, paren := strings.Cut(s, "(")
	if strings.Contains(before, ")") {
		return false
	}
	if paren && !strings.HasSuffix(s, ")") {
		return false
	}
	if strings.HasSuffix(s, ",") || strings.HasSuffix(s, "(") {
		return false
	}
	if head := strings.TrimSpace(before); strings.Contains(head, ",") && !strings.HasSuffix(head, " of") && !strings.HasSuffix(head, " of the") {
		return false
	}
	if paren { // "China (UAE)" is no country
		in := strings.TrimSuffix(inside, ")")
		if strings.ContainsAny(in, ",(") {
			return false
		}
		if c, ok := diff.CountryCode(in); ok {
			if b, ok := diff.CountryCode(before); ok && b != c {
				return false
			}
		}
	}
	code, ok := diff.CountryCode(s)
	return ok && code != "US"
}
