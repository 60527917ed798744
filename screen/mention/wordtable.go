package mention

// knownWord is what a Scanner knows of a word: its class, and the hash of its canonical form, 0 where that is the word
// itself.
type knownWord struct {
	hash, key uint64
	class     class
}

// wordTable finds known words by their hash. It is asked for every word of a text, most of which it does not hold.
type wordTable struct {
	slots []knownWord // open addressing; hash 0 is free
	used  int
}

// find returns the word with a hash, nil where it is not known.
func (t *wordTable) find(hash uint64) *knownWord {
	mask := uint64(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		switch t.slots[i].hash {
		case hash:
			return &t.slots[i]
		case 0:
			return nil
		}
	}
}

// at returns the word with a hash, which it adds where it is new. The pointer is good until the next call.
func (t *wordTable) at(hash uint64) *knownWord {
	if t.used*4 >= len(t.slots) {
		old := t.slots
		t.slots, t.used = make([]knownWord, max(1<<10, 2*len(old))), 0
		for _, w := range old {
			if w.hash != 0 {
				*t.at(w.hash) = w
			}
		}
	}
	if w := t.find(hash); w != nil {
		return w
	}
	mask := uint64(len(t.slots) - 1)
	i := hash & mask
	for t.slots[i].hash != 0 {
		i = (i + 1) & mask
	}
	t.slots[i].hash = hash
	t.used++
	return &t.slots[i]
}
