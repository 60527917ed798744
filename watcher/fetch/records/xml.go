package records

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// maxDepth is how deep elements may nest before a file is no list.
const maxDepth = 64

// XML walks the elements of a document by their local names, so that a namespace that changes does not matter.
type XML struct {
	dec  *xml.Decoder
	tail *tail
	path []string
	done bool
	size size
}

// NewXML walks r, which Open has looked at, in any encoding that it declares.
func NewXML(r io.Reader) *XML {
	t := &tail{r: r}
	dec := xml.NewDecoder(Tags(t))
	dec.CharsetReader = charset.NewReaderLabel
	return &XML{dec: dec, tail: t}
}

// Start is an element that begins: its local name, the names above it, its attributes.
type Start struct {
	Name  string
	Path  string // "sdnList/sdnEntry"
	Space string // its namespace
	Attrs []xml.Attr
}

// Attr is the value of an attribute by its local name.
func (s Start) Attr(name string) string { return attr(s.Attrs, name) }

func attr(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// Next goes to the next element that begins, whatever its depth. io.EOF is the end of a whole document; ErrCut an end
// before that.
func (x *XML) Next() (Start, error) {
	for {
		tok, err := x.dec.Token()
		if err != nil {
			return Start{}, x.fail(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if len(x.path) >= maxDepth {
				return Start{}, Refuse("the elements nest deeper than %d", maxDepth)
			}
			x.path = append(x.path, t.Name.Local)
			return Start{Name: t.Name.Local, Path: strings.Join(x.path, "/"), Space: t.Name.Space, Attrs: t.Attr}, nil
		case xml.EndElement:
			x.pop()
		}
	}
}

func (x *XML) pop() {
	x.path = x.path[:len(x.path)-1]
	x.done = len(x.path) == 0
}

// ErrCut is the error of a document that ends before its root element does.
var ErrCut = errors.New("the document ends before its last element is closed")

// fail tells a cut document from a broken one: an error met behind the last byte comes from the end, not from the
// bytes.
func (x *XML) fail(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, io.EOF) && x.tail.err != nil:
		return ErrCut
	case errors.Is(err, io.EOF) && x.done:
		return io.EOF
	case errors.Is(err, io.EOF):
		return Refuse("there is no XML document in it")
	case errors.As(err, &syntax) && x.tail.eof && x.dec.InputOffset() >= x.tail.n:
		return ErrCut
	case errors.As(err, &syntax):
		return Refuse("it is not well-formed XML: line %d: %s", syntax.Line, syntax.Msg)
	}
	return fmt.Errorf("read XML: %w", err)
}

// Where is the line that the walk has come to.
func (x *XML) Where() string {
	line, _ := x.dec.InputPos()
	return Line(line)
}

// TagEnd is the place of the > that ends the tag that b begins with, -1 where it does not; those inside quotation marks
// do not end it.
func TagEnd[T string | []byte](b T) int {
	var quote byte
	for i := range len(b) {
		switch c := b[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return -1
}
