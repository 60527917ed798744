package names

import "math/bits"

// The cost of an edit says how likely a typist, a transliterator or a scanner makes it; 1 is a plain wrong letter.

// swapCost is the cost of one ASCII letter for another.
var swapCost = makeSwapCost()

func makeSwapCost() *[128][128]float32 {
	var t [128][128]float32
	for i := range t {
		for j := range t[i] {
			if i != j {
				t[i][j] = 1
			}
		}
	}
	set := func(cost float32, groups ...string) {
		for _, g := range groups {
			for i := range g {
				for j := range g {
					if i != j {
						t[g[i]][g[j]] = min(t[g[i]][g[j]], cost)
					}
				}
			}
		}
	}
	set(0.7, "aeiouy", "dt", "bp", "gk", "gj", "fv", "bv", "cs", "ch")
	set(0.85, "mn", "lr")
	set(0.5, "sz", "zj")
	set(0.4, "ckq", "vw", "iyj")
	set(0.3, "0o", "1il", "3e", "4a", "5s", "7t", "8b", "9g", "2z")
	return &t
}

// dropCost is the cost of leaving out s[i].
func dropCost(s string, i int) float32 {
	c := s[i]
	switch {
	case i > 0 && s[i-1] == c && c > '9':
		return 0.4
	case c == 'h' && i > 0:
		return 0.6
	case IsVowel(c):
		return 0.8
	}
	return 1
}

// MaxWord is the longest word that is compared letter by letter; the rest of a longer one is ignored.
const MaxWord = 40

// band is how far a letter may stand from its place in the other word.
const band = 3

// withoutEnd cuts off the letters in which two words end alike, all but the first of them.
func withoutEnd(a, b string) (string, string) {
	for len(a) > 1 && len(b) > 1 && a[len(a)-1] == b[len(b)-1] && a[len(a)-2] == b[len(b)-2] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// EditCost is the least cost of turning a into b (restricted transposition included, no letter more than three places
// off), or more than limit as soon as that is certain.
func EditCost(a, b string, limit float32) float32 {
	a, b = a[:min(len(a), MaxWord)], b[:min(len(b), MaxWord)]
	a, b = withoutEnd(a, b)
	const far = 1e6
	if len(a)-len(b) > band || len(b)-len(a) > band {
		return far
	}
	var rows [3][MaxWord + 2]float32
	var dropB [MaxWord]float32
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) {
		dropB[j] = dropCost(b, j)
		prev[j+1] = prev[j] + dropB[j]
	}
	prev[min(len(b), band)+1] = far
	lastLeast := float32(0)
	for i := range len(a) {
		drop := dropCost(a, i)
		from, to := max(0, i-band), min(len(b), i+band+1)
		least := float32(far)
		cur[from] = far
		if from == 0 {
			cur[0] = prev[0] + drop
			least = cur[0]
		}
		costs := &swapCost[a[i]&127]
		for j := from; j < to; j++ {
			v := min(prev[j]+costs[b[j]&127], prev[j+1]+drop, cur[j]+dropB[j])
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				v = min(v, prev2[j-1]+0.8)
			}
			cur[j+1] = v
			least = min(least, v)
		}
		cur[to+1] = far
		if least > limit && lastLeast+0.8 > limit {
			return least
		}
		lastLeast = least
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}

// MayMatch is a cheap test that fails only for words with too few letters in common to be one word.
func MayMatch(a, b string) bool {
	if len(a)*5 < len(b)*3 || len(b)*5 < len(a)*3 {
		return false
	}
	ma, mb := LetterMask(a), LetterMask(b)
	common, least := bits.OnesCount32(ma&mb), min(bits.OnesCount32(ma), bits.OnesCount32(mb))
	return common*2 >= least
}

// LetterMask has a bit for each letter and digit that a folded word holds.
func LetterMask(s string) uint32 {
	var m uint32
	for i := range len(s) {
		m |= 1 << (s[i] & 31)
	}
	return m
}
