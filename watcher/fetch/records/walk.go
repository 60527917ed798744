package records

import (
	"errors"
	"io"
	"slices"
	"strings"
)

// Doc says what the elements of an XML file are.
type Doc struct {
	Name  string                                 // of the file, for reasons: "the UN's list"
	Roots []string                               // names that the root element may have
	Root  func(Start) error                      // looks at the root element; may be nil
	Enter []string                               // paths of elements that only hold others
	Skip  []string                               // paths of elements that are of no interest
	On    map[string]func(n *Node, where string) // what to do with the elements at a path
}

// Walk reads a whole document, element by element. Elements at other paths are noted as unknown in the log. It reports
// false for a document that was cut, which without partial is an error.
func (d Doc) Walk(body io.Reader, log *Log, partial bool) (whole bool, err error) {
	x := NewXML(body)
	for {
		s, err := x.Next()
		if err == nil {
			err = d.element(x, s, log)
		}
		switch {
		case err == nil:
		case errors.Is(err, io.EOF):
			return true, nil
		case errors.Is(err, ErrCut):
			return false, log.Cut(partial, x.Where(), ErrCut.Error())
		default:
			return false, err
		}
	}
}

func (d Doc) element(x *XML, s Start, log *Log) error {
	if !strings.Contains(s.Path, "/") {
		if !slices.Contains(d.Roots, s.Name) {
			return Refuse("it is not %s: its root element is %s", d.Name, s.Name)
		}
		if d.Root != nil {
			return d.Root(s)
		}
		return nil
	}
	if slices.Contains(d.Enter, s.Path) {
		return nil
	}
	where := x.Where()
	n, err := x.Node(s)
	if err != nil {
		return err
	}
	if on := d.On[s.Path]; on != nil {
		on(n, where)
	} else if !slices.Contains(d.Skip, s.Path) {
		log.Strange(s.Path, where)
	}
	return nil
}
