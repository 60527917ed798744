package enrich

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"entitywatch/diff"
	"entitywatch/screen/ours"
)

// Options are what an Enricher is made of.
type Options struct {
	Store     Store
	Files     []File
	Ownership ours.Ownership
	Press     bool    // a news source is configured
	Mention   float64 // least confidence of a mention in the news
	Line      func(Hit) string
	Turn      func(context.Context) (done func()) // waits while others are at work on much memory; nil waits for nobody
	Now       func() time.Time                    // the scenario's clock, or the real one
	Log       *slog.Logger
	Limits    Limits // zero: those of DefaultLimits
}

// Limits are the times that works may take, in real time. A Change is told without hits after two minutes, so there is no sense in trying for
// longer.
type Limits struct {
	All   time.Duration // reading the lists or a file, screening the newcomers of a file
	Many  time.Duration // some Changes together
	One   time.Duration // one Change, one report
	Grace time.Duration // that a work has besides to heed its end; what has not ended then is left behind
}

// DefaultLimits are those of the daemon.
func DefaultLimits() Limits {
	return Limits{All: 90 * time.Second, Many: 30 * time.Second, One: 10 * time.Second, Grace: time.Second}
}

// Enricher adds hits to Changes and news to Cases. Its two turns may run at the same time, each by one caller.
type Enricher struct {
	Options
	memory *memory
	ours   []*ourFile
	press  *press
	guard  *guard
	direct directHits
	loaded sync.Once
	failed map[Reading]bool // Changes that were given up: they are told without hits

	// What is done with items; a test puts in its place what does not end.
	touch  func(context.Context, *searcher, []diff.Entry) (map[int][]Hit, error)
	search func(diff.NewsItem, *scanners) reportRead
}

const (
	atOnce   = 100 // Changes that are searched for together
	mostLeft = 6   // works that may be left behind: an item that never ends leaves two, one with others and one by itself
)

// New makes an Enricher. Nothing is read yet.
func New(o Options) *Enricher {
	if o.Limits == (Limits{}) {
		o.Limits = DefaultLimits()
	}
	e := &Enricher{
		Options: o, guard: &guard{most: mostLeft, grace: o.Limits.Grace}, failed: map[Reading]bool{},
		touch: func(ctx context.Context, s *searcher, entries []diff.Entry) (map[int][]Hit, error) {
			return s.touched(ctx, entries)
		}, search: readReport,
	}
	e.memory = newMemory(o.Store, o.Now, o.Turn)
	for _, f := range o.Files {
		e.ours = append(e.ours, &ourFile{File: f})
	}
	e.press = &press{store: o.Store, now: o.Now, threshold: o.Mention}
	return e
}

// Lists are the lists in force as they are searched.
func (e *Enricher) Lists(ctx context.Context) (*Lists, error) {
	return within(ctx, e.guard, e.Limits.All, "read the lists in force", e.memory.current)
}

// Changes enriches every Change that waits for it. What cannot be searched for is left, and told without hits when its wait is over.
func (e *Enricher) Changes(ctx context.Context) error {
	waiting, err := e.Store.Unenriched(ctx)
	if err != nil {
		return err
	}
	if waiting = slices.DeleteFunc(waiting, func(r Reading) bool { return e.failed[r] }); len(waiting) == 0 {
		return nil
	}
	errs := []error{e.relate(ctx, waiting)}
	search, err := e.searcher(ctx)
	if errors.Is(err, errNothingRead) { // the operators know; the file may be whole again before the wait is over
		e.Log.Warn("changes wait for counterparties that can be read", "changes", len(waiting))
		return errors.Join(errs...)
	}
	if err != nil {
		return errors.Join(append(errs, e.paused(ctx, err), fmt.Errorf("screen our counterparties: %w", err))...)
	}
	for some := range slices.Chunk(waiting, atOnce) {
		if ctx.Err() != nil {
			break
		}
		changes, err := e.Store.Readings(ctx, some...)
		if err == nil && len(changes) > 0 {
			err = e.hits(ctx, search, changes)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

var errNothingRead = errors.New("no file of counterparties could be read")

// searcher is what is searched with now; nil where nothing is configured that could be touched.
func (e *Enricher) searcher(ctx context.Context) (*searcher, error) {
	if len(e.ours) == 0 {
		return nil, nil
	}
	e.loaded.Do(func() { e.begin(ctx) })
	s := &searcher{ownership: e.Ownership, day: diff.DateOf(e.Now()), direct: &e.direct}
	for _, o := range e.ours {
		if l := o.inUse(); l != nil {
			s.files = append(s.files, l)
		}
	}
	if len(s.files) == 0 {
		return nil, errNothingRead
	}
	var err error
	if s.dismissed, err = e.Store.Dismissals(ctx); err != nil {
		return nil, err
	}
	s.lists, err = e.Lists(ctx)
	return s, err
}

// hits searches for a few Changes together and stores what they touch. Where that fails, each is searched for by itself, so that the
// one that cannot be searched for is known, and keeps no other back.
func (e *Enricher) hits(ctx context.Context, s *searcher, changes []diff.Change) error {
	found, err := e.screen(ctx, s, e.Limits.Many, changes)
	if err == nil || ctx.Err() != nil {
		return errors.Join(err, e.save(ctx, changes, found))
	}
	if len(changes) == 1 {
		return e.giveUp(ctx, changes[0], err)
	}
	e.Log.Warn("some changes could not be screened together; each is tried by itself", "changes", len(changes), "err", err)
	var errs []error
	for _, c := range changes {
		if found, err = e.screen(ctx, s, e.Limits.One, []diff.Change{c}); err != nil {
			errs = append(errs, e.giveUp(ctx, c, err))
			continue
		}
		errs = append(errs, e.save(ctx, []diff.Change{c}, found))
	}
	return errors.Join(errs...)
}

func (e *Enricher) screen(ctx context.Context, s *searcher, limit time.Duration, changes []diff.Change) (map[int][]Hit, error) {
	if s == nil {
		return nil, nil
	}
	return within(ctx, e.guard, limit, "screen our counterparties", func(ctx context.Context) (map[int][]Hit, error) {
		entries := make([]diff.Entry, len(changes))
		for i, c := range changes {
			entries[i] = entryOf(c)
		}
		return e.touch(ctx, s, entries)
	})
}

func (e *Enricher) save(ctx context.Context, changes []diff.Change, found map[int][]Hit) error {
	if ctx.Err() != nil {
		return nil //nolint:nilerr // the turn was ended; the next one finds them
	}
	all := make([]Found, len(changes))
	for i, c := range changes {
		all[i] = Found{readingOf(c), found[i]}
	}
	return e.Store.SaveHits(ctx, e.Now(), all...)
}

// giveUp notes a Change that cannot be searched for, and tells the operators which one it is. An error that may pass is only reported:
// the next turn tries again.
func (e *Enricher) giveUp(ctx context.Context, c diff.Change, err error) error {
	if !givenUp(err) {
		return errors.Join(fmt.Errorf("change %s: %w", c.ID, err), e.paused(ctx, err))
	}
	e.failed[readingOf(c)] = true
	e.Log.Error("a change could not be screened", "change", c.ID, "name", c.Name, "err", err)
	return e.Store.Tell(ctx, Notice{
		ID: diff.HashID("ntc", "enrichment", fmt.Sprintf("%s@%d", c.ID, c.Revision)), Kind: "problem", Subject: "Screening", At: e.Now(),
		Text: fmt.Sprintf("Our counterparties could not be screened against %s (%s, change %s): %s. It is told without hits; look by hand: entitywatch screen --db",
			c.Name, c.List.Title(), c.ID, firstLine(err)),
	})
}

// paused tells the operators, once a day, where nothing is screened any more because too much has not ended.
func (e *Enricher) paused(ctx context.Context, err error) error {
	if !errors.Is(err, errTooMany) {
		return nil
	}
	return e.Store.Tell(ctx, Notice{
		ID: diff.HashID("ntc", "enrichment", "paused", string(diff.DateOf(e.Now()))), Kind: "problem", Subject: "Screening", At: e.Now(),
		Text: "Counterparties and news are not screened any more, as too much earlier work has not ended. Alerts go out without hits. Restart the daemon.",
	})
}
