package news

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// markSeen is the mark under which a feed with articles remembers the items whose articles were looked at.
const markSeen = "articles"

// Options configure a Source.
type Options struct {
	Name        string // of the configured source; NewsItem.Feed
	URL         string // of the feed
	Articles    bool   // fetch the articles of new items
	MaxArticles int    // at one look; the rest waits for the next. Default 20
	Agent       string // the name that robots.txt is asked for. Default EntityWatch
	Now         func() time.Time
	Log         *slog.Logger
}

// Source polls one feed. It implements watcher.Source.
type Source struct{ o Options }

// New makes a source.
func New(o Options) *Source {
	o.MaxArticles = cmp.Or(o.MaxArticles, 20)
	o.Agent = cmp.Or(o.Agent, "EntityWatch")
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Source{o: o}
}

// Read gives all items that the feed shows where it changed; who stores them knows by their IDs which are new. An unchanged feed is
// the zero Reading. A feed that cannot be read is an error, and the items known so far stay.
func (s *Source) Read(ctx context.Context, f *fetch.Session) (diff.Reading, error) {
	r, err := f.Get(ctx, s.o.URL, fetch.Expect("feed"), fetch.MaxBody(32<<20))
	if err != nil {
		return diff.Reading{}, fmt.Errorf("news: %s: %w", s.o.Name, err)
	}
	if r.NotModified {
		return diff.Reading{}, nil
	}
	items, problems, err := Parse(bytes.NewReader(r.Body), Feed{
		Name: s.o.Name, URL: cmp.Or(r.Base, r.Final), ContentType: r.Header.Get("Content-Type"), Now: s.o.Now(),
	}, diff.ReadOptions{})
	if err != nil {
		f.Reject(s.o.URL)
		return diff.Reading{}, fmt.Errorf("%s: %w", s.o.Name, err)
	}
	out := diff.Reading{Items: items, Problems: problems}
	if s.o.Articles {
		if s.articles(ctx, f, items) {
			f.Reject(s.o.URL) // articles are left for the next look, which must see the feed again
		}
	}
	return out, nil
}

// articles adds the texts of new items' articles. On a first look none is new: it is the baseline. It reports whether some are left
// for the next look.
func (s *Source) articles(ctx context.Context, f *fetch.Session, items []diff.NewsItem) (left bool) {
	old, first := f.Mark(markSeen), f.Mark(markSeen) == ""
	seen := strings.Fields(old)
	slices.Sort(seen)
	kept := make([]string, 0, len(items))
	reader := articleReader{session: f, agent: s.o.Agent, robots: map[string]robots{}}
	fetched := 0
	for i := range items {
		short := shortID(items[i].ID)
		if _, was := slices.BinarySearch(seen, short); was || first || len(items[i].Links) == 0 {
			kept = append(kept, short)
			continue
		}
		if fetched++; fetched > s.o.MaxArticles {
			left = true
			continue
		}
		kept = append(kept, short)
		text, err := reader.read(ctx, items[i].Links[0])
		if err != nil {
			s.o.Log.Info("article not read", "feed", s.o.Name, "link", f.Shown(items[i].Links[0]), "error", err)
			continue
		}
		if len(text) > len(items[i].Text) {
			items[i].Text = text
		}
	}
	f.SetMark(markSeen, strings.Join(append(kept, "-"), " ")) // never empty: an empty mark is a first look
	return left
}

// shortID is enough of an ID to tell the items of one feed apart.
func shortID(id string) string { return id[max(0, len(id)-10):] }
