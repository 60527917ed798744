package fetch

import (
	"bytes"
	"mime"
	"regexp"
	"strconv"
	"strings"
)

var (
	htmlStart = regexp.MustCompile(`(?is)^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|script)\b`)
	htmlTitle = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
)

// checkShape reports a *ShapeError where the body is not of the wanted kind. The ends of the body are looked at, not its grammar: that
// is the parser's part.
func checkShape(want, contentType string, body []byte) error {
	if want == "" {
		return nil
	}
	if got := misfit(want, contentType, body); got != "" {
		return &ShapeError{Want: want, ContentType: contentType, Got: got}
	}
	return nil
}

// misfit says what the body is instead of what was wanted, "" where it fits.
func misfit(want, contentType string, body []byte) string {
	text := bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if len(text) == 0 {
		return "an empty body"
	}
	if htmlStart.Match(text[:min(len(text), 2048)]) && want != "html" {
		return htmlPage(text)
	}
	if t := mediaType(contentType); !fitsType(want, t) {
		return "content type " + t
	}
	return badEnds(want, text)
}

func htmlPage(text []byte) string {
	if m := htmlTitle.FindSubmatch(text[:min(len(text), 64<<10)]); m != nil {
		return "an HTML page titled " + strconv.Quote(sample(m[1]))
	}
	return "an HTML page"
}

func mediaType(h string) string {
	t, _, err := mime.ParseMediaType(h)
	if err != nil {
		t, _, _ = strings.Cut(strings.ToLower(h), ";")
	}
	return strings.TrimSpace(t)
}

// fitsType accepts what file stores say of any file, and refuses a type that plainly names something else. Feeds are so often served
// under a wrong type that only their shape counts.
func fitsType(want, t string) bool {
	switch t {
	case "", "application/octet-stream", "binary/octet-stream", "text/plain":
		return true
	}
	switch want {
	case "json":
		return strings.HasSuffix(t, "/json") || strings.HasSuffix(t, "+json") || strings.HasSuffix(t, "/javascript")
	case "xml":
		return strings.HasSuffix(t, "/xml") || strings.HasSuffix(t, "+xml") && t != "application/xhtml+xml"
	case "csv", "text":
		return t != "text/html" && t != "application/xhtml+xml" && !strings.HasSuffix(t, "/json")
	case "html":
		return t == "text/html" || t == "application/xhtml+xml"
	}
	return true
}

func badEnds(want string, text []byte) string {
	first, last := text[0], text[len(text)-1]
	isJSON := first == '{' || first == '['
	// a byte order mark of UTF-16 is no '<', but the text after it may be
	isXML := first == '<' || bytes.HasPrefix(text, []byte{0xFE, 0xFF}) || bytes.HasPrefix(text, []byte{0xFF, 0xFE})
	switch {
	case want == "json" && !isJSON, want == "xml" && !isXML, want == "feed" && !isJSON && !isXML:
		return "a text that begins " + strconv.Quote(sample(text[:min(len(text), 40)]))
	case want == "json" && last != first+2:
		return "a JSON text that breaks off" // '{' and '}', '[' and ']' are two apart in ASCII
	case want == "xml" && first == '<' && last != '>':
		return "an XML text that breaks off"
	}
	return ""
}
