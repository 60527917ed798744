package records

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"entitywatch/diff"
)

// List is one file of one list as it is read: its entries in the file's order, the day that it gives itself, and what
// must be said of it. A list author fills it record by record.
type List struct {
	Log
	ID      diff.ListID // "" for a file of several lists, whose author sorts the entries
	Source  string      // before its errors: "un"
	Title   string      // what people call the file: "the UN's list"
	Record  string      // what a record is called: "entity"
	Number  string      // what its id is called: "reference number"
	AsOf    diff.Date
	Dated   bool // AsOf is the file's own
	Whole   bool // false for a file that was cut, or lacks a part
	Lacks   string
	Entries []diff.Entry
	seen    map[string]bool
}

// Date takes the day that the file gives itself, where it could be read.
func (l *List) Date(d diff.Date, ok bool) {
	if ok {
		l.AsOf, l.Dated = d, true
	}
}

// Keep counts a record and takes the entry that it makes. One without an id or a name cannot be read; two of one id
// stay two.
func (l *List) Keep(e diff.Entry, id string, n *Node, where string) (kept bool) {
	l.Rows++
	return l.keep(e, id, func() diff.UnreadRecord { return n.Unread(l.ID, id) }, where)
}

// KeepRow is Keep for a row of CSV.
func (l *List) KeepRow(e diff.Entry, id string, row []string, where string) (kept bool) {
	return l.keep(e, id, func() diff.UnreadRecord { return UnreadOf(l.ID, id, row...) }, where)
}

func (l *List) keep(e diff.Entry, id string, lost func() diff.UnreadRecord, where string) bool {
	if id == "" || strings.TrimSpace(e.Name) == "" {
		l.Miss(lost(), where, "the %s cannot be read: it has no %s or no name", l.Record, l.Number)
		return false
	}
	if l.seen[e.Key] {
		l.Note(diff.SourceSlip, where, "the %s %s stands more than once; each %s counts as a party of its own", l.Number, id,
			l.Record)
	}
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	l.seen[e.Key] = true
	l.Entries = append(l.Entries, e)
	return true
}

// ReadXML reads a whole document. Its errors are *diff.Refused or the reader's.
func (l *List) ReadXML(r io.Reader, d Doc, partial bool) error {
	body, err := Open(r)
	if err == nil {
		d.Name = cmp.Or(d.Name, l.Title)
		l.Whole, err = d.Walk(body, &l.Log, partial)
	}
	return l.End(err, partial)
}

// End judges what was read, and names the source in the error.
func (l *List) End(err error, partial bool) error {
	if err == nil {
		err = l.Verdict(l.Title, partial)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", l.Source, err)
	}
	return nil
}

// Snapshot is the list as it was read, with keys of its own for entries of one id.
func (l *List) Snapshot() diff.Snapshot {
	diff.NumberKeys(l.Entries)
	return diff.Snapshot{
		List: l.ID, AsOf: l.AsOf, Undated: !l.Dated, Lacks: l.Lacks, Complete: l.Whole, Entries: l.Entries, Rows: l.Rows,
		Unread: l.Hidden, Problems: l.Problems(),
	}
}

// Join joins what is not empty.
func Join(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// Noted puts a remark behind a text, in brackets.
func Noted(text, remark string) string {
	if remark == "" {
		return text
	}
	return Join(" ", text, "("+remark+")")
}

// AddCountry adds an ISO code to countries, which stay sorted; "" adds none.
func AddCountry(countries *[]string, code string) {
	if i, has := slices.BinarySearch(*countries, code); !has && code != "" {
		*countries = slices.Insert(*countries, i, code)
	}
}

// AddFact adds a fact that has a value.
func AddFact(e *diff.Entry, kind, value string) {
	if value != "" {
		e.Attributes = append(e.Attributes, diff.Attribute{Type: kind, Value: value})
	}
}

// Once appends what is not there yet.
func Once[T comparable](all []T, one T) []T {
	if slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// KindOf is the kind of party that a word of a source stands for.
func KindOf(word string) diff.Kind {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "person", "individual":
		return diff.Person
	case "entity", "enterprise", "organization":
		return diff.Organization
	case "vessel", "ship":
		return diff.Vessel
	case "aircraft":
		return diff.Aircraft
	}
	return diff.UnknownKind
}
