package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
)

// enricher stands between the two halves: it adds to Changes what of ours they touch, and to Cases what the press says of them. What it
// cannot add in time is not waited for: a Change is told without.
type enricher struct {
	db       *store.DB
	screener *screener
	press    *press
	now      func() time.Time
	log      *slog.Logger
}

func newEnricher(c *config.Config, db *store.DB, now func() time.Time, log *slog.Logger) (*enricher, error) {
	e := &enricher{db: db, screener: newScreener(c, db, now), press: newPress(c, db, now), now: now, log: log}
	_, err := e.screener.refresh()
	for _, f := range e.screener.files {
		for _, p := range f.problems {
			log.Warn("a row of the counterparties", "file", f.Name, "where", p.Where, "problem", p.Text)
		}
	}
	return e, err
}

// run enriches every Change that waits for it, and reads the news.
func (e *enricher) run(ctx context.Context) error {
	changes, err := e.db.Unenriched(ctx)
	if err != nil {
		return err
	}
	moved, refreshErr := e.screener.refresh()
	errs := []error{refreshErr, e.ourOwnChanged(ctx, moved), e.press.read(ctx), e.press.relate(ctx, changes)}
	return errors.Join(append(errs, e.hits(ctx, changes))...)
}

// hits stores for each Change which of ours it touches. Where screening fails, nothing is stored and the Change is told without when
// its wait is over.
func (e *enricher) hits(ctx context.Context, changes []notify.PendingChange) error {
	if len(changes) == 0 {
		return nil
	}
	entries := make([]diff.Entry, len(changes))
	for i, c := range changes {
		entries[i] = entryOf(c.Change)
	}
	found, err := e.screener.touched(ctx, entries)
	if err != nil {
		return fmt.Errorf("screen our counterparties: %w", err)
	}
	for i, c := range changes {
		if err := e.db.SaveEnrichment(ctx, c.ID, c.Revision, found[i], e.now()); err != nil {
			return err
		}
	}
	return nil
}

// entryOf is the entry that a Change is about, as it is now, or as it was where it is gone.
func entryOf(c diff.Change) diff.Entry {
	for _, e := range []*diff.Entry{c.Entry, c.After, c.Before} {
		if e != nil {
			entry := *e
			entry.EntryID = c.EntryID
			return entry
		}
	}
	return diff.Entry{List: c.List, Key: c.Key, EntryID: c.EntryID, Name: c.Name, Country: c.Country}
}

// ourOwnChanged screens the counterparties of files that were edited against everything in force, and tells the operators what is new in
// them. The lists have not changed, so there is no Case to tell of.
func (e *enricher) ourOwnChanged(ctx context.Context, files []*ours) error {
	var errs []error
	for _, f := range files {
		hits, err := e.screener.newcomers(ctx, f)
		if err != nil {
			errs = append(errs, fmt.Errorf("counterparties %s: %w", f.Name, err))
			continue
		}
		e.log.Info("counterparties were read again", "file", f.Name, "parties", f.parties.Len(), "problems", len(f.problems), "new hits", len(hits))
		if len(hits) > 0 {
			errs = append(errs, e.db.Notify(ctx, newcomersNotice(f, hits, e.now())))
		}
	}
	return errors.Join(errs...)
}
