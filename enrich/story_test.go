package enrich

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
)

var noon = time.Date(2025, 3, 12, 12, 0, 0, 0, time.UTC)

func TestMergeStories(t *testing.T) {
	story := "Ministry puts curbs on lathe exports"
	item := func(id, feed, title, link string, hours int) diff.NewsItem {
		return diff.NewsItem{ID: id, Feed: feed, Title: title, Links: []string{link}, Published: noon.Add(time.Duration(hours) * time.Hour)}
	}
	for _, tt := range []struct {
		name  string
		items []diff.NewsItem
		want  [][]string // links of each item that is left
	}{
		{"the same title in two feeds", []diff.NewsItem{item("1", "a", story, "https://a/1", 0), item("2", "b", story+" - Tarnow Post", "https://b/1", -5)}, [][]string{{"https://a/1", "https://b/1"}}},
		{"another layout of the title", []diff.NewsItem{item("1", "a", story, "https://a/1", 0), item("2", "b", "Ministry puts “curbs” on lathe  exports", "https://b/1", 0)}, [][]string{{"https://a/1", "https://b/1"}}},
		{"the same link, titles apart", []diff.NewsItem{item("1", "a", story, "https://www.a/1?x=1&y=2", 0), item("2", "b", "Lathes curbed", "http://a/1?y=2&x=1", 0)}, [][]string{{"https://www.a/1?x=1&y=2"}}},
		{"the same id", []diff.NewsItem{item("1", "a", story, "https://a/1", 0), item("1", "b", "Edited", "https://a/1b", 0)}, [][]string{{"https://a/1", "https://a/1b"}}},
		{"a title that recurs in one feed", []diff.NewsItem{item("1", "a", "What to know this morning in trade", "https://a/1", 0), item("2", "a", "What to know this morning in trade", "https://a/2", 24)}, [][]string{{"https://a/1"}, {"https://a/2"}}},
		{"a week apart", []diff.NewsItem{item("1", "a", story, "https://a/1", 0), item("2", "b", story, "https://b/1", -200)}, [][]string{{"https://a/1"}, {"https://b/1"}}},
		{"a short title", []diff.NewsItem{item("1", "a", "Morning briefing", "https://a/1", 0), item("2", "b", "Morning briefing", "https://b/1", 0)}, [][]string{{"https://a/1"}, {"https://b/1"}}},
		{"chained through a third feed", []diff.NewsItem{item("1", "a", story, "https://a/1", 0), item("2", "b", story, "https://b/1", 0), item("3", "c", "Other words altogether", "https://b/1", 0)}, [][]string{{"https://a/1", "https://b/1"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := diff.NewsItem{Links: append([]string{}, tt.items[0].Links...)}
			var got [][]string
			for _, i := range Merge(tt.items) {
				got = append(got, i.Links)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
			if !cmp.Equal(before.Links, tt.items[0].Links) {
				t.Error("the argument was changed")
			}
		})
	}
}

func TestMergeKeepsTheFirstIDAndTheMostText(t *testing.T) {
	a := diff.NewsItem{ID: "known", Feed: "a", Title: "Ministry puts curbs on lathe exports", Links: []string{"https://a/1"}, Published: noon}
	b := diff.NewsItem{ID: "new", Feed: "b", Title: a.Title, Summary: "Longer.", Text: "Longest.", Links: []string{"https://b/1"}, Published: noon.Add(-time.Hour)}
	got := Merge([]diff.NewsItem{a, b})
	if len(got) != 1 || got[0].ID != "known" || got[0].Summary != "Longer." || got[0].Text != "Longest." || !got[0].Published.Equal(b.Published) {
		t.Errorf("got %+v", got)
	}
	if again := Merge(append(got, b)); len(again) != 1 || len(again[0].Links) != 2 {
		t.Errorf("merged once more: %+v", again)
	}
}

func TestStoriesSayWhichItemsTheyAreMadeOf(t *testing.T) {
	title := "Ministry puts curbs on lathe exports"
	known := []diff.NewsItem{
		{ID: "old", Feed: "a", Title: "Something else altogether happened", Links: []string{"https://a/0"}, Published: noon},
		{ID: "known", Feed: "a", Title: title, Links: []string{"https://a/1"}, Published: noon},
	}
	fresh := []diff.NewsItem{
		{ID: "other", Feed: "b", Title: "A third thing that happened today", Links: []string{"https://b/2"}, Published: noon},
		{ID: "again", Feed: "b", Title: title, Links: []string{"https://b/1"}, Published: noon},
	}
	got := map[string][]string{}
	for _, s := range Stories(known, fresh) {
		got[s.Item.ID] = s.IDs
	}
	if d := cmp.Diff(map[string][]string{"other": {"other"}, "known": {"known", "again"}}, got); d != "" {
		t.Error(d)
	}
}
