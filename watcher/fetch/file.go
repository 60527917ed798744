package fetch

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"
	"time"

	"entitywatch/diff"
)

// Endpoint is the URL of a file: path below base, or base itself where it already names a file (its last part has a dot) or ends with
// path. A query of base stays.
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

// File is a source that is one file.
type File struct {
	URL     string
	Expect  string // as the option Expect has it
	Timeout time.Duration
	Parse   func(io.Reader, diff.ReadOptions) ([]diff.Snapshot, error)
	Now     time.Time // its day is the as-of date of a file that carries none
}

// Read gets the file where it changed, and the snapshots in it with their evidence; an unchanged file gives the zero Reading. A file
// that is refused is asked for again at the next look, changed or not.
func (f File) Read(ctx context.Context, s *Session) (diff.Reading, error) {
	r, err := s.Get(ctx, f.URL, Expect(f.Expect), Timeout(f.Timeout))
	if err != nil {
		return diff.Reading{}, err
	}
	if r.NotModified {
		return diff.Reading{}, nil
	}
	snapshots, err := f.Parse(bytes.NewReader(r.Body), diff.ReadOptions{AsOf: diff.DateOf(f.Now.UTC())})
	if err != nil {
		s.Reject(f.URL)
		return diff.Reading{}, fmt.Errorf("read %s: %w", s.Shown(f.URL), err)
	}
	Prove(snapshots, r.Evidence())
	return diff.Reading{Snapshots: s.Vanished(snapshots, nil)}, nil
}
