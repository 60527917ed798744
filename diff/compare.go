package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Comparison is what Compare found between two snapshots of one list by one source.
type Comparison struct {
	// Changes are all differences, editorial ones included (Substantive is false), in the order of list, country and name.
	Changes []Change
	// Entries are what to store as the source's last snapshot: those of the newer one, each with the EntryID that it had, or a new
	// one. Where the newer snapshot is incomplete, the entries that it does not show are kept here too.
	Entries []Entry
	// Missing are the entries of the older snapshot that the newer one does not show. In a complete one each is a removal in Changes;
	// of an incomplete one nothing follows.
	Missing []Entry
	// Hidden are the entries of the older snapshot that a record which cannot be read may be, wholly or in a part. They are kept in
	// Entries as they were, and nothing else follows.
	Hidden []Entry
	// Problems are those of the comparison itself, not of the snapshots.
	Problems []Problem
}

// Compare lists the differences between two snapshots of one list by one source. Order and layout never matter. An old snapshot that
// is the zero Snapshot makes every entry an addition: how a first look gets its EntryIDs. Entries of old that have no EntryID yet are
// given the one that such a first look would have given them.
//
// Which entry is which is the rule of docs/IDENTITY.md: the key first; then, except where the source has ids of its own, the same
// name editorially, the same text cut elsewhere, a respelt heading, and last a unique best match on names and addresses. A changed
// name is one Change of kind renamed when a letter or digit of it changed. Whatever remains ambiguous is a removal and an addition.
func Compare(old, new Snapshot) Comparison {
	c := comparer{old: old, new: new}
	c.old.Entries = withIDs(old.Entries, string(old.AsOf))
	c.new.Entries = slices.Clone(new.Entries)
	c.check()
	c.lookForUnread()
	c.fields = passingFields(c.old.Entries, c.new.Entries)
	c.pair = pair(c.old.Entries, c.new.Entries)
	c.name()
	c.stamp = stamp(old) + "\x1f" + stamp(new)
	c.changes()
	return c.out
}

// Identify gives each entry the EntryID of the known entry that it is, by the same rule as Compare, and a new one made of origin (an
// as-of date or an act's number) where it is none of them. It is how a second source of a list learns the identities of the first.
func Identify(known, entries []Entry, origin string) []Entry {
	c := comparer{old: Snapshot{Entries: withIDs(known, origin)}, new: Snapshot{AsOf: Date(origin), Entries: slices.Clone(entries)}}
	c.pair = pair(c.old.Entries, c.new.Entries)
	c.findLoosely()
	c.name()
	return c.new.Entries
}

// findLoosely looks for what is left under any country: another source may have no headings.
func (c *comparer) findLoosely() {
	view, taken := NewLooseView(c.old.Entries), map[string]bool{}
	for o, n := range c.pair.newOf {
		if n >= 0 {
			taken[c.old.Entries[o].EntryID] = true
		}
	}
	for n := range c.new.Entries {
		if c.pair.oldOf[n] >= 0 {
			continue
		}
		e := c.new.Entries[n]
		e.EntryID = ""
		if is := view.find(&e, taken); is != nil {
			taken[is.EntryID] = true
			c.pair.join(view.byID[is.EntryID], n)
		}
	}
}

type comparer struct {
	old, new Snapshot
	pair     *pairing
	moved    map[string]string // keys of old whose entry has another one now
	unread   map[string]bool   // keys of the entries that the newer one shows and that cannot be read
	blind    bool              // the newer one has a record that cannot be read, has no id, and was not there before
	fields   map[string]bool   // unknown fields that only one of the two has at all
	stamp    string
	out      Comparison
}

func (c *comparer) check() {
	if c.old.List != "" && c.old.List != c.new.List {
		c.problem("the snapshots are of two lists: " + c.old.List.Title() + " and " + c.new.List.Title())
	}
	if !c.old.Complete && len(c.old.Entries) > 0 {
		c.problem("the earlier snapshot is incomplete: an entry shown as added may have been there before")
	}
}

func (c *comparer) problem(text string) {
	c.out.Problems = append(c.out.Problems, Problem{Kind: Surprise, Text: text})
}

// withIDs gives entries without an EntryID one, without touching the argument.
func withIDs(entries []Entry, origin string) []Entry {
	if !slices.ContainsFunc(entries, func(e Entry) bool { return e.EntryID == "" }) {
		return entries
	}
	out, used := slices.Clone(entries), usedIDs(entries)
	for i := range out {
		if out[i].EntryID == "" {
			out[i].EntryID = newEntryID(out[i], origin, used)
		}
	}
	return out
}

func usedIDs(entries []Entry) map[string]bool {
	used := make(map[string]bool, len(entries))
	for i := range entries {
		used[entries[i].EntryID] = true
	}
	return used
}

// newEntryID makes the id of an entry first seen at origin: the same wherever it is made, and none that is in use.
func newEntryID(e Entry, origin string, used map[string]bool) string {
	for n := 1; ; n++ {
		mark := origin
		if n > 1 {
			mark += "#" + strconv.Itoa(n)
		}
		if id := HashID("ent", string(e.List), e.Key, mark); !used[id] {
			used[id] = true
			return id
		}
	}
}

// name gives the entries of new their ids, and notes which keys moved.
func (c *comparer) name() {
	var used map[string]bool
	c.moved = map[string]string{}
	for n := range c.new.Entries {
		e := &c.new.Entries[n]
		if o := c.pair.oldOf[n]; o >= 0 {
			e.EntryID = c.old.Entries[o].EntryID
			if k := c.old.Entries[o].Key; k != e.Key {
				c.moved[k] = e.Key
			}
			continue
		}
		if used == nil {
			used = usedIDs(c.old.Entries)
		}
		e.EntryID = newEntryID(*e, string(c.new.AsOf), used)
	}
}

func (c *comparer) changes() {
	c.out.Entries = c.new.Entries
	for n := range c.new.Entries {
		e := &c.new.Entries[n]
		if o := c.pair.oldOf[n]; o < 0 {
			c.tell(Change{Change: Added, Substantive: true, Problems: c.before(e)}, nil, e)
		} else if c.isUnread(e) {
			c.out.Hidden = append(c.out.Hidden, c.old.Entries[o])
			c.out.Entries[n] = c.old.Entries[o] // a part of it is missing: it stays as it was
		} else if before := &c.old.Entries[o]; !sameFields(before, e) {
			c.amended(before, e)
		}
	}
	for o, n := range c.pair.newOf {
		if n < 0 {
			c.missing(&c.old.Entries[o])
		}
	}
	if n := len(c.out.Hidden); n > 0 {
		c.problem(fmt.Sprintf("%d entries, as %s, may be among the records that cannot be read: nothing is said of them", n, c.out.Hidden[0].Name))
	}
	link(c.out.Changes)
	c.out.Changes = sorted(c.out.Changes)
}

func (c *comparer) missing(e *Entry) {
	c.out.Missing = append(c.out.Missing, *e)
	hidden := c.blind || c.isUnread(e)
	if hidden {
		c.out.Hidden = append(c.out.Hidden, *e)
	}
	if c.new.Complete && !hidden {
		c.tell(Change{Change: Removed, Substantive: true}, e, nil)
	} else {
		c.out.Entries = append(c.out.Entries, *e)
	}
}

// amended tells the fields that differ. A child whose parent merely has another key now has not changed.
func (c *comparer) amended(before, after *Entry) {
	b := *before
	if to, ok := c.moved[b.Parent]; ok {
		b.Parent = to
	}
	fields := c.withoutPassing(CompareEntries(b, *after))
	if len(fields) == 0 {
		return
	}
	c.tell(Change{Change: kindOf(fields), Substantive: AnySubstantive(fields), Fields: fields}, before, after)
}

// kindOf is renamed where letters or digits of the name changed, else amended.
func kindOf(fields []FieldChange) ChangeKind {
	for _, f := range fields {
		if f.Field == "name" && f.Substantive {
			return Renamed
		}
	}
	return Amended
}

func (c *comparer) tell(ch Change, before, after *Entry) {
	ch = describe(ch, before, after)
	ch.Evidence = c.new.Evidence
	ch.ID = HashID("chg", "list", ch.EntryID, string(ch.Change), c.stamp, fieldStamp(ch.Fields))
	c.out.Changes = append(c.out.Changes, ch)
}

// describe fills in whom a change concerns.
func describe(ch Change, before, after *Entry) Change {
	ch.Before, ch.After = copyOf(before), copyOf(after)
	if ch.Entry = ch.After; after == nil {
		ch.Entry = ch.Before
	}
	if e := ch.Entry; e != nil {
		ch.List, ch.Key, ch.EntryID, ch.Country, ch.Name = e.List, e.Key, e.EntryID, e.Country, e.Name
	}
	return ch
}

func copyOf(e *Entry) *Entry {
	if e == nil {
		return nil
	}
	x := *e
	return &x
}

// stamp tells two looks apart, so that what came, went and came back the same day is three changes.
func stamp(s Snapshot) string {
	parts := []string{string(s.List), string(s.AsOf)}
	for _, e := range s.Evidence {
		parts = append(parts, e.SHA256, e.FetchedAt.UTC().Format(time.RFC3339Nano))
	}
	return strings.Join(parts, "\x1e")
}

func fieldStamp(fields []FieldChange) string {
	var b strings.Builder
	for _, f := range fields {
		b.WriteString(f.Field + "\x1e" + f.Before + "\x1e" + f.After + "\x1f")
	}
	return b.String()
}

// sorted orders changes by place. It sorts pointers, since a Change is large.
func sorted(changes []Change) []Change {
	if len(changes) < 2 {
		return changes
	}
	at := make([]*Change, len(changes))
	for i := range changes {
		at[i] = &changes[i]
	}
	slices.SortStableFunc(at, byPlace)
	out := make([]Change, len(changes))
	for i, c := range at {
		out[i] = *c
	}
	return out
}

func byPlace(a, b *Change) int {
	return cmp.Or(
		cmp.Compare(a.List, b.List), cmp.Compare(a.Country, b.Country), cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.Change, b.Change), cmp.Compare(a.Key, b.Key), cmp.Compare(a.EntryID, b.EntryID),
	)
}
