package match

import (
	"entitywatch/screen/names"
)

// minSim is the least likeness at which two words may be one.
const minSim = 0.6

// wordSim is how alike two folded words are, 0 to 1, by letters and by sound. Words of two letters must be equal or sound alike;
// numbers must be equal.
func wordSim(a, b, soundA, soundB string) float32 {
	if a == b {
		return 1
	}
	la, lb := len(a), len(b)
	long, short := max(la, lb), min(la, lb)
	if short*5 < long*3 {
		return 0
	}
	if soundA == soundB && len(soundA) >= 3 {
		if short < 5 {
			return 0.93
		}
		return 0.97
	}
	if short < 3 {
		if c := names.EditCost(a, b, 1); c <= 1 && long == 3 {
			return 1 - c/3
		}
		if long == 2 && (a[0] == b[0] || a[1] == b[1] || a[0] == b[1] && a[1] == b[0]) {
			return minSim
		}
		return 0
	}
	if long == short && long >= 5 && jumbled(a, b) {
		return max(0.8, 1-names.EditCost(a, b, 1)/float32(long))
	}
	budget := float32(long) * (1 - minSim)
	c := names.EditCost(a, b, budget)
	if c > 0.8 && (len(soundA) != len(a) || len(soundB) != len(b)) {
		if ls := max(len(soundA), len(soundB)); ls >= 3 {
			c = min(c, 0.1+names.EditCost(soundA, soundB, budget)*float32(long)/float32(ls))
		}
	}
	sim := 1 - c/float32(long)
	if sim < minSim {
		return 0
	}
	return sim
}

// jumbled reports whether two words of one length hold the same letters in another order.
func jumbled(a, b string) bool {
	if names.LetterMask(a) != names.LetterMask(b) {
		return false
	}
	var count [128]int8
	for i := range len(a) {
		count[a[i]&127]++
		count[b[i]&127]--
	}
	return count == [128]int8{}
}
