package partytext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entitywatch/diff"
)

// cutName cuts "NAME, ADDRESS" (lines of one cell, joined with line feeds) into the name and the address. The cut is at the first
// break, comma or semicolon whose right side does not continue a name ("Ltd.", "Shenzhen Research Institute"), or behind a corporate
// form that a sentence follows ("XAIC Tech Co., Ltd. No. 1 Xifei Road").
func cutName(s string) (name, address string) {
	for at := 0; ; {
		i, width := nextCut(s, at)
		if i < 0 {
			if j := afterForm(s, at); j > 0 {
				return trimName(s[:j]), strings.TrimSpace(s[j:])
			}
			return trimName(s), ""
		}
		if j := afterForm(s[:i], at); j > 0 {
			return trimName(s[:j]), strings.TrimSpace(s[j:])
		}
		next, _ := nextCut(s, i+width)
		if next < 0 {
			next = len(s)
		}
		if segment := s[i+width : next]; s[i] == '\n' || !continuesName(strings.TrimSpace(segment), next < len(s)) {
			return trimName(s[:i]), strings.TrimSpace(s[i+width:])
		}
		at = i + width
	}
}

// nextCut finds the next comma, semicolon or break at or after from that stands in no parenthesis and between no quotation marks.
func nextCut(s string, from int) (at, width int) {
	for i := from; i < len(s); i++ {
		switch s[i] {
		case '\n', ';', ',':
			return i, 1
		case '(':
			if j := closing(s, i); j > 0 {
				i = j
			}
		case 0xE2:
			if strings.HasPrefix(s[i:], "“") {
				if j := strings.Index(s[i:], "”"); j > 0 && j < 90 && strings.IndexByte(s[i:i+j], '\n') < 0 {
					i += j + len("”") - 1
				}
			}
		}
	}
	return -1, 0
}

// closing is the place of the parenthesis that closes the one at open; -1 where none does.
func closing(s string, open int) int {
	depth := 0
	for i := open; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// continuesName reports whether a segment behind a comma belongs to the name before it: it is a corporate form ("Ltd.", "LLC"), or
// it names a part of an organisation and an address still follows.
func continuesName(segment string, more bool) bool {
	word, rest := firstWord(segment)
	if corporateForm(word) {
		return true
	}
	if !more || startsLikeAddress(segment) || hasDigit(segment) {
		return false
	}
	for rest != "" || word != "" {
		if partWord(strings.ToLower(strings.Trim(word, ".,'\"()"))) {
			return true
		}
		word, rest = firstWord(rest)
	}
	return false
}

// afterForm finds the end of a corporate form at or after from that a sentence of an address follows; 0 where there is none.
func afterForm(s string, from int) int {
	for i := from; i+2 < len(s); i++ {
		if s[i] != '.' || s[i+1] != ' ' && s[i+1] != '\n' {
			continue
		}
		start := strings.LastIndexAny(s[:i], " ,\n") + 1
		rest := strings.TrimLeft(s[i+1:], " \n")
		if start < i && startsLikeAddress(rest) && (corporateForm(s[start:i]) || wordLetters(s[start:i]) > 3) && !addressWord(strings.ToLower(s[start:i])) {
			return i + 1
		}
	}
	return 0
}

func wordLetters(s string) int { return utf8.RuneCountInString(s) }

func firstWord(s string) (word, rest string) {
	s = strings.TrimLeft(s, " ")
	if i := strings.IndexAny(s, " \n"); i >= 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}

// startsLikeAddress reports whether a text begins as addresses do: with a number, or with a word for a room, a house or a box.
func startsLikeAddress(s string) bool {
	s = strings.TrimLeft(s, " ")
	if s == "" {
		return false
	}
	if s[0] >= '0' && s[0] <= '9' || s[0] == '#' {
		return true
	}
	word, rest := firstWord(s)
	low := strings.ToLower(strings.TrimRight(word, ".,:;"))
	if low == "d" || low == "no" || low == "g" {
		return strings.HasSuffix(word, ".") || hasDigit(word) || rest != "" && rest[0] >= '0' && rest[0] <= '9'
	}
	return addressStart(low)
}

// trimName cleans the ends of a name: separators, quotation marks around the whole, a full stop that ends no abbreviation.
func trimName(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = strings.TrimRight(s, " ,;:")
	s = strings.TrimLeft(s, " ,;:-—–")
	if strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "..") && !abbreviation(s) {
		s = s[:len(s)-1]
	}
	for _, q := range [...][2]string{{"“", "”"}, {"\"", "\""}} {
		if in, ok := strings.CutPrefix(s, q[0]); ok {
			if in, ok = strings.CutSuffix(in, q[1]); ok && !strings.Contains(in, q[0]) {
				s = in
			}
		}
	}
	return strings.TrimSpace(s)
}

// abbreviation reports whether the full stop at the end of s belongs to its last word.
func abbreviation(s string) bool {
	word := s[strings.LastIndexAny(s, " ,(")+1 : len(s)-1]
	if strings.Contains(word, ".") || wordLetters(word) <= 1 || corporateForm(word) {
		return true
	}
	switch strings.ToLower(word) {
	case "sti", "tic", "san", "st", "jr", "sr", "no", "est", "intl", "int'l", "mfg", "ind", "tech", "dev", "dr", "elec", "ve", "bros", "eng", "res", "lab", "inst", "univ", "assoc", "mat", "dis", "imp", "exp", "kg":
		return true
	}
	return false
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func upperStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " “\"'("))
	return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '#'
}

// endsWithCountry reports whether an address ends here.
func endsWithCountry(s string) bool {
	_, ok := diff.AddressCountry(s)
	return ok
}
