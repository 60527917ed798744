package notify

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// maxName is how many characters of a party's name stand in its heading; the whole of a longer one stands below it.
// The longest name that the real lists hold has 249.
const maxName = 300

// title is the party's heading.
func (i Item) title() string {
	name := Clean(i.Change.Name)
	if rs := []rune(name); len(rs) > maxName {
		name = quoted(name, maxName)
	}
	if i.Continued {
		name += " (continued)"
	}
	return name
}

func (i Item) party(shared *Terms) Party { return Party{i.title(), i.lines(shared)} }

// lines are what a reader must know of the party of an Item, in the order of reading. What the head of the message
// says for all of them is left out.
func (i Item) lines(shared *Terms) []Line {
	if i.Said != nil {
		return i.Said
	}
	var f lines
	c := i.Change
	e := entryOf(c)
	if name := Clean(c.Name); len([]rune(name)) > maxName {
		f.add("full name", name)
	}
	if i.Retracted != "" {
		if i.Retracted != stateRetracted {
			f.add("retracted", i.Retracted)
		}
		return f // what it was is of no use any more
	}
	f = append(f, i.textLines(c, e)...)
	f.add("part of", parentName(e.Parent))
	if c.Change == diff.Added && c.Correction == nil {
		f = append(f, termLines(e, shared)...)
	}
	f.run("program", e.Programs)
	if c.Correction == nil && (shared == nil || shared.EffectiveOn == "") { // which document's day that is stands with the correction
		f.add("effective", string(c.EffectiveOn))
	}
	f.add("note", slices.Concat(i.ownNotes(shared), e.Notes)...)
	return append(f, i.Apart...)
}

// textLines are the entry's own text, or what of it became what.
func (i Item) textLines(c diff.Change, e diff.Entry) (f lines) {
	switch {
	case c.Correction != nil:
		f = append(f, correctionLines(c.Correction)...)
	case i.Mass != nil && c.Name == editText(c.Fields) && !strings.Contains(c.Name, "…"):
		f.run("entries", i.Mass.texts()) // its name says the edit
	case c.Change == diff.Amended || c.Change == diff.Renamed || c.Change == diff.Discrepancy:
		f = append(f, fieldLines(c.Fields, i.title())...)
		f.run("entries", i.Mass.texts())
	default:
		f.run("also known as", e.Aliases)
		f.run("also (weak)", e.WeakAliases)
		f.run("formerly", e.FormerNames)
		f.add("address", e.Addresses...)
	}
	return f
}

// ownNotes are what is noted of this party and not of all.
func (i Item) ownNotes(shared *Terms) (out []string) {
	for _, n := range remarks(i.Change) {
		if shared == nil || !slices.Contains(shared.Notes, n) {
			out = append(out, n)
		}
	}
	return out
}

// remarks are the notes of a Change, the doubt about it included.
func remarks(c diff.Change) []string {
	note := c.Note
	if c.Correction != nil {
		note = "" // "corrected by …" stands at the head, with which document corrects which
	}
	return nonEmpty([]string{reinstated(c), note, unconfirmed(c)})
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

// termLines are the license terms of an addition, as far as the head of the message does not say them.
func termLines(e diff.Entry, shared *Terms) (f lines) {
	if shared == nil {
		shared = &Terms{}
	}
	if diff.Normalise(shared.Requirement) != diff.Normalise(e.LicenseRequirement) {
		f.add("license required", e.LicenseRequirement)
	}
	if diff.Normalise(shared.Policy) != diff.Normalise(e.LicenseReviewPolicy) {
		f.add("review policy", e.LicenseReviewPolicy)
	}
	f.run("footnote", e.Footnotes)
	return f
}

// fieldLines say what was amended: what went, what came, and in single fields what became what. The party's new name is its heading already.
func fieldLines(fields []diff.FieldChange, heading string) []Line {
	var out []Line
	at := map[string]int{}
	put := func(kind LineKind, label, value string) {
		i, ok := at[label]
		if !ok {
			i = len(out)
			at[label] = i
			out = append(out, Line{Label: label, Kind: kind})
		}
		out[i].Values = append(out[i].Values, value)
	}
	for _, f := range fields {
		word, kind := diff.FieldWord(f.Field), LineEach
		if slices.Contains([]string{"aliases", "weak_aliases", "ids"}, f.Field) {
			kind = LineRun
		}
		switch {
		case f.Before == "":
			put(kind, word+" added", f.After)
		case f.After == "":
			put(kind, word+" removed", f.Before)
		default:
			put(LineEach, word+" was", f.Before)
			if f.Field != "name" || Clean(f.After) != heading {
				put(LineEach, word+" now", f.After)
			}
		}
	}
	return out
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
	return "not yet confirmed: so far only the source " + c.Source + " shows it, and it is not the authority for this list"
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
	State   string // "", corrected or retracted
	List    diff.ListID
	Country string // as a reader knows it
	Items   []Item
}

// Title is the group's heading: "Entity List: added: China (5)".
func (g Group) Title() string {
	if m := g.Items[0].Mass; m != nil {
		return g.List.Title() + ": " + m.Title()
	}
	word := changeWord(g.Change, len(g.Items))
	switch g.State {
	case stateCorrected:
		word = g.State
	case stateRetracted:
		word = g.State + ", was told as " + word
	}
	s := g.List.Title() + ": " + word
	if g.Country != "" {
		s += ": " + g.Country
	}
	return fmt.Sprintf("%s (%d)", s, len(g.Items))
}

// The states of an Item other than that it holds as it is told for the first time.
const (
	stateCorrected = "corrected"
	stateRetracted = "retracted"
)

func (i Item) state() string {
	switch {
	case i.Retracted != "":
		return stateRetracted
	case i.Change.Correction != nil:
		return stateCorrected
	}
	return ""
}

// Groups sorts Items for a reader: what holds before what does not, by list, kind of change and country, and otherwise
// as the source has them. An edit that many Changes made alike is a group of its own.
func Groups(items []Item) []Group {
	lists := diff.Lists()
	var out []Group
	for _, it := range items {
		c := it.Change
		country := CountryName(c.Country)
		i := slices.IndexFunc(out, func(g Group) bool {
			return it.Mass == nil && g.Items[0].Mass == nil && g.Change == c.Change && g.List == c.List && g.Country == country && g.State == it.state()
		})
		if i < 0 {
			i = len(out)
			out = append(out, Group{Change: c.Change, State: it.state(), List: c.List, Country: country})
		}
		out[i].Items = append(out[i].Items, it)
	}
	slices.SortStableFunc(out, func(a, b Group) int {
		if d := strings.Compare(a.State, b.State); d != 0 && (a.State == stateRetracted || b.State == stateRetracted) {
			return d
		}
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
