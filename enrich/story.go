package enrich

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"entitywatch/diff"
)

// window is how far apart two feeds may carry one story under one title.
const window = 72 * time.Hour

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

// merge makes one item of a story that feeds carry more than once: items with the same ID, with a link in common, with the same title in
// two feeds within three days, with the same title in one feed where their texts say the same, or with the same text whatever the title.
// A title must be long enough to be one story's, and so must a text. The first of them stands, in the order given, with the links of all
// and the longest texts; so whoever puts the items already known first keeps their IDs. The argument is not changed. became says which
// story each item became.
func merge(items []diff.NewsItem) (out []diff.NewsItem, became []int) {
	byID, byLink, byTitle, byText := map[string]int{}, map[string]int{}, map[string][]int{}, map[string][]int{}
	feeds := make([]map[string]bool, 0, len(items))
	index := func(at int, item diff.NewsItem) {
		byID[item.ID] = at
		for _, l := range item.Links {
			byLink[diff.CanonicalLink(l)] = at
		}
		if t := story(item.Title); t != "" && !slices.Contains(byTitle[t], at) {
			byTitle[t] = append(byTitle[t], at)
		}
		if t := wording(item); len(t) >= leastText && !slices.Contains(byText[t], at) {
			byText[t] = append(byText[t], at)
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
		for i := 0; !ok && i < len(byText[wording(item)]); i++ {
			at = byText[wording(item)][i]
			ok = near(out[at], item)
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

// sameStory finds an item with the same title at about the same time: in another feed, or in the same one where both say the same. Within
// one feed a title that recurs is another report as soon as its text is ("What to know this morning").
func sameStory(item diff.NewsItem, candidates []int, out []diff.NewsItem, feeds []map[string]bool) (int, bool) {
	for _, at := range candidates {
		if near(out[at], item) && (!feeds[at][item.Feed] || sayTheSame(out[at], item)) {
			return at, true
		}
	}
	return 0, false
}

// near reports whether two items may be one story by their times.
func near(a, b diff.NewsItem) bool {
	return a.Published.IsZero() || b.Published.IsZero() || a.Published.Sub(b.Published).Abs() <= window
}

// leastText is how many letters of text, about a sentence and a half, tell one story from all others.
const leastText = 120

// wording is what an item says beside its title, as it is compared.
func wording(item diff.NewsItem) string { return diff.Normalise(item.Summary + " " + item.Text) }

// columnEvery is the shortest time after which a feed's column bears its title again with nothing else to tell it by.
const columnEvery = 12 * time.Hour

// sayTheSame reports whether two items of one title say the same: most words of the shorter text stand in the longer. Where one has no
// text, it is the time that tells a repetition from a column.
func sayTheSame(a, b diff.NewsItem) bool {
	x, y := strings.Fields(wording(a)), strings.Fields(wording(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return len(y) == 0 && a.Published.Equal(b.Published) || !a.Published.IsZero() && a.Published.Sub(b.Published).Abs() < columnEvery
	}
	in := map[string]bool{}
	for _, w := range y {
		in[w] = true
	}
	same := 0
	for _, w := range x {
		if in[w] {
			same++
		}
	}
	return same*10 >= len(x)*8
}

// repeated is what agencies put before a title that they send once more.
var repeated = regexp.MustCompile(`(?i)^\s*(?:(?:update|rpt|refile|corrected|correction|wrapup|breaking|exclusive)(?:[ -]?\d+)?\s*[-:–—]\s*)+`)

// story is a title as it is compared, or nothing where it is too short to be one story's. A publisher's name behind a dash or bar is
// no part of it.
func story(title string) string {
	title = repeated.ReplaceAllString(title, "")
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
