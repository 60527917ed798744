package un

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// DefaultURL is the host that serves the list.
const DefaultURL = "https://scsanctions.un.org"

// filePath is where the list stands below the base URL.
const filePath = "/resources/xml/en/consolidated.xml"

// Options configure a Source.
type Options struct {
	BaseURL string // default DefaultURL; a URL that names a file is taken as it is
	Now     func() time.Time
	Log     *slog.Logger
}

// Source polls the UN's list. It implements watcher.Source.
type Source struct{ o Options }

// New makes a source. The zero Options are the real service.
func New(o Options) *Source {
	o.BaseURL = cmp.Or(o.BaseURL, DefaultURL)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Source{o: o}
}

// Read gets the list where it changed, as one Snapshot. A refused file is a *diff.Refused, a refused request a *fetch.StatusError.
func (s *Source) Read(ctx context.Context, f *fetch.Session) (diff.Reading, error) {
	out, err := fetch.File{
		URL: fetch.Endpoint(s.o.BaseURL, filePath), Expect: "xml", Timeout: 2 * time.Minute, Parse: Parse, Now: s.o.Now(),
	}.Read(ctx, f)
	if err != nil {
		return diff.Reading{}, fmt.Errorf("un: %w", err)
	}
	s.o.Log.Debug("looked at the UN's list", "snapshots", len(out.Snapshots))
	return out, nil
}
