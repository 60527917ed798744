package news

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/internal/permute"
)

var noon = time.Date(2025, 3, 12, 12, 0, 0, 0, time.UTC)

func load(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func parseFile(t *testing.T, name string, o diff.ReadOptions) ([]diff.NewsItem, []diff.Problem, error) {
	t.Helper()
	return Parse(bytes.NewReader(load(t, name)), Feed{Name: "wire", URL: "https://wire.example.org/rss", Now: noon}, o)
}

func mustParse(t *testing.T, name string) []diff.NewsItem {
	t.Helper()
	items, _, err := parseFile(t, name, diff.ReadOptions{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return items
}

func titles(items []diff.NewsItem) []string {
	var out []string
	for _, i := range items {
		out = append(out, i.Title)
	}
	return out
}

func TestFormatsAndEncodings(t *testing.T) {
	for _, tt := range []struct {
		file  string
		title string
		link  string
		at    string // of the first item
	}{
		{"rss20.xml", "Ministry weighs curbs on lathe exports", "https://wire.example.org/a/1001?page=2", "2025-03-12T09:30:00Z"},
		{"rss091.xml", "Grain prices fall in Tarnow", "http://old.example.org/grain", ""},
		{"rss090.xml", "Bridge at Sundal closed", "http://older.example.org/bridge", ""},
		{"rdf.xml", "Court hears chip case", "https://rdf.example.org/p/1", "2025-03-12T08:00:00Z"},
		{"atom.xml", "Chip & tool makers listed", "https://atom.example.org/e/1", "2025-03-12T12:00:00Z"},
		{"feed.json", "A JSON story", "https://json.example.org/1", "2025-03-12T07:00:00Z"},
		{"undeclared_1251.xml", "Министерство внесло в список завод «Прогресс»", "https://ru.example.org/1", "2025-03-12T09:30:00Z"},
		{"wrong_utf8_is_1252.xml", "Zürich bank fined – “no comment”", "https://ch.example.org/1", "2025-03-12T09:30:00Z"},
		{"wrong_latin1_is_utf8.xml", "Zürich bank fined – “no comment”", "https://ch.example.org/1", "2025-03-12T09:30:00Z"},
		{"declared_gb2312.xml", "海港半导体有限公司被列入清单", "https://cn.example.org/1", "2025-03-12T09:30:00Z"},
		{"utf16.xml", "Zürich bank fined", "https://ch.example.org/1", "2025-03-12T09:30:00Z"},
		{"iso2022jp.xml", "港湾電機が制裁対象に", "https://jp.example.org/1", "2025-03-12T09:30:00Z"},
		{"bare_ampersand.xml", "AT & T of Marsholm, R&D and Café & Bar open", "https://wire.example.org/a?x=1&y=2", "2025-03-12T09:30:00Z"},
		{"control_characters.xml", "Bell and vertical tab here", "https://wire.example.org/c", "2025-03-12T09:30:00Z"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			items := mustParse(t, tt.file)
			got := items[0]
			at := ""
			if !got.Published.IsZero() {
				at = got.Published.Format(time.RFC3339)
			}
			if got.Title != tt.title || len(got.Links) != 1 || got.Links[0] != tt.link || at != tt.at || got.Feed != "wire" {
				t.Errorf("got %q %q %s", got.Title, got.Links, at)
			}
		})
	}
}

func TestContentTypeDecidesWhereNothingIsDeclared(t *testing.T) {
	body := bytes.ReplaceAll(load(t, "undeclared_1251.xml"), []byte("<language>ru</language>"), nil)
	items, _, err := Parse(bytes.NewReader(body), Feed{Name: "wire", ContentType: "application/rss+xml; charset=windows-1251", Now: noon}, diff.ReadOptions{})
	if err != nil || !strings.HasPrefix(items[0].Title, "Министерство") {
		t.Errorf("got %v, %v", titles(items), err)
	}
}

func TestTextIsPlain(t *testing.T) {
	items := mustParse(t, "rss20.xml")
	if want := "Makers of lathes react."; items[0].Summary != want {
		t.Errorf("summary = %q, want %q", items[0].Summary, want)
	}
	if got := mustParse(t, "bare_ampersand.xml")[1].Title; got != "Fish & chips now" {
		t.Errorf("title in CDATA = %q", got)
	}
	if got := mustParse(t, "atom.xml")[0]; got.Summary != "In short." || got.Text != "At length, about the makers." {
		t.Errorf("summary %q, text %q", got.Summary, got.Text)
	}
}

func TestLinksAreAbsoluteAndUntracked(t *testing.T) {
	items := mustParse(t, "rss20.xml")
	if got := items[1].Links; !cmp.Equal(got, []string{"https://wire.example.org/a/1002"}) {
		t.Errorf("relative link with tracking = %q", got)
	}
	if got := items[2].Links; !cmp.Equal(got, []string{"https://wire.example.org/a/1003"}) { // the guid stands in for javascript:
		t.Errorf("link of no http scheme = %q", got)
	}
}

func TestIdentitySurvivesEditedTitles(t *testing.T) {
	before, after := mustParse(t, "rss20.xml"), mustParse(t, "rss20_edited.xml")
	if len(before) != 3 || len(after) != 3 {
		t.Fatalf("%d and %d items, want 3 and 3", len(before), len(after))
	}
	ids := map[string]bool{}
	for i := range before {
		ids[before[i].ID] = true
		if before[i].ID != after[i].ID || before[i].Title == after[i].Title {
			t.Errorf("item %d: %s %q became %s %q", i, before[i].ID, before[i].Title, after[i].ID, after[i].Title)
		}
	}
	if len(ids) != 3 {
		t.Errorf("%d distinct ids of 3 items", len(ids))
	}
}

func TestDatesThatCannotBe(t *testing.T) {
	items, problems, err := parseFile(t, "date_2035.xml", diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range items {
		got = append(got, i.Title+": "+i.Published.Format(time.RFC3339))
	}
	unknown := time.Time{}.Format(time.RFC3339)
	want := []string{
		"From the future: " + unknown, "From the past: " + unknown, "A little ahead: 2025-03-12T12:00:00Z",
		"Moscow time: 2025-03-12T09:00:00Z", "No date: " + unknown, "A day that is none: " + unknown,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(problems) != 3 || !strings.Contains(problems[0].Text, "2035") || diff.NeedsHuman(problems) {
		t.Errorf("problems = %v, want one each for 2035, 1970 and yesterday, none for a human", problems)
	}
}

func TestNoGUID(t *testing.T) {
	items, problems, err := parseFile(t, "no_guid.xml", diff.ReadOptions{})
	if err != nil || len(items) != 3 || len(problems) != 1 {
		t.Fatalf("%d items, problems %v, %v; want 3 and one for the empty item", len(items), problems, err)
	}
	again := mustParse(t, "no_guid.xml")
	seen := map[string]bool{}
	for i := range items {
		if items[i].ID != again[i].ID || seen[items[i].ID] {
			t.Errorf("item %d: id %s is not stable and its own", i, items[i].ID)
		}
		seen[items[i].ID] = true
	}
}

func TestFiveThousandItems(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>`)
	for i := range 5000 {
		fmt.Fprintf(&b, "<item><title>Story %d</title><link>https://wire.example.org/%d</link></item>", i, i)
	}
	b.WriteString("</channel></rss>")
	items, _, err := Parse(strings.NewReader(b.String()), Feed{Name: "wire", Now: noon}, diff.ReadOptions{})
	if err != nil || len(items) != 5000 {
		t.Errorf("%d items, %v", len(items), err)
	}
}

func TestWhatIsNoWholeFeedIsRefused(t *testing.T) {
	for _, tt := range []struct{ name, body, reason string }{
		{"cut inside an item", string(load(t, "cut.xml")), ""},
		{"cut between items", string(load(t, "cut_between_items.xml")), ""},
		{"HTML", string(load(t, "challenge.html")), "HTML"},
		{"empty", "", "empty"},
		{"white space", " \n ", "empty"},
		{"other XML", "<?xml version=\"1.0\"?><inventory><thing/></inventory>", ""},
		{"cut JSON", string(load(t, "feed.json")[:120]), ""},
		{"text", "hello", ""},
		{"other JSON", "{}", "no feed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			items, _, err := Parse(strings.NewReader(tt.body), Feed{Name: "wire", Now: noon}, diff.ReadOptions{})
			var refused *diff.Refused
			if !errors.As(err, &refused) || !strings.Contains(refused.Reason, tt.reason) || items != nil {
				t.Errorf("got %d items, %v", len(items), err)
			}
		})
	}
}

func TestPartialReadsWholeItems(t *testing.T) {
	for _, name := range []string{"cut.xml", "cut_between_items.xml"} {
		items, problems, err := parseFile(t, name, diff.ReadOptions{Partial: true})
		if err != nil || len(items) != 3 || !diff.NeedsHuman(problems) {
			t.Errorf("%s: %v, problems %v, %v", name, titles(items), problems, err)
		}
	}
}

func TestEmptyFeedIsNoError(t *testing.T) {
	if items := mustParse(t, "empty_feed.xml"); len(items) != 0 {
		t.Errorf("got %v", titles(items))
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		if b, err := os.ReadFile(name); err == nil {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		read := func(r io.Reader) ([]diff.NewsItem, error) {
			items, _, err := Parse(r, Feed{Name: "wire", URL: "https://wire.example.org/rss", Now: noon}, diff.ReadOptions{Partial: true})
			return items, err
		}
		var items []diff.NewsItem
		var err error
		permute.Work(t, len(body), func() { items, err = read(bytes.NewReader(body)) })
		if err != nil && items != nil {
			t.Error("items beside an error")
		}
		if again, errAgain := read(iotest.OneByteReader(bytes.NewReader(body))); (err == nil) != (errAgain == nil) || !reflect.DeepEqual(items, again) {
			t.Fatalf("read byte by byte it is another feed: %v, %v", err, errAgain)
		}
		ids := map[string]bool{}
		for _, i := range items {
			if i.ID == "" || i.Published.After(noon) || ids[i.ID] || !utf8.ValidString(i.Title+i.Summary+i.Text) {
				t.Errorf("item %+v", i)
			}
			ids[i.ID] = true
			for _, l := range i.Links {
				if !strings.HasPrefix(l, "http://") && !strings.HasPrefix(l, "https://") {
					t.Errorf("link %q", l)
				}
			}
		}
	})
}

func TestAnIDSurvivesAnotherPort(t *testing.T) {
	if a, b := hostOf("127.0.0.1:4269/x"), hostOf("127.0.0.1:4323/x"); a != b || hostOf("[::1]:80/x") != "[::1]" || hostOf("dw.com/x") != "dw.com" {
		t.Errorf("%q, %q", a, b)
	}
}

// TestItemsOfOnePageDifferByTheirFragment: a page of notices gives each of them, whether anchors or numbers tell them apart; what counts
// edits of one report or tells where a reader came from makes none of its own.
func TestItemsOfOnePageDifferByTheirFragment(t *testing.T) {
	feed := func(items ...string) string {
		var b strings.Builder
		b.WriteString("<rss version=\"2.0\"><channel><title>T</title>")
		for i, link := range items {
			fmt.Fprintf(&b, "<item><title>Notice %d</title><link>%s</link></item>", i, link)
		}
		return b.String() + "</channel></rss>"
	}
	parse := func(body string) ([]diff.NewsItem, []diff.Problem) {
		items, problems, err := Parse(strings.NewReader(body), Feed{Name: "f", Now: noon}, diff.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return items, problems
	}
	const page = "https://agency.example/updates"
	for _, c := range []struct {
		links           []string
		items, problems int
	}{
		{[]string{page + "#first-notice", page + "#second-notice"}, 2, 0},
		{[]string{page + "#1", page + "#2", page + "#3"}, 3, 0},
		{[]string{page + "#xtor=RSS-1", page + "#xtor=RSS-2"}, 2, 0},
		{[]string{page, page}, 1, 1},
		{[]string{page + "#comments", page}, 2, 0},
	} {
		items, problems := parse(feed(c.links...))
		if len(items) != c.items || len(problems) != c.problems {
			t.Errorf("%q: %d items and %q, want %d and %d problems", c.links, len(items), problems, c.items, c.problems)
		}
	}
	shared := strings.ReplaceAll(feed(page+"#first-notice", page+"#second-notice"), "</link>", "</link><guid>"+page+"</guid>")
	if items, problems := parse(shared); len(items) != 2 || len(problems) != 0 {
		t.Errorf("notices whose guid is their page: %v, %q", items, problems)
	}
	one, _ := parse(feed(page + "#second-notice"))
	both, _ := parse(feed(page+"#first-notice", page+"#second-notice"))
	if one[0].ID != both[1].ID || one[0].ID == both[0].ID || !strings.HasSuffix(one[0].Links[0], "#second-notice") {
		t.Errorf("an anchored item is %v alone and %v with another", one[0], both)
	}
}
