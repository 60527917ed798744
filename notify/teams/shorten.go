package teams

import "strings"

// least is how short a text may become: names and sentences of ordinary length are never touched.
const least = 2000

// shorten takes about excess bytes from the longest text of a card that is too large although routing split it: one
// text alone was larger than a card. It reports whether there was such a text.
func shorten(c *card, excess int) bool {
	longest := &c.Speak
	walk(c.Body, func(s *string) {
		if len(*s) > len(*longest) {
			longest = s
		}
	})
	if len(*longest) <= least {
		return false
	}
	*longest = cut(*longest, max(least, len(*longest)-excess-len(*longest)/20))
	return true
}

func walk(es []element, visit func(*string)) {
	for i := range es {
		visit(&es[i].Text)
		for k := range es[i].Facts {
			visit(&es[i].Facts[k].Value)
		}
		walk(es[i].Items, visit)
	}
}

// cut ends a text at a blank, or, where it has none, between two characters and never behind a lone backslash.
func cut(s string, limit int) string {
	limit -= len(" …")
	for limit > 0 && s[limit]&0xc0 == 0x80 { // inside a character
		limit--
	}
	s = s[:limit]
	if i := strings.LastIndexByte(s, ' '); i > len(s)/2 {
		s = s[:i]
	}
	return strings.TrimRight(s, `\ ,;`) + " …"
}
