package ecfr

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// List says where part 744 stands, and in it the lists. The file is asked for as of a day, which its path names in the
// place of %s.
func List() fetch.List {
	f := fetch.ListFile{
		Path: "/full/%s/title-15.xml?part=744", Expect: "xml", Timeout: 5 * time.Minute, MaxBody: limit, Parse: parseAll,
	}
	for _, s := range supplements() {
		f.Lists = append(f.Lists, s.list)
	}
	return fetch.List{Name: "ecfr", URL: "https://www.ecfr.gov/api/versioner/v1", Files: []fetch.ListFile{f}}
}

func parseAll(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) { return Parse(r, o) }

// Source polls the versioner. It implements watcher.Source.
type Source struct {
	*fetch.ListSource
	wanted []diff.ListID
}

// New makes a source of the wanted lists, or of all three where none is named.
func New(o fetch.ListOptions, wanted ...diff.ListID) *Source {
	s := &Source{List().New(o), wanted}
	if len(wanted) == 0 {
		s.wanted = s.Lists()
	}
	return s
}

// Marks of the cursor. The two of the versions stand for the issue that was read last.
const (
	markIssued = "issued"  // versions issued before this day are known
	markSeen   = "seen"    // fingerprint of those issued on it or later
	markAsOf   = "as_of"   // the day that was asked for
	markLists  = "listed:" // + list: the supplement had entries
	markAbsent = "absent:" // + list: it never had, and why
)

// Read looks for issues of part 744 that it has not seen and reads the part as of the newest day. While the title is
// being processed there is nothing new. A file that cannot be trusted is a *diff.Refused; a supplement that had entries
// before and has none now is an empty Snapshot, so that its list alone is held.
func (s *Source) Read(ctx context.Context, f *fetch.Session) (diff.Reading, error) {
	out, err := s.read(ctx, f)
	for _, list := range s.wanted { // one that was never shown is no less absent while nothing is new
		if reason := f.NextMark(markAbsent + string(list)); reason != "" && err == nil {
			out.Lacks = append(out.Lacks, diff.Problem{Kind: diff.Unread, Text: reason})
		}
	}
	return out, err
}

func (s *Source) read(ctx context.Context, f *fetch.Session) (diff.Reading, error) {
	title, changed, err := s.title(ctx, f)
	if err != nil || !changed {
		return diff.Reading{}, err
	}
	if title.busy {
		s.Log.Info("title 15 is being processed, looking again later")
		f.Reject(s.Below(titlesPath))
		return diff.Reading{}, nil
	}
	from := cmp.Or(f.Mark(markIssued), title.Issued)
	versions, err := s.versions(ctx, f, from)
	if err != nil {
		return diff.Reading{}, err
	}
	shown, ahead := known(versions, title.AsOf)
	if !f.Anew() && f.Mark(markSeen) != "" && f.Mark(markSeen) == fingerprint(shown, from) {
		s.Log.Debug("no new issue of part 744", "since", from)
		return diff.Reading{}, nil
	}
	reading, err := s.full(ctx, f, title.AsOf)
	if wait := (*fetch.StatusError)(nil); errors.As(err, &wait) && wait.Status == http.StatusServiceUnavailable &&
		wait.RetryAfter > 0 {
		f.Reject(s.Below(titlesPath))
		return diff.Reading{Problems: []diff.Problem{{Kind: diff.SourceSlip, Text: "the eCFR is processing title 15: " +
			wait.Error()}}}, nil
	}
	if err != nil {
		return diff.Reading{}, err
	}
	next := nextIssue(shown, ahead, title.Issued)
	f.SetMark(markIssued, next)
	f.SetMark(markSeen, fingerprint(shown, next))
	f.SetMark(markAsOf, string(title.AsOf))
	return reading, nil
}

// full reads part 744 as of a day.
func (s *Source) full(ctx context.Context, f *fetch.Session, day diff.Date) (diff.Reading, error) {
	file := s.Files[0]
	file.Path = fmt.Sprintf(file.Path, url.PathEscape(string(day)))
	file.Parse = func(r io.Reader, _ diff.ReadOptions) ([]diff.Snapshot, error) { return s.parse(r, f, day) }
	snapshots, _, err := s.ReadFile(ctx, f, file, fetch.Fresh())
	if err != nil {
		return diff.Reading{}, fmt.Errorf("ecfr: read part 744 as of %s: %w", day, err)
	}
	return diff.Reading{Snapshots: snapshots}, nil
}

// parse reads the wanted lists, and keeps which of them the part shows.
func (s *Source) parse(r io.Reader, f *fetch.Session, day diff.Date) ([]diff.Snapshot, error) {
	doc, err := whole(r)
	if err != nil {
		return nil, err
	}
	snapshots, absent, err := parse(doc, diff.ReadOptions{AsOf: day}, s.wanted)
	if err != nil {
		return nil, err
	}
	for _, snap := range snapshots {
		f.SetMark(markLists+string(snap.List), string(day))
		f.DeleteMark(markAbsent + string(snap.List))
	}
	for _, a := range absent {
		reason := fmt.Sprintf("part 744 as of %s: %s", day, a.reason)
		s.Log.Warn(reason)
		if f.Mark(markLists+string(a.list)) == "" { // nothing that could be held
			f.SetMark(markAbsent+string(a.list), reason)
			continue
		}
		snapshots = append(snapshots, diff.Snapshot{List: a.list, AsOf: day, Complete: true,
			Problems: []diff.Problem{{Kind: diff.Unread, Text: reason}}})
	}
	slices.SortStableFunc(snapshots, func(a, b diff.Snapshot) int {
		return cmp.Compare(slices.Index(diff.Lists(), a.List), slices.Index(diff.Lists(), b.List))
	})
	return snapshots, nil
}
