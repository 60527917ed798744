package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/screen/mention"
	"entitywatch/watcher/news"
)

type mentionsOptions struct {
	lists         []string
	useDB, asJSON bool
	threshold     float64
}

// maxText bounds a text that is scanned; a report is a few kilobytes.
const maxText = 64 << 20

func (a *app) mentionsCommand() *cobra.Command {
	var o mentionsOptions
	cmd := &cobra.Command{
		Use:   "mentions --list KIND:FILE… | --db, FILE",
		Short: "Find the listed parties that a text names",
		Args:  exactly(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return a.mentions(cmd.Context(), args[0], o) },
	}
	a.listFlags(cmd, &o.lists, &o.useDB)
	cmd.Flags().Float64Var(&o.threshold, "threshold", mention.DefaultConfidence, "least confidence, 0–1")
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (a *app) mentions(ctx context.Context, path string, o mentionsOptions) error {
	entries, err := a.entriesOf(ctx, o.lists, o.useDB)
	if err != nil {
		return err
	}
	text, err := a.text(path)
	if err != nil {
		return err
	}
	found := mention.NewScanner(entries, mention.ScanOptions{Threshold: o.threshold}).Scan(text)
	p := a.printer(o.asJSON)
	s := summary{Count: len(found), ByList: map[diff.ListID]int{}, ByCountry: map[string]int{}}
	for _, m := range found {
		s.ByList[m.List]++
		if m.Country != "" {
			s.ByCountry[m.Country]++
		}
		if err := p.one(m, func(w io.Writer) {
			fmt.Fprintf(w, "%.2f  %-40s %s  [%s, %s]\n      %s\n", m.Confidence, notify.Clean(m.Text), notify.Clean(m.Name),
				m.List.Title(), notify.Clean(m.Country), notify.Clean(m.Reason))
		}); err != nil {
			return err
		}
	}
	return p.summary(s, func(w io.Writer) { fmt.Fprintf(w, "\n%d listed parties are named\n", len(found)) })
}

func (a *app) text(path string) (string, error) {
	f, err := a.open(path, false)
	if err != nil {
		return "", fmt.Errorf("mentions: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxText+1))
	if err != nil {
		return "", fmt.Errorf("mentions: %s: %w", path, err)
	}
	if len(data) > maxText {
		return "", fmt.Errorf("mentions: %s is larger than %d MiB", path, maxText>>20)
	}
	return string(data), nil
}

// feed reads a news feed for inspect, whose dates are judged against now.
func feed(now time.Time) parser {
	return func(r io.Reader, o diff.ReadOptions) (reading, error) {
		items, problems, err := news.Parse(r, news.Feed{Now: now}, o)
		if items == nil {
			items = []diff.NewsItem{}
		}
		return reading{items: items, problems: problems}, err
	}
}
