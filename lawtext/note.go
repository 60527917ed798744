package lawtext

import "strings"

// takeNotes removes the notes from a text: parentheses that refer to other entries ("(See alternate address under China)", "(For
// alternate addresses, see Kyrgyzstan and Turkey.)") or describe the list itself.
func takeNotes(s string) (rest string, notes []string) {
	for i := 0; ; i++ {
		open := strings.IndexByte(s[i:], '(')
		if open < 0 {
			break
		}
		if i += open; !noteStart(s[i+1:]) {
			continue
		}
		end := closing(s, i)
		if end < 0 {
			end = len(s)
		}
		notes = append(notes, strings.Join(strings.Fields(s[i+1:end]), " "))
		s = s[:i] + s[min(len(s), end+1):]
		i--
	}
	if i := strings.Index(s, ", including the Armed Forces"); i >= 0 { // the scope of a ministry: "… and all operating units wherever located"
		scope, rest, _ := strings.Cut(s[i:], "\n")
		if j := strings.Index(scope, ". All address"); j >= 0 {
			scope, rest = scope[:j+1], scope[j+2:]+"\n"+rest
		}
		notes = append(notes, strings.TrimLeft(scope, ", "))
		s = s[:i] + "\n" + rest
	}
	if i := strings.Index(s, "See alternate address"); i >= 0 {
		notes = append(notes, strings.Join(strings.Fields(s[i:]), " "))
		s = s[:i]
	}
	return s, notes
}

func noteStart(s string) bool {
	for _, lead := range [...]string{"See ", "For alternate", "For other address", "all of preceding", "all of the preceding", "Also see", "Alternate address"} {
		if hasPrefixFold(s, lead) {
			return true
		}
	}
	return false
}

// Continues reports whether the text of a row that has nothing but a party's cell goes on with the row above it: with parts or shared
// addresses, which say so, or with an address. A text that looks like a party of its own does not.
func Continues(lines []string) bool {
	for _, line := range lines {
		if line == "" {
			continue
		}
		for _, lead := range [...]string{"Subordinate institution", "Subordinate entit", "Affiliated entit", "Affiliates:", "The following address", "(See "} {
			if hasPrefixFold(line, lead) {
				return true
			}
		}
		return addressLabel(line) > 0 || bullet(line) || startsLikeAddress(line)
	}
	return false
}
