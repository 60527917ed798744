package teams

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"entitywatch/notify"
)

// zero is a zero-width space: within an address it keeps a client from making a link of it.
const zero = "\u200b"

var (
	signs = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "`", "\\`", "~", `\~`, "<", `\<`,
		">", `\>`,
		"://", ":"+zero+"//", "{", "{"+zero)
	entity = regexp.MustCompile(`&(#?[A-Za-z0-9]+;)`)
	bullet = regexp.MustCompile(`^([-+=#]|\d+[.)])`)
)

// markdown makes a text from outside inert where a card renders Markdown: emphasis, links, code, lists, headings and
// entities are escaped, and the functions in double braces that a client would carry out ({{DATE(…)}}) stay as they are
// written.
func markdown(s string) string {
	s = signs.Replace(notify.NoShortcodes(notify.Clean(s)))
	s = entity.ReplaceAllString(s, `\&$1`)
	if at := bullet.FindStringIndex(s); at != nil {
		s = s[:at[1]-1] + `\` + s[at[1]-1:]
	}
	return s
}

// inert makes a text from outside inert where a card shows it as it stands: only functions in double braces are carried
// out there.
func inert(s string) string {
	return strings.ReplaceAll(notify.NoShortcodes(notify.Clean(s)), "{", "{"+zero)
}

// escapes that an address needs inside Markdown's parentheses.
var inParentheses = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", `\`, "%5C", "[",
	"%5B", "]", "%5D", "*", "%2A", "_", "%5F")

// link is a link with a label from outside; the label alone where there is no address.
func link(address, label string) string {
	if address == "" {
		return markdown(label)
	}
	return "[" + markdown(label) + "](" + inParentheses.Replace(address) + ")"
}

// frame is what the JSON around one text takes, on average over labels and values.
const frame = 8

// weigh is how many bytes of a card a text takes.
func weigh(s string) int { return len(quoted(markdown(s))) + frame }

func quoted(s string) []byte {
	b, err := encode(s)
	if err != nil {
		return []byte(s) // a string always encodes
	}
	return b
}

// encode is JSON without the escapes that only web pages need.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
