package ecfr

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"entitywatch/watcher/fetch/records"
)

// tokenKind is what a token is.
type tokenKind int

const (
	text     tokenKind = iota // running text, entities decoded
	startTag                  // <TD class="left"> or <br/>
	endTag                    // </TD>; also made behind an empty element
)

// token is one piece of the document. All its strings are slices of the document where nothing was to be decoded.
type token struct {
	kind  tokenKind
	name  string // of a tag
	attrs string // of a start tag, raw
	text  string // of a text
}

// errCut is the end of a document inside an element or a tag.
var errCut = errors.New("the document ends inside an element")

// maxDepth is how deep elements may nest; those of part 744 nest 12 deep.
const maxDepth = 200

// tokens reads XML as the eCFR writes it: elements, attributes, character references, comments, CDATA, a declaration.
// It knows nothing of namespaces and of declared entities. Unlike encoding/xml it makes no copies, which is most of its
// speed; a fuzz test holds it to the same tokens.
type tokens struct {
	doc   string
	at    int
	open  []string // names of the elements that are open
	empty string   // name of an empty element whose end is still to be told
	began bool     // an element was seen
}

// next returns the next token; ok is false at the end of a whole document.
func (t *tokens) next() (tok token, ok bool, err error) {
	if t.empty != "" {
		tok = token{kind: endTag, name: t.empty}
		t.empty = ""
		return tok, true, nil
	}
	for t.at < len(t.doc) {
		if t.doc[t.at] != '<' {
			return t.text(), true, nil
		}
		rest := t.doc[t.at:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			err = t.skip("<!--", "-->")
		case strings.HasPrefix(rest, "<![CDATA["):
			start := t.at + len("<![CDATA[")
			if err = t.skip("<![CDATA[", "]]>"); err == nil {
				return token{kind: text, text: t.doc[start : t.at-len("]]>")]}, true, nil
			}
		case strings.HasPrefix(rest, "<?"):
			err = t.skip("<?", "?>")
		case strings.HasPrefix(rest, "<!"):
			err = t.skip("<!", ">")
		default:
			tok, err = t.tag()
			return tok, err == nil, err
		}
		if err != nil {
			return token{}, false, err
		}
	}
	if len(t.open) > 0 {
		return token{}, false, errCut
	}
	return token{}, false, nil
}

func (t *tokens) skip(from, to string) error {
	i := strings.Index(t.doc[t.at+len(from):], to)
	if i < 0 {
		t.at = len(t.doc)
		return errCut
	}
	t.at += len(from) + i + len(to)
	return nil
}

func (t *tokens) text() token {
	end := strings.IndexByte(t.doc[t.at:], '<')
	if end < 0 {
		end = len(t.doc) - t.at
	}
	raw := t.doc[t.at : t.at+end]
	t.at += end
	if strings.IndexByte(raw, '&') < 0 {
		return token{kind: text, text: raw}
	}
	return token{kind: text, text: unescape(raw)}
}

// tag reads the tag at the current place and keeps account of open elements.
func (t *tokens) tag() (token, error) {
	end := records.TagEnd(t.doc[t.at:])
	if end < 0 {
		t.at = len(t.doc)
		return token{}, errCut
	}
	inner := t.doc[t.at+1 : t.at+end]
	t.at += end + 1
	if len(inner) > 0 && inner[0] == '/' {
		name := strings.TrimRight(inner[1:], " \t\r\n")
		if len(t.open) == 0 || t.open[len(t.open)-1] != name {
			return token{}, fmt.Errorf("</%s> closes nothing that is open", name)
		}
		t.open = t.open[:len(t.open)-1]
		return token{kind: endTag, name: name}, nil
	}
	selfClosed := len(inner) > 0 && inner[len(inner)-1] == '/'
	if selfClosed {
		inner = inner[:len(inner)-1]
	}
	n := nameLength(inner)
	if n == 0 {
		return token{}, fmt.Errorf("a < at byte %d begins no element", t.at-end-1)
	}
	tok := token{kind: startTag, name: inner[:n], attrs: inner[n:]}
	t.began = true
	if selfClosed {
		t.empty = tok.name
	} else {
		if len(t.open) >= maxDepth {
			return token{}, fmt.Errorf("the elements nest deeper than %d", maxDepth)
		}
		t.open = append(t.open, tok.name)
	}
	return tok, nil
}

func nameLength(b string) int {
	for i := range len(b) {
		if c := b[i]; c <= ' ' || c == '/' || c == '=' {
			return i
		}
	}
	return len(b)
}

// attr is the decoded value of a start tag's attribute; "" where it has none.
func (t token) attr(name string) string {
	for rest := t.attrs; len(rest) > 0; {
		eq := strings.IndexByte(rest, '=')
		if eq < 0 {
			return ""
		}
		key := strings.TrimSpace(rest[:eq])
		rest = strings.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return ""
		}
		end := strings.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return ""
		}
		if key == name {
			return unescape(rest[1 : 1+end])
		}
		rest = rest[end+2:]
	}
	return ""
}

// unescape decodes character references; what is none stays as it stands.
func unescape(raw string) string {
	var b strings.Builder
	b.Grow(len(raw))
	for {
		amp := strings.IndexByte(raw, '&')
		if amp < 0 {
			b.WriteString(raw)
			return b.String()
		}
		b.WriteString(raw[:amp])
		raw = raw[amp:]
		end := strings.IndexByte(raw[:min(len(raw), 12)], ';')
		if r, ok := reference(raw[1:max(1, end)]); ok {
			b.WriteRune(r)
			raw = raw[end+1:]
			continue
		}
		b.WriteByte('&')
		raw = raw[1:]
	}
}

func reference(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), true
}
