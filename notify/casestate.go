package notify

import (
	"cmp"
	"slices"
	"time"
)

// maxShown is how many Changes of a Case a page shows: beyond, a browser shows nothing in useful time, and a person reads the document.
const maxShown = 500

// CaseState is a Case as it stands, all its Changes that hold, for a page: the same facts in the same words as a message. more is how many
// Changes it leaves out; takenBack are those that do not hold any more, with why.
func CaseState(pc PendingCase, masses Masses, now time.Time, loc *time.Location) (m Message, more int, takenBack []Line) {
	var items, told []Item
	for _, c := range pc.Standing {
		switch {
		case c.Retracted != "":
			takenBack = append(takenBack, Line{Label: cmp.Or(c.Name, c.Key), Values: []string{c.Retracted}})
		case len(items) == maxShown:
			more++
		default:
			told = append(told, Item{Change: c.Change})
			items = append(items, Item{Change: asItStands(c.Change), Hits: pc.Hits[c.ID]}) // a corrected entry whole, not what was wrong in it
		}
	}
	pc.Changes = pc.Standing
	m = composer{now: now, location: loc, masses: masses}.caseMessage(KindAlert, pc, items)
	m.Corrects, m.Links = corrections(pc, told), slices.Concat(correctionLinks(pc, told), m.Links)
	return m, more, takenBack[:min(len(takenBack), maxShown)]
}
