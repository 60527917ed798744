package records

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
	"entitywatch/watcher/fetch"
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

// Look is one look at a source that is one file.
type Look struct {
	URL     string
	Expect  string // as fetch.Expect has it
	Timeout time.Duration
	Parse   func(io.Reader, diff.ReadOptions) ([]diff.Snapshot, error)
	Now     time.Time // its day is the as-of date of a file that carries none
}

// Read gets the file where it changed, and the snapshots in it with their evidence; an unchanged file gives the zero Reading. A file
// that is refused is asked for again at the next look, changed or not.
func (l Look) Read(ctx context.Context, f *fetch.Session) (diff.Reading, error) {
	r, err := f.Get(ctx, l.URL, fetch.Expect(l.Expect), fetch.Timeout(l.Timeout))
	if err != nil {
		return diff.Reading{}, err
	}
	if r.NotModified {
		return diff.Reading{}, nil
	}
	snapshots, err := l.Parse(bytes.NewReader(r.Body), diff.ReadOptions{AsOf: diff.DateOf(l.Now.UTC())})
	if err != nil {
		f.Reject(l.URL)
		return diff.Reading{}, fmt.Errorf("read %s: %w", fetch.Redact(l.URL), err)
	}
	Prove(snapshots, r.Evidence())
	return diff.Reading{Snapshots: Vanished(f, snapshots)}, nil
}
