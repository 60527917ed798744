package csl

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// DefaultURL is where the list is served.
const DefaultURL = "https://data.trade.gov/downloadable_consolidated_screening_list/v1"

// Options configure a Source.
type Options struct {
	BaseURL string // default DefaultURL; consolidated.json or consolidated.csv stands below it
	Format  string // "json" (the default) or "csv"
	Now     func() time.Time
	Log     *slog.Logger
}

// Source polls the list. It implements watcher.Source.
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

// Read gets the list where it changed: one Snapshot a sub-list, and an empty one for each that stood there before and does not now.
// The file carries no date, so the as-of date is the day of the answer. A refused file is a *diff.Refused.
func (s *Source) Read(ctx context.Context, f *fetch.Session) (diff.Reading, error) {
	parse, kind := ParseJSON, "json"
	if s.o.Format == "csv" {
		parse, kind = ParseCSV, "csv"
	}
	out, err := fetch.File{
		URL: fetch.Endpoint(s.o.BaseURL, "/consolidated."+kind), Expect: kind, Timeout: 5 * time.Minute, Parse: parse, Now: s.o.Now(),
	}.Read(ctx, f)
	if err != nil {
		return diff.Reading{}, fmt.Errorf("csl: %w", err)
	}
	s.o.Log.Debug("looked at the Consolidated Screening List", "lists", len(out.Snapshots))
	return out, nil
}
