package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/watcher"
)

func (a *app) heldCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "held",
		Short: "List what is held: answers and texts that are not believed, and entries that vanished without a rule",
		Args:  noWords,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withDatabase(cmd.Context(), func(db *store.DB) error {
				holds, err := db.Holds(cmd.Context())
				if err != nil {
					return err
				}
				return a.printer(asJSON).holds(holds)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (p *printer) holds(holds []store.Hold) error {
	for _, h := range holds {
		if err := p.one(h, holdLines(h)); err != nil {
			return err
		}
	}
	return p.summary(summary{Count: len(holds)}, func(w io.Writer) {
		if len(holds) == 0 {
			fmt.Fprintln(w, "nothing is held")
		}
	})
}

func holdLines(h store.Hold) func(io.Writer) {
	return func(w io.Writer) {
		since := instant(h.Since)
		if h.Act != "" {
			fmt.Fprintf(w, "%s: a later text of %s is not believed since %s: %s\n    what was told of it stands, and it is read again; compare it "+
				"with the document yourself\n", h.Source, notify.Clean(h.Act), since, notify.Clean(h.Reason))
			return
		}
		if h.Entry == nil {
			fmt.Fprintf(w, "%s: the %s is held since %s: %s\n    let it through: entitywatch release %s\n", h.Source, h.List.Title(), since, notify.Clean(h.Reason), h.Source)
			return
		}
		fmt.Fprintf(w, "%s: %s [%s, %s] is missing since %s, and no rule removes it\n    accept that it is gone: entitywatch release %s\n",
			h.Source, notify.Clean(h.Entry.Name), h.List.Title(), notify.Clean(h.Entry.Country), since, h.Entry.EntryID)
	}
}

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
			if err := errors.Join(known("list", diff.Lists(), lists...), known("change", diff.ChangeKinds(), kinds...), notNegative("limit", f.Limit)); err != nil {
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

func (a *app) explainCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "explain CHANGE",
		Short: "Say of every rule why it matches a Change, or why not",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			rules, err := rulesOf(c)
			if err != nil {
				return err
			}
			return a.withDatabase(cmd.Context(), func(db *store.DB) error { return a.explain(cmd.Context(), db, rules, args[0], asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (a *app) explain(ctx context.Context, db *store.DB, rules []notify.Rule, id string, asJSON bool) error {
	readings, err := db.Revisions(ctx, id)
	if err != nil {
		return err
	}
	if len(readings) == 0 {
		return fmt.Errorf("there is no Change %q; `entitywatch history` lists them", id)
	}
	hits, err := db.Hits(ctx, id)
	if err != nil {
		return err
	}
	p := a.printer(asJSON)
	for _, x := range notify.Explain(rules, readings[len(readings)-1].Change, notify.MatchContext{Hits: hits}) {
		if err := p.one(x, explanationLines(x)); err != nil {
			return err
		}
	}
	return nil
}

func explanationLines(x notify.Explanation) func(io.Writer) {
	return func(w io.Writer) {
		verdict := "does not match"
		if x.Matched {
			verdict = "matches"
		}
		fmt.Fprintf(w, "%s %s\n", x.Rule, verdict)
		for _, r := range x.Reasons {
			fmt.Fprintf(w, "    %s\n", notify.Clean(r))
		}
	}
}

func (a *app) doctorCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say how every source does, what it showed last, and whether the records hold together",
		Args:  noWords,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			return a.withDatabase(cmd.Context(), func(db *store.DB) error { return a.doctor(cmd.Context(), db, c, asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (a *app) doctor(ctx context.Context, db *store.DB, c *config.Config, asJSON bool) error {
	if err := db.Damage(ctx); err != nil {
		return err // what else would be said could not be trusted
	}
	all, err := a.judged(ctx, db, c)
	if err != nil {
		return err
	}
	p := a.printer(asJSON)
	trouble := 0
	for _, s := range all {
		if s.Health != watcher.OK && s.Health != watcher.Dropped {
			trouble++
		}
		if err := p.one(statusJSON(s), statusLines(s)); err != nil {
			return err
		}
	}
	files, ill, err := ourFiles(ctx, db, c)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := p.one(f, ourFileLines(f)); err != nil {
			return err
		}
	}
	out, err := undeliverable(ctx, db, c)
	if err != nil {
		return err
	}
	low := store.Cramped(c.Database, a.room, false)
	audited, _, err := db.VerifyAudit(ctx)
	broken := ""
	if chain, ok := errors.AsType[*store.BrokenChain](err); ok {
		broken = chain.Error()
	} else if err != nil {
		return err
	}
	s := summary{Count: len(all), Extra: map[string]any{
		"in_trouble": trouble, "files_in_trouble": ill, "dead_deliveries": out.dead, "stranded_deliveries": out.stranded,
		"paused_channels": out.paused, "failing_channels": out.silent, "unheard": out.unheard, "audited": audited, "audit_broken": broken, "disk": low,
	}}
	err = p.summary(s, func(w io.Writer) {
		if low != "" {
			fmt.Fprintf(w, "\nTHE DISK IS NEARLY FULL: %s\n", low)
		}
		fmt.Fprintf(w, "\n%d of %d sources need a look; %d deliveries were given up; %d audited decisions", trouble, len(all), out.dead, audited)
		if broken != "" {
			fmt.Fprintf(w, "\nTHE AUDIT TRAIL IS BROKEN: %s\n", broken)
			return
		}
		fmt.Fprintln(w, ", their chain is whole")
		out.print(w)
	})
	return orHuman(err, trouble+ill > 0 || out.trouble() || broken != "" || low != "")
}
