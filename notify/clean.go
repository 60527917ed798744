package notify

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes a text from outside inert for a reader: one line, no control characters, and none of the invisible format
// characters that turn the direction of text or hide parts of it. Letters, digits and signs stay exactly as they are.
// Joiners stay, since Persian and Indic names need them.
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

// NoShortcodes keeps a client from showing a text between colons as a picture: a zero-width space stands behind every
// colon that could begin one.
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

// shortcode reports whether a text begins like the rest of a shortcode: a name and a colon. Digits alone are a time of
// day.
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

// inert cleans sections, and leaves out those without content.
func inert(all []Section) []Section {
	for i := range all {
		all[i].clean()
	}
	return slices.DeleteFunc(all, func(s Section) bool {
		return len(s.Texts)+len(s.Facts)+len(s.Parties)+len(s.Stories)+len(s.Links) == 0 && s.Kind != SecCase
	})
}

// clean makes all that a section says inert: a source's own words stand in its labels too, its links in addresses.
func (s *Section) clean() {
	s.Title, s.Texts, s.Facts, s.Links = Clean(s.Title), cleaned(s.Texts), cleanLines(s.Facts), cleanLinks(s.Links)
	for i, p := range s.Parties {
		s.Parties[i] = Party{Clean(p.Name), cleanLines(p.Lines)}
	}
	for i, n := range s.Stories {
		s.Stories[i] = Story{Clean(n.Title), webAddress(n.URL), Clean(n.About), cleanLinks(n.Also), cleanLines(n.Lines)}
	}
	s.Contents = slices.Clone(s.Contents)
	for i := range s.Contents {
		s.Contents[i].Text = Clean(s.Contents[i].Text)
	}
}

// cleaned are texts that are inert, without those of which nothing is left.
func cleaned(texts []string) (out []string) {
	for _, t := range texts {
		if t = Clean(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}

func cleanLines(lines []Line) (out []Line) {
	for _, l := range lines {
		if l.Label, l.Values = Clean(l.Label), cleaned(l.Values); len(l.Values) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// cleanLinks are the links that a reader may follow: one address that is none makes a provider refuse the whole
// message.
func cleanLinks(all []Link) (out []Link) {
	for _, l := range all {
		if l.Label, l.URL = Clean(l.Label), webAddress(l.URL); l.URL != "" {
			out = append(out, l)
		}
	}
	return out
}
