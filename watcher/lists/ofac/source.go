package ofac

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// The marks of a source: the last publication that was walked, and when the full files were last read.
const (
	markPublication = "publication"
	markFull        = "full"
)

// List says where the two full files stand.
func List() fetch.List {
	return fetch.List{
		Name: "ofac", URL: "https://sanctionslistservice.ofac.treas.gov",
		Files: []fetch.ListFile{
			{
				Path: "/api/download/SDN.XML", Expect: "xml", Timeout: 10 * time.Minute,
				Lists: []diff.ListID{diff.SDN}, Parse: ParseSDNXML,
			},
			{
				Path: "/api/download/CONSOLIDATED.XML", Expect: "xml", Timeout: 10 * time.Minute,
				Lists: slices.DeleteFunc(diff.Lists(), func(l diff.ListID) bool { return !l.OFAC() || l == diff.SDN }),
				Parse: ParseConsolidatedXML,
			},
		},
	}
}

// Source polls OFAC's lists. It implements watcher.Source.
//
// Each look asks the history of publications for those behind its mark. Where there is none it ends, unless the full
// files are due. A new publication is read as a delta, by its id, and the full files are read at once: they say what
// the parties now are, the deltas what should have become of them. What a delta tells and the full files do not show is
// a problem, and the publication is looked at again, for a day. A history or a delta that cannot be read makes the full
// files due.
type Source struct {
	*fetch.ListSource
	fullEvery time.Duration // how often the full files are read although nothing was published
}

// New makes a source, which reads the full files every so often although nothing was published; 0 is every 24 hours.
func New(o fetch.ListOptions, fullEvery time.Duration) *Source {
	return &Source{List().New(o), cmp.Or(fullEvery, 24*time.Hour)}
}

// Read looks once: one Snapshot a list where the full files were read and differ from the last look, the zero Reading
// otherwise. Where only one of the two files can be read, the Reading lacks the other.
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
	var options []fetch.Option
	if len(walk.deltas) > 0 {
		options = append(options, fetch.Fresh())
	}
	full, err := s.ReadAll(ctx, f, options...)
	if err != nil {
		return diff.Reading{}, err
	}
	out.Snapshots, out.Lacks = full.Snapshots, full.Lacks
	whole := len(full.Lacks) == 0
	fetch.Prove(out.Snapshots, walk.evidence...)
	settled := s.settle(walk, &out)
	if whole {
		f.SetMark(markFull, s.Now().UTC().Format(time.RFC3339))
	}
	if whole && settled && walk.last != "" {
		f.SetMark(markPublication, walk.last)
	}
	if whole && len(out.Snapshots) > 0 {
		out.Snapshots = f.Vanished(out.Snapshots, full.Kept)
	}
	return out, nil
}

// due reports whether the full files must be read although nothing was published.
func (s *Source) due(f *fetch.Session) bool {
	at, err := time.Parse(time.RFC3339, f.Mark(markFull))
	return f.Anew() || err != nil || s.Now().Sub(at) >= s.fullEvery
}
