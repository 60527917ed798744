package ecfr

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fetch/records"
)

// parser walks the document and fills snapshots.
type parser struct {
	tokens
	options diff.ReadOptions
	found   map[diff.ListID]*table
	inside  string // the supplement being read
	rows    int    // rows of its table read so far
}

// place says where in the document the parser stands, for a person.
func (p *parser) place() string {
	if p.inside == "" {
		return fmt.Sprintf("at byte %d", p.at)
	}
	return fmt.Sprintf("in %s, behind row %d", p.inside, p.rows)
}

// document reads to the end, or to the error that makes the rest unreadable.
func (p *parser) document(lists []diff.ListID) error {
	for {
		tok, ok, err := p.next()
		if err != nil {
			return err
		}
		if !ok {
			if !p.began {
				return fmt.Errorf("it has no element")
			}
			return nil
		}
		if tok.kind != startTag || tok.name != "DIV9" {
			continue
		}
		name := foldName(tok.attr("N"))
		for _, s := range supplements() {
			if foldName(s.name) != name || len(lists) > 0 && !slices.Contains(lists, s.list) {
				continue
			}
			if err := p.supplement(s); err != nil {
				return err
			}
		}
	}
}

func foldName(s string) string { return diff.Normalise(s) }

// supplement reads one DIV9 up to its end tag.
func (p *parser) supplement(s supplement) error {
	p.inside, p.rows = s.name, 0
	t := &table{supplement: s}
	depth := len(p.open)
	p.found[s.list] = t
	defer t.flush()
	for {
		tok, ok, err := p.next()
		if err != nil {
			return err
		}
		if !ok {
			return errCut
		}
		if tok.kind == endTag && len(p.open) < depth {
			p.inside = ""
			return nil
		}
		if tok.kind != startTag {
			continue
		}
		switch tok.name {
		case "THEAD":
			err = p.head(t)
		case "TFOOT":
			err = p.skipElement()
		case "TR":
			if err = p.row(t); err == nil {
				p.rows++
				t.row()
			}
		case "EDNOTE", "EFFDNOT":
			err = p.note(t)
		}
		if err != nil {
			return err
		}
	}
}

// skipElement passes over the element whose start tag was read last.
func (p *parser) skipElement() error {
	if p.empty != "" {
		return nil
	}
	for depth := len(p.open); len(p.open) >= depth; {
		if _, ok, err := p.next(); err != nil || !ok {
			return cutOr(err)
		}
	}
	return nil
}

func cutOr(err error) error {
	if err == nil {
		return errCut
	}
	return err
}

// What a table may be: the largest has 3,500 rows of five cells.
const maxRows, maxCells = 100_000, 64

// row reads the cells of one table row.
func (p *parser) row(t *table) error {
	t.begin()
	if p.empty != "" {
		return nil
	}
	for depth := len(p.open); len(p.open) >= depth; {
		tok, ok, err := p.next()
		if err != nil || !ok {
			return cutOr(err)
		}
		if tok.kind == startTag && (tok.name == "TD" || tok.name == "TH") {
			if len(t.cells) >= maxCells || p.rows >= maxRows {
				return records.Refuse("%s holds more than %d rows or %d cells in a row", t.name, maxRows, maxCells)
			}
			if err := p.cell(t.cell(), t.columns == 5 && len(t.cells) > 2); err != nil {
				return err
			}
		}
	}
	return nil
}

// cell reads one cell up to its end tag. In the license columns raised text is a footnote mark.
func (p *parser) cell(c *lawtext.Cell, marks bool) error {
	if p.empty != "" {
		return nil
	}
	for depth := len(p.open); len(p.open) >= depth; {
		tok, ok, err := p.next()
		if err != nil || !ok {
			return cutOr(err)
		}
		switch tok.kind {
		case text:
			p.cellText(c, tok.text, marks)
		case startTag:
			if name := tok.name; name == "br" || name == "BR" || name == "P" {
				c.Break()
			}
		}
	}
	return nil
}

func (p *parser) cellText(c *lawtext.Cell, s string, marks bool) {
	switch p.open[len(p.open)-1] {
	case "E", "I", "em":
		c.Emphasis(s)
	case "sup", "SU":
		if marks {
			c.Mark(s)
		} else {
			c.Raised(s)
		}
	default:
		c.Text(s)
	}
}

// note keeps the paragraphs of an editorial or effective-date note as the source's own problems: they tell of
// amendments that could not be incorporated and of texts that are stayed. The reference to the finding aids tells
// nothing.
func (p *parser) note(t *table) error {
	var c lawtext.Cell
	keep := func() {
		if s := c.String(); s != "" && !strings.Contains(s, "List of CFR Sections Affected") {
			t.problems = append(t.problems, diff.Problem{Kind: diff.SourceSlip, Text: s, Where: "note to " + t.name})
		}
		c.Reset()
	}
	for depth := len(p.open); p.empty == "" && len(p.open) >= depth; {
		tok, ok, err := p.next()
		if err != nil || !ok {
			return cutOr(err)
		}
		switch {
		case tok.kind == text:
			c.Text(tok.text)
		case tok.kind == endTag && tok.name == "HED":
			c.Reset()
		case tok.kind == endTag && (tok.name == "P" || tok.name == "PSPACE"):
			keep()
		}
	}
	keep()
	return nil
}
