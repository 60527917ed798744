package diff

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// republishes reports whether an act gives the whole new text of a list, or of part of it.
func (a Act) republishes(list ListID) bool {
	return slices.ContainsFunc(a.Amendments, func(am Amendment) bool { return am.Action == Republish && am.List == list })
}

// covers reports whether a republished text speaks for the entries of a list under a country: for all of the list where it names none.
func (a Amendment) covers(list ListID, country string) bool {
	return a.Action == Republish && a.List == list && (a.Country == "" || SameCountry(a.Country, country))
}

// republish compares the rows that an act gives for a list, or for a country's entries, with what stands there. The same text means
// nothing; what is not there any more is removed. As with a list, an implausible text takes nothing away (see vanished).
func (p *applier) republish(i int, a Amendment) {
	p.settled[i] = true
	old := p.standing(a)
	rows := p.rowsOf(a)
	if len(old) == 0 && a.Country == "" {
		p.doubt(a, "the whole text of the %s is given anew, but none of it is known so far: nothing follows from it", a.List.Title())
		for _, j := range rows {
			p.settled[j] = true
		}
		return
	}
	if len(rows) == 0 {
		if a.ToCome == "" {
			p.doubt(a, "the text of the entries of the %s is given anew, but no row of it can be read: all %d entries there are kept",
				scopeTitle(a), len(old))
		}
		return
	}
	entries := p.keyed(rows)
	found := Compare(Snapshot{List: a.List, Complete: true, Entries: old}, Snapshot{List: a.List, Complete: true, Entries: entries})
	p.shown(rows, entries, found.Changes)
	p.vanished(i, a, entries, found.Changes)
	p.problems = append(p.problems, found.Problems...)
}

// standing are the living entries of a republished text's scope.
func (p *applier) standing(a Amendment) (out []Entry) {
	for i := range p.reg.entries {
		if e := &p.reg.entries[i]; !p.reg.gone[i] && a.covers(e.List, e.Country) {
			out = append(out, *e)
		}
	}
	return out
}

// rowsOf are the act's amendments that state the text of an entry within the scope.
func (p *applier) rowsOf(a Amendment) (out []int) {
	for j, row := range p.act.Amendments {
		if row.Entry != nil && row.Action != Remove && row.Action != EditFields && a.covers(row.List, newText(row).Country) {
			out = append(out, j)
		}
	}
	return out
}

// keyed are the rows' entries, their keys numbered as those of a list are.
func (p *applier) keyed(rows []int) []Entry {
	out := make([]Entry, len(rows))
	for n, j := range rows {
		out[n] = newText(p.act.Amendments[j])
	}
	NumberKeys(out)
	return out
}

// shown tells what the rows add and amend. A row that says what stands there already says nothing, and neither does a change of layout.
func (p *applier) shown(rows []int, entries []Entry, changes []Change) {
	row := map[string]int{}
	for n, j := range rows {
		row[entries[n].Key] = j
		if p.act.Amendments[j].Action != Revise {
			p.settled[j] = true
		}
	}
	for _, c := range changes {
		j, ok := 0, false
		if c.After != nil {
			j, ok = row[c.After.Key]
		}
		if !ok || !c.Substantive || len(p.told[j]) > 0 {
			continue
		}
		told := Change{Change: c.Change, Substantive: true, Fields: c.Fields, Problems: c.Problems}
		if c.Before == nil {
			e := p.reg.entries[p.reg.put(*c.After, FoldDocumentNumber(p.act.DocumentNumber))]
			p.tell(j, p.act.Amendments[j], told, nil, &e)
			continue
		}
		at := slices.IndexFunc(p.reg.entries, func(e Entry) bool { return e.EntryID == c.Before.EntryID })
		before, after := p.reg.entries[at], p.reg.replace(at, *c.After)
		p.tell(j, p.act.Amendments[j], told, &before, &after)
	}
}

// vanished removes what the new text does not have any more, and keeps what it is not plausible that it drops: all entries of a country
// that it has no row for, and more entries than a list loses at once, where the document does not say itself that they are removed.
func (p *applier) vanished(i int, a Amendment, entries []Entry, changes []Change) {
	rows := map[string]bool{}
	for _, e := range entries {
		rows[FoldCountry(e.Country)] = true
	}
	var gone []Change
	emptied := map[string]int{}
	for _, c := range changes {
		switch {
		case c.Change != Removed:
		case rows[FoldCountry(c.Country)] || p.declaredGone(a.List, c.Country):
			gone = append(gone, c)
		default:
			emptied[c.Country]++
		}
	}
	for _, country := range slices.Sorted(maps.Keys(emptied)) {
		p.doubt(a, "the new text of the %s has nothing under %s, where %d stand: they are kept until the list itself drops them and a person "+
			"lets them go", a.List.Title(), country, emptied[country])
	}
	if may := p.mayVanish(a.List); len(gone) > may {
		p.doubt(a, "the new text of the %s lacks %d entries that stand there, and at most %d may go at once: they are kept until the list itself "+
			"drops them and a person lets them go", scopeTitle(a), len(gone), may)
		return
	}
	for _, c := range gone {
		p.dropped(i, a, c)
	}
}

// mayVanish is how many entries of a list may go at once: the share that a list source may lose, and what the document says it removes.
func (p *applier) mayVanish(list ListID) int {
	all := 0
	for n := range p.reg.entries {
		if !p.reg.gone[n] && p.reg.entries[n].List == list {
			all++
		}
	}
	return max(1, int(DefaultMaxShrink*float64(all))) + declaredRemovals(p.act.Declared[list])
}

// dropped removes one entry; its Change has the id that an instruction to remove it would give.
func (p *applier) dropped(i int, a Amendment, c Change) {
	at := slices.IndexFunc(p.reg.entries, func(e Entry) bool { return e.EntryID == c.Before.EntryID })
	e := p.reg.entries[at]
	p.reg.drop(at)
	told := p.describe(a, Change{Change: Removed, Substantive: true, Note: "not in the text that the document gives anew"}, &e, nil)
	seen := 0
	for _, t := range p.told[i] {
		if FoldCountry(t.Country) == FoldCountry(e.Country) && letters(t.Name) == letters(e.Name) {
			seen++
		}
	}
	told.ID = HashID("chg", FoldDocumentNumber(p.act.DocumentNumber), string(a.List), FoldCountry(e.Country), "off", letters(e.Name), strconv.Itoa(seen))
	p.told[i] = append(p.told[i], told)
}

func (p *applier) doubt(a Amendment, format string, args ...any) {
	p.problems = append(p.problems, Problem{Kind: Surprise, Where: a.Instruction, Text: fmt.Sprintf(format, args...)})
}

// declaredGone reports whether the document's own numbers say that entries under a country are removed.
func (p *applier) declaredGone(list ListID, country string) bool {
	for c, n := range p.act.Declared[list].RemovedByCountry {
		if n > 0 && SameCountry(c, country) {
			return true
		}
	}
	return false
}

func declaredRemovals(c Counts) int {
	n := 0
	for _, k := range []*int{c.RemovedEntities, c.RemovedEntries} {
		if k != nil {
			n = max(n, *k)
		}
	}
	return n
}

func scopeTitle(a Amendment) string {
	if a.Country == "" {
		return a.List.Title()
	}
	return a.List.Title() + " under " + a.Country
}
