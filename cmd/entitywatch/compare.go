package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"entitywatch/notify"
	"entitywatch/screen/match"
)

// pairScore is how alike two names are.
type pairScore struct {
	Name1   string   `json:"name1"`
	Name2   string   `json:"name2"`
	Score   float64  `json:"score"`
	Reasons []string `json:"reasons"`
}

func (a *app) compareCommand() *cobra.Command {
	var pairs string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "compare NAME NAME | --pairs FILE.csv",
		Short: "Say how alike two names are (0–1), and why",
		Args:  atMost(2),
		RunE: func(_ *cobra.Command, args []string) error {
			p := a.printer(asJSON)
			switch {
			case pairs != "" && len(args) > 0:
				return usage("give two names, or --pairs, not both")
			case pairs != "":
				return a.comparePairs(pairs, p)
			case len(args) != 2:
				return usage("compare takes two names, or --pairs FILE.csv")
			case strings.TrimSpace(args[0]) == "" || strings.TrimSpace(args[1]) == "":
				return usage("a name is empty; compare takes two names")
			}
			return p.pair(args[0], args[1])
		},
	}
	cmd.Flags().StringVar(&pairs, "pairs", "", "CSV with the columns name1,name2: one result a row, in order")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (p *printer) pair(a, b string) error {
	s := match.Compare(a, b)
	result := pairScore{Name1: a, Name2: b, Score: s.Value, Reasons: s.Reasons}
	if result.Reasons == nil {
		result.Reasons = []string{}
	}
	return p.one(result, func(w io.Writer) {
		fmt.Fprintf(w, "%.3f  %s  ~  %s\n", s.Value, notify.Clean(a), notify.Clean(b))
		for _, r := range s.Reasons {
			fmt.Fprintf(w, "       %s\n", notify.Clean(r))
		}
	})
}

func (a *app) comparePairs(path string, p *printer) error {
	f, err := a.open(path, false)
	if err != nil {
		return fmt.Errorf("compare: %w", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return fmt.Errorf("compare: %s: read the header: %w", path, err)
	}
	first, second := column(head, "name1"), column(head, "name2")
	if first < 0 || second < 0 {
		return usage("%s: the header must name the columns name1 and name2", path)
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("compare: %s: %w", path, err)
		}
		if len(row) <= max(first, second) {
			line, _ := r.FieldPos(0)
			return fmt.Errorf("compare: %s:%d: the row has %d columns", path, line, len(row))
		}
		if err := p.pair(row[first], row[second]); err != nil {
			return err
		}
	}
}

func column(head []string, name string) int {
	for i, h := range head {
		if h == name || h == "\ufeff"+name {
			return i
		}
	}
	return -1
}
