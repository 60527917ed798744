package lawtext

import (
	"strings"
)

// splitAddresses takes the addresses of one party apart. They are joined by "; and", ";", an emphasized "and", or a plain "and"
// behind a country; a new line begins one where the line before it ends with a country or a full stop, or where it is labeled
// ("Alt Address:").
func splitAddresses(text string) []string {
	if strings.Contains(text, " Alt") { // a label within a line
		text = strings.ReplaceAll(strings.ReplaceAll(text, " Alt Address:", "\nAlt Address:"), " Alt. Address:", "\nAlt. Address:")
	}
	var all []string
	start := 0
	add := func(end int) {
		if a := trimAddress(text[start:end]); a != "" {
			all = append(all, a)
		}
	}
	for i := 0; i < len(text); i++ {
		width := 0
		switch text[i] {
		case ';':
			width = 1
		case '\n':
			if breaksAddress(text[start:i], text[i+1:]) {
				width = 1
			}
		case 'a':
			if andBetween(text, start, i) {
				width = len("and")
			}
		case '(':
			if j := closing(text, i); j > 0 {
				i = j
			}
		}
		if width > 0 {
			add(i)
			start = i + width
		}
	}
	add(len(text))
	return all
}

// andBetween reports whether the "and" at i joins two addresses: an address is complete before it, another begins behind it.
func andBetween(text string, start, i int) bool {
	if i == 0 || text[i-1] != ' ' && text[i-1] != '\n' || !strings.HasPrefix(text[i:], "and ") {
		return false
	}
	before, after := strings.TrimRight(text[start:i], " \n"), text[i+len("and "):]
	if strings.TrimSpace(before) == "" { // "; and"
		return false
	}
	if hasPrefixFold(after, "Herzegovina") || hasPrefixFold(after, "Tobago") || hasPrefixFold(after, "Barbuda") || !upperStart(after) {
		return false
	}
	if strings.HasSuffix(before, ",") && strings.Count(before, ",") > 2 && startsLikeAddress(after) && !isDigit(after[0]) {
		return true // "…, Dongguan, 523808, and No. 62, Second Ave."
	}
	return endsWithCountry(before) && strings.Contains(before, ",") && (strings.Contains(after, ",") || startsLikeAddress(after))
}

func breaksAddress(before, after string) bool {
	before, after = strings.TrimRight(before, " "), strings.TrimLeft(after, " \n")
	if before == "" || after == "" || strings.HasSuffix(before, ",") {
		return false
	}
	if addressLabel(after) > 0 {
		return true
	}
	if low := strings.ToLower(firstOf(after)); low == "and" {
		return true
	}
	return endsWithCountry(before) && strings.Contains(after, ",")
}

func firstOf(s string) string {
	w, _ := firstWord(s)
	return strings.TrimRight(w, ".,:;")
}

// addressLabel is the length of a label such as "Address:", "Alt. Address:", "Addresses for X:"; 0 where there is none.
func addressLabel(s string) int {
	for _, label := range [...]string{"Address:", "Alt Address:", "Alt. Address:", "Alternate Address:", "Addresses:"} {
		if hasPrefixFold(s, label) {
			return len(label)
		}
	}
	if hasPrefixFold(s, "Addresses for ") {
		return strings.IndexByte(s, ':') + 1
	}
	return 0
}

func trimAddress(s string) string {
	if strings.IndexByte(s, '\n') >= 0 || strings.Contains(s, "  ") {
		s = strings.Join(strings.Fields(s), " ")
	}
	for {
		before := s
		s = strings.Trim(s, " ,;:")
		s = strings.TrimLeft(s, ".")
		s = strings.TrimSuffix(s, " .")
		s = strings.TrimSuffix(s, "..")
		if hasPrefixFold(s, "and ") {
			s = s[len("and "):]
		}
		if strings.EqualFold(s, "and") {
			return ""
		}
		s = strings.TrimSuffix(s, " and")
		s = s[addressLabel(s):]
		if strings.HasSuffix(s, ".") && !abbreviation(s) {
			s = s[:len(s)-1]
		}
		if s == before {
			return s
		}
	}
}
