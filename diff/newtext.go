package diff

import (
	"fmt"
	"slices"
)

// newText is the entry that an amendment states, as far as it does.
func newText(a Amendment) Entry {
	e := Entry{Name: a.Name}
	if a.Entry != nil {
		e = *a.Entry
	}
	e.List = a.List
	if e.Country == "" {
		e.Country = a.Country
	}
	if e.Key == "" {
		e.Key = MakeKey(e.List, e.Country, e.Name)
	}
	if code, ok := CountryCode(e.Country); ok && len(e.Countries) == 0 {
		e.Countries = []string{code}
	}
	e.EntryID = ""
	return e
}

// entryName is the name in an amendment's row, or else in its instruction.
func entryName(a Amendment) string {
	if a.Entry != nil && a.Entry.Name != "" {
		return a.Entry.Name
	}
	return a.Name
}

// replaced is the new text of an entry with what a row of a rule does not state.
func (r *register) replaced(at int, e Entry) Entry {
	old := r.entries[at]
	if knownKind(e.Kind) == "" {
		e.Kind = old.Kind
	}
	if e.Parent == "" {
		e.Parent, e.Within = old.Parent, old.Within
	}
	return e
}

// sameText reports whether two entries say the same but for their citations: a rule's row carries a placeholder where the list
// carries the page.
func sameText(a, b Entry) bool {
	a.Citations, b.Citations = nil, nil
	a.Parent, b.Parent = "", ""
	return SameEntry(a, b)
}

// countResolved compares a document's own numbers with what the rows whose action only the state decides turned out to be.
func countResolved(act Act, changes []Change) (problems []Problem) {
	for list, counts := range act.Declared {
		if !resolves(act, list) {
			continue
		}
		problems = append(problems, miscounted(list, "adds", counts.AddedEntities, counts.AddedEntries, changes, Added)...)
		if act.republishes(list) {
			problems = append(problems, miscounted(list, "removes", counts.RemovedEntities, counts.RemovedEntries, changes, Removed)...)
			problems = append(problems, miscounted(list, "revises", counts.RevisedEntities, counts.RevisedEntries, changes, Amended, Renamed)...)
		}
	}
	return problems
}

// miscounted compares a number of entries, or else of entities, with the Changes of some kinds. A party named inside another's row is not
// counted.
func miscounted(list ListID, does string, entities, entries *int, changes []Change, kinds ...ChangeKind) []Problem {
	n, parties := 0, map[string]bool{}
	for _, c := range changes {
		if c.List == list && slices.Contains(kinds, c.Change) && !c.Entry.Within {
			n++
			parties[letters(c.Name)] = true
		}
	}
	switch {
	case entries != nil && *entries != n:
		return []Problem{miscount(list, does, *entries, "entries", n)}
	case entries == nil && entities != nil && *entities != len(parties):
		return []Problem{miscount(list, does, *entities, "entities", len(parties))}
	}
	return nil
}

func resolves(act Act, list ListID) bool {
	for _, a := range act.Amendments {
		if a.List == list && a.Action == AddOrRevise {
			return true
		}
	}
	return false
}

func miscount(list ListID, does string, says int, what string, are int) Problem {
	return Problem{Kind: Surprise, Text: fmt.Sprintf("the document says that it %s %d %s of the %s; against the list as stored it %s %d",
		does, says, what, list.Title(), does, are)}
}
