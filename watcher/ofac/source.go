package ofac

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// DefaultURL is the Sanctions List Service.
const DefaultURL = "https://sanctionslistservice.ofac.treas.gov"

// The marks of a source: the last publication that was walked, and when the full files were last read.
const (
	markPublication = "publication"
	markFull        = "full"
)

// Options configure a Source.
type Options struct {
	BaseURL   string        // default DefaultURL
	FullEvery time.Duration // how often the full files are read although nothing was published; default 24 h
	Now       func() time.Time
	Log       *slog.Logger
}

// Source polls OFAC's lists. It implements watcher.Source.
//
// Each look asks the history of publications for those behind its mark. Where there is none it ends, unless the full files are due.
// A new publication is read as a delta, by its id, and the full files are read at once: they say what the parties now are, the
// deltas what should have become of them. What a delta tells and the full files do not show is a problem, and the publication is
// looked at again, for a day. A history or a delta that cannot be read makes the full files due.
type Source struct{ o Options }

// New makes a source. The zero Options are the real service.
func New(o Options) *Source {
	o.BaseURL = strings.TrimSuffix(cmp.Or(o.BaseURL, DefaultURL), "/")
	o.FullEvery = cmp.Or(o.FullEvery, 24*time.Hour)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Source{o: o}
}

// Read looks once: one Snapshot a list where the full files were read and differ from the last look, the zero Reading otherwise.
// Where only one of the two files can be read, the Reading lacks the other.
func (s *Source) Read(ctx context.Context, f *fetch.Session) (diff.Reading, error) {
	var out diff.Reading
	walk := s.walk(ctx, f)
	out.Problems = walk.problems
	if walk.forbidden != nil {
		return diff.Reading{}, fmt.Errorf("ofac: %w", walk.forbidden)
	}
	if !walk.due && !s.due(f) {
		return out, nil
	}
	whole, unmodified, err := s.full(ctx, f, len(walk.deltas) > 0, &out)
	if err != nil {
		return diff.Reading{}, err
	}
	fetch.Prove(out.Snapshots, walk.evidence...)
	settled := s.settle(walk, &out)
	if whole {
		f.SetMark(markFull, s.o.Now().UTC().Format(time.RFC3339))
	}
	if whole && settled && walk.last != "" {
		f.SetMark(markPublication, walk.last)
	}
	if whole && len(out.Snapshots) > 0 {
		out.Snapshots = f.Vanished(out.Snapshots, func(l diff.ListID) bool {
			return slices.ContainsFunc(unmodified, func(shows func(diff.ListID) bool) bool { return shows(l) })
		})
	}
	return out, nil
}

// due reports whether the full files must be read although nothing was published.
func (s *Source) due(f *fetch.Session) bool {
	at, err := time.Parse(time.RFC3339, f.Mark(markFull))
	return err != nil || s.o.Now().Sub(at) >= s.o.FullEvery
}

// file is one of the two full files: how it is read, and which lists it shows.
type file struct {
	name  string
	parse func(*fetch.Response, diff.ReadOptions) ([]diff.Snapshot, error)
	shows func(diff.ListID) bool
}

func files() []file {
	return []file{
		{"SDN.XML", parseWith(ParseSDNXML), func(l diff.ListID) bool { return l == diff.SDN }},
		{"CONSOLIDATED.XML", parseWith(ParseConsolidatedXML), func(l diff.ListID) bool { return l != diff.SDN }},
	}
}

// full reads both files. It reports whether both were answered, and what those show that have not changed.
func (s *Source) full(ctx context.Context, f *fetch.Session, fresh bool, out *diff.Reading) (
	whole bool, unmodified []func(diff.ListID) bool, err error) {
	var failed []error
	for _, file := range files() {
		options := []fetch.Option{fetch.Expect("xml"), fetch.Timeout(10 * time.Minute)}
		if fresh {
			options = append(options, fetch.Fresh())
		}
		url := s.o.BaseURL + "/api/download/" + file.name
		r, err := f.Get(ctx, url, options...)
		if err != nil {
			failed = append(failed, fmt.Errorf("ofac: %w", err))
			continue
		}
		if r.NotModified {
			unmodified = append(unmodified, file.shows)
			continue
		}
		snapshots, err := file.parse(r, diff.ReadOptions{AsOf: diff.DateOf(s.o.Now().UTC())})
		if err != nil {
			f.Reject(url)
			failed = append(failed, fmt.Errorf("%s: %w", file.name, err))
			continue
		}
		fetch.Prove(snapshots, r.Evidence())
		out.Snapshots = append(out.Snapshots, snapshots...)
	}
	if len(failed) == 2 {
		return false, nil, errors.Join(failed...)
	}
	for _, err := range failed {
		out.Lacks = append(out.Lacks, diff.Problem{Kind: diff.Unread, Text: err.Error()})
	}
	return len(failed) == 0, unmodified, nil
}

func parseWith(
	parse func(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error),
) func(*fetch.Response, diff.ReadOptions) ([]diff.Snapshot, error) {
	return func(r *fetch.Response, o diff.ReadOptions) ([]diff.Snapshot, error) {
		return parse(bytes.NewReader(r.Body), o)
	}
}
