package records

import (
	"errors"
	"fmt"
	"io"
	"sort"

	"entitywatch/diff"
)

// MaxUnread is the largest share of records that may be unreadable before the whole file is refused.
const MaxUnread = 0.10

// maxHidden is how many are kept: beyond that share of the largest file, the file is refused.
const maxHidden = MaxUnread * MaxRecords

// maxListed is how many unreadable records are reported one by one; the rest is a number.
const maxListed = 50

// Refuse is the *diff.Refused with a reason made of a format.
func Refuse(format string, args ...any) error {
	return &diff.Refused{Reason: fmt.Sprintf(format, args...)}
}

// Log counts the records of one file and collects what must be said about them. The zero Log is ready to use.
type Log struct {
	Rows     int                 // records met, readable or not
	Unread   int                 // records that could not be read
	Hidden   []diff.UnreadRecord // what those may be
	problems []diff.Problem
	odd      map[string]*oddity
}

type oddity struct {
	first string
	n     int
	kept  bool
}

// Miss counts a record that cannot be read. What it is (see diff.UnreadOf) keeps whatever it may hide from looking
// removed.
func (l *Log) Miss(is diff.UnreadRecord, where, format string, args ...any) {
	if len(l.Hidden) <= maxHidden {
		l.Hidden = append(l.Hidden, is)
	}
	l.MissIn(where, format, args...)
}

// MissIn is Miss for a file of several lists, of which the caller keeps what the record may be.
func (l *Log) MissIn(where, format string, args ...any) {
	l.Unread++
	if l.Unread <= maxListed {
		l.Note(diff.Unread, where, format, args...)
	}
}

// UnreadOf is a record of a list that cannot be read, with its source's id where it has one.
func UnreadOf(list diff.ListID, id string, text ...string) diff.UnreadRecord {
	if id == "" {
		return diff.UnreadOf("", text...)
	}
	return diff.UnreadOf(diff.MakeIDKey(list, id), text...)
}

// Note adds a problem that is no unreadable record.
func (l *Log) Note(kind diff.ProblemKind, where, format string, args ...any) {
	l.problems = append(l.problems, diff.Problem{Kind: kind, Text: fmt.Sprintf(format, args...), Where: where})
}

// Unknown keeps a record's field that this version does not know under the source's own name for it. Problems notes
// each name once, however many records carry it; nothing is unread because of it.
func (l *Log) Unknown(field, value, where string) diff.Attribute {
	l.odded(field, where).kept = true
	return diff.Attribute{Type: field, Value: value, Unknown: true}
}

// Strange counts a part of the file that belongs to no record and is not known to this version.
func (l *Log) Strange(part, where string) { l.odded(part, where) }

func (l *Log) odded(field, where string) *oddity {
	if l.odd == nil {
		l.odd = map[string]*oddity{}
	}
	if l.odd[field] == nil {
		l.odd[field] = &oddity{first: where}
	}
	l.odd[field].n++
	return l.odd[field]
}

// Problems are the notes in their order, then the fields that were not known.
func (l *Log) Problems() []diff.Problem {
	out := l.problems
	if l.Unread > maxListed {
		out = append(out, diff.Problem{Kind: diff.Unread, Text: fmt.Sprintf("%d further records could not be read",
			l.Unread-maxListed)})
	}
	fields := make([]string, 0, len(l.odd))
	for f := range l.odd {
		fields = append(fields, f)
	}
	sort.Strings(fields)
	for _, f := range fields {
		text := "the part %q is new to this program and was passed over; it stands there %d times"
		if l.odd[f].kept {
			text = "the field %q is new to this program and is kept under that name; it stands there %d times"
		}
		out = append(out, diff.Problem{Kind: diff.SourceSlip, Where: l.odd[f].first, Text: fmt.Sprintf(text, f, l.odd[f].n)})
	}
	return out
}

// Verdict refuses a file without a single record, and one with too many that cannot be read; a single one may always
// be, where there are more than a handful. With partial only the first.
func (l *Log) Verdict(what string, partial bool) error {
	switch {
	case l.Rows == 0 || l.Rows == l.Unread:
		return Refuse("no readable record of %s in it", what)
	case !partial && float64(l.Unread) > MaxUnread*float64(l.Rows) && (l.Unread > 1 || l.Rows < 4):
		return Refuse("%d of %d records cannot be read as %s (the first: %s)", l.Unread, l.Rows, what, l.firstMiss())
	}
	return nil
}

func (l *Log) firstMiss() string {
	for _, p := range l.problems {
		if p.Kind == diff.Unread {
			return p.Where + ": " + p.Text
		}
	}
	return "unknown"
}

// Cut settles a file that ends too early: refused, or with partial noted. Reason says how the end was known.
func (l *Log) Cut(partial bool, where, reason string) error {
	if !partial {
		return Refuse("the file is cut: %s (%s)", reason, where)
	}
	l.Note(diff.Unread, where, "the file is cut: %s; what stands before it was read", reason)
	return nil
}

// tail remembers the end of what passes through it: the last bytes, and whether the end was reached or broke off.
type tail struct {
	r    io.Reader
	n    int64
	last byte
	eof  bool
	err  error // a read error that is no plain end
}

func (t *tail) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.n += int64(n)
	if n > 0 {
		t.last = p[n-1]
	}
	switch {
	case err == io.EOF:
		t.eof = true
	case errors.Is(err, io.ErrUnexpectedEOF): // a compressed stream that breaks off
		t.eof, err = true, io.EOF
		t.err = io.ErrUnexpectedEOF
	case err != nil:
		t.err = err
	}
	return n, err
}
