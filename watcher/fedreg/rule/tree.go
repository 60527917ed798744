package rule

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fetch"
	"entitywatch/watcher/fetch/records"
)

// maxDepth is far more than any Federal Register document nests (about 15).
const maxDepth = 200

// maxNodes is how many elements and runs of text a document may have; each takes some hundred bytes. The longest rules
// have 60,000.
const maxNodes = 1_000_000

// node is one element, or one run of text (name ""), of a document.
type node struct {
	name string
	attr map[string]string
	text string
	kids []*node
}

// readTree reads XML into a tree. What is cut gives the tree of what is whole together with a *diff.Refused; what is no
// XML at all gives no tree.
func readTree(r io.Reader) (*node, error) {
	br := bufio.NewReader(&fetch.Bounded{R: r, Max: maxText})
	head, err := br.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("federal register: read document: %w", err)
	}
	if reason := notXML(head); reason != "" {
		return nil, &diff.Refused{Reason: reason}
	}
	dec := xml.NewDecoder(records.Tags(br))
	dec.Strict = false // the bulk data holds HTML entities and bare ampersands
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = charset.NewReaderLabel
	return build(dec)
}

func notXML(head []byte) string {
	h := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))))
	switch {
	case len(h) == 0:
		return "the document is empty"
	case bytes.Contains(h, []byte("<html")) || bytes.HasPrefix(h, []byte("<!doctype html")):
		return "the document is an HTML page, not Federal Register XML"
	case h[0] != '<':
		return "the document is not XML"
	}
	return ""
}

func build(dec *xml.Decoder) (*node, error) {
	top := &node{}
	stack := []*node{top}
	for n := 0; ; n++ {
		if n > maxNodes {
			return top, &diff.Refused{Reason: fmt.Sprintf("the document has more than %d elements", maxNodes)}
		}
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) && len(top.kids) > 0 {
			return top, nil
		}
		if err != nil {
			return top, &diff.Refused{Reason: fmt.Sprintf("the document is cut or broken: %v", err)}
		}
		here := stack[len(stack)-1]
		switch t := tok.(type) {
		case xml.StartElement:
			if len(stack) > maxDepth {
				return top, &diff.Refused{Reason: "the document nests too deeply"}
			}
			n := &node{name: t.Name.Local, attr: attributes(t)}
			here.kids = append(here.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case xml.CharData:
			here.kids = append(here.kids, &node{text: string(t)})
		}
	}
}

func attributes(t xml.StartElement) map[string]string {
	if len(t.Attr) == 0 {
		return nil
	}
	m := make(map[string]string, len(t.Attr))
	for _, a := range t.Attr {
		m[a.Name.Local] = a.Value
	}
	return m
}

// find returns the first element of that name below n, in document order.
func (n *node) find(name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
		if f := k.find(name); f != nil {
			return f
		}
	}
	return nil
}

// all returns the outermost elements with one of the names below n, in document order.
func (n *node) all(names ...string) []*node {
	var out []*node
	for _, k := range n.kids {
		if slices.Contains(names, k.name) {
			out = append(out, k)
			continue
		}
		out = append(out, k.all(names...)...)
	}
	return out
}

// flat is the text below n with layout collapsed; page marks and notes at the foot of the page are left out.
func (n *node) flat() string {
	if n == nil {
		return ""
	}
	var b textBuilder
	b.node(n)
	return lawtext.Tidy(b.String())
}

// textBuilder writes the text of a subtree: superscripts join what stands before them ("3rd"), blocks are apart.
type textBuilder struct {
	strings.Builder
}

func (b *textBuilder) node(n *node) {
	switch n.name {
	case "":
		b.WriteString(n.text)
		return
	case "PRTPAGE":
		b.WriteByte(' ')
		return
	case "FTREF", "FTNT", "GID", "MATH":
		return
	case "SU":
		s := strings.TrimRight(b.String(), " \t\r\n")
		b.Reset()
		b.WriteString(s)
	case "LI", "P", "HD", "FP", "LB", "ENT":
		b.WriteByte(' ')
	}
	for _, k := range n.kids {
		b.node(k)
	}
	if n.name == "LI" || n.name == "P" || n.name == "HD" || n.name == "FP" {
		b.WriteByte(' ')
	}
}
