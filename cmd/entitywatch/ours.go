package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/screen"
	"entitywatch/store"
)

// ours are the counterparties of one configured file, as last read.
type ours struct {
	config.Counterparties
	parties  *screen.Counterparties
	owners   *screen.Owners
	problems []diff.Problem
	stamp    string            // of both files: size and time of the last change
	known    map[string]string // what each party looked like when it was last screened, by id
}

// load reads the files again where they changed, and says whether they did. A file that cannot be read leaves what was read before.
func (o *ours) load() (changed bool, err error) {
	stamp := fileStamp(o.File) + fileStamp(o.Owners)
	if stamp == o.stamp {
		return false, nil
	}
	parties, rows, err := readFile(o.File, func(f *os.File) (*screen.Counterparties, []screen.RowError, error) {
		return screen.ReadCounterparties(f, screen.ReadOptions{Watch: true})
	})
	if err != nil {
		return false, err
	}
	problems := rowProblems(o.File, rows)
	var owners *screen.Owners
	if o.Owners != "" {
		var rows []screen.RowError
		if owners, rows, err = readFile(o.Owners, func(f *os.File) (*screen.Owners, []screen.RowError, error) { return screen.ReadOwners(f) }); err != nil {
			return false, err
		}
		problems = append(problems, rowProblems(o.Owners, rows)...)
	}
	if o.parties == nil {
		o.known = prints(parties)
	}
	o.parties, o.owners, o.problems, o.stamp = parties, owners, problems, stamp
	return true, nil
}

func readFile[T any](path string, read func(*os.File) (T, []screen.RowError, error)) (value T, rows []screen.RowError, err error) {
	f, err := os.Open(path)
	if err != nil {
		return value, nil, err
	}
	defer f.Close()
	value, rows, err = read(f)
	if err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return value, rows, err
}

func fileStamp(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "missing " + path
	}
	return fmt.Sprintf("%d@%d ", info.Size(), info.ModTime().UnixNano())
}

// screener finds which of ours a few entries touch. It keeps the files loaded, and the weights of words that the whole lists give.
type screener struct {
	files     []*ours
	ownership config.Ownership
	db        *store.DB
	now       func() time.Time
	weights   *screen.Weights
	weighed   time.Time
}

// weightsLast is how long the weights of words are kept: lists move slowly, and a score should not move with them.
const weightsLast = 24 * time.Hour

func newScreener(c *config.Config, db *store.DB, now func() time.Time) *screener {
	s := &screener{ownership: c.Ownership, db: db, now: now}
	for _, f := range c.Counterparties {
		s.files = append(s.files, &ours{Counterparties: f})
	}
	return s
}

// refresh reads changed files and returns those that did change after they had been read before. One bad file stops no other.
func (s *screener) refresh() (changed []*ours, err error) {
	var errs []error
	for _, f := range s.files {
		first := f.parties == nil
		again, err := f.load()
		if err != nil {
			errs = append(errs, fmt.Errorf("counterparties %s: %w", f.Name, err))
			continue
		}
		if again && !first {
			changed = append(changed, f)
		}
	}
	return changed, errors.Join(errs...)
}

// touched are the hits of our parties among entries, by the entry's index.
func (s *screener) touched(ctx context.Context, entries []diff.Entry) (map[int][]notify.Hit, error) {
	if len(s.files) == 0 || len(entries) == 0 {
		return nil, nil
	}
	if err := s.weigh(ctx); err != nil {
		return nil, err
	}
	dismissed, err := s.db.Dismissals(ctx)
	if err != nil {
		return nil, err
	}
	out := map[int][]notify.Hit{}
	for _, f := range s.files {
		if f.parties == nil {
			continue
		}
		hits, err := f.parties.Touched(ctx, entries, s.weights, f.Threshold)
		if err != nil {
			return nil, err
		}
		owned, err := s.affiliates(ctx, f, entries)
		if err != nil {
			return nil, err
		}
		for _, h := range append(hits, owned...) {
			if !silenced(dismissed, f, h, entries[h.Entry]) {
				out[h.Entry] = append(out[h.Entry], told(f.Name, h))
			}
		}
	}
	for i := range out {
		slices.SortStableFunc(out[i], func(a, b notify.Hit) int { return int(1e6 * (b.Score - a.Score)) })
	}
	return out, nil
}

// weigh takes the weights of words from all lists in force.
func (s *screener) weigh(ctx context.Context) error {
	if s.weights != nil && s.now().Sub(s.weighed) < weightsLast {
		return nil
	}
	all, err := entriesInForce(ctx, s.db, diff.DateOf(s.now()))
	if err != nil {
		return err
	}
	s.weights, s.weighed = screen.NewIndex(all, screen.Options{}).Weights(), s.now()
	return nil
}

func told(file string, h screen.Hit) notify.Hit {
	return notify.Hit{
		Counterparties: file, ID: h.ID, Name: h.Query, Match: h.Match, Score: h.Score, MatchedOn: h.MatchedOn, Reason: strings.Join(h.Reasons, "; "),
	}
}

// silenced reports whether a person has found that the pair are two parties, and neither has changed since.
func silenced(dismissed []store.Dismissal, f *ours, h screen.Hit, e diff.Entry) bool {
	party := f.parties.At(h.Counterparty)
	return slices.ContainsFunc(dismissed, func(d store.Dismissal) bool {
		return d.Counterparty == f.Name+"/"+party.ID && d.EntryID == e.EntryID && d.PartyPrint == partyPrint(party) && d.EntryPrint == entryPrint(e)
	})
}

// partyPrint changes with everything about a counterparty that screening looks at.
func partyPrint(c screen.Counterparty) string {
	return diff.HashID("pty", append([]string{c.Name, c.Country, c.Address}, c.Aliases...)...)
}

// entryPrint changes with a substantive change of an entry, and with no editorial one.
func entryPrint(e diff.Entry) string {
	parts := []string{e.Name, e.Country, e.LicenseRequirement}
	for _, list := range [][]string{e.Aliases, e.WeakAliases, e.FormerNames, e.Addresses} {
		folded := make([]string, len(list))
		for i, s := range list {
			folded[i] = diff.Normalise(s)
		}
		slices.Sort(folded)
		parts = append(parts, strings.Join(folded, "\x1e"))
	}
	for i := range parts[:3] {
		parts[i] = diff.Normalise(parts[i])
	}
	return diff.HashID("prt", parts...)
}
