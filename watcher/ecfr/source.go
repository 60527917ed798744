package ecfr

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// DefaultURL is where the versioner is served.
const DefaultURL = "https://www.ecfr.gov/api/versioner/v1"

// Options configure a Source. The zero Options are the real service and all three lists.
type Options struct {
	BaseURL string        // default DefaultURL; titles.json, versions/… and full/… stand below it
	Lists   []diff.ListID // default the three lists of part 744
	Now     func() time.Time
	Log     *slog.Logger
}

// Source polls the versioner. It implements watcher.Source.
type Source struct{ o Options }

// New makes a source.
func New(o Options) *Source {
	o.BaseURL = strings.TrimRight(cmp.Or(o.BaseURL, DefaultURL), "/")
	if len(o.Lists) == 0 {
		for _, s := range supplements() {
			o.Lists = append(o.Lists, s.list)
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Source{o: o}
}

// Marks of the cursor. The two of the versions stand for the issue that was read last.
const (
	markIssued = "issued"  // versions issued before this day are known
	markSeen   = "seen"    // fingerprint of those issued on it or later
	markAsOf   = "as_of"   // the day that was asked for
	markLists  = "listed:" // + list: the supplement had entries
	markAbsent = "absent:" // + list: it never had, and why
)

// Read looks for issues of part 744 that it has not seen and reads the part as of the newest day. While the title is being processed
// there is nothing new. A file that cannot be trusted is a *diff.Refused; a supplement that had entries before and has none now is an
// empty Snapshot, so that its list alone is held.
func (s *Source) Read(ctx context.Context, f *fetch.Session) (diff.Reading, error) {
	out, err := s.read(ctx, f)
	for _, list := range s.o.Lists { // one that was never shown is no less absent while nothing is new
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
		s.o.Log.Info("title 15 is being processed, looking again later")
		f.Reject(s.o.BaseURL + titlesPath)
		return diff.Reading{}, nil
	}
	from := cmp.Or(f.Mark(markIssued), title.Issued)
	versions, err := s.versions(ctx, f, from)
	if err != nil {
		return diff.Reading{}, err
	}
	shown, ahead := known(versions, title.AsOf)
	if f.Mark(markSeen) != "" && f.Mark(markSeen) == fingerprint(shown, from) {
		s.o.Log.Debug("no new issue of part 744", "since", from)
		return diff.Reading{}, nil
	}
	reading, err := s.full(ctx, f, title.AsOf)
	if wait := (*fetch.StatusError)(nil); errors.As(err, &wait) && wait.Status == http.StatusServiceUnavailable && wait.RetryAfter > 0 {
		f.Reject(s.o.BaseURL + titlesPath)
		return diff.Reading{Problems: []diff.Problem{{Kind: diff.SourceSlip, Text: "the eCFR is processing title 15: " + wait.Error()}}}, nil
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
	address := s.o.BaseURL + "/full/" + url.PathEscape(string(day)) + "/title-15.xml?part=744"
	r, err := f.Get(ctx, address, fetch.Expect("xml"), fetch.Fresh(), fetch.MaxBody(limit), fetch.Timeout(5*time.Minute))
	if err != nil {
		return diff.Reading{}, fmt.Errorf("ecfr: read part 744 as of %s: %w", day, err)
	}
	snapshots, absent, err := parse(string(r.Body), diff.ReadOptions{AsOf: day}, s.o.Lists)
	if err != nil {
		return diff.Reading{}, fmt.Errorf("ecfr: read part 744 as of %s: %w", day, err)
	}
	var out diff.Reading
	for _, snap := range snapshots {
		snap.Evidence = []diff.Evidence{r.Evidence()}
		out.Snapshots = append(out.Snapshots, snap)
		f.SetMark(markLists+string(snap.List), string(day))
		f.DeleteMark(markAbsent + string(snap.List))
	}
	for _, a := range absent {
		reason := fmt.Sprintf("part 744 as of %s: %s", day, a.reason)
		s.o.Log.Warn(reason)
		if f.Mark(markLists+string(a.list)) == "" { // nothing that could be held
			f.SetMark(markAbsent+string(a.list), reason)
			continue
		}
		out.Snapshots = append(out.Snapshots, diff.Snapshot{List: a.list, AsOf: day, Complete: true, Evidence: []diff.Evidence{r.Evidence()},
			Problems: []diff.Problem{{Kind: diff.Unread, Text: reason}}})
	}
	slices.SortStableFunc(out.Snapshots, func(a, b diff.Snapshot) int {
		return cmp.Compare(slices.Index(diff.Lists(), a.List), slices.Index(diff.Lists(), b.List))
	})
	return out, nil
}
