package main

import (
	"fmt"
	"io"
	"strings"

	"entitywatch/diff"
	"entitywatch/notify"
)

func entryLines(e diff.Entry) func(io.Writer) {
	return func(w io.Writer) {
		name := e.Name
		if name == "" {
			name = strings.Join(e.Addresses, "; ")
		}
		fmt.Fprintf(w, "%s  [%s]\n", notify.Clean(name), notify.Clean(e.Country))
		if e.Parent != "" {
			fmt.Fprintf(w, "    under %s\n", notify.Clean(e.Parent))
		}
		writeList(w, "a.k.a.", e.Aliases)
		writeList(w, "weak a.k.a.", e.WeakAliases)
		writeList(w, "f.k.a.", e.FormerNames)
		if e.Name != "" {
			writeList(w, "at", e.Addresses)
		}
		writeList(w, "note", e.Notes)
		writeProblems(w, "    ", e.Problems)
	}
}

func writeList(w io.Writer, label string, items []string) {
	for _, it := range items {
		fmt.Fprintf(w, "    %s %s\n", label, notify.Clean(it))
	}
}

func amendmentLines(m diff.Amendment) func(io.Writer) {
	return func(w io.Writer) {
		fmt.Fprintf(w, "%-13s %s  [%s, %s]\n", m.Action, notify.Clean(m.Name), m.List.Title(), notify.Clean(m.Country))
		if m.Entry != nil {
			writeList(w, "a.k.a.", m.Entry.Aliases)
			writeList(w, "f.k.a.", m.Entry.FormerNames)
			writeList(w, "at", m.Entry.Addresses)
		}
		for _, e := range m.Edits {
			fmt.Fprintf(w, "    %s %s: %s\n", e.Op, e.Field, notify.Clean(e.Value))
		}
		writeProblems(w, "    ", m.Problems)
	}
}

func actSummary(w io.Writer, s summary, documents int, actions map[diff.Action]int) {
	if s.Act == nil {
		fmt.Fprintf(w, "\n%d documents, %d instructions: %s\n", documents, s.Count, orNone(counts(actions)))
		writeProblems(w, "", s.Problems)
		return
	}
	act := *s.Act
	fmt.Fprintf(w, "\n%s  %s\n", act.DocumentNumber, notify.Clean(act.Title))
	if act.Citation != "" || act.EffectiveOn != "" {
		fmt.Fprintf(w, "%s  published %s, effective %s\n", notify.Clean(act.Citation), orUnknown(act.PublishedOn),
			orUnknown(act.EffectiveOn))
	}
	fmt.Fprintf(w, "%d instructions: %s\n", s.Count, orNone(counts(actions)))
	if len(s.ByCountry) > 0 {
		fmt.Fprintf(w, "by country: %s\n", counts(s.ByCountry))
	}
	for _, id := range diff.Lists() {
		if c, ok := act.Declared[id]; ok {
			fmt.Fprintf(w, "it says of the %s: %s\n", id.Title(), declaredText(c))
		}
	}
	if act.SavingsClause != "" {
		fmt.Fprintf(w, "savings clause: %s\n", notify.Clean(act.SavingsClause))
	}
	if act.ReadThis != "" {
		fmt.Fprintf(w, "! read this: %s\n", notify.Clean(act.ReadThis))
	}
	writeProblems(w, "", s.Problems)
}

func orUnknown(d diff.Date) string {
	if d == "" {
		return "unknown"
	}
	return string(d)
}

func declaredText(c diff.Counts) string {
	var parts []string
	for _, n := range []struct {
		value *int
		text  string
	}{
		{c.AddedEntities, "entities added"}, {c.AddedEntries, "entries added"},
		{c.RemovedEntities, "entities removed"}, {c.RemovedEntries, "entries removed"},
		{c.RevisedEntities, "entities revised"}, {c.RevisedEntries, "entries revised"},
		{c.AddedAddresses, "addresses added"}, {c.RemovedAddresses, "addresses removed"},
		{c.RemovedAliases, "aliases removed"},
	} {
		if n.value != nil {
			parts = append(parts, fmt.Sprintf("%d %s", *n.value, n.text))
		}
	}
	for _, m := range []struct {
		byCountry map[string]int
		text      string
	}{{c.AddedByCountry, "added"}, {c.RemovedByCountry, "removed"}, {c.RevisedByCountry, "revised"}} {
		if len(m.byCountry) > 0 {
			parts = append(parts, m.text+" by country: "+counts(m.byCountry))
		}
	}
	return strings.Join(parts, "; ")
}
