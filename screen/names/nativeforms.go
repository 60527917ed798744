package names

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// leastHan is how many Han characters a short form has at least.
const leastHan = 3

// NativeForms are a native name as it stands and, in Han characters, without the town before it and without legal form
// and trades after it, as long as two characters of its own are left, and three in all, or four where a trade is among
// them.
func NativeForms(name string) []string {
	out := []string{name}
	if r, _ := utf8.DecodeRuneInString(name); ScriptOf(r) != Han {
		return out
	}
	l := theHanWords()
	for _, short := range []string{name, name[l.town(name):]} {
		for {
			cut, ok := l.withoutTrade(short)
			all, own := utf8.RuneCountInString(short), l.ownHan(short)
			if own >= 2 && all >= leastHan && (all > leastHan || !ok) && !slices.Contains(out, short) {
				out = append(out, short)
			}
			if !ok {
				break
			}
			short = cut
		}
	}
	return out
}

// town is how many bytes of s are a town that it begins with ("杭州", "深圳市").
func (l *hanTable) town(s string) int {
	_, a := utf8.DecodeRuneInString(s)
	_, b := utf8.DecodeRuneInString(s[a:])
	r, _ := utf8.DecodeRuneInString(s)
	q, _ := utf8.DecodeRuneInString(s[a:])
	if b == 0 || ScriptOf(r) != Han || ScriptOf(q) != Han || !theLexicon().atlas.word[Syllable(r)+Syllable(q)] {
		return 0
	}
	for _, more := range []string{"市", "省"} {
		if strings.HasPrefix(s[a+b:], more) {
			return a + b + len(more)
		}
	}
	return a + b
}

// institutions are what hanwords.txt calls the bodies whose names are not cut: "国防科技" is not the university of that
// name.
var institutions = []string{"university", "academy", "institute", "center", "laboratory", "bank", "government",
	"bureau", "people"}

// withoutTrade cuts a legal form or a trade off the end of s.
func (l *hanTable) withoutTrade(s string) (string, bool) {
	for n := min(l.longest, len(s)); n >= 3; n -= 3 {
		if words, ok := l.words[simplified(s[len(s)-n:])]; ok && !slices.Contains(institutions, words[len(words)-1]) {
			return s[:len(s)-n], n < len(s)
		}
	}
	return s, false
}

// ownHan is how many characters of s are of no town, trade or legal form.
func (l *hanTable) ownHan(s string) int {
	own := 0
	for i := 0; i < len(s); {
		if _, n := l.find(simplified(s[i:])); n > 0 {
			i += n
			continue
		}
		if n := l.town(s[i:]); n > 0 {
			i += n
			continue
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		own, i = own+1, i+n
	}
	return own
}
