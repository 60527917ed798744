package diff

import "fmt"

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

// countResolved compares a document's own numbers with what the old-style rows turned out to be.
func countResolved(act Act, changes []Change) (problems []Problem) {
	for list, counts := range act.Declared {
		if !resolves(act, list) {
			continue
		}
		added, parties := 0, map[string]bool{}
		for _, c := range changes {
			if c.List == list && c.Change == Added {
				added++
				parties[letters(c.Name)] = true
			}
		}
		if n := counts.AddedEntries; n != nil && *n != added {
			problems = append(problems, miscount(list, *n, "entries", added))
		} else if n := counts.AddedEntities; counts.AddedEntries == nil && n != nil && *n != len(parties) {
			problems = append(problems, miscount(list, *n, "entities", len(parties)))
		}
	}
	return problems
}

func resolves(act Act, list ListID) bool {
	for _, a := range act.Amendments {
		if a.List == list && a.Action == AddOrRevise {
			return true
		}
	}
	return false
}

func miscount(list ListID, says int, what string, are int) Problem {
	return Problem{Kind: Surprise, Text: fmt.Sprintf("the document says that it adds %d %s to the %s; against the list as stored it adds %d",
		says, what, list.Title(), are)}
}
