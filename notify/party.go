package notify

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// Line is one labelled statement about a party: "also known as", and the names. Values are as the source wrote them.
type Line struct {
	Label  string
	Values []string
}

// Lines are what a reader must know of the party of an Item, in the order of reading. Licence terms that are those of the whole message
// are left out, since they stand at its head.
func (i Item) Lines(shared *Terms) []Line {
	var out []Line
	add := func(label string, values ...string) {
		if values = nonEmpty(values); len(values) > 0 {
			out = append(out, Line{label, values})
		}
	}
	c := i.Change
	e := entryOf(c)
	switch c.Change {
	case diff.Amended, diff.Renamed, diff.Discrepancy:
		out = append(out, fieldLines(c.Fields)...)
		add("entries", i.Mass.texts()...)
	default:
		add("also known as", e.Aliases...)
		add("also (weak)", e.WeakAliases...)
		add("formerly", e.FormerNames...)
		add("address", e.Addresses...)
	}
	if !i.Continued {
		add("part of", parentName(e.Parent))
		if c.Change == diff.Added {
			out = append(out, termLines(e, shared)...)
		}
		add("programme", e.Programs...)
		if shared == nil || shared.EffectiveOn == "" {
			add("effective", string(c.EffectiveOn))
		}
		note := c.Note
		if shared != nil && shared.Note == note {
			note = "" // it stands at the head
		}
		add("note", slices.Concat([]string{note}, e.Notes)...)
		add("unconfirmed", unconfirmed(c))
		add("our counterparty", hitTexts(i.Hits)...)
		add("needs a human", problemTexts(slices.Concat(c.Problems, e.Problems))...)
	}
	return out
}

// entryOf is the entry that a Change is told with; an empty one where it has none.
func entryOf(c diff.Change) diff.Entry {
	for _, e := range []*diff.Entry{c.Entry, c.After, c.Before} {
		if e != nil {
			return *e
		}
	}
	return diff.Entry{Name: c.Name, Country: c.Country}
}

func termLines(e diff.Entry, shared *Terms) []Line {
	var out []Line
	if e.LicenseRequirement != "" && (shared == nil || diff.Normalise(shared.Requirement) != diff.Normalise(e.LicenseRequirement)) {
		out = append(out, Line{"licence required", []string{e.LicenseRequirement}})
	}
	if e.LicenseReviewPolicy != "" && (shared == nil || diff.Normalise(shared.Policy) != diff.Normalise(e.LicenseReviewPolicy)) {
		out = append(out, Line{"review policy", []string{e.LicenseReviewPolicy}})
	}
	if len(e.Footnotes) > 0 {
		out = append(out, Line{"footnote", e.Footnotes})
	}
	return out
}

// fieldLines say what was amended: what went, what came, and in single fields what became what.
func fieldLines(fields []diff.FieldChange) []Line {
	var out []Line
	at := map[string]int{}
	put := func(label, value string) {
		i, ok := at[label]
		if !ok {
			i = len(out)
			at[label] = i
			out = append(out, Line{Label: label})
		}
		out[i].Values = append(out[i].Values, value)
	}
	for _, f := range fields {
		word := fieldWord(f.Field)
		switch {
		case f.Before == "":
			put(word+" added", f.After)
		case f.After == "":
			put(word+" removed", f.Before)
		default:
			put(word+" was", f.Before)
			put(word+" now", f.After)
		}
	}
	return out
}

var fieldWords = map[string]string{
	"name": "name", "aliases": "alias", "weak_aliases": "weak alias", "former_names": "former name", "addresses": "address",
	"license_requirement": "requirement", "license_review_policy": "policy", "country": "country", "citations": "citation",
	"footnotes": "footnote", "programs": "programme", "ids": "identifier", "attributes": "detail", "notes": "note", "remarks": "remark", "printed": "printed form",
}

func fieldWord(field string) string {
	if w, ok := fieldWords[field]; ok {
		return w
	}
	return strings.ReplaceAll(field, "_", " ")
}

func parentName(parent string) string {
	if i := strings.LastIndexByte(parent, '/'); i >= 0 && strings.Count(parent, "/") >= 2 {
		return strings.ReplaceAll(parent[i+1:], "-", " ")
	}
	return parent
}

func unconfirmed(c diff.Change) string {
	if !c.Unconfirmed {
		return ""
	}
	return "not yet confirmed: so far only the source " + c.Source + " shows it, which does not decide about this list"
}

func hitTexts(hits []Hit) []string {
	out := make([]string, len(hits))
	for i, h := range hits {
		out[i] = h.Text()
	}
	return out
}

// touched are the Item's hits as they stand apart from it.
func (i Item) touched() []Hit {
	out := slices.Clone(i.Hits)
	for j := range out {
		if out[j].Match != i.Change.Name {
			out[j].Listed = i.Change.Name
		}
	}
	return out
}

// Text is a hit in words: our party, the listed name it resembles, how alike they are, and why. A party that listed ones own resembles
// nobody: the reason says who owns how much.
func (h Hit) Text() string {
	if why, ok := strings.CutPrefix(h.Reason, "affiliate: "); ok && h.MatchedOn == "affiliate" {
		if sum, part, ok := strings.Cut(why, " = "); ok && strings.HasPrefix(part, sum+" ") && !strings.Contains(part, " + ") {
			why = part // a sum of one
		}
		return fmt.Sprintf("%s (%s %s) is owned by “%s”%s: %s", h.Name, h.Counterparties, h.ID, h.Match, h.listed(), why)
	}
	s := fmt.Sprintf("%s (%s %s) resembles “%s”%s, %.0f %%", h.Name, h.Counterparties, h.ID, h.Match, h.listed(), 100*h.Score)
	if h.MatchedOn != "" && h.MatchedOn != "name" {
		s += " by " + h.MatchedOn
	}
	if h.Reason != "" {
		s += ": " + h.Reason
	}
	return s
}

func (h Hit) listed() string {
	if h.Listed == "" {
		return ""
	}
	return " of " + h.Listed
}

func problemTexts(ps []diff.Problem) []string {
	var out []string
	for _, p := range ps {
		if p.Kind == diff.SourceSlip {
			continue
		}
		s := p.Text
		if p.Where != "" {
			s += " (" + p.Where + ")"
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func nonEmpty(s []string) []string {
	return slices.DeleteFunc(slices.Clone(s), func(v string) bool { return v == "" })
}

// Group is the Items of one kind, list and country, in the order of the message.
type Group struct {
	Change  diff.ChangeKind
	List    diff.ListID
	Country string // as a reader knows it
	Items   []Item
}

// Title is the group's heading: "Entity List: added: China (5)".
func (g Group) Title() string {
	if m := g.Items[0].Mass; m != nil {
		return g.List.Title() + ": " + m.Title()
	}
	s := fmt.Sprintf("%s: %s", g.List.Title(), changeWord(g.Change, len(g.Items)))
	if g.Country != "" {
		s += ": " + g.Country
	}
	return fmt.Sprintf("%s (%d)", s, len(g.Items))
}

// Groups sorts Items for a reader: by list, kind of change and country, and otherwise as the source has them. An edit that many Changes
// made alike is a group of its own.
func Groups(items []Item) []Group {
	lists := diff.Lists()
	var out []Group
	for _, it := range items {
		c := it.Change
		country := CountryName(c.Country)
		i := slices.IndexFunc(out, func(g Group) bool {
			return it.Mass == nil && g.Items[0].Mass == nil && g.Change == c.Change && g.List == c.List && g.Country == country
		})
		if i < 0 {
			i = len(out)
			out = append(out, Group{Change: c.Change, List: c.List, Country: country})
		}
		out[i].Items = append(out[i].Items, it)
	}
	slices.SortStableFunc(out, func(a, b Group) int {
		if d := slices.Index(lists, a.List) - slices.Index(lists, b.List); d != 0 {
			return d
		}
		if d := slices.Index(changeOrder, a.Change) - slices.Index(changeOrder, b.Change); d != 0 {
			return d
		}
		return strings.Compare(a.Country, b.Country)
	})
	return out
}
