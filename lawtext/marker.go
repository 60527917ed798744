package lawtext

import "strings"

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
	start, ok := markerStart(s, k)
	if !ok {
		return marker{}, false
	}
	end, ok := markerEnd(s, k)
	if !ok || !markerSpelt(s, start, end) {
		return marker{}, false
	}
	former := s[start]|0x20 == 'f'
	for end < len(s) && strings.IndexByte("., ", s[end]) >= 0 {
		end++
	}
	return marker{start: start, end: end, former: former}, true
}

// markerStart finds the letter before the k: an "a", an "f" or an "n" that begins a word, with a stop and a space between at most.
func markerStart(s string, k int) (int, bool) {
	start := k - 1
	for start >= 0 && (s[start] == '.' || s[start] == ' ') && start > k-3 {
		start--
	}
	if start < 0 || start > 0 && isLetter(s[start-1]) {
		return 0, false
	}
	first := s[start] | 0x20
	return start, first == 'a' || first == 'f' || first == 'n'
}

// markerEnd is behind the "a" that follows the k, which ends its word.
func markerEnd(s string, k int) (int, bool) {
	end := k + 1
	for end < len(s) && (s[end] == '.' || s[end] == ' ') && end < k+3 {
		end++
	}
	if end >= len(s) || s[end]|0x20 != 'a' {
		return 0, false
	}
	end++
	return end, end >= len(s) || !isLetter(s[end])
}

// markerSpelt tells a marker from a word: it has its stops, or is "aka" in small letters before a space or punctuation.
func markerSpelt(s string, start, end int) bool {
	if strings.IndexByte(s[start:end], '.') >= 0 {
		return true
	}
	if end-start != 3 || s[start] < 'a' {
		return false
	}
	return end == len(s) || s[end] == ' ' || s[end] == ',' || s[end] == '.'
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
			n, ok := count(low)
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

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
