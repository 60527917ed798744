package screen

import "entitywatch/diff"

// countStreets counts in how many entries' addresses a word stands: a word of many addresses is a place.
func (b *scanBuilder) countStreets(entries []diff.Entry) {
	var words []word
	seen := map[string]bool{} // its own name in its address makes it no place
	own := func(name string) {
		words = splitWords(name, words[:0])
		for _, w := range words {
			seen[w.s] = true
		}
	}
	for i := range entries {
		if len(entries[i].Addresses) == 0 {
			continue
		}
		clear(seen)
		own(entries[i].Name)
		for _, n := range entries[i].Aliases {
			own(n)
		}
		for _, a := range entries[i].Addresses {
			words = splitWords(a, words[:0])
			for _, w := range words {
				if !seen[w.s] && len(w.s) >= 4 {
					seen[w.s] = true
					b.street[w.s]++
				}
			}
		}
	}
}
