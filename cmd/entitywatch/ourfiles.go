package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/web"
)

// checkFiles reads each file of counterparties as the daemon would, and says what it holds. A row that is not read
// needs a human; a file that cannot be read is a mistake in the config.
func (a *app) checkFiles(out io.Writer, c *config.Config) error {
	var errs []error
	var problems []diff.Problem
	for _, f := range filesOf(c) {
		l, err := enrich.Load(f, a.now())
		if err != nil {
			errs = append(errs, fmt.Errorf("counterparties %s: %w", f.Name, err))
			continue
		}
		fmt.Fprintf(out, "\ncounterparties %s: %s in %s", f.Name, amount(l.Parties.Len(), "party", "parties"), f.File)
		if l.Owners != nil {
			fmt.Fprintf(out, ", %s in %s", amount(len(l.Owners.Stakes()), "stake", "stakes"), f.Owners)
		}
		fmt.Fprintln(out)
		writeProblems(out, "", l.Problems)
		problems = append(problems, l.Problems...)
	}
	if err := errors.Join(errs...); err != nil {
		return &exitError{exitUsage, err}
	}
	return orHuman(nil, diff.NeedsHuman(problems))
}

// ourFiles is how the config's files of counterparties did when the daemon read them, and how many of them need a look.
func ourFiles(ctx context.Context, db *store.DB, c *config.Config) (files []store.OurFile, ill int, err error) {
	all, err := db.OurFiles(ctx)
	for _, f := range filesOf(c) {
		for _, known := range all {
			if known.Name != f.Name {
				continue
			}
			files = append(files, known)
			if known.Broken != "" || known.Unread > 0 {
				ill++
			}
		}
	}
	return files, ill, err
}

// shownFiles are the config's files of counterparties of which health has something to say.
func shownFiles(ctx context.Context, db *store.DB, c *config.Config) (shown []web.File, err error) {
	shown = []web.File{}
	files, _, err := ourFiles(ctx, db, c)
	for _, f := range files {
		s := web.File{Name: f.Name, Text: notify.Clean(f.Note)}
		switch {
		case f.Broken != "":
			s.Ill, s.Text = true, "cannot be read: "+notify.Clean(f.Broken)
		case f.Unread > 0:
			s.Ill, s.Text = true, amount(f.Unread, "row was not read", "rows were not read")+": "+notify.Clean(f.Problem)
		}
		if s.Text != "" {
			shown = append(shown, s)
		}
	}
	return shown, err
}

func ourFileLines(f store.OurFile) func(io.Writer) {
	return func(w io.Writer) {
		fmt.Fprintf(w, "counterparties %s (%s): %s, as read %s\n", f.Name, f.File,
			amount(f.Parties, "party is screened", "parties are screened"), instant(f.ReadAt))
		if f.Broken != "" {
			fmt.Fprintf(w, "    has been UNREADABLE since %s: %s\n", instant(f.BrokenSince), notify.Clean(f.Broken))
		}
		if f.Unread > 0 {
			fmt.Fprintf(w, "    %s, and nobody in %s is screened: %s\n",
				amount(f.Unread, "row was not read", "rows were not read"),
				map[bool]string{true: "it", false: "them"}[f.Unread == 1], notify.Clean(f.Problem))
		}
		if f.Note != "" {
			fmt.Fprintf(w, "    note: %s\n", notify.Clean(f.Note))
		}
	}
}
