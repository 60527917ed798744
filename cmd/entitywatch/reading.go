package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
)

// reading is what one file held: lists, or an act, or news.
type reading struct {
	snapshots []diff.Snapshot
	acts      []diff.Act // one, or all of a day's issue
	items     []diff.NewsItem
	problems  []diff.Problem // of the feed
}

// add puts a problem of the whole file where the summary tells it.
func (r *reading) add(p diff.Problem) {
	switch {
	case len(r.acts) > 0:
		r.acts[0].Problems = append(r.acts[0].Problems, p)
	case len(r.snapshots) > 0:
		r.snapshots[0].Problems = append(r.snapshots[0].Problems, p)
	default:
		r.problems = append(r.problems, p)
	}
}

func (p *printer) reading(r reading) error {
	switch {
	case r.acts != nil:
		return p.acts(r.acts)
	case r.items != nil:
		return p.items(r.items, r.problems)
	}
	return p.lists(r.snapshots)
}

func (p *printer) lists(snapshots []diff.Snapshot) error {
	s := summary{ByCountry: map[string]int{}, ByList: map[diff.ListID]int{}}
	human := false
	children := 0
	for _, snap := range snapshots {
		s.Problems = append(s.Problems, snap.Problems...)
		for _, e := range snap.Entries {
			if err := p.one(e, entryLines(e)); err != nil {
				return err
			}
			human = human || diff.NeedsHuman(e.Problems)
			if e.Within {
				children++
				continue
			}
			s.Count++
			s.ByList[e.List]++
			s.countries(e)
		}
	}
	if children > 0 {
		s.Extra = map[string]any{"children": children}
	}
	err := p.summary(s, func(w io.Writer) {
		fmt.Fprintf(w, "\n%d entries", s.Count)
		if children > 0 {
			fmt.Fprintf(w, ", and %d parties named inside them", children)
		}
		fmt.Fprintf(w, "\nby list: %s\nby country (%d): %s\n", counts(s.ByList), len(s.ByCountry), counts(s.ByCountry))
		writeProblems(w, "", s.Problems)
	})
	return orHuman(err, human || diff.NeedsHuman(s.Problems))
}

// countries counts an entry under its heading; a list without headings is counted by the countries of its addresses.
func (s *summary) countries(e diff.Entry) {
	if e.Country != "" {
		s.ByCountry[e.Country]++
		return
	}
	for _, code := range e.Countries {
		s.ByCountry[code]++
	}
}

func (p *printer) acts(acts []diff.Act) error {
	s := summary{ByCountry: map[string]int{}, ByList: map[diff.ListID]int{}}
	actions := map[diff.Action]int{}
	human := false
	for _, act := range acts {
		s.Problems = append(s.Problems, act.Problems...)
		for _, m := range act.Amendments {
			if err := p.one(m, amendmentLines(m)); err != nil {
				return err
			}
			human = human || diff.NeedsHuman(m.Problems)
			actions[m.Action]++
			s.Count++
			s.ByList[m.List]++
			if m.Country != "" {
				s.ByCountry[m.Country]++
			}
		}
	}
	s.Extra = map[string]any{"by_action": actions}
	if len(acts) == 1 {
		s.Act, s.Declared = &acts[0], acts[0].Declared
	} else {
		s.Extra["documents"] = len(acts)
	}
	err := p.summary(s, func(w io.Writer) { actSummary(w, s, len(acts), actions) })
	return orHuman(err, human || diff.NeedsHuman(s.Problems))
}

func (p *printer) items(items []diff.NewsItem, problems []diff.Problem) error {
	for _, it := range items {
		if err := p.one(it, func(w io.Writer) {
			fmt.Fprintf(w, "%s  %s\n    %s\n", publishedAt(it.Published), notify.Clean(it.Title), strings.Join(it.Links, " "))
		}); err != nil {
			return err
		}
	}
	err := p.summary(summary{Count: len(items), Problems: problems}, func(w io.Writer) {
		fmt.Fprintf(w, "\n%d items\n", len(items))
		writeProblems(w, "", problems)
	})
	return orHuman(err, diff.NeedsHuman(problems))
}

// publishedAt is when a report was published, or that its feed does not say.
func publishedAt(t time.Time) string {
	if t.IsZero() {
		return "without a date  "
	}
	return t.Format("2006-01-02 15:04")
}
