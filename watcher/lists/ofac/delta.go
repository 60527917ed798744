package ofac

import (
	"fmt"
	"io"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fetch/records"
)

// Delta is what one publication did to the lists.
type Delta struct {
	Date     diff.Date // the day of the publication
	Type     string    // "Standard Action" and the like
	Changes  []DeltaChange
	Problems []diff.Problem
}

// DeltaChange is what a publication did to one entity. Add and Remove concern the entity as a whole. Revise gives only
// the parts that changed, so what the entity is now stands in the full file alone.
type DeltaChange struct {
	ID     string // ent_num
	Action diff.Action
	Lists  []diff.ListID
	Name   string // where the delta gives one
	Entry  diff.Entry
}

// ParseDelta reads a delta publication (root sanctionsData, entity@action). Its errors are *diff.Refused or the
// reader's: a delta that is cut is never read in part.
func ParseDelta(r io.Reader) (Delta, error) {
	d, err := parseDelta(r)
	if err != nil {
		return Delta{}, fmt.Errorf("ofac: delta: %w", err)
	}
	return d, nil
}

func parseDelta(r io.Reader) (Delta, error) {
	body, err := records.Open(r)
	if err != nil {
		return Delta{}, err
	}
	var d Delta
	var log records.Log
	_, err = records.Doc{
		Name: "a delta of OFAC", Roots: []string{"sanctionsData"}, Enter: []string{"sanctionsData/entities"},
		Skip: []string{"sanctionsData/referenceValues", "sanctionsData/featureTypes"},
		On: map[string]func(*records.Node, string){
			"sanctionsData/publicationInfo": func(n *records.Node, _ string) {
				d.Date, _ = lawtext.StampDate(n.Get("datePublished"))
				d.Type = n.Get("publicationType")
			},
			"sanctionsData/entities/entity": func(n *records.Node, where string) { d.change(n, where, &log) },
		},
	}.Walk(body, &log, false)
	if err != nil {
		return Delta{}, err
	}
	d.Problems = log.Problems()
	return d, nil
}

// change reads one entity of a delta.
func (d *Delta) change(n *records.Node, where string, log *records.Log) {
	log.Rows++
	c := DeltaChange{ID: n.Attr("id")}
	word := strings.ToLower(n.Attr("action"))
	switch word {
	case "add", "added":
		c.Action = diff.Add
	case "remove", "removed", "delete", "deleted":
		c.Action = diff.Remove
	case "modify", "modified", "change", "changed", "update", "": // without an action of its own, its parts carry theirs
		c.Action = diff.Revise
	default:
		log.Miss(diff.UnreadRecord{}, where, "entity %s has the action %q, which is not known here", c.ID, word)
		return
	}
	if c.ID == "" {
		log.Miss(diff.UnreadRecord{}, where, "an entity of the delta has no id")
		return
	}
	c.Lists = listsNamed(n, func(name string) {
		log.Note(diff.Unread, where, "entity %s is on the list %q, which is not known here", c.ID, name)
	})
	c.Entry = enhancedEntry(n)
	c.Name = c.Entry.Name
	d.Changes = append(d.Changes, c)
}
