package diff

import (
	"maps"
	"slices"
)

// Sought says which entries of a state Explain asks for, so that nobody need read the others: those that a difference or a known Change
// concerns, by their ids and keys, and all of them where entries are looked for by name.
type Sought struct {
	byName    bool
	ids, keys map[string]bool
}

// SoughtBy is what is sought for differences, beside known Changes, in a state whose first entry has the id and key given. That entry tells
// whether the list has ids of its source, and belongs to what is sought.
func SoughtBy(found, known []Change, firstID, firstKey string) Sought {
	s := Sought{ids: map[string]bool{firstID: true}, keys: map[string]bool{firstKey: true}}
	for i := range found {
		c := &found[i]
		if !c.Substantive {
			continue
		}
		s.byName = s.byName || !HasSourceID(firstKey) || !HasSourceID(c.Key)
		for _, e := range []*Entry{c.Before, c.After} {
			if e != nil {
				s.ids[e.EntryID], s.keys[e.Key] = true, true
				s.byName = s.byName || !HasSourceID(e.Key)
			}
		}
	}
	for i := range known {
		s.ids[known[i].EntryID] = true
	}
	return s
}

// Wants reports whether an entry is sought. Nil seeks all.
func (s *Sought) Wants(id, key string) bool { return s == nil || s.byName || s.ids[id] || s.keys[key] }

// Few gives the ids and keys that are sought where they are at most so many; ok is false where they are more, or names are sought too.
func (s *Sought) Few(most int) (ids, keys []string, ok bool) {
	if s == nil || s.byName || len(s.ids)+len(s.keys) > most {
		return nil, nil, false
	}
	return slices.Sorted(maps.Keys(s.ids)), slices.Sorted(maps.Keys(s.keys)), true
}
