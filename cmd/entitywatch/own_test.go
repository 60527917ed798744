package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/redact"
	"entitywatch/watcher/fetch"
)

// Of a feed on this machine the articles in the folder beside it are read, as the replayed ones are; whatever else its items lead to on
// this machine is not asked for.
func TestArticlesBesideAFeedAreReadAndNothingElseOfItsHost(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	page := "<html><body><article><p>" + strings.Repeat("What stands in the article. ", 20) + "</p></article></body></html>"
	feed := func(links ...string) string {
		items := ""
		for _, l := range links {
			items += "<item><title>Story at " + l + "</title><link>" + l + "</link><guid>" + l + "</guid></item>"
		}
		return `<rss version="2.0"><channel><title>t</title>` + items + "</channel></rss>"
	}
	shown := feed()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, r.URL.Path)
		switch r.URL.Path {
		case "/feeds/news.xml":
			w.Header().Set("Content-Type", "application/rss+xml")
			w.Write([]byte(shown))
		case "/robots.txt":
			http.NotFound(w, r)
		default:
			w.Header().Set("Content-Type", "text/html")
			w.Write([]byte(page))
		}
	}))
	defer srv.Close()
	s := config.Source{Name: "news", Kind: "news", URL: config.Secret(srv.URL + "/feeds/news.xml"), Articles: true}
	source, err := sourceOf(s, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.New(fetch.Options{Scrub: redact.New(), Sleep: dontWait})
	look := func(cur fetch.Cursor) fetch.Cursor {
		session := client.Begin(cur, ownOf(s)...)
		if _, err := source.Read(t.Context(), session); err != nil {
			t.Fatal(err)
		}
		return session.Next()
	}
	cur := look(fetch.Cursor{})
	shown = feed("/feeds/articles/one", "/feeds/articles/../../admin/delete", "/admin", srv.URL+"/feeds/other.xml", "/feeds/articles%2f..%2fx")
	look(cur)
	if !slices.Contains(asked, "/feeds/articles/one") {
		t.Errorf("the article was not read; asked for %q", asked)
	}
	for _, p := range asked {
		if !slices.Contains([]string{"/feeds/news.xml", "/robots.txt", "/feeds/articles/one"}, p) {
			t.Errorf("%s was asked for", p)
		}
	}
}
