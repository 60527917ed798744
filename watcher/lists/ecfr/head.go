package ecfr

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// knownColumns begin the names of the columns that are read, in lower case.
var knownColumns = []string{"country", "entity", "listed person", "license requirement", "license review",
	"federal register"}

// further is a column that is not known to this version.
type further struct {
	at   int
	name string
}

// head reads the names of a table's columns. A column that is not known is kept under its name, and nothing is unread
// because of it, where the known ones are all there; otherwise the rows are judged by their number of cells.
func (p *parser) head(t *table) error {
	if p.empty != "" {
		return nil
	}
	t.further = nil
	var names []string
	for depth := len(p.open); len(p.open) >= depth; {
		tok, ok, err := p.next()
		if err != nil || !ok {
			return cutOr(err)
		}
		if tok.kind != startTag {
			continue
		}
		switch tok.name {
		case "TR":
			names = names[:0]
		case "TH", "TD":
			t.begin()
			t.number--
			if err := p.cell(t.cell(), false); err != nil {
				return err
			}
			names = append(names, t.cells[0].String())
		}
	}
	if len(names) <= t.columns || len(names) > maxCells {
		return nil
	}
	for i, name := range names {
		known := func(begin string) bool { return strings.HasPrefix(strings.ToLower(name), begin) }
		if !slices.ContainsFunc(knownColumns, known) {
			t.further = append(t.further, further{i, cmp.Or(name, fmt.Sprintf("column %d", i+1))})
		}
	}
	if len(names)-len(t.further) != t.columns {
		t.further = nil
	}
	for _, f := range t.further {
		t.problems = append(t.problems, diff.Problem{Kind: diff.SourceSlip, Where: t.name,
			Text: fmt.Sprintf("the column %q is new to this program and is kept under that name", f.name)})
	}
	return nil
}

// takeFurther takes the cells of columns that are not known out of the row being read.
func (t *table) takeFurther() {
	t.extra = nil
	if len(t.further) == 0 || len(t.cells) != t.columns+len(t.further) {
		return
	}
	for _, f := range slices.Backward(t.further) {
		c := t.cells[f.at]
		if s := c.String(); s != "" {
			t.extra = append(t.extra, diff.Attribute{Type: f.name, Value: s, Unknown: true})
		}
		copy(t.cells[f.at:], t.cells[f.at+1:])
		t.cells[len(t.cells)-1] = c // its memory is used again
		t.cells = t.cells[:len(t.cells)-1]
	}
	slices.Reverse(t.extra)
}
