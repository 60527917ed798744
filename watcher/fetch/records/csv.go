package records

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"entitywatch/diff"
)

// CSV reads rows of one width. Rows of another width, and rows with broken quotes, are missed in the Log; when such a
// row is the last one, the file is cut.
type CSV struct {
	csv   *csv.Reader
	tail  *tail
	log   *Log
	width int
	line  int
	held  *badRow // may prove to be the cut end
	cut   string
	err   error
	size  size
}

// NewCSV reads rows of width cells from r, which Open has looked at. With width 0 the first row sets it.
func NewCSV(r io.Reader, width int, log *Log) *CSV {
	t := &tail{r: r}
	c := csv.NewReader(rows(t))
	c.FieldsPerRecord = -1
	return &CSV{csv: c, tail: t, log: log, width: width}
}

// Next is the next whole row, or nil at the end. Then Cut and Err say how it ended.
func (c *CSV) Next() []string {
	for {
		row, err := c.csv.Read()
		if c.held != nil && err != io.EOF {
			c.log.Miss(diff.UnreadOf("", c.held.cells...), c.held.Where, "%s", c.held.Text)
			c.held = nil
		}
		var broken *csv.ParseError
		switch {
		case err == io.EOF:
			c.end()
			return nil
		case errors.As(err, &broken):
			if c.err = c.size.add(len(row)); c.err != nil {
				return nil
			}
			c.hold(broken.StartLine, row, "its quotes do not match")
			continue
		case err != nil:
			c.err = fmt.Errorf("read CSV: %w", err)
			return nil
		}
		c.line, _ = c.csv.FieldPos(0)
		if c.width == 0 {
			c.width = len(row)
		}
		if len(row) != c.width {
			if len(row) == 1 && row[0] == EndMark {
				return row
			}
			if c.err = c.size.add(len(row)); c.err != nil {
				return nil
			}
			c.hold(c.line, row, fmt.Sprintf("it has %d of %d cells", len(row), c.width))
			continue
		}
		for i := range row {
			row[i] = Text(row[i])
		}
		c.log.Rows++
		if c.err = c.size.add(partsOf(row)); c.err != nil {
			return nil
		}
		return row
	}
}

// partsOf counts the cells of a row, and the values that are joined in them.
func partsOf(row []string) int {
	n := len(row)
	for _, cell := range row {
		n += strings.Count(cell, ";") + strings.Count(cell, "|")
	}
	return n
}

// EndMark is the byte that ends the CSV files of OFAC; Next hands it on as a row of one cell.
const EndMark = "\x1a"

// badRow is a row that cannot be read, as far as its cells could be told apart.
type badRow struct {
	diff.Problem
	cells []string
}

func (c *CSV) hold(line int, cells []string, what string) {
	c.log.Rows++
	if len(cells) == 0 {
		cells = []string{what, Line(line)}
	}
	c.held = &badRow{diff.Problem{Where: Line(line), Text: "the row cannot be read: " + what}, slices.Clone(cells)}
}

func (c *CSV) end() {
	switch {
	case c.held != nil:
		c.log.Rows--
		c.cut = "the last row is not whole, " + c.held.Text[len("the row cannot be read: "):]
		c.held = nil
	case c.tail.err != nil:
		c.cut = "the compressed stream breaks off"
	}
}

// Where is the line of the row that Next gave last.
func (c *CSV) Where() string { return Line(c.line) }

// Cut says why the file looks cut, once Next is at the end; empty where it does not. EndsOpen tells whether the last
// line has no end.
func (c *CSV) Cut() string { return c.cut }

// EndsOpen reports whether the last line is neither ended by a line break nor by a quote: its last cell may have lost
// its rest.
func (c *CSV) EndsOpen() bool {
	return c.tail.last != '\n' && c.tail.last != '\r' && c.tail.last != '"'
}

// Err is an error of the reader underneath.
func (c *CSV) Err() error { return c.err }

// Line is the place of a line, as problems give it.
func Line(n int) string { return fmt.Sprintf("line %d", n) }

// Columns finds columns by the names of a header row.
type Columns map[string]int

// NewColumns indexes a header row.
func NewColumns(header []string) Columns {
	c := make(Columns, len(header))
	for i, h := range header {
		if _, twice := c[h]; !twice {
			c[h] = i
		}
	}
	return c
}

// Get is the cell under a name; empty where there is no such column.
func (c Columns) Get(row []string, name string) string {
	if i, ok := c[name]; ok && i < len(row) {
		return row[i]
	}
	return ""
}

// Column is a column of a file's header that this version does not read.
type Column struct {
	At   int    // its index
	Name string // under which its values are kept
}

// FurtherColumns are the columns of a header that are not known, and those whose name stands there before already. One
// without a name is "column 7", a second one of a name "Title (column 7)".
func FurtherColumns(header []string, known func(name string) bool) []Column {
	var out []Column
	for i, h := range header {
		switch {
		case h == "":
			out = append(out, Column{i, fmt.Sprintf("column %d", i+1)})
		case slices.Index(header, h) < i:
			out = append(out, Column{i, fmt.Sprintf("%s (column %d)", h, i+1)})
		case !known(h):
			out = append(out, Column{i, h})
		}
	}
	return out
}

// Further are the values of a row that stand in columns which this version does not read.
func (l *Log) Further(columns []Column, row []string, where string) []diff.Attribute {
	var out []diff.Attribute
	for _, c := range columns {
		if c.At < len(row) && strings.TrimSpace(row[c.At]) != "" {
			out = append(out, l.Unknown(c.Name, strings.TrimSpace(row[c.At]), where))
		}
	}
	return out
}

// Preamble is the first row, of any width, before the header: the line that some lists begin with. The next row sets
// the width.
func (c *CSV) Preamble() []string {
	row := c.Next()
	if row != nil {
		c.width = 0
		c.log.Rows--
	}
	return row
}

// SetWidth sets how many cells the rows have.
func (c *CSV) SetWidth(n int) { c.width = n }
