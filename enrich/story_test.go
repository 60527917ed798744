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
			for _, i := range merged(tt.items) {
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
	got := merged([]diff.NewsItem{a, b})
	if len(got) != 1 || got[0].ID != "known" || got[0].Summary != "Longer." || got[0].Text != "Longest." || !got[0].Published.Equal(b.Published) {
		t.Errorf("got %+v", got)
	}
	if again := merged(append(got, b)); len(again) != 1 || len(again[0].Links) != 2 {
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

func TestStoryTwiceInOneFeedIsOne(t *testing.T) {
	const title, text = "Ministry puts curbs on lathe exports", "The ministry said on Monday that lathes of five axes need a license from now on, wherever they go."
	at := func(guid, title, summary string, hours float64) diff.NewsItem {
		return diff.NewsItem{
			ID: guid, Feed: "wire", Title: title, Summary: summary, Links: []string{"https://wire/" + guid},
			Published: noon.Add(time.Duration(hours * float64(time.Hour))),
		}
	}
	for _, tt := range []struct {
		name string
		a, b diff.NewsItem
		want int
	}{
		{"under two guids", at("1", title, text, 0), at("2", title, text, 0.1), 1},
		{"sent once more, with a mark", at("1", title, text, 0), at("2", "UPDATE 2-"+title, text, 3), 1},
		{"corrected", at("1", title, text, 0), at("2", "CORRECTED: "+title, text+" It corrects the number of axes.", 20), 1},
		{"one cut short", at("1", title, text+" More was to follow on Tuesday.", 0), at("2", title, text[:70], 1), 1},
		{"without texts", at("1", title, "", 0), at("2", title, "", 1), 1},
		{"without a text once", at("1", title, text, 0), at("2", title, "", 2), 1},
		{"another headline over the same text", at("1", title, text+text, 0), at("2", "Lathes need a license from now on", text+text, 5), 1},
		{"a column, the next day", at("1", "What to know this morning in trade", "Lathes are curbed.", 0), at("2", "What to know this morning in trade", "Ports close for snow.", 24), 2},
		{"a column, an hour later", at("1", "What to know this hour in trade", "Lathes are curbed.", 0), at("2", "What to know this hour in trade", "Ports close for snow.", 1), 2},
		{"a column without texts", at("1", "What to know this morning in trade", "", 0), at("2", "What to know this morning in trade", "", 24), 2},
		{"other news in the same words as always", at("1", title, "Read more.", 0), at("2", "Something else altogether happened", "Read more.", 0), 2},
		{"a week later", at("1", title, text, 0), at("2", title, text, 200), 2},
	} {
		if got := merged([]diff.NewsItem{tt.a, tt.b}); len(got) != tt.want {
			t.Errorf("%s: %d stories, want %d", tt.name, len(got), tt.want)
		}
	}
}

func merged(items []diff.NewsItem) []diff.NewsItem {
	out, _ := merge(items)
	return out
}
