package match

import (
	"math"

	"entitywatch/screen/names"
)

// evidence is how much a word proves where no list says so: about the negative natural logarithm of its share of all
// names.
func evidence(r names.Role) float32 {
	switch r {
	case names.CommonName:
		return 6
	case names.GenericWord:
		return 2.5
	case names.PlaceWord, names.Numeral:
		return 4
	case names.InitialLetter:
		return 2
	case names.Particle, names.Title, names.LegalWord:
		return 0
	}
	return 9.5
}

// Weights are the weights of words by how often the names of lists use them.
type Weights struct {
	names int
	count func(string) int
}

// established is in how many names a word must stand to be more than somebody's slip.
const established = 12

// leastNames is how many names lists are taken to have at least, for the weights of words.
const leastNames = 2000

// weightFor is the weight and the evidence of a word that stands in count of so many names.
func weightFor(s string, r names.Role, count, all int) (weight, info float32) {
	kept := names.Share(s, r)
	rare := float32(math.Log(float64(all) / float64(count)))
	if r == names.Distinctive || r == names.CommonName {
		full := float32(math.Log(float64(all) / 30))
		kept = min(kept+0.3, max(0.3, min(1, rare/full)))
		if names.IsPatronymic(s) {
			kept = 0.4
		}
	}
	switch r {
	case names.Particle, names.Title, names.LegalWord:
	case names.InitialLetter:
		info = 2
	default:
		info = min(rare, evidence(r)+2)
	}
	return float32(min(len(s), maxWeight)) * kept, info
}

// BuiltinWeights are the weights where no list has its say: every word is as rare as can be.
func BuiltinWeights() *Weights {
	return &Weights{names: leastNames, count: func(string) int { return 1 }}
}
