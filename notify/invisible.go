package notify

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// EscapeInvisible writes what cannot be seen in JSON (the marks that turn the direction of text, the control characters
// that JSON allows) as \u escapes: the data stays exact, and whoever looks at the raw text sees them.
func EscapeInvisible(b []byte) []byte {
	var out strings.Builder
	changed := false
	for _, r := range string(b) {
		if r < 0x7f || !unicode.Is(unicode.Cf, r) && !unicode.IsControl(r) {
			out.WriteRune(r)
			continue
		}
		changed = true
		units := []uint16{uint16(r)}
		if r > 0xffff {
			hi, lo := utf16.EncodeRune(r)
			units = []uint16{uint16(hi), uint16(lo)}
		}
		for _, u := range units {
			out.WriteString(`\u` + hex4(u))
		}
	}
	if !changed {
		return b
	}
	return []byte(out.String())
}

func hex4(u uint16) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[u>>12], digits[u>>8&15], digits[u>>4&15], digits[u&15]})
}
