package ours

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// RowError is what is wrong with one line of a file.
type RowError struct {
	Line   int    `json:"line"`
	ID     string `json:"id,omitempty"`
	Text   string `json:"text"`
	Loaded bool   `json:"loaded"` // the row was taken all the same; Text is a remark
}

// Error implements error.
func (e RowError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Text) }

// ReadOptions says how counterparties are read.
type ReadOptions struct {
	Progress func(rows int) // told now and then how many rows were read
	Watch    bool           // make them ready for Touched now instead of at its first call
}

// maxRowErrors bounds the list of errors; one more says how many were left out.
const maxRowErrors = 1000

// table reads a CSV file with a header, in any order of columns, separated by comma, semicolon or tab.
type table struct {
	lines   *lineSource
	comma   byte
	columns map[string]int
	width   int
	errs    []RowError
	dropped int
	cells   []string
}

// columnNames are the other ways in which people head the columns.
var columnNames = map[string]string{
	"alias": "aliases", "aka": "aliases", "also_known_as": "aliases", "company": "name", "company_name": "name",
	"full_name":    "name",
	"counterparty": "name", "party": "name", "customer_id": "id", "vendor_id": "id", "party_id": "id",
	"counterparty_id": "id",
	"country_code":    "country", "owner": "owner_name", "percentage": "percent", "share": "percent", "stake": "percent",
	"%": "percent",
}

// openTable reads the header; need are the columns without which nothing can be read.
func openTable(r io.Reader, need ...string) (*table, error) {
	lines, err := newLineSource(r)
	if err != nil {
		return nil, err
	}
	t := &table{lines: lines}
	head, err := lines.next()
	for err == nil && strings.TrimSpace(head) == "" {
		head, err = lines.next()
	}
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty")
	}
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(strings.TrimSpace(head), "<") {
		return nil, errors.New("this is a web page, no CSV")
	}
	for _, comma := range []byte{',', ';', '\t'} {
		t.comma = comma
		t.readHeader(head)
		if t.has(need...) {
			if lines.note != "" {
				t.report(RowError{Line: 1, Text: lines.note, Loaded: true})
			}
			return t, nil
		}
	}
	return nil, fmt.Errorf("line %d: the first line must name the columns, %s among them; it is %.80q", lines.line,
		strings.Join(need, " and "), head)
}

func (t *table) readHeader(head string) {
	cells, _ := t.split(head)
	t.columns = map[string]int{}
	t.width = len(cells)
	for i, c := range cells {
		c = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(c, "\uFEFF")))
		c = strings.ReplaceAll(c, " ", "_")
		if full, ok := columnNames[c]; ok {
			c = full
		}
		if _, ok := t.columns[c]; !ok {
			t.columns[c] = i
		}
	}
}

func (t *table) has(names ...string) bool {
	for _, n := range names {
		if _, ok := t.columns[n]; !ok {
			return false
		}
	}
	return true
}

// split cuts a record into cells; open reports that a quote is still open at its end. Quotes inside an unquoted cell
// are letters.
func (t *table) split(rec string) (cells []string, open bool) {
	cells = t.cells[:0]
	for {
		if rec == "" || rec[0] != '"' {
			cell, rest, more := strings.Cut(rec, string(t.comma))
			cells = append(cells, cell)
			if !more {
				break
			}
			rec = rest
			continue
		}
		var b strings.Builder
		rec = rec[1:]
		closed := false
		for !closed {
			i := strings.IndexByte(rec, '"')
			if i < 0 {
				t.cells = cells
				return cells, true
			}
			b.WriteString(rec[:i])
			rec = rec[i+1:]
			if strings.HasPrefix(rec, `"`) {
				b.WriteByte('"')
				rec = rec[1:]
				continue
			}
			closed = true
		}
		tail, rest, more := strings.Cut(rec, string(t.comma))
		b.WriteString(strings.TrimSpace(tail))
		cells = append(cells, b.String())
		if !more {
			break
		}
		rec = rest
	}
	t.cells = cells
	return cells, false
}

// maxQuoted is how many lines one quoted cell may span; a quote open for longer is a slip in its first line.
const maxQuoted = 20

// next is the next row with its line, io.EOF after the last. Rows that cannot be read are reported and passed over.
func (t *table) next() ([]string, int, error) {
	for {
		rec, err := t.lines.next()
		if err != nil {
			return nil, 0, err
		}
		if strings.TrimSpace(rec) == "" {
			continue
		}
		line := t.lines.line
		cells, open := t.split(rec)
		if open {
			cells, open = t.continueQuote(rec)
		}
		switch {
		case open:
			t.report(RowError{Line: line, Text: fmt.Sprintf("a quotation mark is opened and not closed: %.60q", rec)})
		case len(cells) > t.width && !blank(cells[t.width:]):
			t.report(RowError{Line: line, ID: t.cell(cells, "id"), Text: fmt.Sprintf(
				"%d cells where the header has %d: a cell with a %q in it must stand in quotation marks", len(cells), t.width,
				t.comma)})
		default:
			return cells, line, nil
		}
	}
}

// continueQuote adds the lines that a quoted cell goes on in; where it never closes, or a whole row
// stands in it, they are given back.
func (t *table) continueQuote(rec string) ([]string, bool) {
	var taken []string
	for range maxQuoted {
		more, err := t.lines.next()
		if err != nil {
			break
		}
		taken = append(taken, more)
		rec += "\n" + more
		if cells, open := t.split(rec); !open {
			return cells, false
		}
		if cells, open := t.split(more); !open && len(cells) == t.width && t.width > 1 {
			break // a whole row of its own: the quote before it is a slip
		}
	}
	t.lines.giveBack(taken)
	return nil, true
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// cell is the cell of a named column, cleaned of line breaks and outer blanks; "" where there is none.
func (t *table) cell(cells []string, column string) string {
	i, ok := t.columns[column]
	if !ok || i >= len(cells) {
		return ""
	}
	c := strings.TrimSpace(cells[i])
	if strings.ContainsAny(c, "\n\r\t") {
		c = strings.Join(strings.Fields(c), " ")
	}
	return c
}

func (t *table) report(e RowError) {
	if len(t.errs) < maxRowErrors {
		t.errs = append(t.errs, e)
		return
	}
	t.dropped++
}

// foreignLines says how many lines are in another encoding than UTF-8.
func foreignLines(n int) string {
	which := "this line is not UTF-8; it was"
	if n > 1 {
		which = fmt.Sprintf("%d lines, of which this is the first, are not UTF-8; they were", n)
	}
	return which + " read as Windows-1252. Save the file as UTF-8 to be sure of its names"
}

// finish closes the list of errors.
func (t *table) finish() []RowError {
	if n := t.lines.foreign; n > 0 {
		t.errs = append(t.errs, RowError{Line: t.lines.first, Loaded: true, Text: foreignLines(n)})
	}
	if t.dropped > 0 {
		t.errs = append(t.errs, RowError{Line: t.lines.line, Loaded: true,
			Text: fmt.Sprintf("%d further remarks are left out", t.dropped)})
	}
	slices.SortStableFunc(t.errs, func(a, b RowError) int { return a.Line - b.Line })
	return t.errs
}
