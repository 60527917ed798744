package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/screen"
)

// newcomers are the hits of counterparties that are new in an edited file, or that changed, against everything in force.
func (s *screener) newcomers(ctx context.Context, f *ours) ([]notify.Hit, error) {
	before := f.known
	f.known = prints(f.parties)
	var changed []int
	for i := range f.parties.Len() {
		p := f.parties.At(i)
		if before[p.ID] != partyPrint(p) {
			changed = append(changed, i)
		}
	}
	if before == nil || len(changed) == 0 {
		return nil, nil
	}
	entries, err := entriesInForce(ctx, s.db, diff.DateOf(s.now()))
	if err != nil {
		return nil, err
	}
	dismissed, err := s.db.Dismissals(ctx)
	if err != nil {
		return nil, err
	}
	index := screen.NewIndex(entries, screen.Options{})
	query := func(i int) screen.Query { return queryOf(f.parties.At(changed[i])) }
	hits, err := index.SearchAll(ctx, len(changed), query, f.Threshold, 5, nil)
	var out []notify.Hit
	for _, h := range hits {
		if !silenced(dismissed, f, h, entries[h.Entry]) {
			out = append(out, told(f.Name, h))
		}
	}
	return out, err
}

func queryOf(p screen.Counterparty) screen.Query {
	return screen.Query{ID: p.ID, Name: p.Name, Country: p.Country, Address: p.Address, Aliases: p.Aliases}
}

func prints(parties *screen.Counterparties) map[string]string {
	out := make(map[string]string, parties.Len())
	for i := range parties.Len() {
		p := parties.At(i)
		out[p.ID] = partyPrint(p)
	}
	return out
}

// mostNewcomers are told by name in one notice.
const mostNewcomers = 40

func newcomersNotice(f *ours, hits []notify.Hit, at time.Time) notify.Notice {
	lines := map[string]bool{}
	for _, h := range hits {
		lines[h.Text()] = true
	}
	sorted := slices.Sorted(maps.Keys(lines))
	text := strings.Join(sorted[:min(len(sorted), mostNewcomers)], "\n")
	if more := len(sorted) - mostNewcomers; more > 0 {
		text += fmt.Sprintf("\nand %d more: entitywatch screen --db --names %s", more, f.File)
	}
	return notify.Notice{
		ID: diff.HashID("ntc", "counterparties", f.Name, text), Kind: "counterparties", Subject: f.Name,
		Text: "New or changed counterparties resemble listed parties:\n" + text, At: at,
	}
}
