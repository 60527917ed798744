package match

import (
	"entitywatch/screen/names"
)

// interner numbers strings from 0, keeping their letters in one block: a million words cost little more than their
// letters.
type interner struct {
	blob  []byte
	ends  []uint32 // where string i ends in blob
	table []uint32 // open addressing: number + 1, 0 for free
}

// len is how many strings are known.
func (t *interner) len() int { return len(t.ends) }

// at is string i.
func (t *interner) at(i uint32) string {
	start := uint32(0)
	if i > 0 {
		start = t.ends[i-1]
	}
	return string(t.blob[start:t.ends[i]])
}

func (t *interner) bytes(i uint32) []byte {
	start := uint32(0)
	if i > 0 {
		start = t.ends[i-1]
	}
	return t.blob[start:t.ends[i]]
}

// find returns the number of s.
func (t *interner) find(s string) (uint32, bool) {
	if len(t.table) == 0 {
		return 0, false
	}
	mask := uint64(len(t.table) - 1)
	for slot := names.Hash(s) & mask; ; slot = (slot + 1) & mask {
		n := t.table[slot]
		if n == 0 {
			return 0, false
		}
		if string(t.bytes(n-1)) == s {
			return n - 1, true
		}
	}
}

// add returns the number of s, giving it one where it is new.
func (t *interner) add(s string) uint32 {
	if n, ok := t.find(s); ok {
		return n
	}
	if len(t.ends)*2 >= len(t.table) {
		t.grow()
	}
	t.blob = append(t.blob, s...)
	t.ends = append(t.ends, uint32(len(t.blob)))
	n := uint32(len(t.ends) - 1)
	t.place(n)
	return n
}

func (t *interner) place(n uint32) {
	mask := uint64(len(t.table) - 1)
	slot := names.Hash(t.bytes(n)) & mask
	for t.table[slot] != 0 {
		slot = (slot + 1) & mask
	}
	t.table[slot] = n + 1
}

func (t *interner) grow() {
	t.table = make([]uint32, max(1024, len(t.table)*2))
	for n := range t.ends {
		t.place(uint32(n))
	}
}
