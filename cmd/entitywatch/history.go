package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/watcher"
)

func (a *app) historyCommand() *cobra.Command {
	var f store.HistoryFilter
	var lists, kinds []string
	var since string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List what changed, oldest first",
		Args:  noWords,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := errors.Join(known("list", diff.Lists(), lists...), known("change", diff.ChangeKinds(), kinds...),
				notNegative("limit", f.Limit)); err != nil {
				return err
			}
			for _, l := range lists {
				f.Lists = append(f.Lists, diff.ListID(l))
			}
			for _, k := range kinds {
				f.Kinds = append(f.Kinds, diff.ChangeKind(k))
			}
			if since != "" {
				day, err := diff.ParseDate(since)
				if err != nil {
					return usage("--since: %v", err)
				}
				f.Since = day.Time()
			}
			return a.withDatabase(cmd.Context(), func(db *store.DB) error {
				all, err := db.History(cmd.Context(), f)
				if err == nil && len(all) == 0 && f.Source != "" {
					err = a.knownSource(cmd.Context(), db, f.Source)
				}
				if err != nil {
					return err
				}
				return a.printer(asJSON).history(all)
			})
		},
	}
	fl := cmd.Flags()
	fl.StringSliceVar(&lists, "list", nil, "only these lists")
	fl.StringSliceVar(&kinds, "change", nil, "only these: added, removed, amended, renamed, discrepancy")
	fl.StringVar(&f.Source, "source", "", "only what a source showed")
	fl.StringVar(&f.Act, "act", "", "only what a document did, by its number")
	fl.StringVar(&f.Case, "case", "", "only a case")
	fl.StringVar(&f.Entry, "entry", "", "only an entry, by id or key")
	fl.StringVar(&f.Name, "name", "", "only names that contain this")
	fl.StringVar(&since, "since", "", "only what was noticed since a day, 2006-01-02")
	fl.BoolVar(&f.Editorial, "editorial", false, "also differences of punctuation, spacing and markup")
	fl.BoolVar(&f.Revisions, "revisions", false, "every reading of a Change, not only the last")
	fl.IntVar(&f.Limit, "limit", 0, "only the newest")
	fl.BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (p *printer) history(all []watcher.StoredChange) error {
	s := summary{ByCountry: map[string]int{}, ByList: map[diff.ListID]int{}}
	for _, c := range all {
		s.add(c.Change)
		if err := p.one(c.Change, historyLine(c)); err != nil {
			return err
		}
	}
	return p.summary(s, func(w io.Writer) { fmt.Fprintf(w, "\n%s\n", amount(len(all), "change", "changes")) })
}

func historyLine(c watcher.StoredChange) func(io.Writer) {
	return func(w io.Writer) {
		what := string(c.Change.Change)
		if c.Retracted != "" {
			what += ", taken back"
		}
		by := c.Change.Act
		if by == "" {
			by = c.Change.Source
		}
		where := []string{c.Change.List.Title(), notify.Clean(c.Change.Country)}
		if where[1] == "" { // most lists have no headings by country
			where = where[:1]
		}
		fmt.Fprintf(w, "%s  %-10s %s  [%s]  %s  %s\n", instant(c.Change.DetectedAt), what, notify.Clean(c.Change.Name),
			strings.Join(where, ", "), by, c.Change.ID)
	}
}
