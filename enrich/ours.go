package enrich

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"entitywatch/diff"
	"entitywatch/screen/ours"
)

// File is one configured file of counterparties.
type File struct {
	Name      string
	File      string
	Owners    string // a file of owners; empty for none
	Threshold float64
}

// Loaded is what one File held when it was read. It does not change.
type Loaded struct {
	File
	Parties  *ours.Counterparties
	Owners   *ours.Owners   // nil for none
	Problems []diff.Problem // rows that were not taken, or not as they stand
	At       time.Time      // when it was read

	stamp string // of both files: size and time of the last change
}

// Load reads a file of counterparties and its owners.
func Load(f File, at time.Time) (*Loaded, error) {
	l := &Loaded{File: f, At: at, stamp: f.stamp()}
	parties, rows, err := readFile(f.File, func(r *os.File) (*ours.Counterparties, []ours.RowError, error) {
		return ours.ReadCounterparties(r, ours.ReadOptions{Watch: true})
	})
	if err != nil {
		return nil, err
	}
	l.Parties, l.Problems = parties, Problems(f.File, rows)
	if f.Owners == "" {
		return l, nil
	}
	owners, rows, err := readFile(f.Owners, func(r *os.File) (*ours.Owners, []ours.RowError, error) { return ours.ReadOwners(r) })
	if err != nil {
		return nil, fmt.Errorf("owners: %w", err)
	}
	l.Owners, l.Problems = owners, append(l.Problems, Problems(f.Owners, rows)...)
	return l, nil
}

func readFile[T any](path string, read func(*os.File) (T, []ours.RowError, error)) (value T, rows []ours.RowError, err error) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return value, nil, fmt.Errorf("there is no file %s any more; put it back, or correct the path in the config: %w", path, fs.ErrNotExist)
	case errors.Is(err, fs.ErrPermission):
		return value, nil, fmt.Errorf("%s may not be read by the user that runs EntityWatch; give that user read access: %w", path, fs.ErrPermission)
	case err != nil:
		return value, nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if value, rows, err = read(f); err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return value, rows, err
}

func (f File) stamp() string { return fileStamp(f.File) + fileStamp(f.Owners) }

func fileStamp(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "missing " + path
	}
	return fmt.Sprintf("%d@%d ", info.Size(), info.ModTime().UnixNano())
}

// Problems are rows that could not be taken, as problems. A row that was not taken needs a human: nobody of it is screened.
func Problems(file string, rows []ours.RowError) []diff.Problem {
	out := make([]diff.Problem, len(rows))
	for i, r := range rows {
		out[i] = diff.Problem{Kind: diff.Unread, Text: r.Text, Where: fmt.Sprintf("%s:%d", file, r.Line)}
		if r.Loaded {
			out[i].Kind = diff.SourceSlip
		}
	}
	return out
}

// unread are the problems for which somebody is not screened.
func (l *Loaded) unread() []diff.Problem {
	return slices.DeleteFunc(slices.Clone(l.Problems), func(p diff.Problem) bool { return p.Kind != diff.Unread })
}

// note says what was read otherwise than it stands; "" where nothing was.
func (l *Loaded) note() string {
	first, n := "", 0
	for _, p := range l.Problems {
		if p.Kind == diff.Unread {
			continue
		}
		if n++; n == 1 {
			first = p.Where + ": " + p.Text
		}
	}
	if n > 1 {
		first += fmt.Sprintf("; and %d more: entitywatch check", n-1)
	}
	return first
}

// ourFile is the counterparties of one file: the last good reading, and what is wrong with the file since.
type ourFile struct {
	File
	mu       sync.Mutex
	loaded   *Loaded
	broken   string               // why the file as it is now cannot be read; empty where it can
	since    time.Time            // since when
	unread   int                  // rows that were not taken when it was read last
	tried    string               // the stamp of the reading that failed
	screened *ours.Counterparties // what newcomers are measured by
	parties  int                  // of the last good reading, of an earlier process too
	most     int                  // parties before the file lost many; 0 where it has them again
}

// in use is the last good reading; nil where there was none.
func (o *ourFile) inUse() *Loaded {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.loaded
}

// edited reports whether the file is not as it was when it was read last, or tried in vain.
func (o *ourFile) edited() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	stamp := o.stamp()
	return (o.loaded == nil || stamp != o.loaded.stamp) && stamp != o.tried
}

// recall takes up how the file did before.
func (o *ourFile) recall(before FileState) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.broken, o.since, o.unread, o.parties = before.Broken, before.BrokenSince, before.Unread, before.Parties
}

// take puts a reading to use, or notes why there is none, and returns what the operators must hear of it, if anything.
func (o *ourFile) take(l *Loaded, err error, stamp string, at time.Time) (n Notice, tell bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err != nil {
		news := o.broken == "" || o.loaded == nil && o.tried == ""
		if o.broken == "" {
			o.since = at
		}
		o.broken, o.tried = err.Error(), stamp
		return o.brokenNotice(at), news
	}
	n, tell = o.end(l, at)
	if o.loaded == nil {
		o.screened = l.Parties
	}
	unread := l.unread()
	lost, shrunk := o.lost(l, at)
	o.loaded, o.broken, o.tried, o.since, o.unread = l, "", "", time.Time{}, len(unread)
	switch {
	case len(unread) > 0:
		n = o.unreadNotice(unread, l, at)
		if shrunk {
			n.Text += "\n" + lost.Text
		}
		return n, true
	case shrunk:
		return lost, true
	}
	return n, tell
}

// mayGo is the share of a file's parties that may go from one reading to the next and be nobody's business.
const mayGo = 0.1

// lost notes how many parties a reading has, and gives the notice of a file that lost many of them: a file that was saved in part, or
// exported through a filter, is a good file, and leaves parties unscreened all the same.
func (o *ourFile) lost(l *Loaded, at time.Time) (n Notice, tell bool) {
	before, now := o.parties, l.Parties.Len()
	o.parties = now
	if now >= o.most {
		o.most = 0
	}
	if float64(before-now) <= mayGo*float64(before) {
		return n, false
	}
	o.most = max(o.most, before)
	return Notice{
		ID: diff.HashID("ntc", "counterparties", o.Name, "fewer", l.stamp), Kind: "fewer", Subject: o.subject(), At: at,
		Text: fmt.Sprintf("%s had %s, and now has %d; the others are screened no more. Was it saved in part, or exported through a filter? "+
			"If it is meant to be so, nothing is to be done.", o.File.File, parties(before), now),
	}, true
}

// parties is a number of them in words.
func parties(n int) string {
	if n == 1 {
		return "1 party"
	}
	return fmt.Sprintf("%d parties", n)
}

// end is what a good reading ends, if anything.
func (o *ourFile) end(l *Loaded, at time.Time) (n Notice, tell bool) {
	n = Notice{ID: diff.HashID("ntc", "counterparties", o.Name, "recovered", l.stamp), Kind: "recovered", Subject: o.subject(), At: at}
	switch {
	case o.broken != "":
		n.Text = fmt.Sprintf("The file can be read again: it has %s. It had been unreadable since %s.", parties(l.Parties.Len()), moment(o.since, at))
	case o.unread > 0:
		n.Text = fmt.Sprintf("Every row is read again: the file has %s.", parties(l.Parties.Len()))
	case o.most > 0 && l.Parties.Len() >= o.most:
		n.Text = fmt.Sprintf("The file has %s again.", parties(l.Parties.Len()))
	}
	return n, n.Text != ""
}

// state is how the file does.
func (o *ourFile) state() FileState {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := FileState{Name: o.Name, File: o.File.File, Broken: o.broken, BrokenSince: o.since}
	if o.loaded == nil {
		return s
	}
	s.Parties, s.ReadAt = o.loaded.Parties.Len(), o.loaded.At
	if unread := o.loaded.unread(); len(unread) > 0 {
		s.Unread, s.Problem = len(unread), unread[0].Where+": "+unread[0].Text
	}
	s.Note = o.loaded.note()
	return s
}

func (o *ourFile) subject() string { return "Counterparties " + o.Name }

func (o *ourFile) brokenNotice(at time.Time) Notice {
	use := "Nothing of it is screened until it can be read."
	if o.loaded != nil {
		use = fmt.Sprintf("What was read on %s stays in use: %s.", moment(o.loaded.At, at), parties(o.loaded.Parties.Len()))
	}
	return Notice{
		ID: diff.HashID("ntc", "counterparties", o.Name, "broken", o.tried, o.broken, use), Kind: "unreadable", Subject: o.subject(), At: at,
		Text: o.broken + ". " + use,
	}
}

// mostRows are named in one notice.
const mostRows = 10

func (o *ourFile) unreadNotice(unread []diff.Problem, l *Loaded, at time.Time) Notice {
	lines := make([]string, 0, mostRows+1)
	for _, p := range unread[:min(len(unread), mostRows)] {
		lines = append(lines, p.Where+": "+p.Text)
	}
	if more := len(unread) - mostRows; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more: entitywatch check", more))
	}
	verb, whom := "rows were", "them"
	if len(unread) == 1 {
		verb, whom = "row was", "it"
	}
	return Notice{
		ID: diff.HashID("ntc", "counterparties", o.Name, "rows", l.stamp), Kind: "problem", Subject: o.subject(), At: at,
		Text: fmt.Sprintf("%d %s not read, and nobody in %s is screened:\n%s", len(unread), verb, whom, strings.Join(lines, "\n")),
	}
}

// moment is a time in the zone of the notice that names it.
func moment(t, notice time.Time) string {
	return t.In(notice.Location()).Format("2006-01-02 15:04 MST")
}
