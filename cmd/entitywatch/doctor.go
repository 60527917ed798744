package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"entitywatch/config"
	"entitywatch/store"
	"entitywatch/watcher"
)

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

// diagnosis is how everything does, beside what is said of each source and file.
type diagnosis struct {
	sources, trouble int
	ill              int // files of ours that cannot be read
	out              outboxTrouble
	low              string // of the disk
	audited          int64
	broken           string // the audit trail
}

func (d diagnosis) needsHuman() bool {
	return d.trouble+d.ill > 0 || d.out.trouble() || d.broken != "" || d.low != ""
}

func (a *app) doctor(ctx context.Context, db *store.DB, c *config.Config, asJSON bool) (err error) {
	if err := db.Damage(ctx); err != nil {
		return err // what else would be said could not be trusted
	}
	p := a.printer(asJSON)
	d := diagnosis{low: store.Cramped(c.Database, a.room, false)}
	if d.sources, d.trouble, err = a.doctorSources(ctx, db, c, p); err != nil {
		return err
	}
	if d.ill, err = doctorFiles(ctx, db, c, p); err != nil {
		return err
	}
	if d.out, err = undeliverable(ctx, db, c); err != nil {
		return err
	}
	d.audited, _, err = db.VerifyAudit(ctx)
	if chain, ok := errors.AsType[*store.BrokenChain](err); ok {
		d.broken = chain.Error()
	} else if err != nil {
		return err
	}
	return orHuman(p.diagnosis(d), d.needsHuman())
}

func (a *app) doctorSources(ctx context.Context, db *store.DB, c *config.Config, p *printer) (n, trouble int,
	err error) {
	all, err := a.judged(ctx, db, c)
	for _, s := range all {
		if s.Health != watcher.OK && s.Health != watcher.Dropped {
			trouble++
		}
		if err := p.one(statusJSON(s), statusLines(s)); err != nil {
			return 0, 0, err
		}
	}
	return len(all), trouble, err
}

func doctorFiles(ctx context.Context, db *store.DB, c *config.Config, p *printer) (ill int, err error) {
	files, ill, err := ourFiles(ctx, db, c)
	for _, f := range files {
		if err := p.one(f, ourFileLines(f)); err != nil {
			return 0, err
		}
	}
	return ill, err
}

func (p *printer) diagnosis(d diagnosis) error {
	s := summary{Count: d.sources, Extra: map[string]any{
		"in_trouble": d.trouble, "files_in_trouble": d.ill, "dead_deliveries": d.out.dead,
		"stranded_deliveries": d.out.stranded,
		"paused_channels":     d.out.paused, "failing_channels": d.out.silent, "unheard": d.out.unheard,
		"audited": d.audited, "audit_broken": d.broken, "disk": d.low,
	}}
	return p.summary(s, func(w io.Writer) {
		if d.low != "" {
			fmt.Fprintf(w, "\nTHE DISK IS NEARLY FULL: %s\n", d.low)
		}
		fmt.Fprintf(w, "\n%d of %d sources need a look; %d deliveries were given up; %d audited decisions",
			d.trouble, d.sources, d.out.dead, d.audited)
		if d.broken != "" {
			fmt.Fprintf(w, "\nTHE AUDIT TRAIL IS BROKEN: %s\n", d.broken)
			return
		}
		fmt.Fprintln(w, ", their chain is whole")
		d.out.print(w)
	})
}
