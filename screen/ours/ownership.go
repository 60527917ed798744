package ours

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/match"
)

// Rule says from when an ownership rule counts: On, and if From is set only from that day.
type Rule struct {
	On   bool
	From diff.Date
}

// active reports whether the rule counts on a day; a day unknown is today in the caller's mind, so only On counts.
func (r Rule) active(on diff.Date) bool { return r.On && (r.From == "" || on == "" || on >= r.From) }

// Ownership is which ownership rules are applied, and from which share on.
//
// OFAC (FAQ 398 to 402): a party that blocked persons own to the threshold or more, alone or together, directly or
// indirectly, is blocked. BIS (the Affiliates Rule of September 2025, suspended until 9 November 2026): the same for
// the Entity List, the Military End-User List and SDNs of the programs of 15 CFR 744.8; not for the Unverified List. A
// stake held through a party at or over the threshold counts in full, through one below it counts nothing and is a red
// flag; stakes are never multiplied.
type Ownership struct {
	OFAC, BIS Rule
	Threshold float64 // per cent; 0 takes 50
}

// sdnPrograms are the programs whose SDNs BIS treats as it does the parties of its own lists, 15 CFR 744.8(a)(1).
const sdnPrograms = `BELARUS BELARUS-EO14038 RUSSIA-EO14024 UKRAINE-EO13660 UKRAINE-EO13661 UKRAINE-EO13662
UKRAINE-EO13685 FTO SDGT NPWMD ILLICIT-DRUGS-EO14059 SDNT SDNTK TCO`

// ownerRule is one ownership rule: the entries that it speaks of, and what asks for an unknown share to be resolved.
type ownerRule struct {
	covers func(*diff.Entry) bool
	asks   string
}

// rules are the active rules.
func (w Ownership) rules(on diff.Date) []ownerRule {
	var out []ownerRule
	if w.OFAC.active(on) {
		covers := func(e *diff.Entry) bool { return e.List == diff.SDN || e.List == diff.SSI || e.List == diff.MBS }
		out = append(out, ownerRule{covers, "OFAC's 50 percent rule, FAQ 398 to 402"})
	}
	if w.BIS.active(on) {
		covers := func(e *diff.Entry) bool {
			switch e.List {
			case diff.EntityList, diff.MilitaryEndUserList:
				return true
			case diff.SDN:
				return slices.ContainsFunc(e.Programs, func(p string) bool {
					return slices.Contains(strings.Fields(sdnPrograms), p)
				})
			}
			return false
		}
		out = append(out, ownerRule{covers, "Red Flag 29, Supplement No. 3 to 15 CFR part 732"})
	}
	return out
}

// root is a listed owner as it was found: the entry and how surely the owner is that entry.
type root struct {
	hit   match.Hit
	entry *diff.Entry
}

// Listed is where listed parties are searched for: an Index, or Lists.
type Listed interface {
	Search(q match.Query, threshold float64, n int) []match.Hit
	Entry(i int) *diff.Entry // of a Hit
}

// Affiliates finds the parties that listed ones own. direct are the hits of the counterparties themselves (those of cps
// against ix, at or over threshold); owners that are no counterparties are searched for by name. on is the day on which
// the rules are to count. The hits are those of the counterparties that are not listed under the rule themselves: one
// for each listed owner that adds to the result, with the sum in words first among the reasons and the strictest
// requirement of all these owners.
func (o *Owners) Affiliates(cps *Counterparties, direct []match.Hit, ix Listed, w Ownership, on diff.Date,
	threshold float64) []match.Hit {
	if w.Threshold == 0 {
		w.Threshold = 50
	}
	a := analysis{o: o, w: w, roots: map[string][]root{}, party: map[string]Counterparty{}}
	a.learnParties(cps)
	a.findRoots(direct, ix, threshold)
	var out []match.Hit
	seen := map[[3]string]bool{}
	for _, rule := range w.rules(on) {
		for _, h := range a.apply(rule) {
			id := [3]string{h.ID, h.Key, h.MatchedOn}
			if !seen[id] && !(h.MatchedOn == match.OnRedFlag && seen[[3]string{h.ID, h.Key, match.OnAffiliate}]) {
				seen[id] = true
				out = append(out, h)
			}
		}
	}
	return out
}

// analysis is one run over the owners.
type analysis struct {
	o     *Owners
	w     Ownership
	roots map[string][]root // party to the entries that it is
	party map[string]Counterparty
	owner map[string]bool
}

// learnParties looks up the counterparties that the owners file speaks of; an owner known by name only may be one of
// them.
func (a *analysis) learnParties(cps *Counterparties) {
	if cps == nil {
		return
	}
	a.owner = map[string]bool{}
	for _, s := range a.o.stakes {
		a.owner[s.Owner] = true
	}
	named := map[string]string{}
	for i := range cps.Len() {
		cp := cps.At(i)
		key := ownerKey(cp.Name)
		if _, owned := a.o.of[cp.ID]; owned || a.isOwner(cp.ID) {
			a.party[cp.ID] = cp
		} else if !a.isOwner(key) {
			continue
		}
		if _, ok := named[key]; !ok {
			named[key] = cp.ID
			a.party[cp.ID] = cp
		}
	}
	if len(named) == 0 {
		return
	}
	o := &Owners{of: map[string][]int{}, names: map[string]string{}}
	for _, s := range a.o.stakes {
		if id, ok := named[s.Owner]; ok && id != s.Owned {
			s.Owner = id
		}
		o.add(s)
	}
	a.o = o
}

func (a *analysis) isOwner(id string) bool { return a.owner[id] }

// findRoots finds the owners and counterparties that are listed.
func (a *analysis) findRoots(direct []match.Hit, ix Listed, threshold float64) {
	for _, h := range direct {
		if h.MatchedOn == match.OnAffiliate || h.MatchedOn == match.OnRedFlag || h.Score < threshold {
			continue
		}
		a.roots[h.ID] = append(a.roots[h.ID], root{h, ix.Entry(h.Entry)})
	}
	for id, roots := range a.roots {
		a.roots[id] = likeliest(roots)
	}
	done := map[string]bool{}
	for _, s := range a.o.stakes {
		if s.Name == "" || done[s.Owner] || len(a.roots[s.Owner]) > 0 {
			continue
		}
		done[s.Owner] = true
		var roots []root
		for _, h := range ix.Search(match.Query{ID: s.Owner, Name: s.Name}, threshold, 0) {
			roots = append(roots, root{h, ix.Entry(h.Entry)})
		}
		if len(roots) > 0 {
			a.roots[s.Owner] = likeliest(roots)
		}
	}
}

// asLikely is how much less alike than the best an entry of the same list may be and still be the owner: the owner is
// one party, which a list may hold several times, but not everybody whose name is somewhat like its own. Another form
// of one name costs less than this.
const asLikely = 0.011

// likeliest are, of each list, the entries that are most like one owner. Lists are looked at apart, as each writes a
// party in its own way.
func likeliest(roots []root) []root {
	best := map[diff.ListID]float64{}
	for _, r := range roots {
		best[r.entry.List] = max(best[r.entry.List], r.hit.Score)
	}
	return slices.DeleteFunc(roots, func(r root) bool { return r.hit.Score < best[r.entry.List]-asLikely })
}

// apply follows one rule. A party's sum counts the whole stakes of owners that are listed or over the threshold
// themselves; as it only grows, it is repeated until nothing changes, whatever circles there are.
func (a *analysis) apply(rule ownerRule) []match.Hit {
	listed := map[string][]root{}
	for id, roots := range a.roots {
		for _, r := range roots {
			if rule.covers(r.entry) {
				listed[id] = append(listed[id], r)
			}
		}
	}
	sum := map[string]float64{}
	counts := func(id string) bool { return len(listed[id]) > 0 || sum[id] >= a.w.Threshold-1e-9 }
	for changed := true; changed; {
		changed = false
		next := map[string]float64{}
		for _, s := range a.o.stakes {
			if counts(s.Owner) {
				next[s.Owned] += s.Percent
			}
		}
		for id, total := range next {
			if total > sum[id] {
				sum[id], changed = total, true
			}
		}
	}
	flagged := a.flags(listed, sum, counts)
	var out []match.Hit
	for _, id := range a.owned() {
		if len(listed[id]) > 0 {
			continue
		}
		switch {
		case sum[id] >= a.w.Threshold-1e-9:
			out = append(out, a.hits(id, match.OnAffiliate, a.story(id, listed, sum, counts), a.rootsOf(id, listed, counts))...)
		case flagged[id]:
			out = append(out, a.hits(id, match.OnRedFlag, a.warning(id, rule, listed, sum, flagged),
				a.rootsOf(id, listed, func(string) bool {
					return true
				}))...)
		}
	}
	return out
}

// flags are the parties in which listed ones have a share that does not reach the threshold, however indirect.
func (a *analysis) flags(listed map[string][]root, sum map[string]float64, counts func(string) bool) map[string]bool {
	flagged := map[string]bool{}
	for changed := true; changed; {
		changed = false
		for _, s := range a.o.stakes {
			if !flagged[s.Owned] && (counts(s.Owner) || flagged[s.Owner]) {
				flagged[s.Owned], changed = true, true
			}
		}
	}
	return flagged
}

// owned are the parties of which stakes are known, in the order of the file.
func (a *analysis) owned() []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range a.o.stakes {
		if !seen[s.Owned] {
			seen[s.Owned] = true
			out = append(out, s.Owned)
		}
	}
	return out
}

// rootsOf are the listed parties behind one, through owners that pass.
func (a *analysis) rootsOf(id string, listed map[string][]root, pass func(string) bool) []root {
	var out []root
	seen := map[string]bool{id: true}
	queue := []string{id}
	for len(queue) > 0 {
		party := queue[0]
		queue = queue[1:]
		for _, i := range a.o.of[party] {
			owner := a.o.stakes[i].Owner
			if seen[owner] || !pass(owner) {
				continue
			}
			seen[owner] = true
			if len(listed[owner]) > 0 {
				out = append(out, listed[owner]...)
			} else {
				queue = append(queue, owner)
			}
		}
	}
	return out
}

// hits are the hits of one party, one for each listed owner behind it.
func (a *analysis) hits(id, on, text string, roots []root) []match.Hit {
	cp, ok := a.party[id]
	if !ok {
		cp = Counterparty{ID: id, Name: a.label(id)}
	}
	strictest := strictestOf(roots)
	var out []match.Hit
	for _, r := range roots {
		h := r.hit
		h.Query, h.ID, h.MatchedOn = cp.Name, cp.ID, on
		h.Reasons = []string{text}
		if strictest != "" {
			h.LicenseRequirement = strictest
			h.Reasons = append(h.Reasons, "the strictest requirement: "+strictest)
		}
		if h.Score < 1 {
			h.Reasons = append(h.Reasons, fmt.Sprintf("the owner is %s with a score of %.3g", h.Match, h.Score))
		}
		out = append(out, h)
	}
	return out
}
