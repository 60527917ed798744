package ecfr

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// table collects the rows of one supplement. A row waits in pending until it is known that none continues it.
type table struct {
	supplement
	rows     []listed // whole rows, with those that continue them
	problems []diff.Problem
	missed   []diff.UnreadRecord // rows that could not be read, wholly or in a part

	cells          []lawtext.Cell // of the row being read; the memory of earlier rows is used again
	number         int            // of the row being read, from 1
	country        string
	parent         string // Military End-User List: the group whose subordinate institutions follow
	parentCitation string
	pending        *lawtext.Row
	further        []further         // the columns that are not known
	extra          []diff.Attribute  // what those hold in the row being read
	pendingExtra   []diff.Attribute  // and in the row that waits
	odd            bool              // the pending row has not the table's number of cells
	license        map[string]string // license texts, of which there are few, each kept once
}

func (t *table) begin() {
	t.cells = t.cells[:0]
	t.number++
}

// cell is the next cell of the row, empty.
func (t *table) cell() *lawtext.Cell {
	if len(t.cells) < cap(t.cells) {
		t.cells = t.cells[:len(t.cells)+1]
	} else {
		t.cells = append(t.cells, lawtext.Cell{})
	}
	c := &t.cells[len(t.cells)-1]
	c.Reset()
	return c
}

func (t *table) where() string { return t.name + ", row " + strconv.Itoa(t.number) }

// row takes the row whose cells were read.
func (t *table) row() {
	if len(t.cells) == 0 {
		return
	}
	t.takeFurther()
	if len(t.cells) != t.columns {
		t.oddRow()
		return
	}
	country := t.cells[0].String()
	if country != "" && !strings.EqualFold(country, "Country") {
		t.country = country
	}
	party := t.cells[1].Lines()
	switch {
	case strings.EqualFold(country, "Country"): // the header again, as a row
	case len(party) == 0:
		if !t.blank() {
			t.missed = append(t.missed, t.unread("a row has no party"))
		}
	case t.label(party):
	case t.pending != nil && country == "" && t.bare() && lawtext.Continues(party):
		t.pending.Party = append(append(t.pending.Party, ""), party...)
	default:
		t.flush()
		t.pending, t.pendingExtra = t.newRow(party), t.extra
	}
}

// blank reports whether no cell behind the first has a text.
func (t *table) blank() bool {
	for i := range t.cells[1:] {
		if !t.cells[1+i].Empty() {
			return false
		}
	}
	return true
}

// bare reports whether the cells behind the party's are empty.
func (t *table) bare() bool {
	for i := range t.cells[2:] {
		if !t.cells[2+i].Empty() {
			return false
		}
	}
	return true
}

// oddRow keeps a row that has not the table's number of cells: as an entry with a problem where a party can be seen,
// else as a problem.
func (t *table) oddRow() {
	if len(t.cells) > t.columns {
		t.missed = append(t.missed, t.unread("a row has %d cells instead of %d", len(t.cells), t.columns))
		return
	}
	if t.blank() && len(t.cells) == 1 {
		if !t.cells[0].Empty() {
			t.missed = append(t.missed, t.unread("a row has %d cells instead of %d", len(t.cells), t.columns))
		}
		return
	}
	n := len(t.cells)
	for len(t.cells) < t.columns {
		t.cell()
	}
	t.row()
	if t.pending != nil && t.pending.Where == t.where() {
		t.unread("the row has %d cells instead of %d", n, t.columns)
		t.odd = true
	}
}

// unread reports the row as one that cannot be read, and gives what it may hide.
func (t *table) unread(format string, args ...any) diff.UnreadRecord {
	var texts []string
	for i := range t.cells {
		if s := t.cells[i].String(); s != "" {
			texts = append(texts, s)
		}
	}
	t.problems = append(t.problems, diff.Problem{Kind: diff.Unread, Text: fmt.Sprintf(format, args...) + ": " +
		strings.Join(texts, " | "), Where: t.where()})
	return diff.UnreadOf("", texts...)
}

// label acts on a row of the Military End-User List that is no entry: a label, or the heading of a group. The group
// lasts until a row that has a citation of its own.
func (t *table) label(party []string) bool {
	if t.list != diff.MilitaryEndUserList {
		return false
	}
	line := strings.Join(party, " ")
	low := strings.ToLower(line)
	if strings.HasPrefix(low, "the following ") {
		if _, parent, ok := strings.Cut(line, " of "); ok && strings.Contains(low, "subordinate") {
			t.flush()
			t.parent, t.parentCitation = strings.TrimRight(parent, " :."), t.cells[t.columns-1].String()
			return true
		}
	}
	if !t.bare() {
		t.flush()
		t.parent = ""
		return false
	}
	return strings.HasPrefix(low, "subordinate inst") && len(strings.Fields(low)) == 2 // spelled in two ways
}

func (t *table) newRow(party []string) *lawtext.Row {
	r := &lawtext.Row{List: t.list, Country: t.country, Party: party, Where: t.where()}
	if t.columns == 5 {
		req, marks := lawtext.ReadLicence(&t.cells[2])
		policy, more := lawtext.ReadLicence(&t.cells[3])
		r.Requirement, r.Policy, r.Footnotes = t.once(req), t.once(policy), append(marks, more...)
	}
	if r.Citation = t.cells[t.columns-1].String(); r.Citation == "" && t.parent != "" {
		r.Citation = t.parentCitation
	}
	return r
}

// once returns the first string equal to s, so that equal texts share their memory.
func (t *table) once(s string) string {
	if t.license == nil {
		t.license = map[string]string{}
	}
	if known, ok := t.license[s]; ok {
		return known
	}
	t.license[s] = s
	return s
}

// listed is a row that states a party, and the group it stands in.
type listed struct {
	lawtext.Row
	group string
	extra []diff.Attribute // of columns that are not known
	odd   bool             // parts of it may be missing
}

// flush puts the row that waits to the others.
func (t *table) flush() {
	if t.pending != nil {
		t.rows = append(t.rows, listed{*t.pending, t.parent, t.pendingExtra, t.odd})
		t.pending, t.odd = nil, false
	}
}

// entries makes entries of all rows, on all processors: taking the parties' texts apart is most of the work. count is
// the number of parties that have rows of their own.
func (t *table) entries() (all []diff.Entry, count int) {
	type share struct {
		entries []diff.Entry
		count   int
		missed  []diff.UnreadRecord
	}
	size := max(64, (len(t.rows)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	shares := make([]share, (len(t.rows)+size-1)/size)
	var wait sync.WaitGroup
	for i, rows := range slices.Collect(slices.Chunk(t.rows, size)) {
		wait.Go(func() {
			s := &shares[i]
			s.entries = make([]diff.Entry, 0, len(rows)+len(rows)/16)
			for _, r := range rows {
				before := len(s.entries)
				if s.entries = r.append(s.entries); len(s.entries) == before {
					continue
				}
				s.count++
				if key := s.entries[before].Key; r.odd {
					s.missed = append(s.missed, diff.UnreadOf(key))
				}
			}
		})
	}
	wait.Wait()
	all = make([]diff.Entry, 0, len(t.rows)+len(t.rows)/16)
	for _, s := range shares {
		all = append(all, s.entries...)
		t.missed = append(t.missed, s.missed...)
		count += s.count
	}
	return all, count
}

// append appends the entries of one row: the party, then those named inside it.
func (r *listed) append(all []diff.Entry) []diff.Entry {
	first := len(all)
	all = r.AppendEntries(all)
	if len(all) == first {
		return all
	}
	e := &all[first]
	if r.group != "" {
		e.Parent = r.group
	}
	e.Attributes = append(e.Attributes, r.extra...)
	if r.List == diff.EntityList && r.Requirement == "" && r.Policy == "" && len(e.Citations) == 0 {
		e.Problems = append(e.Problems, diff.Problem{Kind: diff.Unread, Text: "the row has neither requirement nor " +
			"citation; it may belong to the one above", Where: r.Where})
	}
	return all
}
