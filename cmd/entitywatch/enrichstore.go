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

var _ enrich.Store = enrichStore{}

// Unenriched names the Changes, oldest first, of which nobody has said yet whom of ours they touch.
func (s enrichStore) Unenriched(ctx context.Context) ([]enrich.Reading, error) {
	waiting, err := s.DB.Unenriched(ctx)
	out := make([]enrich.Reading, len(waiting))
	for i, r := range waiting {
		out[i] = enrich.Reading(r)
	}
	return out, err
}

// Readings are some of those Changes.
func (s enrichStore) Readings(ctx context.Context, of ...enrich.Reading) ([]diff.Change, error) {
	in := make([]notify.Reading, len(of))
	for i, r := range of {
		in[i] = notify.Reading(r)
	}
	return s.DB.Readings(ctx, in...)
}

// SaveHits stores whom of ours readings of Changes touch, and that it was looked at.
func (s enrichStore) SaveHits(ctx context.Context, at time.Time, found ...enrich.Found) error {
	out := make([]notify.Enrichment, len(found))
	for i, f := range found {
		out[i] = notify.Enrichment{Reading: notify.Reading(f.Reading), Hits: make([]notify.Hit, len(f.Hits))}
		for j, h := range f.Hits {
			out[i].Hits[j] = notifyHit(h)
		}
	}
	return s.SaveEnrichments(ctx, at, out...)
}

func notifyHit(h enrich.Hit) notify.Hit {
	return notify.Hit{
		Counterparties: h.Counterparties, ID: h.ID, Name: h.Name, Match: h.Match, Score: h.Score, MatchedOn: h.MatchedOn,
		Reason: h.Reason,
	}
}

// Dismissals are the pairs of counterparty and entry that a person has said are not the same party.
func (s enrichStore) Dismissals(ctx context.Context) (out []enrich.Dismissal, err error) {
	all, err := s.DB.Dismissals(ctx)
	for _, d := range all {
		out = append(out, enrich.Dismissal{Counterparty: d.Counterparty, EntryID: d.EntryID, PartyPrint: d.PartyPrint,
			EntryPrint: d.EntryPrint})
	}
	return out, err
}

// SaveFile notes how a file of counterparties does.
func (s enrichStore) SaveFile(ctx context.Context, f enrich.FileState) error {
	return s.SaveOurFile(ctx, store.OurFile(f))
}

// FileStates are how the files of counterparties did when they were last read, before a restart too.
func (s enrichStore) FileStates(ctx context.Context) (all []enrich.FileState, err error) {
	files, err := s.OurFiles(ctx)
	for _, f := range files {
		all = append(all, enrich.FileState(f))
	}
	return all, err
}

// Tell tells the operators, once for each id.
func (s enrichStore) Tell(ctx context.Context, n enrich.Notice) error {
	return s.Notify(ctx, notify.Notice(n))
}

// MovedSince are the entries whose place in the lists moved after a version of the state, or by the calendar between
// two days of law.
func (s enrichStore) MovedSince(ctx context.Context, version int64, before, day diff.Date) (enrich.Moved, error) {
	m, err := s.DB.MovedSince(ctx, version, before, day)
	return enrich.Moved(m), err
}

// ChangesSince gives f the Changes recorded from an instant on that still stand.
func (s enrichStore) ChangesSince(ctx context.Context, since time.Time, f func(diff.Change)) error {
	return s.EachChange(ctx, store.HistoryFilter{Since: since}, func(c watcher.StoredChange) {
		if c.Retracted == "" {
			f(c.Change)
		}
	})
}

// SaveCaseNews puts a report to a Case, to be told with it.
func (s enrichStore) SaveCaseNews(ctx context.Context, caseID string, r enrich.Report, at time.Time) error {
	return s.DB.SaveCaseNews(ctx, caseID, newsRef(r), at)
}

// SaveNewsAlert stores a report that is to be told by itself.
func (s enrichStore) SaveNewsAlert(ctx context.Context, a enrich.Alert, at time.Time) error {
	return s.DB.SaveNewsAlert(ctx, notify.PendingNews{
		Item: newsRef(a.Report), Lists: a.Lists, Listing: a.Listing, Reported: a.Reported,
	}, at)
}

func newsRef(r enrich.Report) notify.NewsRef {
	return notify.NewsRef{ID: r.ID, Feed: r.Feed, Title: r.Title, URL: r.URL, Also: r.Also, Published: r.Published,
		Names: r.Names}
}

// Cases runs f in one transaction over the Cases that reports belong to.
func (s enrichStore) Cases(ctx context.Context, f func(enrich.Cases) error) error {
	return s.Maintain(ctx, func(tx watcher.Tx) error { return f(caseTx{tx}) })
}

// caseTx is a transaction as package enrich sees it.
type caseTx struct{ watcher.Tx }

// AddStage marks that a Case was reported in the news, which nobody is told of by itself.
func (tx caseTx) AddStage(caseID string, at time.Time, source string, recorded time.Time) error {
	_, err := tx.Tx.AddStage(watcher.StageMark{Case: caseID, Stage: diff.Reported, At: at, Source: source,
		RecordedAt: recorded, Silent: true})
	return err
}
