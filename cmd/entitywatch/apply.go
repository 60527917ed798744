package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"entitywatch/diff"
)

func (a *app) applyCommand() *cobra.Command {
	var bases []string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "apply --base KIND:FILE ACT",
		Short: "Show the Changes that one act makes to a base state",
		Args:  exactly(1),
		RunE: func(_ *cobra.Command, args []string) error {
			state, err := a.state(bases)
			if err != nil {
				return err
			}
			read, err := a.read(actKind(args[0]), args[0], diff.ReadOptions{})
			if err != nil {
				return err
			}
			if len(read.acts) != 1 {
				return usage("%s holds %d acts; apply takes one", args[0], len(read.acts))
			}
			return a.printer(asJSON).application(read.acts[0], diff.Apply(state, read.acts[0]))
		},
	}
	cmd.Flags().StringArrayVar(&bases, "base", nil, "KIND:FILE of the state before; may be given for several lists")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	needs(cmd, "base")
	return cmd
}

// actKind tells a public-inspection text from the published XML or JSON by the file's name.
func actKind(path string) string {
	if name := strings.TrimSuffix(path, ".gz"); strings.HasSuffix(name, ".txt") {
		return "public-inspection"
	}
	return "federal-register"
}

// state makes one state of the lists in several KIND:FILE.
func (a *app) state(specs []string) (diff.State, error) {
	var state diff.State
	for _, spec := range specs {
		snapshots, err := a.listsOf(spec)
		if err != nil {
			return state, err
		}
		for _, s := range snapshots {
			// the comparison with nothing gives each entry its id
			state.Entries = append(state.Entries, diff.Compare(diff.Snapshot{List: s.List}, s).Entries...)
		}
	}
	return state, nil
}

// listsOf reads the lists of one KIND:FILE.
func (a *app) listsOf(spec string) ([]diff.Snapshot, error) {
	kind, path, ok := strings.Cut(spec, ":")
	if !ok {
		return nil, usage("%q is not KIND:FILE, say ecfr-entity-list:part-744.xml", spec)
	}
	return a.readLists(kind, path)
}

func (p *printer) application(act diff.Act, result diff.Application) error {
	s := summary{ByCountry: map[string]int{}, ByList: map[diff.ListID]int{}, Act: &act, Declared: act.Declared}
	s.Problems = append(append(s.Problems, act.Problems...), result.Problems...)
	kinds := map[diff.ChangeKind]int{}
	for _, c := range result.Changes {
		if err := p.one(c, changeLines(c)); err != nil {
			return err
		}
		s.add(c)
		kinds[c.Change]++
		s.Problems = append(s.Problems, about(c.Name, c.Problems)...)
	}
	s.Extra = map[string]any{"by_change": kinds}
	err := p.summary(s, func(w io.Writer) {
		fmt.Fprintf(w, "\n%s makes %s: %s\n", act.DocumentNumber, amount(s.Count, "change", "changes"), orNone(counts(kinds)))
		writeProblems(w, "", s.Problems)
	})
	return orHuman(err, diff.NeedsHuman(s.Problems))
}
