package notify

import (
	"slices"
	"time"

	"entitywatch/diff"
)

// route is what the rules want of a Case for one channel.
type route struct {
	channel string
	wants   []bool // by the index of the Case's Changes
	items   []Item // those, in the Case's order; routes that want the same share them
	rules   []string
	muted   time.Time // until when, by the rule that lets it through first
	open    bool      // a rule without quiet hours matched
	ask     *Acknowledge
	askRule string
}

// match evaluates every rule on every Change. The highest severity of all rules that match is the Case's.
func (b *planner) match(pc PendingCase) ([]route, Severity) {
	var routes []route
	severity := Low
	matched := false
	seen := sights(pc.Changes, pc.Hits)
	for _, rule := range b.router.Rules {
		if b.spent[rule.Name] {
			rule.If = nil
		}
		wants, n, spent := rule.mask(pc, seen)
		if spent {
			b.tellSpent(rule)
		}
		if n == 0 && !rule.wantsReading(pc) || len(rule.Send) == 0 {
			continue
		}
		matched = true
		if rule.Severity.Rank() > severity.Rank() {
			severity = rule.Severity
		}
		for _, channel := range unique(rule.Send) {
			routes = b.merge(routes, channel, rule, wants)
		}
	}
	if !matched || severity == "" {
		severity = Normal
	}
	for i := range routes {
		same := slices.IndexFunc(routes[:i], func(r route) bool { return slices.Equal(r.wants, routes[i].wants) })
		if same >= 0 { // of a mass event Items are megabytes
			routes[i].items = routes[same].items
			continue
		}
		routes[i].items = pc.items(routes[i].wants)
	}
	return routes, severity
}

// mask says of each Change of a Case whether the rule wants it, those that are taken back left out, and of how many. spent says that the
// rule's condition went beyond its budget; it is not asked again, and counts as met.
func (r Rule) mask(pc PendingCase, seen []sight) (wants []bool, n int, spent bool) {
	wants = make([]bool, len(seen))
	a := r.asker()
	for i, s := range seen {
		if pc.Changes[i].Retracted != "" {
			continue
		}
		ok, over := a.wants(s)
		if over {
			spent, a.If = true, nil
		}
		if wants[i] = ok; ok {
			n++
		}
	}
	return wants, n, spent
}

// items are the chosen Changes of a Case, in its order.
func (pc PendingCase) items(wants []bool) (out []Item) {
	n := 0
	for _, w := range wants {
		if w {
			n++
		}
	}
	out = slices.Grow(out, min(n, len(pc.Changes))) // of a mass event Changes are megabytes
	for i, c := range pc.Changes {
		if i < len(wants) && wants[i] {
			out = append(out, Item{Change: pc.withItsRule(c.Change), Hits: pc.Hits[c.ID], covered: c.Covered})
		}
	}
	return out
}

// withItsRule is a Change that a list showed "without a rule", once the rule of its Case says it too: not without one any more.
func (pc PendingCase) withItsRule(c diff.Change) diff.Change {
	if pc.Act == nil || c.Act != "" || c.Note != diff.WithoutARule {
		return c
	}
	says := func(a diff.Amendment) bool {
		name := a.Name
		if a.Entry != nil {
			name = a.Entry.Name
		}
		return a.List == c.List && diff.Normalise(name) == diff.Normalise(c.Name) && CountryName(a.Country) == CountryName(c.Country)
	}
	if slices.ContainsFunc(pc.Act.Amendments, says) {
		c.Note = "the list showed it before its rule was read"
	}
	return c
}

// wanted are the Changes of a Case that the rule matches, in its order; spent is that of mask.
func (r Rule) wanted(pc PendingCase) (out []Item, spent bool) {
	wants, _, spent := r.mask(pc, sights(pc.Changes, pc.Hits))
	return pc.items(wants), spent
}

// wantsReading reports whether the rule is told of a document that could not be read. Only its lists can be compared: nobody knows the
// names and countries in it, so a rule about those is told rather than not.
func (r Rule) wantsReading(pc PendingCase) bool {
	if r.News != "" {
		return false
	}
	for _, n := range pc.Notes {
		if n.Kind != NoteReadThis {
			continue
		}
		if len(r.Lists) == 0 || len(n.Lists) == 0 || slices.ContainsFunc(n.Lists, func(l diff.ListID) bool { return slices.Contains(r.Lists, l) }) {
			return true
		}
	}
	return false
}

func (b *planner) merge(routes []route, channel string, rule Rule, wants []bool) []route {
	i := slices.IndexFunc(routes, func(r route) bool { return r.channel == channel })
	if i < 0 {
		i = len(routes)
		routes = append(routes, route{channel: channel, wants: make([]bool, len(wants))})
	}
	rt := &routes[i]
	rt.rules = append(rt.rules, rule.Name)
	for i, w := range wants {
		rt.wants[i] = rt.wants[i] || w
	}
	switch until := rule.Mute.Until(b.now); {
	case !until.After(b.now):
		rt.open, rt.muted = true, time.Time{}
	case !rt.open && (rt.muted.IsZero() || until.Before(rt.muted)):
		rt.muted = until
	}
	if a := rule.Acknowledge; a != nil && (rt.ask == nil || a.Within < rt.ask.Within) {
		rt.ask, rt.askRule = a, rule.Name
	}
	return routes
}

func inOrder(pc PendingCase, items []Item) []Item {
	pos := map[string]int{}
	for i, c := range pc.Changes {
		pos[c.ID] = i
	}
	slices.SortStableFunc(items, func(a, b Item) int { return pos[a.Change.ID] - pos[b.Change.ID] })
	return items
}
