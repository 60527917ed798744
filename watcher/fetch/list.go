package fetch

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// ParseFunc reads one file of a list source: one Snapshot for each list in it. Its errors are *diff.Refused or the
// reader's.
type ParseFunc func(io.Reader, diff.ReadOptions) ([]diff.Snapshot, error)

// ListFile is one file in which a source shows lists.
type ListFile struct {
	Path    string        // below the base URL, which may hold it already where there is one file, without a query
	Expect  string        // its shape, as the option Expect has it
	Timeout time.Duration // of the whole answer
	MaxBody int64         // bytes; 0 is the client's limit
	Lists   []diff.ListID // that may stand in it
	Parse   ParseFunc
}

// List is what an author says of a list source. The rest (conditional requests, what a failed file means, evidence,
// lists that vanish) is the same for all of them.
type List struct {
	Name  string // in errors: "un"
	URL   string // the publisher's base URL, in use where the config has no other
	Files []ListFile
}

// Lists are the lists that the source shows, in the order of its files.
func (l List) Lists() []diff.ListID {
	var all []diff.ListID
	for _, f := range l.Files {
		all = append(all, f.Lists...)
	}
	return all
}

// ListOptions are what every list source is told. The zero value is the publisher's own service.
type ListOptions struct {
	BaseURL string           // default the publisher's; where there is one file it may name that, and have a query
	Now     func() time.Time // default time.Now
	Log     *slog.Logger     // default none
}

// ListSource polls a list. It implements watcher.Source.
type ListSource struct {
	List
	ListOptions
	reader string // names this value, and no other, in whatever process
}

// New makes the source.
func (l List) New(o ListOptions) *ListSource {
	o.BaseURL = cmp.Or(o.BaseURL, l.URL)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &ListSource{List: l, ListOptions: o, reader: rand.Text()}
}

// Read looks once: the Snapshots of each file that has changed, with their evidence, and an empty one for each list that
// stood there before and does not now; where nothing has changed, the zero Reading. A file without a date is as of the day
// of the answer. Where only some of the files can be read, the Reading lacks the others. A refused file is a
// *diff.Refused, a refused request a *StatusError.
func (s *ListSource) Read(ctx context.Context, f *Session) (diff.Reading, error) {
	got, err := s.ReadAll(ctx, f)
	if err != nil {
		return diff.Reading{}, err
	}
	out := diff.Reading{Snapshots: got.Snapshots, Lacks: got.Lacks}
	if len(out.Snapshots) > 0 && len(out.Lacks) == 0 {
		out.Snapshots = f.Vanished(out.Snapshots, got.Kept)
	}
	s.Log.Debug("looked at a list source", "kind", s.Name, "snapshots", len(out.Snapshots))
	return out, nil
}

// Answers are what the files of a list source gave at one look.
type Answers struct {
	Snapshots  []diff.Snapshot
	Lacks      []diff.Problem // one for each file that could not be read
	unmodified []diff.ListID
}

// Kept reports whether a list stands in a file that has not changed.
func (a Answers) Kept(l diff.ListID) bool { return slices.Contains(a.unmodified, l) }

// ReadAll asks for every file. It is an error where none can be read.
func (s *ListSource) ReadAll(ctx context.Context, f *Session, o ...Option) (Answers, error) {
	var out Answers
	var failed []error
	for _, file := range s.Files {
		snapshots, unmodified, err := s.ReadFile(ctx, f, file, o...)
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", s.Name, err))
			continue
		}
		if unmodified {
			out.unmodified = append(out.unmodified, file.Lists...)
		}
		out.Snapshots = append(out.Snapshots, snapshots...)
	}
	if len(failed) == len(s.Files) {
		return Answers{}, errors.Join(failed...)
	}
	for _, err := range failed {
		out.Lacks = append(out.Lacks, diff.Problem{Kind: diff.Unread, Text: err.Error()})
	}
	return out, nil
}

// ReadFile asks for one file, and reads it where it has changed. One that is refused is asked for again at the next look,
// changed or not. The body that was sent last counts as unchanged for as long as this very reader would read it to the
// same: a later program, another config and the next process read it anew, and so does each day, since a file without a
// date is as of that.
func (s *ListSource) ReadFile(ctx context.Context, f *Session, file ListFile, o ...Option) (
	snapshots []diff.Snapshot, unmodified bool, err error) {
	address, day := s.address(file), diff.DateOf(s.Now().UTC())
	o = append([]Option{Expect(file.Expect), Timeout(file.Timeout), Remember(s.reader + " " + string(day))}, o...)
	if file.MaxBody > 0 {
		o = append(o, MaxBody(file.MaxBody))
	}
	r, err := f.Get(ctx, address, o...)
	if err != nil || r.NotModified {
		return nil, err == nil, err
	}
	snapshots, err = file.Parse(bytes.NewReader(r.Body), diff.ReadOptions{AsOf: day})
	if err != nil {
		f.Reject(address)
		return nil, false, fmt.Errorf("read %s: %w", f.Shown(address), err)
	}
	Prove(snapshots, r.Evidence())
	return snapshots, false, nil
}

func (s *ListSource) address(file ListFile) string {
	if len(s.Files) == 1 && !strings.Contains(file.Path, "?") {
		return Endpoint(s.BaseURL, file.Path)
	}
	return s.Below(file.Path)
}

// Below is the URL of a path below the base URL.
func (s *ListSource) Below(path string) string { return strings.TrimRight(s.BaseURL, "/") + path }

// Endpoint is the URL of a file: path below base, or base itself where it already names a file (its last part has a dot)
// or ends with path. A query of base stays.
func Endpoint(base, file string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	if path.Ext(u.Path) == "" && !strings.HasSuffix(u.Path, file) {
		u.Path = strings.TrimSuffix(u.Path, "/") + file
	}
	return u.String()
}
