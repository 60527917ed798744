package diff

import "crypto/sha256"

// Rows are entries at hand, found by what they say. Whoever stores entries with their Prints need not read those again that are at hand.
type Rows struct {
	entries []Entry
	at      map[[sha256.Size]byte]int
}

// NewRows indexes entries by their Prints; the slice must not change afterwards.
func NewRows(entries []Entry, prints [][sha256.Size]byte) *Rows {
	r := &Rows{entries: entries, at: make(map[[sha256.Size]byte]int, len(entries))}
	for i := range prints {
		r.at[prints[i]] = i
	}
	return r
}

// Find gives the entry with a Print the identity id; found is false where none has it. No Rows have no entries.
func (r *Rows) Find(print []byte, id string) (e Entry, found bool) {
	if r == nil || len(print) != sha256.Size {
		return Entry{}, false
	}
	i, found := r.at[[sha256.Size]byte(print)]
	if found {
		e = r.entries[i]
		e.EntryID = id
	}
	return e, found
}
