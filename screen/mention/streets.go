package mention

import (
	"entitywatch/diff"
	"entitywatch/screen/names"
)

// countStreets counts in how many entries' addresses a word stands: a word of many addresses is a place.
func (b *scanBuilder) countStreets(entries []diff.Entry) {
	var words []names.Word
	seen := map[string]bool{} // its own name in its address makes it no place
	own := func(name string) {
		words = names.Split(name, words[:0])
		for _, w := range words {
			seen[w.Text] = true
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
			words = names.Split(a, words[:0])
			for _, w := range words {
				if !seen[w.Text] && len(w.Text) >= 4 {
					seen[w.Text] = true
					b.street[w.Text]++
				}
			}
		}
	}
}
