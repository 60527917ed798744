package main

import (
	"fmt"
	"io"
	"slices"

	"entitywatch/diff"
	"entitywatch/notify"
)

func (p *printer) differences(d differences, editorial bool) error {
	s := summary{ByCountry: map[string]int{}, ByList: map[diff.ListID]int{}, Problems: d.problems}
	kinds := map[diff.ChangeKind]int{}
	unshown := 0
	for _, c := range d.changes {
		if !c.Substantive && !editorial {
			unshown++
			continue
		}
		if err := p.one(c, changeLines(c)); err != nil {
			return err
		}
		s.add(c)
		kinds[c.Change]++
		s.Problems = append(s.Problems, about(c.Name, c.Problems)...)
	}
	s.Extra = map[string]any{"by_change": kinds, "editorial": editorialCount(d.changes)}
	if len(d.held) > 0 {
		s.Extra["held"] = d.held
	}
	err := p.summary(s, func(w io.Writer) {
		fmt.Fprintf(w, "\n%s: %s\n", amount(s.Count, "change", "changes"), orNone(counts(kinds)))
		if unshown > 0 {
			fmt.Fprintf(w, "%d editorial ones are not shown (--editorial)\n", unshown)
		}
		writeProblems(w, "", s.Problems)
	})
	return orHuman(err, diff.NeedsHuman(s.Problems))
}

func (s *summary) add(c diff.Change) {
	s.Count++
	s.ByList[c.List]++
	if c.Country != "" {
		s.ByCountry[c.Country]++
	}
}

func editorialCount(changes []diff.Change) int {
	n := 0
	for _, c := range changes {
		if !c.Substantive {
			n++
		}
	}
	return n
}

func changeLines(c diff.Change) func(io.Writer) {
	return func(w io.Writer) {
		kind := string(c.Change)
		if !c.Substantive {
			kind += " (editorial)"
		}
		if c.Unconfirmed {
			kind += " (unconfirmed)"
		}
		fmt.Fprintf(w, "%-10s %s  [%s, %s]\n", kind, notify.Clean(c.Name), c.List.Title(), notify.Clean(c.Country))
		for _, f := range c.Fields {
			fmt.Fprintf(w, "    %s: %s\n", f.Field, fieldText(f))
		}
		if e := c.Entry; e != nil && c.Change == diff.Added {
			writeList(w, "a.k.a.", e.Aliases)
			writeList(w, "at", e.Addresses)
		}
		writeProblems(w, "    ", c.Problems)
	}
}

func fieldText(f diff.FieldChange) string {
	switch {
	case f.Before == "":
		return "+ " + notify.Clean(f.After)
	case f.After == "":
		return "- " + notify.Clean(f.Before)
	}
	return notify.Clean(f.Before) + " → " + notify.Clean(f.After)
}

// about says of problems which party they are about, where they do not say it themselves.
func about(name string, problems []diff.Problem) []diff.Problem {
	out := slices.Clone(problems)
	for i := range out {
		if out[i].Where == "" {
			out[i].Where = name
		}
	}
	return out
}
