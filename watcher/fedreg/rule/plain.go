package rule

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"

	"entitywatch/diff"
)

// plain is the text of a document that was served as plain text. The service wraps published texts in an HTML page with
// one PRE; any other HTML is refused.
func plain(b []byte) (string, error) {
	if !utf8.Valid(b) {
		if d, err := charmap.Windows1252.NewDecoder().Bytes(b); err == nil {
			b = d
		}
	}
	s := strings.TrimPrefix(string(b), "\ufeff")
	s = strings.ReplaceAll(s, "</PRE>", "</pre>")
	trimmed := strings.ToLower(strings.TrimSpace(s[:min(len(s), 512)]))
	switch {
	case strings.TrimSpace(s) == "":
		return "", &diff.Refused{Reason: "the text is empty"}
	case !pageRule.MatchString(trimmed):
		return s, nil
	}
	at := preRule.FindStringIndex(s)
	if at == nil {
		return "", &diff.Refused{Reason: "the text is an HTML page"}
	}
	pre, _, ok := strings.Cut(s[at[1]:], "</pre>")
	if !ok {
		return "", &diff.Refused{Reason: "the text breaks off"}
	}
	return strings.TrimPrefix(stripTags(pre), "\ufeff"), nil
}

// pageRule begins a page: HTML, XHTML with its declaration, or the PRE alone.
var pageRule = regexp.MustCompile(`^(?:<\?xml[^>]*>\s*)?<(?:html|!doctype|pre)\b`)

var preRule = regexp.MustCompile(`(?i)<pre\b[^>]*>`)

func stripTags(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(string(z.Text()))
		}
	}
}
