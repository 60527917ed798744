package records

import (
	"io"

	"entitywatch/diff"
)

// Before a library makes values of a tag or a row, it is known how long it is: the libraries hold all attributes of an
// element and all cells of a row at once, some forty bytes for each five of the file.
const (
	maxTag = 256 << 10 // bytes of one tag of XML with its attributes; real ones have some hundred
	maxRow = 1 << 20   // bytes of one row of CSV; the longest real one has 20 kB
)

// Tags passes XML on and refuses it (*diff.Refused) at a tag of more than 256 kB.
func Tags(r io.Reader) io.Reader {
	return &guard{r: r, step: (&tagScan{}).step, why: "one tag is larger than 256 kB"}
}

// rows passes CSV on and refuses it at a row of more than maxRow bytes.
func rows(r io.Reader) io.Reader {
	return &guard{r: r, step: (&rowScan{fresh: true}).step, why: "one row is larger than 1 MB"}
}

// guard hands bytes on for as long as step accepts them.
type guard struct {
	r    io.Reader
	step func(c byte) bool
	why  string
	err  error
}

// Read implements io.Reader.
func (g *guard) Read(p []byte) (int, error) {
	if g.err != nil {
		return 0, g.err
	}
	n, err := g.r.Read(p)
	for i, c := range p[:n] {
		if !g.step(c) {
			g.err = &diff.Refused{Reason: g.why}
			return i, g.err
		}
	}
	return n, err
}

// tagScan is where in a tag a scan stands. Comments, declarations and CDATA are no tags.
type tagScan struct {
	length int  // of the tag until here, 0 outside one
	quote  byte // the quote that is open in it
}

func (s *tagScan) step(c byte) bool {
	switch {
	case s.length == 0:
		if c == '<' {
			s.length = 1
		}
		return true
	case s.length == 1 && (c == '!' || c == '?'):
		s.length = 0
		return true
	case s.quote != 0:
		if c == s.quote {
			s.quote = 0
		}
	case c == '"' || c == '\'':
		s.quote = c
	case c == '>':
		s.length = 0
		return true
	}
	s.length++
	return s.length <= maxTag
}

// rowScan is where in a row a scan stands, by the rules of encoding/csv: a quote opens at the beginning of a cell only.
type rowScan struct {
	length        int
	fresh         bool // a cell begins
	quoted, ended bool // within quotes; behind one that may have closed them
}

func (s *rowScan) step(c byte) bool {
	s.length++
	switch {
	case s.quoted && c == '"':
		s.quoted, s.ended = false, true
	case s.quoted:
	case s.ended && c == '"':
		s.quoted, s.ended = true, false
	case c == '\n':
		*s = rowScan{fresh: true}
	case s.fresh && c == '"':
		s.quoted, s.fresh = true, false
	default:
		s.ended, s.fresh = false, c == ','
	}
	return s.length <= maxRow
}
