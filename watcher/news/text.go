package news

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The most that is kept of an item's texts, in bytes.
const (
	maxTitle   = 1_000
	maxSummary = 20_000
	maxText    = 200_000
)

// plain is a piece of HTML as running text.
func plain(s string, limit int) string {
	if strings.ContainsAny(s, "<&") {
		s = textOf(html.NewTokenizer(strings.NewReader(s)))
	}
	return clip(squeeze(s), limit)
}

// textOf writes the text of a token stream, a space for each tag that ends a line or a cell.
func textOf(z *html.Tokenizer) string {
	var b strings.Builder
	silent := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if silent == 0 {
				b.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			if mute(atom.Lookup(name)) {
				silent++
			}
			gap(&b, name)
		case html.EndTagToken:
			name, _ := z.TagName()
			if mute(atom.Lookup(name)) && silent > 0 {
				silent--
			}
			gap(&b, name)
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			gap(&b, name)
		}
	}
}

func mute(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Template, atom.Svg, atom.Object:
		return true
	}
	return false
}

// inline are the tags that do not part words.
var inline = map[string]bool{
	"a": true, "b": true, "i": true, "em": true, "strong": true, "span": true, "u": true, "s": true, "small": true, "mark": true,
	"sup": true, "sub": true, "abbr": true, "cite": true, "code": true, "font": true, "q": true, "time": true, "wbr": true,
}

func gap(b *strings.Builder, name []byte) {
	if !inline[string(name)] {
		b.WriteByte('\n')
	}
}

// squeeze makes single spaces of white space, soft hyphens and zero-width characters gone.
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
		case r == 0xAD || r == 0x200B || r == 0xFEFF || r == 0x2060 || unicode.IsControl(r):
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

// clip cuts at a word, not inside a character.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	s = strings.ToValidUTF8(s[:limit], "")
	if i := strings.LastIndexByte(s, ' '); i > limit/2 {
		s = s[:i]
	}
	return s + " …"
}
