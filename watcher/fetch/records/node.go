package records

import (
	"cmp"
	"encoding/xml"
	"strings"

	"entitywatch/diff"
)

// Node is one record of an XML file with all that is in it. It remembers what was asked of it, so that Rest can list
// what was not.
type Node struct {
	Name  string
	Attrs []xml.Attr
	Kids  []*Node
	text  strings.Builder
	seen  bool
	asked map[string]bool // attributes
}

// Node reads the whole element that Next gave.
func (x *XML) Node(s Start) (*Node, error) {
	root := &Node{Name: s.Name, Attrs: s.Attrs}
	stack := []*Node{root}
	parts := 0
	if err := x.size.add(0); err != nil {
		return nil, err
	}
	for len(stack) > 0 {
		tok, err := x.dec.Token()
		if err != nil {
			return nil, x.fail(err)
		}
		top := stack[len(stack)-1]
		switch t := tok.(type) {
		case xml.StartElement:
			if len(stack) >= maxDepth {
				return nil, Refuse("the elements nest deeper than %d", maxDepth)
			}
			if parts += 1 + len(t.Attr); parts > maxInRecord {
				return nil, Refuse("one %s holds more than %d parts", s.Name, maxInRecord)
			}
			kid := &Node{Name: t.Name.Local, Attrs: t.Copy().Attr}
			top.Kids = append(top.Kids, kid)
			stack = append(stack, kid)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text.Write(t)
		}
	}
	x.pop()
	return root, nil
}

// Text is the node's own text without the space around it, its line breaks (with what indents the next line) as single
// spaces. Like all the getters it works on a nil Node.
func (n *Node) Text() string {
	if n == nil {
		return ""
	}
	n.seen = true
	text := strings.TrimSpace(n.text.String())
	if !strings.ContainsAny(text, "\r\n") {
		return text
	}
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	kept := lines[:0]
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, " ")
}

// Attr is an attribute's value without the space around it.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	if n.asked == nil {
		n.asked = map[string]bool{}
	}
	n.asked[name] = true
	return strings.TrimSpace(attr(n.Attrs, name))
}

// Kid is the first child with a name, or nil.
func (n *Node) Kid(name string) *Node {
	if n == nil {
		return nil
	}
	for _, k := range n.Kids {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// All are the nodes that a path of names leads to, in their order.
func (n *Node) All(path ...string) []*Node {
	if n == nil {
		return nil
	}
	at := []*Node{n}
	for _, name := range path {
		var next []*Node
		for _, a := range at {
			for _, k := range a.Kids {
				if k.Name == name {
					next = append(next, k)
				}
			}
		}
		at = next
	}
	return at
}

// Get is the text of the first node that a path leads to.
func (n *Node) Get(path ...string) string {
	for _, k := range n.All(path...) {
		return k.Text()
	}
	return ""
}

// Texts are the texts of all nodes that a path leads to, empty ones left out.
func (n *Node) Texts(path ...string) []string {
	var out []string
	for _, k := range n.All(path...) {
		if t := k.Text(); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// Part is something in a record that was never asked for: its path below the record ("address/contactInfo",
// "nameAlias@strong"), and all that it holds as one text ("key: PHONE, value: 262 38 18-19").
type Part struct{ Path, Text string }

// Rest are the parts below n that hold something and were never asked for, in their order. Of an element in which
// nothing was asked for it is the whole. Names in ignore are passed over with all below them: "uid" for an element,
// "@id" for an attribute.
func (n *Node) Rest(ignore map[string]bool) []Part {
	var out []Part
	n.rest("", ignore, &out)
	return out
}

func (n *Node) rest(path string, ignore map[string]bool, out *[]Part) {
	add := func(path, text string) {
		if text != "" {
			*out = append(*out, Part{path, text})
		}
	}
	if !n.seen {
		add(cmp.Or(path, n.Name), strings.TrimSpace(n.text.String()))
	}
	for _, a := range n.Attrs {
		if !n.asked[a.Name.Local] && !noise(a, ignore) {
			add(path+"@"+a.Name.Local, a.Value)
		}
	}
	for _, k := range n.Kids {
		below := strings.TrimPrefix(path+"/"+k.Name, "/")
		switch {
		case ignore[k.Name]:
		case k.untouched():
			add(below, k.whole(ignore))
		default:
			k.rest(below, ignore, out)
		}
	}
}

func noise(a xml.Attr, ignore map[string]bool) bool {
	return ignore["@"+a.Name.Local] || a.Name.Space == "xmlns" || a.Name.Local == "xmlns"
}

// untouched reports whether nothing was ever asked of an element that holds more than a text.
func (n *Node) untouched() bool {
	if n.seen || len(n.asked) > 0 {
		return false
	}
	for _, k := range n.Kids {
		if !k.untouched() {
			return false
		}
	}
	return true
}

// whole is all that an element holds, as one text.
func (n *Node) whole(ignore map[string]bool) string {
	var parts []string
	if text := strings.TrimSpace(n.text.String()); text != "" {
		parts = append(parts, text)
	}
	for _, a := range n.Attrs {
		if !noise(a, ignore) && a.Value != "" {
			parts = append(parts, a.Name.Local+": "+a.Value)
		}
	}
	for _, k := range n.Kids {
		if text := k.whole(ignore); text != "" && !ignore[k.Name] {
			parts = append(parts, k.Name+": "+text)
		}
	}
	return strings.Join(parts, ", ")
}

// Unread is what the element may be that could not be read: the entry of a list with its id, where it has one.
func (n *Node) Unread(list diff.ListID, id string) diff.UnreadRecord {
	return UnreadOf(list, id, n.whole(nil))
}

// Unasked takes what Rest lists as attributes under the source's own names, and notes each name in the log.
func (l *Log) Unasked(n *Node, ignore map[string]bool, where string) []diff.Attribute {
	var out []diff.Attribute
	for _, p := range n.Rest(ignore) {
		out = append(out, l.Unknown(p.Path, p.Text, where))
	}
	return out
}
