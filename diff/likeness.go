package diff

import "slices"

// byHeading follows a heading that was spelt anew in a way no table knows: all of an old heading's entries are gone with it, and at
// least half of them stand, by name, under a heading that is new.
func (p *pairing) byHeading() {
	fold := countryFolder()
	kept := map[string]bool{}
	for i := range p.old {
		kept["o"+fold(p.old[i].Country)] = true
	}
	for i := range p.new {
		kept["n"+fold(p.new[i].Country)] = true
	}
	newNames := map[string][]string{} // name → new headings
	for _, n := range p.spareN {
		if h := fold(p.new[n].Country); !kept["o"+h] {
			k := letters(p.new[n].Name)
			newNames[k] = append(newNames[k], h)
		}
	}
	became := respelt(p, kept, newNames)
	if len(became) == 0 {
		return
	}
	name := nameAndCountry()
	p.byBucket(func(e *Entry) string {
		k := name(e)
		if h, ok := became[fold(e.Country)]; ok {
			x := *e
			x.Country = h
			k = name(&x)
		}
		return k
	})
}

// respelt maps old headings to what they became.
func respelt(p *pairing, kept map[string]bool, newNames map[string][]string) map[string]string {
	total, votes := map[string]int{}, map[[2]string]int{}
	for _, o := range p.spareO {
		h := FoldCountry(p.old[o].Country)
		if kept["n"+h] || h == "" {
			continue
		}
		total[h]++
		for _, to := range newNames[letters(p.old[o].Name)] {
			votes[[2]string{h, to}]++
		}
	}
	became := map[string]string{}
	for v, n := range votes {
		if n >= 2 && 2*n > total[v[0]] {
			became[v[0]] = v[1]
		}
	}
	return became
}

// byLikeness pairs what is left where the names and addresses leave no doubt: a renamed party, a typo put right. Both must be each
// other's best match, with a distance to the next. Citations, requirements and policies are no evidence: 28 rows share one.
func (p *pairing) byLikeness() {
	if len(p.spareO) == 0 || len(p.spareN) == 0 {
		return
	}
	l := newLikeness(p)
	bestO, bestN := make([]best, len(p.spareO)), make([]best, len(p.spareN))
	l.candidates(func(i, j int) {
		s := l.score(i, j)
		bestO[i].offer(j, s)
		bestN[j].offer(i, s)
	})
	for i, b := range bestO {
		if b.clear() && bestN[b.at].clear() && bestN[b.at].at == i {
			p.join(p.spareO[i], p.spareN[b.at])
		}
	}
	p.rest()
}

// enough is the score from which a unique best match is the same party: two rare items in common, or one and a kindred name.
const enough = 3

type best struct{ at, score, next int }

func (b *best) offer(at, score int) {
	if score > b.score {
		b.at, b.score, b.next = at, score, b.score
	} else if score > b.next {
		b.next = score
	}
}

func (b best) clear() bool { return b.score >= enough && b.score > b.next }

// likeness scores spare entries against each other.
type likeness struct {
	p        *pairing
	old, new []*profile
	rare     map[string]int // how many entries of the larger side have a feature
}

// profile is what an entry is recognized by.
type profile struct {
	country, name string
	words         []string
	grams         []uint32
	names, addrs  map[string]bool // folded; names include the name itself
}

func newLikeness(p *pairing) *likeness {
	l := &likeness{p: p, rare: map[string]int{}}
	for _, o := range p.spareO {
		l.old = append(l.old, profileOf(&p.old[o]))
	}
	for _, n := range p.spareN {
		l.new = append(l.new, profileOf(&p.new[n]))
	}
	for _, f := range append(slices.Clone(l.old), l.new...) {
		f.each(func(k string) { l.rare[k] = 0 })
	}
	before, after := l.count(p.old), l.count(p.new)
	for k := range l.rare {
		l.rare[k] = max(before[k], after[k])
	}
	return l
}

// count says in how many entries of a whole list each feature of the spare ones occurs: an address that ten companies share shows
// nothing about two of them.
func (l *likeness) count(entries []Entry) map[string]int {
	n := make(map[string]int, len(l.rare))
	for i := range entries {
		e := &entries[i]
		once := func(k string) {
			if _, ok := l.rare[k]; ok {
				n[k]++
			}
		}
		once("n" + letters(e.Name))
		for _, s := range e.OtherNames() {
			once("n" + letters(s))
		}
		for _, s := range e.Addresses {
			once("a" + letters(s))
		}
	}
	return n
}

// candidates visits the pairs worth scoring: all of them where they are few, else those that share a feature.
func (l *likeness) candidates(visit func(i, j int)) {
	if len(l.old)*len(l.new) <= maxPairs {
		for i := range l.old {
			for j := range l.new {
				visit(i, j)
			}
		}
		return
	}
	at := map[string][]int{}
	for j, f := range l.new {
		f.each(func(k string) { at[k] = append(at[k], j) })
	}
	for i, f := range l.old {
		seen := map[int]bool{}
		f.each(func(k string) {
			for _, j := range at[k] {
				if !seen[j] && l.rare[k] <= 8 {
					seen[j] = true
					visit(i, j)
				}
			}
		})
	}
}

// score weighs what two entries have in common, 0 where they stand under different countries.
func (l *likeness) score(i, j int) int {
	o, n := l.old[i], l.new[j]
	if o.country != n.country {
		return 0
	}
	s := min(4, l.shared("n", o.names, n.names)) + min(4, l.shared("a", o.addrs, n.addrs)) + kindred(o, n)
	if n.names[o.name] || o.names[n.name] {
		s++ // one's name is the other's alias or former name
	}
	if len(o.addrs) > 0 && len(n.addrs) > 0 && l.shared("a", o.addrs, n.addrs) == 0 {
		s--
	}
	return s
}

// shared gives 2 for each item that only these two have, 1 for one that few have.
func (l *likeness) shared(mark string, a, b map[string]bool) (s int) {
	for k := range a {
		if !b[k] {
			continue
		}
		switch n := l.rare[mark+k]; {
		case n <= 1:
			s += 2
		case n <= 3:
			s++
		}
	}
	return s
}
