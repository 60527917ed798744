package eu

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// DefaultURL is the host that serves the list.
const DefaultURL = "https://webgate.ec.europa.eu"

// filePath is where the list stands below the base URL.
const filePath = "/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content"

// Options configure a Source.
type Options struct {
	BaseURL string // default DefaultURL; a URL that names a file is taken as it is
	Token   string // of the service, put into the URL; a secret. Or it stands in BaseURL: ?token=…
	Now     func() time.Time
	Log     *slog.Logger
}

// Source polls the EU's list. It implements watcher.Source.
type Source struct{ o Options }

// New makes a source. The zero Options are the real service.
func New(o Options) *Source {
	o.BaseURL = cmp.Or(o.BaseURL, DefaultURL)
	if o.Token != "" {
		o.BaseURL = withToken(o.BaseURL, o.Token)
	}
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
		URL: fetch.Endpoint(s.o.BaseURL, filePath), Expect: "xml", Timeout: 10 * time.Minute, Parse: Parse, Now: s.o.Now(),
	}.Read(ctx, f)
	if err != nil {
		return diff.Reading{}, fmt.Errorf("eu: %w", err)
	}
	s.o.Log.Debug("looked at the EU's list", "snapshots", len(out.Snapshots))
	return out, nil
}

func withToken(base, token string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	q := u.Query()
	q.Set("token", token)
	u.RawQuery = q.Encode()
	return u.String()
}
