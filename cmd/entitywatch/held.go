package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"entitywatch/notify"
	"entitywatch/store"
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
			fmt.Fprintf(w, "%s: a later text of %s has not been believed since %s: %s\n    what was told of it stands, and it is "+
				"read again; compare it "+
				"with the document yourself\n", h.Source, notify.Clean(h.Act), since, notify.Clean(h.Reason))
			return
		}
		if h.Entry == nil {
			fmt.Fprintf(w, "%s: the %s has been held since %s: %s\n    let it through: entitywatch release %s\n", h.Source,
				h.List.Title(), since, notify.Clean(h.Reason), h.Source)
			return
		}
		fmt.Fprintf(w, "%s: %s [%s, %s] has been missing since %s, and no rule removes it\n    accept that it is gone: "+
			"entitywatch release %s\n",
			h.Source, notify.Clean(h.Entry.Name), h.List.Title(), notify.Clean(h.Entry.Country), since, h.Entry.EntryID)
	}
}
