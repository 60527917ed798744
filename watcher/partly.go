package watcher

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// Blind is what a source's showing of a list leaves in the dark: records that could not be read, and texts that are
// damaged.
type Blind struct {
	Records []diff.UnreadRecord `json:"records,omitempty"`
	// Known are those that hide nothing: the entries that are gone since were shown beside them.
	Known  []diff.UnreadRecord `json:"known,omitempty"`
	Hidden []string            `json:"hidden,omitempty"` // names of the entries that one of them may be, and that stay as they were
	Kept   []string            `json:"kept,omitempty"`   // damaged texts whose entries stay as they were, each with what it was
}

// blinded is what an accepted showing leaves in the dark. As long as a record may be an entry that is gone, it stays
// unknown.
func blinded(was Blind, s diff.Snapshot, hidden []diff.Entry, kept []string) Blind {
	b := Blind{Records: s.Unread, Known: s.Unread, Kept: kept}
	anonymous := false
	for _, e := range hidden {
		b.Hidden = append(b.Hidden, e.Name)
		keyed := slices.ContainsFunc(s.Unread, func(r diff.UnreadRecord) bool { return r.Is(&e) })
		anonymous = anonymous || !keyed
	}
	slices.Sort(b.Hidden)
	if anonymous {
		b.Known = slices.DeleteFunc(slices.Clone(s.Unread), func(r diff.UnreadRecord) bool { return r.Key == "" && !slices.Contains(was.Known, r) })
	}
	return b
}

// maxHiddenNamed is how many hidden entries are named.
const maxHiddenNamed = 5

// lacks says what of the source is not read, the parts of this answer first, then the records of its lists. It is empty
// where all is.
func (k *look) lacks() string {
	var out []string
	for _, p := range k.reading.Lacks {
		out = append(out, p.Text)
	}
	for _, l := range k.lists {
		if l.Source != k.Source || len(l.Blind.Records) == 0 {
			continue
		}
		text := fmt.Sprintf("%s: one record cannot be read", l.List.Title())
		if n := len(l.Blind.Records); n > 1 {
			text = fmt.Sprintf("%s: %d records cannot be read", l.List.Title(), n)
		}
		if names := l.Blind.Hidden; len(names) > 0 {
			more := ""
			if n := len(names) - maxHiddenNamed; n > 0 {
				names, more = names[:maxHiddenNamed], fmt.Sprintf(" and %d more", n)
			}
			text += fmt.Sprintf("; what may be hidden by that stays listed as it was: %s%s", strings.Join(names, ", "), more)
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// damaged are the damaged texts of the source's lists, as problems of the source: they last until the list shows them
// whole, or a person releases the source.
func (k *look) damaged() (out []diff.Problem) {
	for _, l := range k.lists {
		if l.Source != k.Source {
			continue
		}
		for _, text := range l.Blind.Kept {
			text = l.List.Title() + ": a text is damaged and stays as it was: " + text
			out = append(out, diff.Problem{Kind: diff.Surprise, Where: text, Text: text})
		}
	}
	return out
}
