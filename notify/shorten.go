package notify

import "strings"

// shorten cuts a text at the end of a sentence, and says so.
func shorten(s string, limit int) string {
	rs := []rune(s)
	if len(rs) <= limit {
		return s
	}
	s = string(rs[:limit])
	if i := strings.LastIndex(s, ". "); i > limit/2 {
		s = s[:i+1]
	} else if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return s + " […] (the rest stands in the document)"
}

// quoted is a text of at most so many characters, cut at a blank where there is one, with an ellipsis; the whole of it
// stands elsewhere.
func quoted(s string, most int) string {
	rs := []rune(s)
	if len(rs) <= most {
		return s
	}
	s = string(rs[:most])
	if i := strings.LastIndexByte(s, ' '); i > len(s)/2 {
		s = s[:i]
	}
	return s + " …"
}
