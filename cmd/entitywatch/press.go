package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/screen"
	"entitywatch/store"
	"entitywatch/watcher/news"
)

// pressDays is how many days a report and a Case may lie apart and still belong together.
const pressDays = 14

// press reads the news: which listed parties a report names, which Case it belongs to, and whether it speaks of a listing to come.
type press struct {
	db        *store.DB
	now       func() time.Time
	threshold float64
	enabled   bool // a news source is configured
	closed    time.Time
}

func newPress(c *config.Config, db *store.DB, now func() time.Time) *press {
	enabled := slices.ContainsFunc(c.Sources, func(s config.Source) bool { return s.Kind == "news" })
	return &press{db: db, now: now, threshold: float64(c.Mentions.Threshold), enabled: enabled}
}

// read searches the reports that nobody has searched yet.
func (p *press) read(ctx context.Context) error {
	if !p.enabled {
		return nil
	}
	items, err := p.db.UnscannedNews(ctx)
	if err != nil || len(items) == 0 {
		return errors.Join(err, p.closeOld(ctx))
	}
	recent, err := p.recentChanges(ctx)
	if err != nil {
		return err
	}
	entries, err := entriesInForce(ctx, p.db, diff.DateOf(p.now()))
	if err != nil {
		return err
	}
	for _, c := range recent {
		entries = append(entries, entryOf(c))
	}
	known, err := p.knownBefore(ctx, items)
	if err != nil {
		return err
	}
	scanner := screen.NewScanner(entries, screen.ScanOptions{Threshold: p.threshold})
	var errs []error
	for _, story := range news.Stories(known, items) {
		if err := p.one(ctx, story.Item, scanner, recent); err != nil {
			errs = append(errs, err) // it stays unsearched and is tried again
			continue
		}
		errs = append(errs, p.db.MarkScanned(ctx, p.now(), story.IDs...))
	}
	return errors.Join(errs...)
}

// storyDays is how long a story that one feed brought is the same in another.
const storyDays = 3

// knownBefore are the reports of the last days without the new ones.
func (p *press) knownBefore(ctx context.Context, fresh []diff.NewsItem) ([]diff.NewsItem, error) {
	all, err := p.db.NewsSince(ctx, p.now().AddDate(0, 0, -storyDays))
	isNew := map[string]bool{}
	for _, item := range fresh {
		isNew[item.ID] = true
	}
	return slices.DeleteFunc(all, func(item diff.NewsItem) bool { return isNew[item.ID] }), err
}

// recentChanges are the Changes of Cases that a report of today may be about.
func (p *press) recentChanges(ctx context.Context) ([]diff.Change, error) {
	stored, err := p.db.History(ctx, store.HistoryFilter{Since: p.now().AddDate(0, 0, -pressDays)})
	var out []diff.Change
	for _, s := range stored {
		if s.Retracted == "" {
			out = append(out, s.Change)
		}
	}
	return out, err
}

func (p *press) one(ctx context.Context, item diff.NewsItem, scanner *screen.Scanner, recent []diff.Change) error {
	text := textOf(item)
	mentions := scanner.Scan(text)
	ref := refOf(item, mentions)
	cases := casesOf(mentions, recent)
	for _, id := range cases {
		if err := p.db.SaveCaseNews(ctx, id, ref, p.now()); err != nil {
			return err
		}
	}
	talk := news.ListingTalk(text)
	listing := len(cases) == 0 && opensCase(talk, mentions)
	if listing {
		if err := p.openReported(ctx, item, talk); err != nil {
			return err
		}
	}
	if len(mentions) == 0 && !listing {
		return nil
	}
	return p.db.SaveNewsAlert(ctx, notify.PendingNews{Item: ref, Lists: listsOf(mentions), Listing: listing}, p.now())
}

// relate attaches to the Cases of new Changes what the press said of their parties in the days before.
func (p *press) relate(ctx context.Context, changes []notify.PendingChange) error {
	if !p.enabled || len(changes) == 0 {
		return nil
	}
	items, err := p.db.NewsSince(ctx, p.now().AddDate(0, 0, -pressDays))
	if err != nil || len(items) == 0 {
		return err
	}
	entries, plain := make([]diff.Entry, len(changes)), make([]diff.Change, len(changes))
	for i, c := range changes {
		entries[i], plain[i] = entryOf(c.Change), c.Change
	}
	scanner := screen.NewScanner(entries, screen.ScanOptions{Threshold: p.threshold})
	var errs []error
	for _, story := range news.Stories(nil, items) {
		mentions := scanner.Scan(textOf(story.Item))
		for _, id := range casesOf(mentions, plain) {
			errs = append(errs, p.db.SaveCaseNews(ctx, id, refOf(story.Item, mentions), p.now()))
			for _, report := range story.IDs {
				errs = append(errs, p.confirmReported(ctx, id, diff.NewsItem{ID: report, Feed: story.Item.Feed}))
			}
		}
	}
	return errors.Join(errs...)
}

func textOf(item diff.NewsItem) string {
	return item.Title + ".\n" + item.Summary + "\n" + item.Text
}

func refOf(item diff.NewsItem, mentions []screen.Mention) notify.NewsRef {
	ref := notify.NewsRef{ID: item.ID, Feed: item.Feed, Title: item.Title, Published: item.Published}
	if len(item.Links) > 0 {
		ref.URL, ref.Also = item.Links[0], item.Links[1:]
	}
	for _, m := range mentions {
		if !slices.Contains(ref.Names, m.Name) {
			ref.Names = append(ref.Names, m.Name)
		}
	}
	return ref
}

func listsOf(mentions []screen.Mention) []diff.ListID {
	lists := []diff.ListID{}
	for _, m := range mentions {
		if !slices.Contains(lists, m.List) {
			lists = append(lists, m.List)
		}
	}
	return lists
}

// casesOf are the Cases whose parties a report names.
func casesOf(mentions []screen.Mention, changes []diff.Change) []string {
	var cases []string
	for _, c := range changes {
		named := slices.ContainsFunc(mentions, func(m screen.Mention) bool {
			return m.List == c.List && (m.Key == c.Key || slices.Contains(m.Also, c.Key))
		})
		if named && c.Case != "" && !slices.Contains(cases, c.Case) {
			cases = append(cases, c.Case)
		}
	}
	return cases
}
