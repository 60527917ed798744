package diff

import (
	"fmt"
	"math"
	"slices"
)

// Plausible says what one list of one source may look like. Zero values mean the defaults.
type Plausible struct {
	MinEntries  int     // fewer entries are implausible; 0: only none at all are
	MaxShrink   float64 // share of entries that may vanish at once; 0: DefaultMaxShrink
	MaxUnread   float64 // share of rows that may be unreadable; 0: DefaultMaxUnread
	MaxFillDrop float64 // share of the entries with a field that may lose it at once; 0: DefaultMaxFillDrop
	MaxGrowth   float64 // share of the entries that may come at once, unexplained; 0: DefaultMaxGrowth
	MaxRenamed  float64 // share of the entries that may get another name at once, unexplained; 0: DefaultMaxRenamed
	MaxEdited   float64 // share of the entries that may be edited at once, unexplained; 0: DefaultMaxEdited
	Expected    int     // entries that known acts remove and that this source showed so far: they may vanish besides
}

// The defaults of Plausible.
const (
	DefaultMaxShrink   = 0.02
	DefaultMaxUnread   = 0.01
	DefaultMaxFillDrop = 0.20
	DefaultMaxGrowth   = 0.50 // the UK listed 386 members of one parliament on a day, a fifth of its list
	DefaultMaxRenamed  = 0.01
	DefaultMaxEdited   = 0.10
)

// SnapshotFacts is what plausibility needs to know of the last accepted snapshot.
type SnapshotFacts struct {
	List    ListID         `json:"list"`
	AsOf    Date           `json:"as_of,omitempty"`
	Entries int            `json:"entries"`
	Filled  map[string]int `json:"filled"` // entries in which a field is not empty, by its JSON name
}

// Implausibility is one reason to hold a snapshot: nothing may follow from it until a person lets it through or a better one comes.
type Implausibility struct {
	List ListID `json:"list"`
	// Check is empty, below_minimum, shrunk, count, unread, fill, lacking, future, one_name, characters, doubled, moved, grown, renamed or
	// edited.
	Check  string `json:"check"`
	Reason string `json:"reason"` // for a person
}

// Lasting reports whether time can make the answer credible: a publisher may well shrink, rename or edit its list, and will then show it
// so again. A file that lacks a part, miscounts itself or is damaged does not become right by standing there.
func (i Implausibility) Lasting() bool {
	switch i.Check {
	case "shrunk", "fill", "moved", "grown", "renamed", "edited":
		return true
	}
	return false
}

// Facts are a snapshot's own.
func Facts(s Snapshot) SnapshotFacts {
	f := SnapshotFacts{List: s.List, AsOf: s.AsOf, Entries: len(s.Entries), Filled: map[string]int{}}
	for i := range s.Entries {
		e := &s.Entries[i]
		for j := range fields {
			if x := &fields[j]; x.watched && x.filled(e) {
				f.Filled[x.Name]++
			}
		}
	}
	return f
}

// filled reports whether an entry says anything in a field; a name without a letter is none.
func (f Field) filled(e *Entry) bool {
	switch f.Name {
	case "name":
		return hasLetters(e.Name)
	case "citations":
		return len(e.Citations) > 0
	case "ids":
		return len(e.IDs) > 0
	}
	return len(f.Texts(e)) > 0
}

// CheckPlausible lists what is wrong with a snapshot as a whole; old are the facts of the last accepted one, nil at the first look. A
// source with several lists is checked list by list: one that vanished is held alone.
//
// It is implausible to be empty, below the minimum, smaller than before by more than MaxShrink (one entry may always go), to disagree
// with a count of its own, to lack a part, to have many unreadable rows, one name in many entries, or a field that was filled in many
// entries and no longer is. At a first look, which CheckDifference has nothing to compare with, damaged characters and doubled rows are
// looked for here.
func CheckPlausible(old *SnapshotFacts, new Snapshot, p Plausible) []Implausibility {
	c := checker{list: new.List}
	n := len(new.Entries)
	switch {
	case n == 0:
		c.add("empty", "it has no entries")
	case n < p.MinEntries:
		c.add("below_minimum", "it has %d entries, and at least %d are expected", n, p.MinEntries)
	}
	if new.Declared != 0 && new.Declared != new.Rows {
		c.add("count", "it says that it has %d records, and %d can be read", new.Declared, new.Rows)
	}
	if unread := len(new.Unread); n > 0 && unread > 1 && float64(unread) > or(p.MaxUnread, DefaultMaxUnread)*float64(n+unread) {
		c.add("unread", "%d of %d rows cannot be read", unread, n+unread)
	}
	if new.Lacks != "" {
		c.add("lacking", "%s", new.Lacks)
	}
	c.oneName(new.Entries)
	if old == nil {
		c.damaged(new.Entries)
	}
	now := Facts(new)
	if n > 0 && now.Filled["name"] < n && float64(n-now.Filled["name"]) > or(p.MaxUnread, DefaultMaxUnread)*float64(n) {
		c.add("fill", "%d of %d entries have no name", n-now.Filled["name"], n)
	}
	if old != nil && n > 0 {
		c.shrunk(*old, now, p)
		c.fill(*old, now, p)
	}
	return c.out
}

type checker struct {
	list ListID
	out  []Implausibility
}

func (c *checker) add(check, format string, args ...any) {
	c.out = append(c.out, Implausibility{c.list, check, c.list.Title() + ": " + fmt.Sprintf(format, args...)})
}

func (c *checker) shrunk(old, now SnapshotFacts, p Plausible) {
	lost := old.Entries - now.Entries
	may := max(1, int(or(p.MaxShrink, DefaultMaxShrink)*float64(old.Entries))) + p.Expected
	if lost > may {
		c.add("shrunk", "it has %d entries where it had %d: %d are gone at once, and at most %d may be", now.Entries, old.Entries, lost, may)
	}
}

// fill compares numbers of entries, not shares: additions that lack a field take it from nobody.
func (c *checker) fill(old, now SnapshotFacts, p Plausible) {
	fewer := max(0, old.Entries-now.Entries)
	names := make([]string, 0, len(old.Filled))
	for name := range old.Filled {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		was, is := old.Filled[name], now.Filled[name]
		may := max(1, int(math.Ceil(or(p.MaxFillDrop, DefaultMaxFillDrop)*float64(was)))) + fewer
		if was-is > may {
			c.add("fill", "%q is filled in %d entries where it was in %d", name, is, was)
		}
	}
}

func or(value, standard float64) float64 {
	if value > 0 {
		return value
	}
	return standard
}
