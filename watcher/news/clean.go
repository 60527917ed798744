package news

import (
	"bytes"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"entitywatch/watcher/fetch/records"
)

// clean makes XML of what feeds call XML: an ampersand that begins no entity becomes one, entities of HTML become their characters,
// characters that XML forbids go. CDATA sections keep their ampersands.
func clean(body []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(body) + len(body)/50)
	for len(body) > 0 {
		if rest, ok := bytes.CutPrefix(body, []byte("<![CDATA[")); ok {
			end := bytes.Index(rest, []byte("]]>"))
			if end < 0 { // cut inside: the parser will say so
				end = len(rest)
			}
			out.WriteString("<![CDATA[")
			out.Write(printable(rest[:end]))
			body = rest[end:]
			continue
		}
		if body[0] == '&' {
			text, n := entity(body)
			out.WriteString(text)
			body = body[n:]
			continue
		}
		next := bytes.IndexAny(body[1:], "&<")
		if next < 0 {
			next = len(body) - 1
		}
		out.Write(printable(body[:next+1]))
		body = body[next+1:]
	}
	return out.Bytes()
}

// entity reads the ampersand that s begins with: the text to write for it, and how many bytes it stands for.
func entity(s []byte) (string, int) {
	end := bytes.IndexByte(s[:min(len(s), 40)], ';')
	if end < 2 {
		return "&amp;", 1
	}
	name := string(s[1:end])
	switch name {
	case "amp", "lt", "gt", "quot", "apos":
		return string(s[:end+1]), end + 1
	}
	if number, ok := strings.CutPrefix(name, "#"); ok {
		r, ok := charOf(number)
		switch {
		case !ok:
			return "&amp;", 1
		case !allowed(r):
			return "", end + 1
		}
		return string(s[:end+1]), end + 1
	}
	if text := html.UnescapeString(string(s[:end+1])); !strings.HasPrefix(text, "&") {
		return html.EscapeString(text), end + 1
	}
	return "&amp;", 1
}

func charOf(number string) (rune, bool) {
	base := 10
	if h := strings.TrimPrefix(strings.ToLower(number), "x"); h != strings.ToLower(number) {
		number, base = h, 16
	}
	n, err := strconv.ParseUint(number, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, err == nil
	}
	return rune(n), true
}

// allowed tells the characters of XML 1.0.
func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

func printable(b []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if allowed(r) {
			return r
		}
		return -1
	}, b)
}

// whole cuts a feed behind its last whole item and closes what is open there. It reports false where there is no whole item.
func whole(body []byte) ([]byte, bool) {
	end := -1
	for _, tag := range []string{"</item>", "</entry>"} {
		if i := bytes.LastIndex(body, []byte(tag)); i >= 0 {
			end = max(end, i+len(tag))
		}
	}
	if end < 0 {
		return nil, false
	}
	body = body[:end:end]
	for _, tag := range open(body) {
		body = append(body, []byte("</"+tag+">")...)
	}
	return body, true
}

// open are the elements that are not closed at the end, innermost first.
func open(body []byte) []string {
	var stack []string
	for _, tag := range tags(body, -1) {
		if tag[0] != '/' {
			stack = append(stack, tag)
		} else if len(stack) > 0 {
			stack = stack[:len(stack)-1]
		}
	}
	slices.Reverse(stack)
	return stack
}

// tags are the names of the first n elements that begin or (with a slash) end, in their order, those that do both left out. All of
// them with n < 0.
func tags(body []byte, n int) []string {
	var out []string
	for len(out) != n {
		at := bytes.IndexByte(body, '<')
		if at < 0 {
			break
		}
		body = body[at:]
		end := tagEnd(body)
		if end < 0 {
			break
		}
		tag := string(body[1:end])
		body = body[end+1:]
		if f := strings.Fields(tag); len(f) > 0 && tag[0] != '!' && tag[0] != '?' && !strings.HasSuffix(tag, "/") {
			out = append(out, f[0])
		}
	}
	return out
}

// tagEnd is where the piece of markup ends that body begins with, -1 where it does not.
func tagEnd(body []byte) int {
	for _, m := range []struct{ from, to string }{{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}} {
		if bytes.HasPrefix(body, []byte(m.from)) {
			i := bytes.Index(body, []byte(m.to))
			if i < 0 {
				return -1
			}
			return i + len(m.to) - 1
		}
	}
	return records.TagEnd(body)
}
