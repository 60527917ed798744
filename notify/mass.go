package notify

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// maxEdit is how many characters of one value a headline quotes; the whole value stands below it.
const maxEdit = 80

// Mass is one edit that was made to many entries at once, as a program renamed. Its Item stands for all of them: the Item's Change has the
// edit's fields and no entry.
type Mass struct {
	Of      int         `json:"of"`      // entries with the edit, over all parts of the message
	Entries []MassEntry `json:"entries"` // of this part
}

// MassEntry is one of the entries that an edit was made to.
type MassEntry struct {
	Change  string      `json:"change"` // the Change's id
	List    diff.ListID `json:"list"`
	Key     string      `json:"key"`
	EntryID string      `json:"entry_id,omitempty"`
	Country string      `json:"country,omitempty"` // the list's own heading
	Name    string      `json:"name"`
	Hits    []Hit       `json:"hits,omitempty"`
}

// Title says that it is one edit: "the same edit on 45 entries".
func (m Mass) Title() string { return fmt.Sprintf("the same edit on %d entries", m.Of) }

// Text is an entry in one line.
func (e MassEntry) Text() string {
	if e.Country == "" {
		return e.Name
	}
	return e.Name + " (" + CountryName(e.Country) + ")"
}

// texts are the entries of this part in one line each.
func (m *Mass) texts() []string {
	if m == nil {
		return nil
	}
	out := make([]string, len(m.Entries))
	for i, e := range m.Entries {
		out[i] = e.Text()
	}
	return out
}

// Masses says, for each source by name, how many entries may show the same edit before it is told as one. A source that is not in it has
// no such number.
type Masses map[string]int

// split finds the edits that are told as one, and the Items that are told by themselves, in their order. Of a mass event Items are megabytes:
// where nothing is told as one, rest is items.
func (n Masses) split(items []Item) (masses, rest []Item) {
	bySource := map[string][]int{} // indices
	var sources []string
	for i := range items {
		s := items[i].Change.Source
		if n[s] <= 0 {
			continue
		}
		if bySource[s] == nil {
			sources = append(sources, s)
		}
		bySource[s] = append(bySource[s], i)
	}
	grouped := map[int]bool{}
	for _, s := range sources {
		of := bySource[s]
		for _, m := range diff.GroupMass(len(of), func(i int) *diff.Change { return &items[of[i]].Change }, n[s]) {
			members := make([]Item, len(m.Members))
			for i, at := range m.Members {
				members[i], grouped[of[at]] = items[of[at]], true
			}
			masses = append(masses, massItem(m, members))
		}
	}
	if len(grouped) == 0 {
		return nil, items
	}
	for i := range items {
		if !grouped[i] {
			rest = append(rest, items[i])
		}
	}
	return masses, rest
}

// massItem is the Item that stands for all members, with what they share.
func massItem(m diff.Mass, members []Item) Item {
	first := members[0].Change
	out := Item{Mass: &Mass{Of: len(members)}, Change: diff.Change{
		Change: first.Change, Substantive: first.Substantive, Unconfirmed: first.Unconfirmed, List: m.List, Name: editText(m.Fields),
		Fields: m.Fields, Act: first.Act, Case: first.Case, Source: first.Source, Stage: first.Stage, DetectedAt: first.DetectedAt,
		EffectiveOn: sharedDate(members), Note: sharedNote(members), Instruction: first.Instruction,
	}}
	for _, it := range members {
		c := it.Change
		out.Mass.Entries = append(out.Mass.Entries, MassEntry{c.ID, c.List, c.Key, c.EntryID, c.Country, c.Name, it.Hits})
		out.Hits = append(out.Hits, it.Hits...)
		out.Change.Unconfirmed = out.Change.Unconfirmed && c.Unconfirmed
		for _, p := range c.Problems {
			p.Where = strings.Join(nonEmpty([]string{c.Name, p.Where}), ", ")
			out.Change.Problems = append(out.Change.Problems, p)
		}
	}
	return out
}

// massHeadline is Headline for Changes of which some are told as one: "SDN List: 2 added; SDN List: the same edit on 45 entries: …".
func massHeadline(masses, rest []Item) string {
	var parts []string
	if len(rest) > 0 {
		parts = append(parts, Headline(changesOf(rest)))
	}
	for _, m := range masses {
		parts = append(parts, fmt.Sprintf("%s: %s: %s", m.Change.List.Title(), m.Mass.Title(), Clean(m.Change.Name)))
	}
	return strings.Join(parts, "; ")
}

// editText is an edit in one line: "program SDGT → SDGT2, alias added X".
func editText(fields []diff.FieldChange) string {
	var parts []string
	for _, f := range swaps(fields) {
		word, before, after := diff.FieldWord(f.Field), quoted(f.Before, maxEdit), quoted(f.After, maxEdit)
		switch {
		case before == "":
			parts = append(parts, word+" added: "+after)
		case after == "":
			parts = append(parts, word+" removed: "+before)
		default:
			parts = append(parts, word+" "+before+" → "+after)
		}
	}
	return strings.Join(parts, ", ")
}

// swaps makes one difference of two where a list field has one item in the place of another.
func swaps(fields []diff.FieldChange) []diff.FieldChange {
	n := map[string]int{}
	for _, f := range fields {
		n[f.Field]++
	}
	var out []diff.FieldChange
	for _, f := range fields {
		i := slices.IndexFunc(out, func(o diff.FieldChange) bool { return o.Field == f.Field })
		if i >= 0 && n[f.Field] == 2 && (out[i].Before == "") != (f.Before == "") && (out[i].After == "") != (f.After == "") {
			out[i].Before += f.Before
			out[i].After += f.After
			continue
		}
		out = append(out, f)
	}
	return out
}
