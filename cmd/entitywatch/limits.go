package main

import (
	"cmp"
	"slices"

	"entitywatch/config"
	"entitywatch/diff"
)

// listsShown are the lists of which a source shows entries; none for acts and news.
func listsShown(s config.Source) []diff.ListID {
	l, _ := listOf(s.Kind)
	all := l.Lists()
	if len(s.Lists) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(l diff.ListID) bool { return !slices.Contains(s.ListIDs(), l) })
}

// rank orders the sources of one list: the lowest decides about it. The text of the law comes before its publisher's
// own service, and that before the collection of lists.
func rank(s config.Source) int {
	switch {
	case s.Primary != nil && *s.Primary:
		return 0
	case s.Primary != nil:
		return 9
	case s.Kind == "csl":
		return 2
	}
	return 1
}

// primaries finds for each list the one source that decides about it.
func primaries(sources []config.Source) map[diff.ListID]string {
	best := map[diff.ListID]config.Source{}
	for _, s := range sources {
		for _, l := range listsShown(s) {
			if b, taken := best[l]; !taken || rank(s) < rank(b) {
				best[l] = s
			}
		}
	}
	names := map[diff.ListID]string{}
	for l, s := range best {
		if rank(s) < 9 {
			names[l] = s.Name
		}
	}
	return names
}

// limits are what each list of a source may look like: the built-in limits of the list, then what the source's config
// says for all its lists, then what it says for this one.
func limits(s config.Source) map[diff.ListID]diff.Plausible {
	lists := listsShown(s)
	all := make(map[diff.ListID]diff.Plausible, len(lists))
	var main diff.ListID
	for _, l := range lists {
		p := diff.BuiltIn(l)
		if main == "" || p.MinEntries > diff.BuiltIn(main).MinEntries {
			main = l
		}
		if !s.AtPublisher() {
			p.MinEntries = 0
		}
		all[l] = p
	}
	for l, p := range all {
		own := config.Plausibly{MaxShrink: s.Plausible.MaxShrink, MaxGrowth: s.Plausible.MaxGrowth,
			MaxEdited: s.Plausible.MaxEdited}
		if l == main {
			own.MinEntries = s.Plausible.MinEntries
		}
		all[l] = limited(p, own)
	}
	for _, own := range s.Plausible.Lists {
		if l := diff.ListID(own.List); slices.Contains(lists, l) {
			all[l] = limited(all[l], own)
		}
	}
	return all
}

// limited puts what is written in the place of what is not.
func limited(p diff.Plausible, own config.Plausibly) diff.Plausible {
	p.MinEntries = cmp.Or(own.MinEntries, p.MinEntries)
	p.MaxShrink = cmp.Or(float64(own.MaxShrink), p.MaxShrink)
	p.MaxGrowth = cmp.Or(float64(own.MaxGrowth), p.MaxGrowth)
	p.MaxEdited = cmp.Or(float64(own.MaxEdited), p.MaxEdited)
	return p
}
