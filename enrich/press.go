package enrich

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"entitywatch/diff"
	"entitywatch/screen/mention"
)

const (
	pressDays = 14 // how many days a report and a Case may lie apart and still belong together
	storyDays = 3  // how long a story that one feed brought is the same in another
)

// press is what reading the news needs, and when it last closed what nobody confirmed.
type press struct {
	store     Press
	now       func() time.Time
	threshold float64
	closed    time.Time
}

// read searches the reports that nobody has searched yet.
func (e *Enricher) read(ctx context.Context) error {
	p := e.press
	items, err := p.store.UnscannedNews(ctx)
	if err != nil || len(items) == 0 {
		return errors.Join(err, p.closeOld(ctx))
	}
	var recent []party
	err = p.store.ChangesSince(ctx, p.now().AddDate(0, 0, -pressDays), func(c diff.Change) { recent = append(recent, partyOf(c)) })
	if err != nil {
		return err
	}
	known, err := p.knownBefore(ctx, items)
	if err != nil {
		return err
	}
	scan, err := within(ctx, e.guard, e.Limits.All, "make the lists findable in texts", func(ctx context.Context) (*scanners, error) {
		lists, err := e.memory.current(ctx)
		if err != nil {
			return nil, err
		}
		defer e.memory.large(ctx)()
		return newScanners(lists, recent, p.threshold), nil
	})
	if err != nil {
		return err
	}
	var errs []error
	for _, story := range Stories(known, items) {
		if ctx.Err() != nil {
			break
		}
		errs = append(errs, e.story(ctx, story, scan, recent))
	}
	return errors.Join(errs...)
}

// story searches one story and stores what it says. One that cannot be searched is named to the operators and not tried again; one that
// could not be stored stays unsearched.
func (e *Enricher) story(ctx context.Context, story Story, scan *scanners, recent []party) error {
	p := e.press
	read, err := within(ctx, e.guard, e.Limits.One, "search a report", func(context.Context) (reportRead, error) { return e.search(story.Item, scan), nil })
	switch {
	case givenUp(err):
		e.Log.Error("a report could not be searched", "report", story.Item.Title, "feed", story.Item.Feed, "err", err)
		err = e.Store.Tell(ctx, Notice{
			ID: diff.HashID("ntc", "news", story.Item.ID), Kind: "problem", Subject: "News from " + story.Item.Feed, At: e.Now(),
			Text: fmt.Sprintf("A report could not be searched for listed parties and is passed over: %q: %s", story.Item.Title, firstLine(err)),
		})
	case err == nil:
		err = p.keep(ctx, story.Item, read, recent)
	}
	if err != nil {
		return err
	}
	return p.store.MarkScanned(ctx, p.now(), story.IDs...)
}

// party is what of a Change a text is searched for, and what tells whose Change it is.
type party struct {
	entry diff.Entry // slim
	list  diff.ListID
	key   string
	of    string // the Case
}

func partyOf(c diff.Change) party { return party{Slim(entryOf(c)), c.List, c.Key, c.Case} }

func entriesOf(parties []party) []diff.Entry {
	entries := make([]diff.Entry, len(parties))
	for i := range parties {
		entries[i] = parties[i].entry
	}
	return entries
}

// scanners find the entries in force, and those that were so until lately.
type scanners struct {
	inForce *Lists
	lately  *mention.Scanner
	options mention.ScanOptions
}

func newScanners(lists *Lists, recent []party, threshold float64) *scanners {
	o := mention.ScanOptions{Threshold: threshold}
	lists.Scan("", o) // what a text is searched with is made now, and not in the time that one report has
	return &scanners{lists, mention.NewScanner(entriesOf(recent), o), o}
}

func (s *scanners) scan(text string) []mention.Mention {
	mentions := s.inForce.Scan(text, s.options)
	for _, m := range s.lately.Scan(text) {
		if !slices.ContainsFunc(mentions, m.Within) {
			mentions = append(mentions, m)
		}
	}
	return mentions
}

// reportRead is what a report says.
type reportRead struct {
	mentions []mention.Mention
	talk     Talk
}

func readReport(item diff.NewsItem, scan *scanners) reportRead {
	text := Text(item)
	return reportRead{scan.scan(text), ListingTalk(text)}
}

// knownBefore are the reports of the last days without the new ones.
func (p *press) knownBefore(ctx context.Context, fresh []diff.NewsItem) ([]diff.NewsItem, error) {
	all, err := p.store.NewsSince(ctx, p.now().AddDate(0, 0, -storyDays))
	isNew := map[string]bool{}
	for _, item := range fresh {
		isNew[item.ID] = true
	}
	return slices.DeleteFunc(all, func(item diff.NewsItem) bool { return isNew[item.ID] }), err
}

// keep stores what a report says.
func (p *press) keep(ctx context.Context, item diff.NewsItem, read reportRead, recent []party) error {
	report := reportOf(item, read.mentions)
	cases := casesOf(read.mentions, recent)
	for _, id := range cases {
		if err := p.store.SaveCaseNews(ctx, id, report, p.now()); err != nil {
			return err
		}
	}
	listing := len(cases) == 0 && opensCase(read.talk, read.mentions)
	if listing {
		if err := p.openReported(ctx, item, unlisted(read.talk, read.mentions)); err != nil {
			return err
		}
	}
	if len(read.mentions) == 0 && !listing {
		return nil
	}
	alert := Alert{Report: report, Lists: listsOf(read.mentions), Listing: listing}
	if listing {
		alert.Reported = unlisted(read.talk, read.mentions)
	}
	return p.store.SaveNewsAlert(ctx, alert, p.now())
}

// relate attaches to the Cases of new Changes what the press said of their parties in the days before.
func (e *Enricher) relate(ctx context.Context, waiting []Reading) error {
	p := e.press
	if !e.Options.Press {
		return nil
	}
	items, err := p.store.NewsSince(ctx, p.now().AddDate(0, 0, -pressDays))
	if err != nil || len(items) == 0 {
		return err
	}
	changes, err := e.parties(ctx, waiting)
	if err != nil {
		return err
	}
	type related struct {
		story    Story
		mentions []mention.Mention
	}
	found, err := within(ctx, e.guard, e.Limits.Many, "search the reports of the last days", func(ctx context.Context) ([]related, error) {
		scanner := mention.NewScanner(entriesOf(changes), mention.ScanOptions{Threshold: p.threshold})
		var out []related
		for _, story := range Stories(nil, items) {
			if mentions := scanner.Scan(Text(story.Item)); len(mentions) > 0 {
				out = append(out, related{story, mentions})
			}
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
		}
		return out, nil
	})
	errs := []error{err}
	for _, r := range found {
		for _, id := range casesOf(r.mentions, changes) {
			errs = append(errs, p.store.SaveCaseNews(ctx, id, reportOf(r.story.Item, r.mentions), p.now()))
			for _, report := range r.story.IDs {
				errs = append(errs, p.confirmReported(ctx, id, diff.NewsItem{ID: report, Feed: r.story.Item.Feed}))
			}
		}
	}
	return errors.Join(errs...)
}

// parties are those of Changes, of which no more than a few are read at once.
func (e *Enricher) parties(ctx context.Context, of []Reading) (all []party, err error) {
	for some := range slices.Chunk(of, atOnce) {
		changes, err := e.Store.Readings(ctx, some...)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			all = append(all, partyOf(c))
		}
	}
	return all, nil
}

// Text is what of a report is searched.
func Text(item diff.NewsItem) string {
	return item.Title + ".\n" + item.Summary + "\n" + item.Text
}

func reportOf(item diff.NewsItem, mentions []mention.Mention) Report {
	r := Report{ID: item.ID, Feed: item.Feed, Title: item.Title, Published: item.Published}
	if len(item.Links) > 0 {
		r.URL, r.Also = item.Links[0], item.Links[1:]
	}
	for _, m := range mentions {
		if !slices.Contains(r.Names, m.Name) {
			r.Names = append(r.Names, m.Name)
		}
	}
	return r
}

func listsOf(mentions []mention.Mention) []diff.ListID {
	lists := []diff.ListID{}
	for _, m := range mentions {
		if !slices.Contains(lists, m.List) {
			lists = append(lists, m.List)
		}
	}
	return lists
}

// casesOf are the Cases whose parties a report names.
func casesOf(mentions []mention.Mention, changes []party) []string {
	var cases []string
	for _, c := range changes {
		named := slices.ContainsFunc(mentions, func(m mention.Mention) bool {
			return m.List == c.list && (m.Key == c.key || slices.Contains(m.Also, c.key))
		})
		if named && c.of != "" && !slices.Contains(cases, c.of) {
			cases = append(cases, c.of)
		}
	}
	return cases
}
