package diff

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// charsets are the encodings in which programs write and read what is UTF-8.
func charsets() []*charmap.Charmap {
	return []*charmap.Charmap{charmap.Windows1252, charmap.ISO8859_1, charmap.Windows1251, charmap.KOI8R, charmap.Macintosh, charmap.CodePage437,
		charmap.CodePage850, charmap.Windows1250, charmap.Windows1254}
}

// misreadAs reports whether a text is another that was read in the wrong encoding: its UTF-8 as one of a byte a letter, or one such as
// another.
func misreadAs(before, after string) bool {
	if isASCII(before) || isASCII(after) || asciiLetters(before) != asciiLetters(after) {
		return false
	}
	is := letters(after)
	all := charsets()
	for _, as := range all {
		if letters(readAs(before, nil, as)) == is {
			return true
		}
		for _, of := range all {
			if of != as && letters(readAs(before, of, as)) == is {
				return true
			}
		}
	}
	return false
}

// readAs is a text, written in an encoding (nil: UTF-8), as a reader of another shows it.
func readAs(s string, of, as *charmap.Charmap) string {
	var b strings.Builder
	for _, r := range s {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		if of == nil {
			for _, c := range []byte(string(r)) {
				b.WriteRune(as.DecodeByte(c))
			}
			continue
		}
		c, ok := of.EncodeRune(r)
		if !ok {
			b.WriteRune(r)
			continue
		}
		b.WriteRune(as.DecodeByte(c))
	}
	return b.String()
}

// nothings are what programs write where there is no text.
var nothings = []string{"null", "nan", "undefined", "#ref!", "#n/a", "#name?", "#value!", "#null!", "[object object]", "(null)", "<null>"}

// emptied reports whether a program's word for nothing took the place of a text, or of a part of it between commas.
func emptied(before, after string) bool {
	found := false
	for part := range strings.SplitSeq(after, ",") {
		part = strings.ToLower(strings.TrimSpace(part))
		for _, w := range nothings {
			found = found || part == w && !strings.Contains(strings.ToLower(before), w)
		}
	}
	return found
}
