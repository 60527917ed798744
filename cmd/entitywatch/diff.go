package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"entitywatch/diff"
)

func (a *app) diffCommand() *cobra.Command {
	var editorial, asJSON bool
	cmd := &cobra.Command{
		Use:   "diff KIND OLD NEW",
		Short: "Show the Changes between two files of one list source",
		Long: "Show the Changes between two files of one list source. A sub-list that vanished, or that shrank\n" +
			"beyond belief, is held: it is reported as a problem and yields no removals.\n\n" +
			"KIND is one of: " + strings.Join(kinds(), ", "),
		Args: exactly(3),
		RunE: func(_ *cobra.Command, args []string) error {
			before, err := a.readLists(args[0], args[1])
			if err != nil {
				return err
			}
			after, err := a.readLists(args[0], args[2])
			if err != nil {
				return err
			}
			return a.printer(asJSON).differences(compareAll(before, after), editorial)
		},
	}
	cmd.Flags().BoolVar(&editorial, "editorial", false, "also differences of punctuation, spacing and markup")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (a *app) readLists(kind, path string) ([]diff.Snapshot, error) {
	if slices.Contains([]string{"federal-register", "public-inspection", "news"}, kind) {
		return nil, usage("%s shows no list, so it has no state to compare with", kind)
	}
	read, err := a.read(kind, path, diff.ReadOptions{AsOf: dayOf(path)})
	if err != nil {
		return nil, err
	}
	return read.snapshots, nil
}

// differences is what two readings of one source differ in.
type differences struct {
	changes  []diff.Change
	held     []diff.ListID // lists whose new reading is not believed
	problems []diff.Problem
}

func compareAll(before, after []diff.Snapshot) differences {
	var d differences
	news := map[diff.ListID]diff.Snapshot{}
	for _, s := range after {
		news[s.List] = s
	}
	for _, old := range before {
		s, shown := news[old.List]
		if !shown {
			s = diff.Snapshot{List: old.List, Complete: true}
		}
		d.compare(old, s)
		delete(news, old.List)
	}
	for _, s := range after {
		if _, first := news[s.List]; first {
			d.compare(diff.Snapshot{List: s.List, Complete: true}, s)
		}
	}
	return d
}

func (d *differences) compare(old, new diff.Snapshot) {
	facts := diff.Facts(old)
	if doubts := diff.CheckPlausible(&facts, new, believable(len(old.Entries))); len(doubts) > 0 {
		d.held = append(d.held, new.List)
		for _, doubt := range doubts {
			d.problems = append(d.problems, diff.Problem{Kind: diff.Surprise, Where: string(new.List), Text: "held: " +
				doubt.Reason})
		}
		return
	}
	c := diff.Compare(old, new)
	d.changes = append(d.changes, c.Changes...)
	d.problems = append(d.problems, c.Problems...)
}

// Below tinyList a share says nothing: of ten entries, three may well go on one day. Below smallList a third may, and
// not half.
const tinyList, smallList = 20, 100

// believable is what two given files may differ in. It is laxer than what a daemon believes, since a person chose the
// files.
func believable(entries int) diff.Plausible {
	switch {
	case entries < tinyList:
		return diff.Plausible{MaxShrink: 0.999, MaxFillDrop: 0.999}
	case entries < smallList:
		return diff.Plausible{MaxShrink: 0.34, MaxFillDrop: 0.50}
	}
	return diff.Plausible{MaxShrink: 0.10}
}
