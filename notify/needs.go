package notify

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// maxNeeds is how many doubts the head of a message says; further ones stand with their parties.
const maxNeeds = 20

// needsHuman is what is not certain: the document's own problems first, then those of single parties, with what is
// left to say at the parties, by Change.
func needsHuman(pc PendingCase, items []Item) (head []string, unsaid map[string][]string) {
	if a := pc.Act; a != nil {
		if n := unreadAmendments(a); n > 0 {
			head = append(head, unreadText(n, len(a.Amendments)))
		}
		head = append(head, nonEmpty([]string{a.ReadThis})...)
		head = append(head, problemTexts(a.Problems)...)
	}
	_, printed := pc.Case.Stages[diff.Published]
	for _, n := range pc.Notes {
		if n.Kind == NoteNeverPublished && printed {
			continue
		}
		// those that take something back, or take that back, are what a message begins with, and what is confirmed is
		// certain
		if !slices.Contains([]string{NoteWithdrawn, NoteReinstated, NoteConfirmed}, n.Kind) {
			head = append(head, pc.beyondAct(n)...)
		}
	}
	head = distinct(append(head, problemTexts(pc.Case.Problems)...))
	if n := len(head) - maxNeeds; n > 0 {
		head = append(head[:maxNeeds:maxNeeds], fmt.Sprintf("and %d more, to be read in the document", n))
	}
	return ofParties(head, items)
}

// unscreened says of how many parties nobody knows yet whom of ours they touch: no word of ours in a message is
// otherwise taken for "none".
func unscreened(pc PendingCase, items []Item) []string {
	n := 0
	for _, it := range items {
		if pc.Unscreened[it.Change.ID] {
			n++
		}
	}
	switch {
	case n == 0:
		return nil
	case n == len(items):
		return []string{"Our counterparties could not be screened against this in time; look by hand: entitywatch screen --db"}
	}
	return []string{fmt.Sprintf("Our counterparties could not be screened against %d of these %d changes in time; look by hand: entitywatch screen --db",
		n, len(items))}
}

// ofParties adds the doubts about single parties while there is room.
func ofParties(head []string, items []Item) (_ []string, unsaid map[string][]string) {
	unsaid = map[string][]string{}
	said := map[string]bool{}
	for _, h := range head {
		said[diff.Normalise(h)] = true
	}
	left := 0
	for _, it := range items {
		for _, t := range problemTexts(slices.Concat(it.Change.Problems, entryOf(it.Change).Problems)) {
			line := quoted(Clean(it.Change.Name), maxEdit) + ": " + t
			switch {
			case said[diff.Normalise(t)] || said[diff.Normalise(line)]:
			case len(head) < maxNeeds:
				head = append(head, line)
				said[diff.Normalise(line)] = true
			default:
				unsaid[it.Change.ID] = append(unsaid[it.Change.ID], t)
				left++
			}
		}
	}
	if left > 0 {
		head = append(head, fmt.Sprintf("and %d more, said with the parties", left))
	}
	return head, unsaid
}

func unreadText(n, of int) string {
	return fmt.Sprintf("%d of %s could not be read: open the document", n, plural(of, "instruction"))
}

// unreadLead says in the headline what a human must read: a list without it looks complete.
func unreadLead(pc PendingCase) string {
	if n := pc.unread(); n > 0 {
		return "; " + plural(n, "instruction") + " could not be read"
	}
	return ""
}

// unread is how many instructions of the document a human must read.
func (pc PendingCase) unread() int {
	if pc.Act == nil {
		return 0
	}
	return max(unreadAmendments(pc.Act), unreadPlaces(pc.Act))
}

// unreadPlaces are the places of the document that could not be read at all, so that no Amendment tells of them. A
// document that could not be read as a whole says so itself.
func unreadPlaces(a *diff.Act) int {
	places := map[string]bool{}
	for _, p := range a.Problems {
		if p.Kind == diff.Unread && p.Where != "" {
			places[p.Where] = true
		}
	}
	if a.ReadThis != "" {
		return 0
	}
	return len(places)
}

// quoteFrom is how long what a problem quotes must be for two that quote it to be about the same thing.
const quoteFrom = 40

// distinct keeps the first of the texts that differ in punctuation only, as an act and its Case often say the same,
// and of those that quote the same words of the document.
func distinct(texts []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(texts, func(s string) bool {
		said := []string{diff.Normalise(s)}
		if _, quote, ok := strings.Cut(s, ": "); ok && len(quote) >= quoteFrom {
			said = append(said, diff.Normalise(quote))
		}
		again := s == "" || slices.ContainsFunc(said, func(n string) bool { return seen[n] })
		for _, n := range said {
			seen[n] = true
		}
		return again
	})
}

// beyondAct are the lines of a note that do not merely repeat what the document's own problems say.
func (pc PendingCase) beyondAct(n CaseNote) []string {
	said := map[string]bool{"": true}
	if pc.Act != nil {
		said[pc.Act.ReadThis] = true
		for _, p := range pc.Act.Problems {
			said[strings.TrimSpace(p.Text+" "+p.Where)] = true
		}
	}
	return slices.DeleteFunc(strings.Split(n.Text, "\n"), func(line string) bool { return said[line] })
}

func unreadAmendments(a *diff.Act) (n int) {
	for _, am := range a.Amendments {
		if diff.NeedsHuman(am.Problems) {
			n++
		}
	}
	return n
}

// sharedNotes are the remarks that all Items carry, or all those of some kinds of change and no other, with what the
// head of the message says of each: "the 2 added: names only …". The others stand with their parties.
func sharedNotes(items []Item) (notes, said []string) {
	of, carry := map[diff.ChangeKind]int{}, map[string]map[diff.ChangeKind]int{}
	var order []string
	for _, it := range items {
		of[it.Change.Change]++
		for _, r := range remarks(it.Change) {
			if carry[r] == nil {
				carry[r] = map[diff.ChangeKind]int{}
				order = append(order, r)
			}
			carry[r][it.Change.Change]++
		}
	}
	for _, r := range order {
		n, whole := 0, true
		var whom []string
		for _, k := range changeOrder {
			if c := carry[r][k]; c > 0 {
				n, whole, whom = n+c, whole && c == of[k], append(whom, fmt.Sprintf("%d %s", c, changeWord(k, c)))
			}
		}
		switch {
		case n == len(items):
			notes, said = append(notes, r), append(said, r)
		case whole && n > 1:
			notes, said = append(notes, r), append(said, "the "+strings.Join(whom, " and ")+": "+r)
		}
	}
	return notes, said
}
