package lawtext

// ReadLicence reads a requirement or policy cell: the text on one line without the footnote marks, and the marks, which are
// substantive ("3": foreign-produced items under section 734.9(g)) and stand once each.
func ReadLicence(c *Cell) (text string, footnotes []string) {
	for _, mark := range c.Marks() {
		seen := false
		for _, f := range footnotes {
			seen = seen || f == mark
		}
		if !seen {
			footnotes = append(footnotes, mark)
		}
	}
	return tidy(c.String()), footnotes
}

// tidy closes the gap that a footnote mark leaves before punctuation.
func tidy(s string) string {
	for i := 1; i < len(s); i++ {
		if s[i-1] == ' ' && (s[i] == '.' || s[i] == ',' || s[i] == ';' || s[i] == ')') {
			s = s[:i-1] + s[i:]
		}
	}
	return s
}
