package notify

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes a text from outside inert for a reader: one line, no control characters, and none of the invisible format characters
// that turn the direction of text or hide parts of it. Letters, digits and signs stay exactly as they are. Joiners stay, since Persian
// and Indic names need them.
func Clean(s string) string {
	if !needsCleaning(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || r == 0x2028 || r == 0x2029:
			space = b.Len() > 0
		case !visible(r):
		default:
			if space {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

func needsCleaning(s string) bool {
	if !utf8.ValidString(s) {
		return true
	}
	for i, r := range s {
		if r == ' ' && i > 0 && i < len(s)-1 && s[i-1] != ' ' {
			continue
		}
		if r == ' ' || !visible(r) || unicode.IsSpace(r) || r == 0x2028 || r == 0x2029 {
			return true
		}
	}
	return false
}

func visible(r rune) bool {
	switch {
	case r == 0x200C || r == 0x200D: // zero-width (non-)joiner
		return true
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
		return r == unicode.ReplacementChar
	}
	return true
}

// zero is a zero-width space.
const zero = "\u200b"

// NoShortcodes keeps a client from showing a text between colons as a picture: a zero-width space stands behind every colon that could
// begin one.
func NoShortcodes(s string) string {
	if strings.Count(s, ":") < 2 {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		b.WriteRune(r)
		if r == ':' && shortcode(s[i+1:]) {
			b.WriteString(zero)
		}
	}
	return b.String()
}

// shortcode reports whether a text begins like the rest of a shortcode: a name and a colon. Digits alone are a time of day.
func shortcode(s string) bool {
	letters := false
	for i, r := range s {
		switch {
		case r == ':':
			return i > 0 && letters
		case unicode.IsLetter(r) || r == '_' || r == '+' || r == '-' || r == '\'':
			letters = true
		case !unicode.IsDigit(r):
			return false
		}
	}
	return false
}

func itoa(n int) string { return strconv.Itoa(n) }

// inert cleans the labels and addresses of a section: a source's own field names stand in labels, its links in addresses.
func (s *Section) inert() {
	cleanLabels(s.Facts)
	for i := range s.Parties {
		cleanLabels(s.Parties[i].Lines)
	}
	if len(s.News) > 0 {
		s.News = slices.Clone(s.News)
	}
	for i := range s.News {
		n := &s.News[i]
		n.URL = webAddress(n.URL)
		also := make([]string, 0, len(n.Also))
		for _, u := range n.Also {
			if u = webAddress(u); u != "" {
				also = append(also, u)
			}
		}
		n.Also = also
	}
	s.Links = CleanLinks(s.Links)
}

// CleanLinks are the links that a reader may follow, their labels clean. A channel that shows links as buttons takes them from here: one
// address that is none makes a provider refuse the whole message.
func CleanLinks(all []Link) []Link {
	var out []Link
	for _, l := range all {
		l.Label, l.URL = Clean(l.Label), webAddress(l.URL)
		if l.URL != "" {
			out = append(out, l)
		}
	}
	return out
}

func cleanLabels(lines []Line) {
	for i := range lines {
		lines[i].Label = Clean(lines[i].Label)
	}
}

// webAddress is a link that a reader may follow, written so that it can stand in any text; empty for what is none.
func webAddress(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return Clean(u.String())
}
