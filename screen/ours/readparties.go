package ours

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ReadCounterparties reads a CSV file, plain or gzip, with a header: id, name and, where there are any, country,
// address and aliases (separated by ";"), in any order, separated by comma, semicolon or tab. UTF-8 and UTF-16 are
// recognized; other lines are read as Windows-1252 and reported. What cannot be read is a RowError and the rest is
// loaded; an error is returned only where the file as a whole cannot be read, or breaks off: what was read until then
// is returned with it.
func ReadCounterparties(r io.Reader, o ReadOptions) (*Counterparties, []RowError, error) {
	t, err := openTable(r, "name")
	if err != nil {
		return nil, nil, fmt.Errorf("reading counterparties: %w", err)
	}
	b := cpBuilder{c: &Counterparties{}}
	for {
		cells, line, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			b.flush()
			return b.c, t.finish(), fmt.Errorf("reading counterparties: after line %d: %w", t.lines.line, err)
		}
		t.addCounterparty(&b, cells, line)
		if o.Progress != nil && b.c.Len()%10_000 == 0 {
			o.Progress(b.c.Len())
		}
	}
	b.flush()
	t.reportDoubles(&b)
	if o.Progress != nil {
		o.Progress(b.c.Len())
	}
	if o.Watch {
		b.c.watch()
	}
	return b.c, t.finish(), nil
}

func (t *table) addCounterparty(b *cpBuilder, cells []string, line int) {
	cp := Counterparty{
		ID: t.cell(cells, "id"), Name: t.cell(cells, "name"), Country: t.cell(cells, "country"),
		Address: t.cell(cells, "address"), Line: line,
	}
	if a := t.cell(cells, "aliases"); a != "" {
		cp.Aliases = strings.Split(a, ";")
	}
	if cp.Name == "" && cp.Address == "" {
		t.report(RowError{Line: line, ID: cp.ID, Text: "the row has no name"})
		return
	}
	if cp.ID == "" {
		cp.ID = fmt.Sprintf("line %d", line)
		t.report(RowError{Line: line, ID: cp.ID, Text: "the row has no id; its line stands for it", Loaded: true})
	}
	if isFormula(cp.Name) {
		t.report(RowError{Line: line, ID: cp.ID,
			Text: "the name is a spreadsheet formula; it is screened as the text that it is", Loaded: true})
	}
	b.add(&cp)
}

// isFormula reports whether a spreadsheet would take a cell for a formula rather than for a name.
func isFormula(s string) bool {
	return strings.HasPrefix(s, "=") || strings.HasPrefix(s, "@") || strings.HasPrefix(s, "+") || strings.HasPrefix(s, "-")
}

// reportDoubles reports every id that stands in more than one row. All of them are loaded: one left out would go
// unscreened.
func (t *table) reportDoubles(b *cpBuilder) {
	slices.SortFunc(b.ids, func(a, c idHash) int {
		switch {
		case a.hash < c.hash:
			return -1
		case a.hash > c.hash:
			return 1
		}
		return int(a.row) - int(c.row)
	})
	for i := 1; i < len(b.ids); i++ {
		if b.ids[i].hash != b.ids[i-1].hash {
			continue
		}
		first := i - 1
		for first > 0 && b.ids[first-1].hash == b.ids[i].hash {
			first--
		}
		cp := b.c.At(int(b.ids[i].row))
		t.report(RowError{Line: cp.Line, ID: cp.ID, Loaded: true, Text: fmt.Sprintf(
			"the id %q stands in line %d already; both rows are screened", cp.ID, b.c.lines[b.ids[first].row])})
	}
	b.c.known.Do(func() { b.c.ids = slices.Clip(b.ids) })
	b.ids = nil
}
