package screen

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
	case isVowel(c):
		return 0.8
	}
	return 1
}

// maxWord is the longest word that is compared letter by letter; the rest of a longer one is ignored.
const maxWord = 40

// band is how far a letter may stand from its place in the other word.
const band = 3

// editCost is the least cost of turning a into b (restricted transposition included, no letter more than three places off), or more than
// limit as soon as that is certain.
func editCost(a, b string, limit float32) float32 {
	a, b = a[:min(len(a), maxWord)], b[:min(len(b), maxWord)]
	for len(a) > 1 && len(b) > 1 && a[len(a)-1] == b[len(b)-1] && a[len(a)-2] == b[len(b)-2] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	const far = 1e6
	if len(a)-len(b) > band || len(b)-len(a) > band {
		return far
	}
	var rows [3][maxWord + 2]float32
	var dropB [maxWord]float32
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
		if c := editCost(a, b, 1); c <= 1 && long == 3 {
			return 1 - c/3
		}
		if long == 2 && (a[0] == b[0] || a[1] == b[1] || a[0] == b[1] && a[1] == b[0]) {
			return minSim
		}
		return 0
	}
	if long == short && long >= 5 && jumbled(a, b) {
		return max(0.8, 1-editCost(a, b, 1)/float32(long))
	}
	budget := float32(long) * (1 - minSim)
	c := editCost(a, b, budget)
	if c > 0.8 && (len(soundA) != len(a) || len(soundB) != len(b)) {
		if ls := max(len(soundA), len(soundB)); ls >= 3 {
			c = min(c, 0.1+editCost(soundA, soundB, budget)*float32(long)/float32(ls))
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
	if letterMask(a) != letterMask(b) {
		return false
	}
	var count [128]int8
	for i := range len(a) {
		count[a[i]&127]++
		count[b[i]&127]--
	}
	return count == [128]int8{}
}
