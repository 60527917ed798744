package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/notify"
	"entitywatch/screen/match"
	"entitywatch/screen/ours"
)

type screenOptions struct {
	lists         []string
	useDB, asJSON bool
	names, owners string
	threshold     float64
}

func (a *app) screenCommand() *cobra.Command {
	var o screenOptions
	cmd := &cobra.Command{
		Use:   "screen --list KIND:FILE… | --db, --names FILE.csv",
		Short: "Screen counterparties against lists, best first, with the reasons",
		Args:  noWords,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.screen(cmd.Context(), o) },
	}
	f := cmd.Flags()
	a.listFlags(cmd, &o.lists, &o.useDB)
	f.StringVar(&o.names, "names", "",
		"CSV of our parties: id,name[,country][,address][,aliases separated by ;]; may be gzip")
	f.StringVar(&o.owners, "owners", "", "CSV of stakes: id,owner_id|owner_name,percent")
	f.Float64Var(&o.threshold, "threshold", match.DefaultThreshold, "least score, 0–1")
	f.BoolVar(&o.asJSON, "json", false, "one JSON object a line")
	needs(cmd, "names")
	return cmd
}

func (a *app) screen(ctx context.Context, o screenOptions) error {
	if o.threshold < 0 || o.threshold > 1 {
		return usage("--threshold %v is outside 0–1", o.threshold)
	}
	entries, err := a.entriesOf(ctx, o.lists, o.useDB)
	if err != nil {
		return err
	}
	parties, problems, err := a.counterparties(o.names)
	if err != nil {
		return err
	}
	index := match.NewIndex(entries, match.Options{})
	hits, err := parties.Screen(ctx, index, o.threshold, 0, a.progress("screened", parties.Len()))
	if err != nil {
		return err
	}
	if o.owners != "" {
		owned, rows, err := a.affiliates(o, parties, hits, index)
		if err != nil {
			return err
		}
		hits, problems = append(hits, owned...), append(problems, rows...)
	}
	bestFirst(hits)
	return a.printer(o.asJSON).hits(hits, parties.Len(), len(entries), problems)
}

// counterparties reads one file; rows that could not be read come back as problems.
func (a *app) counterparties(path string) (*ours.Counterparties, []diff.Problem, error) {
	f, err := a.open(path, false)
	if err != nil {
		return nil, nil, fmt.Errorf("counterparties: %w", err)
	}
	defer f.Close()
	parties, rows, err := ours.ReadCounterparties(f, ours.ReadOptions{Progress: a.progress("read", 0)})
	if err != nil {
		return nil, nil, fmt.Errorf("counterparties: %s: %w", path, err)
	}
	return parties, enrich.Problems(filepath.Base(path), rows), nil
}

// progress redraws a counter on a terminal; elsewhere it is silent.
func (a *app) progress(verb string, of int) func(int) {
	if !isTerminal(a.stderr) {
		return nil
	}
	return func(n int) {
		if of > 0 {
			fmt.Fprintf(a.stderr, "\r%s %d of %d ", verb, n, of)
			return
		}
		fmt.Fprintf(a.stderr, "\r%s %d rows ", verb, n)
	}
}

func (p *printer) hits(hits []match.Hit, parties, entries int, problems []diff.Problem) error {
	s := summary{ByList: map[diff.ListID]int{}, Count: len(hits), Problems: problems}
	for _, h := range hits {
		s.ByList[h.List]++
		if err := p.one(h, hitLines(h)); err != nil {
			return err
		}
	}
	s.Extra = map[string]any{"counterparties": parties, "entries": entries}
	err := p.summary(s, func(w io.Writer) {
		fmt.Fprintf(w, "\n%d hits of %d counterparties against %d entries\n", len(hits), parties, entries)
		writeProblems(w, "", problems)
	})
	return orHuman(err, diff.NeedsHuman(problems))
}

func hitLines(h match.Hit) func(io.Writer) {
	return func(w io.Writer) {
		fmt.Fprintf(w, "%.3f  %s (%s)  ~  %s  [%s, %s]\n", h.Score, notify.Clean(h.Query), notify.Clean(h.ID),
			notify.Clean(h.Match), h.List.Title(), notify.Clean(h.Country))
		if h.Match != h.Name {
			fmt.Fprintf(w, "       the %s of %s\n", h.MatchedOn, notify.Clean(h.Name))
		}
		for _, r := range h.Reasons {
			fmt.Fprintf(w, "       %s\n", notify.Clean(r))
		}
	}
}
