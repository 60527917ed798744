package mention

import (
	"sync"

	"entitywatch/screen/names"
)

// theNations are the hashes of names.NationWords.
var theNations = sync.OnceValue(func() map[uint64]bool {
	out := map[uint64]bool{}
	for _, w := range names.NationWords() {
		out[names.Hash(w)] = true
	}
	return out
})
