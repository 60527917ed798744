package diff

import (
	"slices"
)

// Viewpoint is who shows a difference, and when.
type Viewpoint struct {
	Primary bool  // the source is its list's primary one
	Stage   Stage // what it means for a case that the source shows it
	Today   Date  // the day of the look
}

// Verdict is how a source's showing stands to what was known.
type Verdict string

// The verdicts.
const (
	Agrees  Verdict = "agrees"  // the primary source shows what was known: the Case is confirmed
	Differs Verdict = "differs" // the primary source shows another text: the Case is disputed
	Seen    Verdict = "seen"    // another source shows what was known: a stage, no more
)

// Explained is a difference that is no news.
type Explained struct {
	Change  Change
	Known   *Change       // the earlier Change that explains it; nil where only the state does
	Stage   Stage         // that Known's Case has reached
	Verdict Verdict       // of the source
	Fields  []FieldChange // where Differs: what the known text (Before) and the shown text (After) say
	Accept  *Change       // what to make of the state in silence, as where an unconfirmed entry is confirmed; nil for nothing
}

// Reconciliation is what a list source's differences come to.
type Reconciliation struct {
	Explained []Explained
	News      []Change // to be told
	Editorial []Change // to be stored; no rule hears of them unless it asks
	// Settles maps the IDs of Changes in News to the discrepancy that each makes certain, and whose Case it has.
	Settles map[string]Change
	// Identities maps EntryIDs that Compare made for the source's new entries to those under which they were known before.
	Identities map[string]string
}

// Explain reconciles what one list source shows, as Compare found it against the source's last snapshot, with what is known: earlier Changes by acts or other sources
// that this source has not shown yet, oldest first and retracted ones left out, and the state in force.
//
// A difference whose result is in force already, or that such a Change made, is explained: the stage moves on and nobody is told
// again. Editorial differences never prevent that, and sources may file names and addresses differently. Where the primary source's
// text differs in substance from an act's, the Case is disputed. What nothing explains is news: from the primary source a Change
// without an act, of an act-governed list "without a rule"; from another source unconfirmed, and a removal only a discrepancy, which the primary source's removal settles in the same Case. The text
// of an unconfirmed Change binds nobody: the primary source's takes its place.
//
// A Change that took effect and was undone since (it is not in force any more) explains nothing.
func Explain(seen Comparison, known []Change, state State, from Viewpoint) Reconciliation {
	x := explainer{from: from, known: known, view: newView(state.Entries, !from.Primary), used: make([]bool, len(known)),
		out: Reconciliation{Identities: map[string]string{}, Settles: map[string]Change{}}, taken: map[string]bool{}}
	x.index(seen)
	for _, c := range seen.Changes {
		switch {
		case !c.Substantive:
			x.out.Editorial = append(x.out.Editorial, c)
		case c.Change == Removed:
			x.removed(c)
		case c.Change == Added:
			x.added(c)
		case c.Change == Amended || c.Change == Renamed:
			x.amended(c)
		default:
			x.out.News = append(x.out.News, c)
		}
	}
	return x.out
}

type explainer struct {
	from   Viewpoint
	known  []Change
	byName map[string][]int // of known
	view   *View
	used   []bool          // known Changes that the primary source's entries used up: twins need one each
	taken  map[string]bool // EntryIDs that the source shows already, or that a new entry of it was identified with
	out    Reconciliation
}

// explains finds the known Change of one of the kinds that concerns the same entry: one that gives it the text that is shown, else by its
// identity, else the most alike, else the newest.
func (x *explainer) explains(c Change, kinds ...ChangeKind) *Change {
	at, most := -1, -1
	for _, mark := range marksOf(&c, x.sought) {
		for _, i := range x.byName[mark] {
			k := &x.known[i]
			if x.used[i] || !slices.Contains(kinds, k.Change) || x.undone(k) || k.List != c.List {
				continue
			}
			if n := nearness(c, *k); n > most || n == most && i > at {
				at, most = i, n
			}
		}
	}
	if at < 0 {
		return nil
	}
	x.used[at] = x.from.Primary && (c.Change == Added || c.Change == Removed)
	return &x.known[at]
}

// nearness says how much two Changes of one name have in common.
func nearness(c, k Change) int {
	if c.EntryID == k.EntryID && c.EntryID != "" {
		if c.After != nil && k.After != nil && sameText(*c.After, *k.After) {
			return rareItem*rareItem + 1 // of several acts, the one that the list has come to
		}
		return rareItem * rareItem
	}
	if c.Entry == nil || k.Entry == nil {
		return 0
	}
	n := common(contentOf(c.Entry, 0).items, contentOf(k.Entry, 0).items)
	if letters(c.Name) == letters(k.Name) {
		n += rareItem
	}
	return n
}

// undone reports whether a Change is in effect by its date, but not in force: another has taken it back since. A Change that found no
// entry, or that is unconfirmed, never was in force.
func (x *explainer) undone(k *Change) bool {
	if k.Unconfirmed || k.EntryID == "" || k.EffectiveOn > x.from.Today {
		return false
	}
	_, there := x.view.byID[k.EntryID]
	return there == (k.Change == Removed)
}

func (x *explainer) added(c Change) {
	there, k := x.find(c.After), x.explains(c, Added, Amended, Renamed)
	if there == nil && k == nil {
		x.news(c)
		return
	}
	was := there
	if was == nil {
		was = k.Entry
	}
	x.identify(&c, was.EntryID)
	if k == nil && x.from.Primary && !sameText(*was, *c.After) { // it came back with another text
		c.Change, c.Before, c.Fields = Amended, copyOf(was), CompareEntries(*was, *c.After)
		c.Change = kindOf(c.Fields)
		x.news(c)
		return
	}
	x.explained(c, k, there, was)
}

func (x *explainer) amended(c Change) {
	there, k := x.find(c.After), x.explains(c, Amended, Renamed, Added)
	switch {
	case there != nil && Reads(there, c):
		x.identify(&c, there.EntryID)
		x.explained(c, k, there, there)
	case k != nil && (k.Act != "" || Reads(k.Entry, c)):
		x.identify(&c, k.EntryID)
		x.explained(c, k, there, k.Entry)
	default:
		if there != nil {
			x.identify(&c, there.EntryID)
		}
		x.news(c)
	}
}

// Reads reports whether an entry shows all that an amendment changed. An amendment of citations alone must be shown to the letter.
func Reads(e *Entry, c Change) bool {
	if e == nil || len(unreflected(e, c)) > 0 {
		return false
	}
	for _, f := range c.Fields {
		if f.Substantive && f.Field != "citations" {
			return true
		}
	}
	return c.After != nil && SameEntry(*e, *c.After)
}

func (x *explainer) removed(c Change) {
	there, k := x.find(c.Before), x.explains(c, Removed)
	switch {
	case there == nil:
		x.out.Explained = append(x.out.Explained, Explained{Change: c, Known: k, Stage: x.from.Stage, Verdict: x.agrees()})
	case k != nil:
		e := Explained{Change: c, Known: k, Stage: x.from.Stage, Verdict: x.agrees()}
		if x.from.Primary && !(k.EffectiveOn > x.from.Today) {
			e.Accept = &c
		}
		x.out.Explained = append(x.out.Explained, e)
	case x.from.Primary:
		x.news(c)
	default:
		if doubt := x.explains(c, Discrepancy); doubt != nil { // a further source does not show it either
			x.out.Explained = append(x.out.Explained, Explained{Change: c, Known: doubt, Stage: x.from.Stage, Verdict: Seen})
			return
		}
		c.Change, c.Stage, c.Note = Discrepancy, x.from.Stage, "another source no longer shows this entry; the list's primary source and its acts do"
		x.out.News = append(x.out.News, c)
	}
}

// news tells a difference that nothing explains.
func (x *explainer) news(c Change) {
	c.Unconfirmed = !x.from.Primary
	c.Stage = x.from.Stage
	if x.from.Primary && c.List.ActGoverned() {
		c.Note = WithoutARule
	}
	if c.Change == Removed {
		if doubt := x.explains(c, Discrepancy); doubt != nil {
			c.Case = doubt.Case // what was doubtful is now told in the same Case
			x.out.Settles[c.ID] = *doubt
		}
	}
	x.out.News = append(x.out.News, c)
}

// WithoutARule is the note of a Change of an act-governed list that no act explains.
const WithoutARule = "without a rule"

// explained files a difference that is no news, with what the primary source's text makes of it.
func (x *explainer) explained(c Change, k *Change, there, was *Entry) {
	e := Explained{Change: c, Known: k, Stage: x.from.Stage, Verdict: x.agrees()}
	if x.from.Primary {
		if fields := TextDifference(was, c.After); AnySubstantive(fields) && k != nil && !k.Unconfirmed {
			e.Verdict, e.Fields = Differs, fields
		} else if (there == nil || !sameFields(there, c.After)) && !x.overtaken(k) {
			e.Accept = accept(c, there)
		}
	}
	x.out.Explained = append(x.out.Explained, e)
}

// overtaken reports whether a later act has done something else to the entry, so that the list shows what was in force before it.
func (x *explainer) overtaken(k *Change) bool {
	if k == nil || k.Act == "" || k.EntryID == "" {
		return false
	}
	for i := range x.known {
		o := &x.known[i]
		if o.EntryID == k.EntryID && o.Act != "" && o.Act != k.Act && o.EffectiveOn >= k.EffectiveOn && o.EffectiveOn <= x.from.Today {
			return true
		}
	}
	return false
}

// TextDifference is what two texts of one entry say differently, citations aside.
func TextDifference(known, shown *Entry) []FieldChange {
	a, b := *known, *shown
	if a.NameOnly() {
		return nil
	}
	a.Citations, b.Citations, a.Parent, b.Parent = nil, nil, "", ""
	return CompareEntries(a, b)
}

// accept is the silent change that puts the primary source's text in force.
func accept(c Change, there *Entry) *Change {
	c.Before = copyOf(there)
	c.Change = Added
	if there != nil {
		c.Fields = CompareEntries(*there, *c.After)
		c.Change, c.Substantive = kindOf(c.Fields), AnySubstantive(c.Fields)
	}
	return &c
}

func (x *explainer) agrees() Verdict {
	if x.from.Primary {
		return Agrees
	}
	return Seen
}

// identify gives a new entry of the source the identity under which it was known, unless another one has it: sources group parties
// differently.
func (x *explainer) identify(c *Change, id string) {
	if id == "" || id == c.EntryID || x.taken[id] {
		return
	}
	x.taken[id] = true
	x.out.Identities[c.EntryID] = id
	c.EntryID = id
	c.Entry, c.Before, c.After = withID(c.Entry, id), withID(c.Before, id), withID(c.After, id)
}

// Reidentify gives entries the ids of Reconciliation.Identities.
func Reidentify(entries []Entry, ids map[string]string) []Entry {
	if len(ids) == 0 {
		return entries
	}
	out := make([]Entry, len(entries))
	for i, e := range entries {
		if id, ok := ids[e.EntryID]; ok {
			e.EntryID = id
		}
		out[i] = e
	}
	return out
}
