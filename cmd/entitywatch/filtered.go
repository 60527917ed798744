package main

import (
	"context"
	"regexp"
	"slices"

	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
)

// filtered keeps of a feed only the items that one of the patterns finds something in.
type filtered struct {
	watcher.Source
	patterns []*regexp.Regexp
}

// Read implements watcher.Source.
func (f filtered) Read(ctx context.Context, s *fetch.Session) (diff.Reading, error) {
	r, err := f.Source.Read(ctx, s)
	r.Items = slices.DeleteFunc(r.Items, func(item diff.NewsItem) bool {
		return !slices.ContainsFunc(f.patterns, func(p *regexp.Regexp) bool { return p.MatchString(enrich.Text(item)) })
	})
	return r, err
}

func newFiltered(source watcher.Source, patterns []string) (watcher.Source, error) {
	if len(patterns) == 0 {
		return source, nil
	}
	f := filtered{Source: source}
	for _, p := range patterns {
		re, err := regexp.Compile(p)
		if err != nil {
			return nil, err
		}
		f.patterns = append(f.patterns, re)
	}
	return f, nil
}
