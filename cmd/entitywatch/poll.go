package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/watcher"
)

// pollPatience is how long a single poll tries a delivery again; what then still fails waits for the next one.
const pollPatience = 30 * time.Second

func (a *app) pollCommand() *cobra.Command {
	var sources []string
	var dry, asJSON, verbose bool
	cmd := &cobra.Command{
		Use:   "poll",
		Short: "Look once at each due source, or at the named ones, then send what there is to tell",
		Args:  noWords,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			for _, s := range sources {
				if !slices.Contains(allSources(c), s) {
					return usage("no source is called %q; %s", s, config.DidYouMean(s, allSources(c)))
				}
			}
			level := slog.LevelWarn
			if verbose {
				level = slog.LevelDebug
			}
			stdout := a.stdout
			if asJSON || dry {
				stdout = io.Discard
			}
			e, err := build(cmd.Context(), c, parts{scrub: a.scrub, stdout: stdout, color: isTerminal(stdout),
				log: a.logger(level)})
			if err != nil {
				return err
			}
			return errors.Join(a.poll(cmd.Context(), e, sources, dry, asJSON), e.Close())
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&sources, "source", nil, "only this source; may be given several times")
	f.BoolVar(&dry, "dry-run", false, "store and send nothing; print what would have been")
	f.BoolVar(&asJSON, "json", false, "one JSON object a line")
	f.BoolVarP(&verbose, "verbose", "v", false, "log every request")
	return cmd
}

func (a *app) poll(ctx context.Context, e *engine, sources []string, dry, asJSON bool) error {
	p := a.printer(asJSON)
	if dry {
		report, err := e.watcher.DryRun(ctx, sources...)
		return errors.Join(p.looks(report, true), err)
	}
	report, err := e.round(ctx, pollPatience, sources...)
	return errors.Join(p.looks(report, asJSON), err)
}

// looks prints what came of each look; the Changes too where nothing else shows them.
func (p *printer) looks(r watcher.Report, changes bool) error {
	outcomes := map[string]int{}
	total := 0
	var failed error
	for _, l := range r.Looks {
		outcomes[l.Outcome]++
		for _, c := range l.Changes {
			total++
			if !changes {
				continue
			}
			if err := p.one(c, changeLines(c)); err != nil {
				return err
			}
		}
		if err := p.one(map[string]any{"look": l.Source, "outcome": l.Outcome, "reason": l.Reason, "changes": len(l.Changes),
			"news": l.News}, func(w io.Writer) {
			fmt.Fprintf(w, "%s: %s %s\n", l.Source, l.Outcome, notify.Clean(l.Reason))
		}); err != nil {
			return err
		}
		switch l.Outcome {
		case string(watcher.Failed):
			failed = &exitError{code: exitFailed}
		case string(watcher.Held), string(watcher.Partly):
			failed = cmp.Or(failed, error(errNeedsHuman))
		}
	}
	s := summary{Count: total, Extra: map[string]any{"looks": outcomes}}
	return errors.Join(p.summary(s, func(w io.Writer) {
		if len(r.Looks) == 0 {
			fmt.Fprintln(w, "no source is due yet; --source NAME looks at one all the same")
			return
		}
		fmt.Fprintf(w, "%s; looks: %s\n", amount(total, "change", "changes"), orNone(counts(outcomes)))
	}), failed)
}
