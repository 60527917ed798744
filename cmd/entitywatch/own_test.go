package main

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/redact"
	"entitywatch/watcher/fetch"
)

// Of a feed on this machine the articles below its own address are read, as the replayed ones are, and those below what the config names
// beside it; whatever else its items lead to on this machine is not asked for, also in the feed's own folder.
func TestArticlesBelowAFeedAreReadAndNothingElseOfItsHost(t *testing.T) {
	host := newTestHost(t)
	feed := func(links ...string) string {
		items := ""
		for _, l := range links {
			items += "<item><title>Story at " + l + "</title><link>" + l + "</link><guid>" + l + "</guid></item>"
		}
		return `<rss version="2.0"><channel><title>t</title>` + items + "</channel></rss>"
	}
	host.pages["/feeds/news.xml"] = feed()
	s := config.Source{Name: "news", Kind: "news", URL: config.Secret(host.URL + "/feeds/news.xml"), Articles: true,
		Texts: []string{host.URL + "/named/"}}
	cur := host.look(t, s, fetch.Cursor{})
	links := []string{"/feeds/news.xml/articles/one", "/named/two", "/feeds/articles/three", "/feeds/news.xml/../../admin/delete", "/admin",
		host.URL + "/feeds/other.xml", "/feeds/news.xml%2f..%2fx", "/named"}
	for i := range links { // two articles are read in a look
		host.pages["/feeds/news.xml"] = feed(links[:i+1]...)
		cur = host.look(t, s, cur)
	}
	host.askedOnly(t, "/feeds/news.xml", "/feeds/news.xml/articles/one", "/named/two", "/named")
}

// Of the Register's two sources on this machine a text is read below the API's base path or below what the config names, and nowhere else
// on the API's host: an answer that holds the address of something else there is an answer from outside.
func TestTextsBesideTheRegistersAPIAreReadOnlyWhereTheConfigNamesThem(t *testing.T) {
	for _, c := range []struct {
		text, named string
		read        bool
	}{
		{"/api/v1/documents/full_text/2024-11111.xml", "", true},
		{"/documents/full_text/xml/2024-11111.xml", "", false},
		{"/documents/full_text/xml/2024-11111.xml", "/documents/full_text/", true},
		{"/documents/full_text/../../admin", "/documents/full_text/", false},
		{"/public-inspection/raw_text/1.txt", "/documents/full_text/", false},
	} {
		host := newTestHost(t)
		host.pages["/api/v1/documents.json"] = fmt.Sprintf(`{"count":1,"total_pages":1,"results":[{"document_number":"2024-11111","type":"Rule",`+
			`"title":"Addition of an Entity to the Entity List","abstract":"Adding one entity to the Entity List.","publication_date":"2024-06-12",`+
			`"agencies":[{"slug":"industry-and-security-bureau"}],"cfr_references":[{"title":15,"part":744}],"full_text_xml_url":%q}]}`, host.URL+c.text)
		s := config.Source{Name: "register", Kind: "federal-register", URL: config.Secret(host.URL + "/api/v1"),
			Agencies: []string{"industry-and-security-bureau"}}
		if c.named != "" {
			s.Texts = []string{host.URL + c.named}
		}
		host.look(t, s, fetch.Cursor{})
		want := []string{"/api/v1/documents.json"}
		if c.read {
			want = append(want, c.text)
		}
		host.askedOnly(t, want...)
	}
}

// The Register's folders of texts go with the address of its API wherever that keeps its layout; of another, the config names them.
func TestFoldersOfTextsGoWithTheAddressOfTheAPI(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c.yaml")
	for url, want := range map[string][]string{
		"https://www.federalregister.gov/api/v1": {"https://www.federalregister.gov/documents/full_text/",
			"https://www.federalregister.gov/public-inspection/raw_text/"},
		"http://127.0.0.1:1/api/v1":    {"http://127.0.0.1:1/documents/full_text/", "http://127.0.0.1:1/public-inspection/raw_text/"},
		"http://127.0.0.1:1/register/": nil,
	} {
		text := "sources:\n  - {name: a, kind: federal-register, url: \"" + url + "\"}\n"
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load(file, config.Checks{})
		if err != nil {
			t.Fatal(err)
		}
		if got := ownOf(c.Sources[0])[1:]; !slices.Equal(got, want) {
			t.Errorf("%s may reach %q besides itself, want %q", url, got, want)
		}
	}
}

// testHost is a host on this machine that notes what it is asked for; what it does not know is a page with an article.
type testHost struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
	pages map[string]string
}

func newTestHost(t *testing.T) *testHost {
	h := &testHost{pages: map[string]string{"/robots.txt": "User-agent: *\nAllow: /\n"}}
	article := "<html><body><article><p>" + strings.Repeat("What stands in the article. ", 20) + "</p></article></body></html>"
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.asked = append(h.asked, r.URL.Path)
		types := map[string]string{".xml": "application/rss+xml", ".json": "application/json", ".txt": "text/plain"}
		w.Header().Set("Content-Type", cmp.Or(types[path.Ext(r.URL.Path)], "text/html"))
		io.WriteString(w, cmp.Or(h.pages[r.URL.Path], article))
	}))
	t.Cleanup(h.Close)
	return h
}

// look has a source look at the host, whatever it makes of the answers.
func (h *testHost) look(t *testing.T, s config.Source, cur fetch.Cursor) fetch.Cursor {
	t.Helper()
	now := func() time.Time { return time.Date(2024, 6, 13, 12, 0, 0, 0, time.UTC) }
	source, err := sourceOf(s, now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	session := fetch.New(fetch.Options{Scrub: redact.New(), Sleep: dontWait, Attempts: 1, Rate: 1000}).Begin(cur, ownOf(s)...)
	if _, err := source.Read(t.Context(), session); err != nil {
		t.Log(err)
	}
	return session.Next()
}

// askedOnly fails unless exactly these paths were asked for, each at least once.
func (h *testHost) askedOnly(t *testing.T, want ...string) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	slices.Sort(want)
	slices.Sort(h.asked)
	if got := slices.Compact(h.asked); !slices.Equal(got, want) {
		t.Errorf("asked for %q instead of %q", got, want)
	}
}
