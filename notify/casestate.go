package notify

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// maxShown is how many Changes of a Case a page shows: beyond, a browser shows nothing in useful time, and a person
// reads the document.
const maxShown = 500

// CaseState is what a page says of a Case as it stands: the same facts in the same words as a message, of all its
// Changes that hold, with what was withdrawn or reinstated at its head, and at its end how many Changes it leaves out
// and what does not hold any more, with why.
func CaseState(pc PendingCase, masses Masses, now time.Time, loc *time.Location) Composition {
	var items, told []Item
	var takenBack lines
	more := 0
	for _, c := range pc.Standing {
		switch {
		case c.Retracted != "":
			takenBack.add(cmp.Or(c.Name, c.Key), c.Retracted)
		case len(items) == maxShown:
			more++
		default:
			told = append(told, Item{Change: c.Change})
			// a corrected entry whole, not what was wrong in it
			items = append(items, Item{Change: asItStands(c.Change), Hits: pc.Hits[c.ID]})
		}
	}
	pc.Changes = pc.Standing
	m := composer{now: now, location: loc, masses: masses}.caseMessage(KindAlert, pc, items)
	m.Corrects, m.Links = corrections(pc, told), slices.Concat(correctionLinks(pc, told), m.Links)
	head := Section{Kind: SecReason}
	for _, n := range pc.Notes {
		if n.Kind == NoteWithdrawn || n.Kind == NoteReinstated { // needsHuman says the others
			head.Texts = append(head.Texts, n.Text)
		}
	}
	rest := Section{Kind: SecFacts}
	if more > 0 {
		rest.Texts = []string{fmt.Sprintf("Left out here: %s. entitywatch history --case %s lists all.",
			plural(more, "more change"), pc.Case.ID)}
	}
	gone := Section{Kind: SecReason, Title: "Taken back", Facts: takenBack[:min(len(takenBack), maxShown)]}
	if n := len(takenBack) - maxShown; n > 0 {
		gone.Texts = []string{fmt.Sprintf("%d more are not shown.", n)}
	}
	c := m.Compose()
	c.Sections = inert(slices.Concat([]Section{head}, c.Sections, []Section{rest, gone}))
	return c
}
