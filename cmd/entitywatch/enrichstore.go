package main

import (
	"context"
	"time"

	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/watcher"
)

// enrichStore gives the database to package enrich in that package's own words.
type enrichStore struct{ *store.DB }

func (s enrichStore) Unenriched(ctx context.Context) (changes []diff.Change, err error) {
	waiting, err := s.DB.Unenriched(ctx)
	for _, c := range waiting {
		changes = append(changes, c.Change)
	}
	return changes, err
}

func (s enrichStore) SaveHits(ctx context.Context, c diff.Change, hits []enrich.Hit, at time.Time) error {
	out := make([]notify.Hit, len(hits))
	for i, h := range hits {
		out[i] = notifyHit(h)
	}
	return s.SaveEnrichment(ctx, c.ID, c.Revision, out, at)
}

func notifyHit(h enrich.Hit) notify.Hit {
	return notify.Hit{
		Counterparties: h.Counterparties, ID: h.ID, Name: h.Name, Match: h.Match, Score: h.Score, MatchedOn: h.MatchedOn, Reason: h.Reason,
	}
}

func (s enrichStore) Dismissals(ctx context.Context) (out []enrich.Dismissal, err error) {
	all, err := s.DB.Dismissals(ctx)
	for _, d := range all {
		out = append(out, enrich.Dismissal{Counterparty: d.Counterparty, EntryID: d.EntryID, PartyPrint: d.PartyPrint, EntryPrint: d.EntryPrint})
	}
	return out, err
}

func (s enrichStore) SaveFile(ctx context.Context, f enrich.FileState) error {
	return s.SaveOurFile(ctx, store.OurFile(f))
}

func (s enrichStore) FileStates(ctx context.Context) (all []enrich.FileState, err error) {
	files, err := s.OurFiles(ctx)
	for _, f := range files {
		all = append(all, enrich.FileState(f))
	}
	return all, err
}

func (s enrichStore) Tell(ctx context.Context, n enrich.Notice) error {
	return s.Notify(ctx, notify.Notice(n))
}

func (s enrichStore) MovedSince(ctx context.Context, version int64, before, day diff.Date) (enrich.Moved, error) {
	m, err := s.DB.MovedSince(ctx, version, before, day)
	return enrich.Moved(m), err
}

func (s enrichStore) ChangesSince(ctx context.Context, since time.Time) (changes []diff.Change, err error) {
	stored, err := s.History(ctx, store.HistoryFilter{Since: since})
	for _, c := range stored {
		if c.Retracted == "" {
			changes = append(changes, c.Change)
		}
	}
	return changes, err
}

func (s enrichStore) SaveCaseNews(ctx context.Context, caseID string, r enrich.Report, at time.Time) error {
	return s.DB.SaveCaseNews(ctx, caseID, newsRef(r), at)
}

func (s enrichStore) SaveNewsAlert(ctx context.Context, a enrich.Alert, at time.Time) error {
	return s.DB.SaveNewsAlert(ctx, notify.PendingNews{
		Item: newsRef(a.Report), Lists: a.Lists, Listing: a.Listing, Reported: a.Reported,
	}, at)
}

func newsRef(r enrich.Report) notify.NewsRef {
	return notify.NewsRef{ID: r.ID, Feed: r.Feed, Title: r.Title, URL: r.URL, Also: r.Also, Published: r.Published, Names: r.Names}
}

func (s enrichStore) Cases(ctx context.Context, f func(enrich.Cases) error) error {
	return s.Maintain(ctx, func(tx watcher.Tx) error { return f(caseTx{tx}) })
}

// caseTx is a transaction as package enrich sees it.
type caseTx struct{ watcher.Tx }

func (tx caseTx) AddStage(caseID string, at time.Time, source string, recorded time.Time) error {
	_, err := tx.Tx.AddStage(watcher.StageMark{Case: caseID, Stage: diff.Reported, At: at, Source: source, RecordedAt: recorded, Silent: true})
	return err
}
