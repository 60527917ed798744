package diff

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Application is what an act makes of a state.
type Application struct {
	Changes []Change // in the order of the instructions; children after the parent that took them along
	State   State    // after the act, whenever it takes effect
	// Already are the ids of Changes whose effect the state shows already, as it does where its baseline is newer than the act.
	Already []string
	// Worded are the act's own texts where a row that cites the act, and none later, says something else: by the id of the Change, which
	// has the row's.
	Worded   map[string]Entry
	Problems []Problem // of the act as a whole
}

// Apply makes the Changes that an act makes to the current state. It expects what is added to be absent, what is removed to be
// present, and what is revised to be present and different; each surprise is a problem on the Change. Where the state does not settle
// whom an instruction means, nothing in it is touched.
//
//   - add: a further entry, even where one of that name stands there with another text; with the same text, nothing.
//   - remove: the entry, and the parties named inside its row; never one that has the name only as an alias.
//   - revise: the row is the whole new text. An entry that is not there is put there: screening a party too many is better than
//     missing one. A name whose letters changed is a renaming.
//   - edit: the fields named.
//   - add_or_revise: a revision where the state has the name under that country, else an addition.
//   - republish: the rows of the act are compared with what stands in its scope, as a list's snapshot would be (republish.go).
//
// Removals are done first and additions last, whatever the order of the instructions, so that one act can replace an entry. Such a
// pair stays two Changes, linked. A Change's ID depends on the act, list, country, name and on whether something is taken off or put
// on the list, but not on the texts: a later reading of the same instruction gives the same id.
func Apply(state State, act Act) Application {
	lists := map[ListID]bool{}
	for _, a := range act.Amendments {
		lists[a.List] = true
	}
	p := &applier{act: act, reg: newRegister(state, lists), told: make([][]Change, len(act.Amendments)), ids: changeIDs(act),
		settled: map[int]bool{}, worded: map[string]Entry{}}
	for _, round := range [][]Action{{Remove}, {Revise, EditFields}, {Republish}, {AddOrRevise}, {Add}} {
		for i, a := range act.Amendments {
			if slices.Contains(round, a.Action) {
				p.do(i, a)
			}
		}
	}
	p.unknown()
	out := Application{State: p.reg.state(), Already: p.already, Worded: p.worded, Problems: p.problems}
	for _, told := range p.told {
		out.Changes = append(out.Changes, told...)
	}
	link(out.Changes)
	out.Problems = append(out.Problems, countResolved(act, out.Changes)...)
	return out
}

// AlreadyApplied reports whether the state shows every effect of an act: its baseline is newer, and the act only confirms it.
func AlreadyApplied(state State, act Act) bool {
	a := Apply(state, act)
	return len(a.Changes) > 0 && len(a.Already) == len(a.Changes)
}

// Cites reports whether an entry cites an act: a volume and page of it, or its volume and day of publication.
func Cites(e Entry, act Act) bool {
	return slices.ContainsFunc(e.Citations, func(c Citation) bool {
		if c.Volume == 0 || c.Volume != act.Volume {
			return false
		}
		return act.StartPage > 0 && c.Page >= act.StartPage && c.Page <= act.EndPage || c.Date != "" && c.Date == act.PublishedOn
	})
}

// citesLater reports whether an entry cites an act later than this one, whose text it then has.
func citesLater(e Entry, act Act) bool {
	return slices.ContainsFunc(e.Citations, func(c Citation) bool {
		return c.Volume > act.Volume || c.Volume == act.Volume && c.Page > max(act.StartPage, act.EndPage) && act.StartPage > 0
	})
}

type applier struct {
	act      Act
	reg      *register
	told     [][]Change
	ids      []string
	already  []string
	worded   map[string]Entry
	problems []Problem
	settled  map[int]bool // amendments that the comparison of a republished text decided, perhaps that nothing changes
}

func (p *applier) do(i int, a Amendment) {
	if p.settled[i] {
		return
	}
	switch a.Action {
	case Republish:
		p.republish(i, a)
	case Remove:
		p.remove(i, a)
	case Revise:
		p.revise(i, a)
	case EditFields:
		p.edit(i, a)
	case AddOrRevise:
		if found := p.reg.named(a.List, a.Country, entryName(a)); len(found) > 0 {
			p.revise(i, a)
		} else {
			p.add(i, a)
		}
	case Add:
		p.add(i, a)
	}
}

// unknown tells of instructions whose action nobody knows.
func (p *applier) unknown() {
	for i, a := range p.act.Amendments {
		if len(p.told[i]) == 0 && !p.settled[i] {
			p.problems = append(p.problems, Problem{Kind: Unread, Where: a.Instruction,
				Text: fmt.Sprintf("an instruction for %q has the unknown action %q", a.Name, a.Action)})
		}
	}
}

func (p *applier) add(i int, a Amendment) {
	e := newText(a)
	c := Change{Change: Added, Substantive: true}
	if found := p.reg.named(e.List, e.Country, e.Name); len(found) > 0 {
		same := p.sameAs(found, e)
		if same >= 0 {
			there := p.reg.entries[same]
			c = surprise(c, "it is on the list already")
			p.tell(i, a, c, &there, &there)
			p.already = append(p.already, p.ids[i])
			if AnySubstantive(TextDifference(&e, &there)) && !citesLater(there, p.act) {
				p.worded[p.ids[i]] = e
			}
			return
		}
		c = surprise(c, "an entry of this name is on the list already, with another text")
	}
	at := p.reg.put(e, FoldDocumentNumber(p.act.DocumentNumber))
	e = p.reg.entries[at]
	p.tell(i, a, c, nil, &e)
}

// sameAs finds the entry that an addition describes: the same text but for its citations, or one that cites the act.
func (p *applier) sameAs(found []int, e Entry) int {
	for _, at := range found {
		if Cites(p.reg.entries[at], p.act) || sameText(p.reg.entries[at], e) {
			return at
		}
	}
	return -1
}

func (p *applier) remove(i int, a Amendment) {
	c := Change{Change: Removed, Substantive: true}
	at, why := p.whom(a, a.Name)
	if at < 0 || why != "" { // a doubtful removal is never made
		e := newText(a)
		p.tell(i, a, surprise(c, why), &e, nil)
		if why == absent {
			p.already = append(p.already, p.ids[i])
		}
		return
	}
	p.take(i, a, at, c)
}

// take removes an entry and the parties inside its row, each a Change linked to the first. An explicit removal of such a party finds
// it gone otherwise, so those are left to their own instruction.
func (p *applier) take(i int, a Amendment, at int, c Change) {
	e := p.reg.entries[at]
	p.reg.drop(at)
	p.tell(i, a, c, &e, nil)
	for n, child := range p.reg.children(e) {
		ce := p.reg.entries[child]
		if p.explicit(ce) {
			continue
		}
		p.reg.drop(child)
		cc := p.describe(a, Change{Change: Removed, Substantive: true, Note: "with " + e.Name}, &ce, nil)
		cc.ID = HashID("chg", p.ids[i], "child", letters(ce.Name), strconv.Itoa(n))
		cc.Linked = []string{p.ids[i]}
		p.told[i] = append(p.told[i], cc)
	}
}

func (p *applier) explicit(e Entry) bool {
	return slices.ContainsFunc(p.act.Amendments, func(a Amendment) bool {
		return a.Action == Remove && a.List == e.List && SameCountry(a.Country, e.Country) && letters(a.Name) == letters(e.Name)
	})
}

func (p *applier) revise(i int, a Amendment) {
	c := Change{Change: Amended, Substantive: true}
	at, why := p.whom(a, a.Name, entryName(a))
	if why != "" && a.Entry != nil && (at >= 0 || why == absent) {
		at, why = p.former(a, at, why)
	}
	switch {
	case at >= 0 && a.Entry == nil:
		e := p.reg.entries[at]
		if a.ToCome == "" {
			c.Problems = append(c.Problems, Problem{Kind: Unread, Text: "the new text is not given", Where: a.Instruction})
		}
		p.tell(i, a, c, &e, &e)
	case at >= 0:
		p.rewrite(i, a, at, surpriseIf(c, why), p.reg.replaced(at, newText(a)))
	case a.Entry == nil || why != absent:
		p.untouched(i, a, c, why)
	default:
		e := newText(a)
		if country, gone := p.reg.elsewhere(e); country != "" { // a move, perhaps: under this country the entry is new
			c.Change = Added
			why = fmt.Sprintf("the document revises it, but it was not on the list under %s: an entry of this name ", e.Country)
			if gone {
				why += fmt.Sprintf("stood under %s, and the document removes that one", country)
			} else { // which nobody removes by a guess
				why += fmt.Sprintf("stands under %s, and the document does not say that it goes", country)
			}
		}
		at := p.reg.put(e, FoldDocumentNumber(p.act.DocumentNumber))
		e = p.reg.entries[at]
		p.tell(i, a, surprise(c, why), nil, &e)
	}
}

// former looks for the entry whose name the row calls a former name or an alias: it names both, so this is a renaming.
func (p *applier) former(a Amendment, at int, why string) (int, string) {
	for _, name := range slices.Concat(a.Entry.FormerNames, a.Entry.Aliases) {
		if found := p.reg.named(a.List, a.Country, name); len(found) == 1 && (at < 0 || at == found[0]) {
			return found[0], ""
		}
	}
	return at, why
}

// rewrite gives an entry its new text and tells the difference.
func (p *applier) rewrite(i int, a Amendment, at int, c Change, e Entry) {
	before := p.reg.entries[at]
	c.Fields = CompareEntries(before, e)
	if !AnySubstantive(c.Fields) || sameText(before, e) && Cites(before, p.act) {
		p.already = append(p.already, p.ids[i])
		c = surprise(c, "the list reads so already")
	}
	c.Change = kindOf(c.Fields)
	after := p.reg.replace(at, e)
	p.tell(i, a, c, &before, &after)
}

func (p *applier) edit(i int, a Amendment) {
	c := Change{Change: Amended, Substantive: true}
	at, why := p.whom(a, a.Name)
	if at < 0 {
		p.untouched(i, a, c, why)
		return
	}
	after, problems := Edited(p.reg.entries[at], a.Edits)
	c = surpriseIf(c, why)
	c.Problems = append(c.Problems, problems...)
	p.rewrite(i, a, at, c, after)
}

// untouched tells an instruction that found no entry to change.
func (p *applier) untouched(i int, a Amendment, c Change, why string) {
	e := newText(a)
	p.tell(i, a, surprise(c, why), nil, &e)
}

const absent = "it is not on the list"

// whom finds the entry that an instruction means by one of the names it gives. A reason with an index is a doubt about it.
func (p *applier) whom(a Amendment, names ...string) (at int, why string) {
	for _, name := range names {
		found, doubt := p.reg.sought(a.List, a.Country, name)
		if len(found) == 0 && a.Country == "" {
			found = p.reg.anywhere(a.List, name)
		}
		if len(found) == 0 {
			continue
		}
		if at, sure := p.reg.nearest(found, a.Entry); sure && doubt {
			return at, fmt.Sprintf("no entry has this name, but %q has it as an alias or former name", p.reg.entries[at].Name)
		} else if sure {
			return at, ""
		}
		return -1, fmt.Sprintf("%d entries have this name, and the text does not say which is meant", len(found))
	}
	return -1, absent
}

func (p *applier) tell(i int, a Amendment, c Change, before, after *Entry) {
	c = p.describe(a, c, before, after)
	c.ID = p.ids[i]
	p.told[i] = append(p.told[i], c)
}

func (p *applier) describe(a Amendment, c Change, before, after *Entry) Change {
	c = describe(c, before, after)
	c.Act, c.Case = p.act.DocumentNumber, ActCaseID(p.act.DocumentNumber)
	if p.act.CorrectionOf != "" {
		c.Case = ActCaseID(p.act.CorrectionOf)
	}
	c.Stage, c.EffectiveOn, c.Evidence = p.act.stage(), p.act.EffectiveOn, p.act.Evidence
	c.Instruction = a.Instruction
	if c.Note == "" {
		c.Note = a.ToCome
	}
	c.Problems = append(slices.Clone(a.Problems), c.Problems...)
	return c
}

func (a Act) stage() Stage {
	if a.Status == ActFiled || a.Status == "" && a.PublishedOn == "" {
		return Filed
	}
	return Published
}

func surprise(c Change, text string) Change {
	c.Problems = append(c.Problems, Problem{Kind: Surprise, Text: text})
	return c
}

func surpriseIf(c Change, text string) Change {
	if text == "" {
		return c
	}
	return surprise(c, text)
}

// changeIDs names each instruction's Change.
func changeIDs(act Act) []string {
	out, seen := make([]string, len(act.Amendments)), map[string]int{}
	for i, a := range act.Amendments {
		class := "on"
		if a.Action == Remove {
			class = "off"
		}
		parts := []string{FoldDocumentNumber(act.DocumentNumber), string(a.List), FoldCountry(a.Country), class, letters(a.Name)}
		k := strings.Join(parts, "\x1f")
		out[i] = HashID("chg", append(parts, strconv.Itoa(seen[k]))...)
		seen[k]++
	}
	return out
}
