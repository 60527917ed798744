package enrich

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"entitywatch/diff"
)

// window is how far apart two feeds may carry one story under one title.
const window = 72 * time.Hour

// Merge makes one item of a story that several feeds carry: items with the same ID, with a link in common, or with the same title in
// two feeds within three days. A title must be long enough to be one story's. The first of them stands, in the order given, with the
// links of all and the longest texts; so whoever puts the items already known first keeps their IDs. The argument is not changed.
func Merge(items []diff.NewsItem) []diff.NewsItem {
	out, _ := merge(items)
	return out
}

// Story is an item as several feeds carry it, with the IDs of all items that were made one.
type Story struct {
	Item diff.NewsItem
	IDs  []string
}

// Stories are the stories that fresh items tell or carry on, in the order of the first of them. known are the items before them.
func Stories(known, fresh []diff.NewsItem) []Story {
	out, at := merge(slices.Concat(known, fresh))
	ids := make([][]string, len(out))
	var order []int
	for i, item := range slices.Concat(known, fresh) {
		ids[at[i]] = append(ids[at[i]], item.ID)
		if i >= len(known) && !slices.Contains(order, at[i]) {
			order = append(order, at[i])
		}
	}
	stories := make([]Story, len(order))
	for i, n := range order {
		stories[i] = Story{out[n], ids[n]}
	}
	return stories
}

// merge also says which story each item became.
func merge(items []diff.NewsItem) (out []diff.NewsItem, became []int) {
	byID, byLink, byTitle := map[string]int{}, map[string]int{}, map[string][]int{}
	feeds := make([]map[string]bool, 0, len(items))
	index := func(at int, item diff.NewsItem) {
		byID[item.ID] = at
		for _, l := range item.Links {
			byLink[diff.CanonicalLink(l)] = at
		}
		if t := story(item.Title); t != "" && !slices.Contains(byTitle[t], at) {
			byTitle[t] = append(byTitle[t], at)
		}
		feeds[at][item.Feed] = true
	}
	for _, item := range items {
		at, ok := byID[item.ID]
		for i := 0; !ok && i < len(item.Links); i++ {
			at, ok = byLink[diff.CanonicalLink(item.Links[i])]
		}
		if !ok {
			at, ok = sameStory(item, byTitle[story(item.Title)], out, feeds)
		}
		if ok {
			out[at] = join(out[at], item)
		} else {
			at = len(out)
			item.Links = slices.Clone(item.Links)
			out, feeds = append(out, item), append(feeds, map[string]bool{})
		}
		index(at, item)
		became = append(became, at)
	}
	return out, became
}

// sameStory finds an item of another feed with the same title at about the same time.
func sameStory(item diff.NewsItem, candidates []int, out []diff.NewsItem, feeds []map[string]bool) (int, bool) {
	for _, at := range candidates {
		if feeds[at][item.Feed] { // within one feed a title that recurs is another report
			continue
		}
		a, b := out[at].Published, item.Published
		if a.IsZero() || b.IsZero() || a.Sub(b).Abs() <= window {
			return at, true
		}
	}
	return 0, false
}

// story is a title as it is compared, or nothing where it is too short to be one story's. A publisher's name behind a dash or bar is
// no part of it.
func story(title string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — "} {
		if i := strings.LastIndex(title, sep); i > len(title)/2 && len(strings.Fields(title[i+len(sep):])) <= 3 {
			title = title[:i]
		}
	}
	t := diff.Normalise(title)
	if len(strings.Fields(t)) < 5 && utf8.RuneCountInString(t) < 30 && !han(t) {
		return ""
	}
	return t
}

// han reports a title in a script without spaces, long enough.
func han(t string) bool {
	return len(t) >= 2*utf8.RuneCountInString(t) && utf8.RuneCountInString(t) >= 12 && !strings.Contains(t, " ")
}

func join(a, b diff.NewsItem) diff.NewsItem {
	have := map[string]bool{}
	for _, l := range a.Links {
		have[diff.CanonicalLink(l)] = true
	}
	for _, l := range b.Links {
		if !have[diff.CanonicalLink(l)] {
			a.Links = append(a.Links, l)
		}
	}
	if len(b.Summary) > len(a.Summary) {
		a.Summary = b.Summary
	}
	if len(b.Text) > len(a.Text) {
		a.Text = b.Text
	}
	if a.Published.IsZero() || !b.Published.IsZero() && b.Published.Before(a.Published) {
		a.Published = b.Published
	}
	return a
}
