package enrich

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/match"
)

// Background does what nobody waits for: it reads counterparty files that were edited, screens what is new in them, and reads the news.
func (e *Enricher) Background(ctx context.Context) error {
	first := false
	e.loaded.Do(func() { first = true; e.begin(ctx) })
	if !first {
		e.refresh(ctx)
	}
	errs := []error{e.keepReady(ctx), e.newcomers(ctx)}
	if e.Options.Press {
		errs = append(errs, e.read(ctx))
	}
	return errors.Join(errs...)
}

// keepReady brings the lists up to date where something is screened against them, so that no Change and nobody who asks waits for it.
func (e *Enricher) keepReady(ctx context.Context) error {
	if len(e.ours) == 0 {
		return nil
	}
	_, err := e.Lists(ctx)
	return err
}

// begin reads the files for the first time. Every file takes up how it did before this process: what was told then must find its end.
func (e *Enricher) begin(ctx context.Context) {
	all, err := e.Store.FileStates(ctx)
	if err != nil && ctx.Err() == nil {
		e.Log.Error("how the counterparties did before is not known", "err", err)
	}
	for _, before := range all {
		for _, o := range e.ours {
			if o.Name == before.Name {
				o.recall(before)
			}
		}
	}
	e.refresh(ctx)
}

// refresh reads the files that were edited. What cannot be read stays as it was; the operators hear of it, and of rows not taken.
func (e *Enricher) refresh(ctx context.Context) {
	for _, o := range e.ours {
		if !o.edited() {
			continue
		}
		stamp := o.stamp()
		l, err := within(ctx, e.guard, e.Limits.All, "read the counterparties "+o.Name, func(context.Context) (*Loaded, error) { return Load(o.File, e.Now()) })
		if ctx.Err() != nil {
			return
		}
		n, tell := o.take(l, err, stamp, e.Now())
		if err := e.Store.SaveFile(ctx, o.state()); err != nil {
			e.Log.Error("how the counterparties do could not be noted", "file", o.Name, "err", err)
		}
		if err != nil {
			e.Log.Error("counterparties cannot be read", "file", o.Name, "err", firstLine(err))
		} else {
			e.Log.Info("counterparties were read", "file", o.Name, "parties", l.Parties.Len(), "problems", len(l.Problems))
		}
		for _, p := range problemsOf(l) {
			e.Log.Warn("a row of the counterparties", "file", o.Name, "where", p.Where, "problem", p.Text)
		}
		if tell {
			if err := e.Store.Tell(ctx, n); err != nil {
				e.Log.Error("the operators could not be told", "notice", n.Text, "err", err)
			}
		}
	}
}

func problemsOf(l *Loaded) []diff.Problem {
	if l == nil {
		return nil
	}
	return l.Problems[:min(len(l.Problems), mostRows)]
}

// newcomers screens the counterparties that are new in an edited file, or changed, against everything in force, and tells the operators
// what they resemble. The lists have not changed, so there is no Case to tell of.
func (e *Enricher) newcomers(ctx context.Context) error {
	var errs []error
	for _, o := range e.ours {
		l := o.inUse()
		if l == nil || o.screened == l.Parties {
			continue
		}
		hits, err := within(ctx, e.guard, e.Limits.All, "screen the newcomers of "+o.Name, func(ctx context.Context) ([]Hit, error) {
			return e.hitsOfNewcomers(ctx, l, l.Parties.Newcomers(o.screened))
		})
		if err != nil && !givenUp(err) {
			errs = append(errs, fmt.Errorf("counterparties %s: %w", o.Name, err))
			continue
		}
		o.screened = l.Parties
		e.Log.Info("counterparties were screened", "file", o.Name, "new hits", len(hits))
		switch {
		case err != nil:
			errs = append(errs, e.Store.Tell(ctx, Notice{
				ID: diff.HashID("ntc", "counterparties", o.Name, "newcomers", l.stamp), Kind: "problem", Subject: o.subject(), At: e.Now(),
				Text: "What is new in the file could not be screened: " + firstLine(err) + ". Look by hand: entitywatch screen --db --names " + o.File.File,
			}))
		case len(hits) > 0:
			errs = append(errs, e.Store.Tell(ctx, e.newcomersNotice(o, hits)))
		}
	}
	return errors.Join(errs...)
}

func (e *Enricher) hitsOfNewcomers(ctx context.Context, l *Loaded, rows []int) ([]Hit, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	lists, err := e.memory.current(ctx)
	if err != nil {
		return nil, err
	}
	dismissed, err := e.Store.Dismissals(ctx)
	if err != nil {
		return nil, err
	}
	query := func(i int) match.Query { return queryOf(l.Parties.At(rows[i])) }
	hits, err := lists.SearchAll(ctx, len(rows), query, l.Threshold, 5, nil)
	var out []Hit
	for _, h := range hits {
		if !silenced(dismissed, l.Name, l.Parties.At(rows[h.Counterparty]), lists.Entry(h.Entry)) {
			out = append(out, told(l.Name, h))
		}
	}
	return out, err
}

// mostNewcomers are told by name in one notice.
const mostNewcomers = 40

func (e *Enricher) newcomersNotice(o *ourFile, hits []Hit) Notice {
	lines := map[string]bool{}
	for _, h := range hits {
		lines[e.Line(h)] = true
	}
	sorted := slices.Sorted(maps.Keys(lines))
	text := strings.Join(sorted[:min(len(sorted), mostNewcomers)], "\n")
	if more := len(sorted) - mostNewcomers; more > 0 {
		text += fmt.Sprintf("\nand %d more: entitywatch screen --db --names %s", more, o.File.File)
	}
	return Notice{
		ID: diff.HashID("ntc", "counterparties", o.Name, text), Kind: "counterparties", Subject: o.Name,
		Text: "New or changed counterparties resemble listed parties:\n" + text, At: e.Now(),
	}
}

// firstLine is an error without the stack that a panic brings.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
