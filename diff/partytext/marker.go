package partytext

import (
	"strconv"
	"strings"
)

// marker is an "a.k.a." or "f.k.a." in a text, in any of its spellings: "a.k.a.,", "a.k.a,", "a.k.a ,", "aka ".
type marker struct {
	start, end int // end is behind the punctuation that follows
	former     bool
}

// nextMarker finds the first marker at or after from. "aka" inside a word (Karnataka, Makarios) is none.
func nextMarker(s string, from int) (marker, bool) {
	for i := from; i < len(s); i++ {
		if s[i] != 'k' && s[i] != 'K' {
			continue
		}
		if m, ok := markerAround(s, i); ok && m.start >= from {
			return m, true
		}
	}
	return marker{}, false
}

// markerAround reads a marker whose middle letter is at k.
func markerAround(s string, k int) (marker, bool) {
	start := k - 1
	for start >= 0 && (s[start] == '.' || s[start] == ' ') && start > k-3 {
		start--
	}
	if start < 0 || start > 0 && isLetter(s[start-1]) {
		return marker{}, false
	}
	first := s[start] | 0x20
	end := k + 1
	for end < len(s) && (s[end] == '.' || s[end] == ' ') && end < k+3 {
		end++
	}
	if end >= len(s) || s[end]|0x20 != 'a' || first != 'a' && first != 'f' && first != 'n' {
		return marker{}, false
	}
	end++
	if end < len(s) && isLetter(s[end]) {
		return marker{}, false
	}
	dotted := strings.IndexByte(s[start:end], '.') >= 0
	if !dotted && (end-start != 3 || s[start] < 'a' || end < len(s) && s[end] != ' ' && s[end] != ',' && s[end] != '.') {
		return marker{}, false
	}
	for end < len(s) && strings.IndexByte("., ", s[end]) >= 0 {
		end++
	}
	return marker{start: start, end: end, former: first == 'f'}, true
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= 0x80 }

// intro is "the following two aliases:" behind a marker.
type intro struct {
	count int    // -1 where the text states none
	rest  string // what stands behind it on the same line
}

// readIntro reads an introduction at the beginning of s: "the following three aliases:", "and the following alias:", "the one
// alias", "the following one entity:", or nothing at all where the line ends behind the marker.
func readIntro(s string) (intro, bool) {
	in := intro{count: -1}
	rest := strings.TrimLeft(s, " ")
	if rest == "" {
		return in, true
	}
	announced := false // "following" or a number was read
	for {
		word, after := cutWord(rest)
		switch low := strings.ToLower(word); low {
		case "the", "and", "as", "including", "listed":
		case "following", "follow", "followings":
			announced = true
		case "alias", "aliases", "aliaes", "alises", "alais", "entity", "name", "names", "other":
			if !announced {
				return intro{}, false
			}
			if in.count < 0 && (low == "alias" || low == "name" || low == "entity") {
				in.count = 1
			}
			in.rest = introTail(after)
			return in, true
		default:
			n, ok := number(low)
			if !ok {
				in.rest = introTail(rest)
				return in, announced && in.rest == ""
			}
			in.count, announced = n, true
		}
		rest = after
	}
}

// introTail drops what an introduction may still say (", and thirteen subordinate institutions:") and its punctuation.
func introTail(s string) string {
	trimmed := strings.TrimLeft(s, " ,;")
	if hasPrefixFold(trimmed, "and ") || hasPrefixFold(trimmed, "including ") {
		if i := strings.IndexByte(trimmed, ':'); i >= 0 {
			return strings.TrimLeft(trimmed[i+1:], " ")
		}
	}
	return strings.TrimLeft(s, " ,;:")
}

func cutWord(s string) (word, after string) {
	s = strings.TrimLeft(s, " ,")
	for i := range len(s) {
		if strings.IndexByte(" ,:;.(", s[i]) >= 0 || s[i] >= 0x80 {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// number reads a count in words or digits: "7", "seventeen", "twenty-two".
func number(s string) (int, bool) {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n < 1000 {
		return n, true
	}
	s = strings.ToLower(s)
	if tens, ones, ok := strings.Cut(s, "-"); ok {
		t, tensOK := number(tens)
		o, onesOK := number(ones)
		return t + o, tensOK && onesOK && t >= 20 && t%10 == 0 && o > 0 && o < 10
	}
	for i, word := range [...]string{
		"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
		"eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
	} {
		if s == word {
			return i + 1, true
		}
	}
	for i, word := range [...]string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		if s == word {
			return 10 * (i + 2), true
		}
	}
	return 0, false
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
