package lawtext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entitywatch/diff"
)

// cutName cuts "NAME, ADDRESS" (lines of one cell, joined with line feeds) into the name and the address. The cut is at the first
// break, comma or semicolon whose right side does not continue a name ("Ltd.", "Shenzhen Research Institute"), or behind a corporate
// form that a sentence follows ("Quorva Tech Co., Ltd. No. 1 Lake Road"), or before a room that follows without any punctuation.
func cutName(s string) (name, address string) {
	end, width := len(s), 0
	for at := 0; ; {
		i, w := nextCut(s, at)
		if i < 0 {
			i = len(s)
		}
		if j := afterForm(s[:i], at); j > 0 {
			end = j
			break
		}
		if i == len(s) {
			if name, address, ok := sentenceCut(s); ok {
				return name, address
			}
			break
		}
		next, _ := nextCut(s, i+w)
		if next < 0 {
			next = len(s)
		}
		if s[i] == '\n' || !continuesName(s[:i], s[i+w:next], s[next:]) {
			end, width = i, w
			break
		}
		at = i + w
	}
	if j := max(roomBehindName(s[:end], s[end:]), placeBehindForm(s[:end], s[end:])); j > 0 {
		end, width = j, 0
	}
	if rest := strings.TrimSpace(s[end+width:]); describes(rest) {
		end, width = len(s), 0
	}
	return trimName(s[:end]), strings.TrimSpace(s[end+width:])
}

// describes reports whether what a cut leaves is no address but goes on describing: "Nuclear reactors (including power plants), fuel
// reprocessing and enrichment facilities, …".
func describes(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	word, more := firstWord(rest)
	switch word {
	case "in", "at", "near", "all", "behind", "opposite":
		return false
	}
	return unicode.IsLower(r) && more != "" && !looksLikeAddress(rest)
}

// roomBehindName finds a room or a house number that stands behind a name with no punctuation between: "Limited Unit 3", "Tarvel Office
// M-2", and "Std. Parts No. 355" where a street follows. It is 0 where there is none.
func roomBehindName(name, rest string) int {
	i := strings.LastIndexByte(name, ' ')
	if i < 0 || !hasDigit(name[i:]) {
		return 0
	}
	j := strings.LastIndexByte(name[:i], ' ')
	if j < 0 {
		return 0
	}
	k := strings.LastIndexByte(name[:j], ' ')
	before := name[k+1 : j]
	switch low := strings.ToLower(strings.TrimRight(name[j+1:i], ".")); low {
	case "office", "room", "rm", "flat", "suite":
		return j
	case "street", "road", "avenue", "ave", "tee": // "Tarvel Akadeemia Tee 21E"
		return max(k, 0)
	case "unit", "floor", "building", "block", "shop":
		if corporateForm(before) {
			return j
		}
	case "no":
		rest = strings.TrimLeft(rest, ", ")
		street, _, _ := strings.Cut(rest, ",")
		if !organizationWord(before) && !partWord(before) && !startsLikeAddress(street) && hasAddressWord(street) {
			return j
		}
	}
	return 0
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

// placeBehindForm finds the end of a corporate form that a place follows with no punctuation between: "QUORVA GMBH P.O Box 5011",
// "Systems GmbH Cargo City Nord" where a building follows. It is 0 where there is none.
func placeBehindForm(name, rest string) int {
	for i := 0; i < len(name); {
		j := strings.IndexByte(name[i:], ' ')
		if j < 0 {
			return 0
		}
		word, behind := name[i:i+j], strings.TrimLeft(name[i+j+1:], " ")
		i += j + 1
		if behind == "" || i == len(word)+1 || !corporateForm(word) || ambiguousForm(word) && !strings.HasSuffix(word, ".") || strings.HasSuffix(word, ",") {
			continue
		}
		if !isDigit(behind[0]) && startsLikeAddress(behind) && hasDigit(behind) && !works(behind) && !showsOrganization(behind) ||
			upperStart(behind) && hasAddressWord(behind) && !showsOrganization(behind) && !strings.ContainsAny(behind, "(“") && startsLikeAddress(strings.TrimLeft(rest, " ,\n")) {
			return i - 1
		}
	}
	return 0
}

// sentenceCut cuts "ALIAS. ADDRESS" where the address follows as a sentence: "Quorvan. Lipoviy lane, 4, …, Russia". A full
// stop behind an initial or an abbreviation ends no sentence, and what follows must end with a country.
func sentenceCut(s string) (name, address string, ok bool) {
	for i := 1; i+2 < len(s); i++ {
		if s[i] != '.' || s[i+1] != ' ' && !isDigit(s[i+1]) && !strings.HasPrefix(s[i+1:], "' ") {
			continue
		}
		rest := strings.TrimLeft(s[i+1:], " '’”")
		word := s[strings.LastIndexAny(s[:i], " ,(")+1 : i]
		next, _ := firstWord(rest)
		if corporateForm(next) || wordLetters(word) < 2 || abbreviation(s[:i+1]) && !corporateForm(word) {
			continue
		}
		if (upperStart(rest) || startsLikeAddress(rest)) && endsWithCountry(rest) {
			_, before := cutName(s[:i+1])
			return trimName(s[:i+1]), rest, before == ""
		}
	}
	return "", "", false
}

// continuesName reports whether a segment behind a comma belongs to the name before it: it is a corporate form ("Ltd.", "LLC"), or
// the name is an organisation's, the segment names a part of it, and an address still follows in rest.
func continuesName(name, segment, rest string) bool {
	segment = strings.TrimSpace(segment)
	word, more := firstWord(segment)
	if corporateForm(word) && (more == "" || !ambiguousForm(word)) {
		return true
	}
	if more == "" && repeats(name, segment) {
		return true
	}
	if strings.HasPrefix(segment, "(") && closing(segment, 0) == len(strings.TrimRight(segment, ". "))-1 {
		return true
	}
	if strings.Trim(rest, " ,;.\n") == "" || !showsOrganization(name) {
		return false
	}
	digits := segment != "" && segment[0] >= '0' && segment[0] <= '9'
	if works(segment) && (digits || !hasDigit(segment)) && startsLikeAddress(strings.TrimLeft(rest, " ,;\n")) {
		return true // "912 Aircraft Repair Plant (912 ARZ), 18 Lipoviy Pereulok"
	}
	if startsLikeAddress(segment) || hasDigit(segment) {
		return false
	}
	for w := range strings.FieldsSeq(segment) {
		if partWord(w) {
			return true
		}
	}
	return false
}

// repeats reports whether a segment is the last word of the name with something added: "Joint Stock Company Quorvan, Quorvan-M".
func repeats(name, segment string) bool {
	last := name[strings.LastIndexByte(name, ' ')+1:]
	return len(last) > 3 && strings.HasPrefix(segment, last+"-")
}

// works reports whether a segment ends as names of plants do, parentheses and quoted names aside.
func works(segment string) bool {
	if i := strings.IndexAny(segment, "(“"); i > 0 {
		segment = segment[:i]
	}
	segment = strings.TrimRight(segment, " ")
	switch strings.ToLower(segment[strings.LastIndexByte(segment, ' ')+1:]) {
	case "plant", "works", "factory", "arsenal", "shipyard":
		return true
	}
	return false
}

// afterForm finds the end of a sentence at or after from that an address follows: behind a corporate form ("FZC. Sharjah Airport …"),
// or behind another word where the address is beyond doubt ("Plant. 1 Pushkin Street"). It is 0 where there is none.
func afterForm(s string, from int) int {
	for i := from; i+2 < len(s); i++ {
		if s[i] != '.' || s[i+1] != ' ' && s[i+1] != '\n' {
			continue
		}
		start := strings.LastIndexAny(s[:i], " ,\n") + 1
		word, rest := s[start:i], strings.TrimLeft(s[i+1:], " \n")
		if word == "" || strings.HasPrefix(rest, "(") {
			continue
		}
		switch {
		case startsLikeAddress(rest):
			if corporateForm(word) || wordLetters(word) > 2 && !addressWord(word) {
				return i + 1
			}
		case corporateForm(word) && looksLikeAddress(rest) && !continuesName(s[:i], rest, ",."):
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
	switch strings.TrimRight(word, ".,:;") {
	case "d", "D", "g", "G", "no", "No", "NO":
		return strings.HasSuffix(word, ".") || hasDigit(word) || rest != "" && rest[0] >= '0' && rest[0] <= '9'
	}
	return addressStart(word)
}

// trimName cleans the ends of a name: separators, quotation marks around the whole, a full stop that ends no abbreviation.
func trimName(s string) string {
	if strings.IndexByte(s, '\n') >= 0 || strings.Contains(s, "  ") {
		s = strings.Join(strings.Fields(s), " ")
	}
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
	if strings.Contains(word, ".") || wordLetters(word) <= 1 {
		return true
	}
	switch strings.ToLower(word) {
	case "ltd", "inc", "co", "corp", "bhd", "sdn", "pte", "pvt", "pty", "lda", "ltda", "gmbh", "sti", "şti", "tic", "san", "st", "jr", "sr", "no", "est",
		"intl", "int'l", "mfg", "ind", "tech", "dev", "dr", "elec", "ve", "bros", "eng", "res", "lab", "inst", "univ", "assoc", "mat", "dis", "imp",
		"exp", "kg", "std", "elect", "equip", "man", "nat", "sci", "mach", "ave", "rd", "blvd", "bldg", "str", "ul", "obl", "resp":
		return true
	}
	return false
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func upperStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " “\"'("))
	return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '#'
}

// hasAddressWord reports whether a street, a district or the like is named.
func hasAddressWord(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if addressWord(word) {
			return true
		}
	}
	return false
}

// endsWithCountry reports whether an address ends here.
func endsWithCountry(s string) bool {
	_, ok := diff.AddressCountry(s)
	return ok
}
