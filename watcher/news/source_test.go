package news

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
)

var _ watcher.Source = (*Source)(nil)

// site is a publisher whose pages a test can change.
type site struct {
	*httptest.Server
	pages map[string]string
	hits  map[string]int
}

func newSite(t *testing.T) *site {
	s := &site{pages: map[string]string{}, hits: map[string]int{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.hits[r.URL.Path]++
		page, ok := s.pages[r.URL.Path]
		switch {
		case !ok:
			http.NotFound(w, r)
			return
		case r.URL.Path == "/rss":
			w.Header().Set("ETag", `"`+diff.HashID("e", page)+`"`)
			w.Header().Set("Content-Type", "application/rss+xml")
			if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		case strings.HasPrefix(r.URL.Path, "/a/"):
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		if _, err := w.Write([]byte(page)); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) feed(links ...string) {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>t</title>`)
	for _, l := range links {
		b.WriteString("<item><title>Story at " + l + "</title><link>" + l + "</link></item>")
	}
	s.pages["/rss"] = b.String() + "</channel></rss>"
}

// look reads once and gives the next cursor, as the store would keep it.
func (s *site) look(t *testing.T, src *Source, cur fetch.Cursor) (diff.Reading, fetch.Cursor, error) {
	t.Helper()
	client := fetch.New(fetch.Options{
		Trusted: []string{s.URL}, Now: func() time.Time { return noon },
		Sleep: func(context.Context, time.Duration) error { return nil },
	})
	session := client.Begin(cur)
	r, err := src.Read(context.Background(), session)
	return r, session.Next(), err
}

func (s *site) source(articles bool) *Source {
	return New(Options{Name: "wire", URL: s.URL + "/rss", Articles: articles, MaxArticles: 2, Now: func() time.Time { return noon }})
}

func TestReadIsConditional(t *testing.T) {
	s := newSite(t)
	s.feed("/a/1", "/a/2")
	src := s.source(false)
	r, cur, err := s.look(t, src, fetch.Cursor{})
	if err != nil || len(r.Items) != 2 || r.Items[0].Links[0] != s.URL+"/a/1" {
		t.Fatalf("first look: %+v, %v", r, err)
	}
	if r, _, err = s.look(t, src, cur); err != nil || len(r.Items) != 0 {
		t.Errorf("unchanged feed: %+v, %v", r, err)
	}
	if s.hits["/a/1"]+s.hits["/robots.txt"] != 0 {
		t.Error("articles were fetched although that is off")
	}
}

func TestReadOfACutFeedIsAnErrorAndAsksAgain(t *testing.T) {
	s := newSite(t)
	s.pages["/rss"] = string(load(t, "cut.xml"))
	r, cur, err := s.look(t, s.source(false), fetch.Cursor{})
	var refused *diff.Refused
	if !errors.As(err, &refused) || r.Items != nil || len(cur.Validators) != 0 {
		t.Errorf("got %+v, validators %v, %v", r, cur.Validators, err)
	}
}

func TestArticles(t *testing.T) {
	s := newSite(t)
	s.pages["/robots.txt"] = "User-agent: *\nDisallow: /a/private\n"
	for _, p := range []string{"/a/1", "/a/2", "/a/3", "/a/4", "/a/private"} {
		s.pages[p] = string(load(t, "article.html"))
	}
	src := s.source(true)
	s.feed("/a/1")
	_, cur, err := s.look(t, src, fetch.Cursor{})
	if err != nil || s.hits["/a/1"] != 0 {
		t.Fatalf("the first look is the baseline: %d articles, %v", s.hits["/a/1"], err)
	}
	s.feed("/a/private", "/a/2", "/a/3", "/a/4", "/a/1")
	r, cur, err := s.look(t, src, cur)
	if err != nil || s.hits["/a/private"] != 0 || s.hits["/a/2"] != 1 || s.hits["/a/3"] != 0 || s.hits["/robots.txt"] != 1 {
		t.Fatalf("hits %v, %v; want robots.txt respected and two new items a look", s.hits, err)
	}
	if !strings.Contains(r.Items[1].Text, "Tarnow Lathe Works") {
		t.Errorf("text = %q", r.Items[1].Text)
	}
	if _, cur, err = s.look(t, src, cur); err != nil || s.hits["/a/3"] != 1 || s.hits["/a/4"] != 1 {
		t.Errorf("hits %v, %v; want the rest at the next look, the feed unchanged", s.hits, err)
	}
	if _, _, err = s.look(t, src, cur); err != nil || s.hits["/a/4"] != 1 || s.hits["/a/1"] != 0 {
		t.Errorf("hits %v, %v; want nothing fetched twice", s.hits, err)
	}
}

func TestArticleOfAnInnerAddressIsRefused(t *testing.T) {
	s, inner := newSite(t), newSite(t)
	inner.pages["/a/1"] = string(load(t, "article.html"))
	src := s.source(true)
	s.feed("/a/0")
	_, cur, err := s.look(t, src, fetch.Cursor{})
	if err != nil {
		t.Fatal(err)
	}
	s.feed(inner.URL + "/a/1")
	r, _, err := s.look(t, src, cur)
	if err != nil || len(r.Items) != 1 || r.Items[0].Text != "" || len(inner.hits) != 0 {
		t.Errorf("items %+v, hits %v, %v; want the item without its article", r.Items, inner.hits, err)
	}
}

func TestArticleText(t *testing.T) {
	got, err := ArticleText(load(t, "article.html"), "text/html")
	want := "Ministry puts curbs on lathe exports\n" +
		"The ministry said on Wednesday that it would add two makers of lathes to its list, among them Tarnow Lathe Works.\n" +
		"The makers did not answer. A spokeswoman said that the list would be published within days, and that appeals were possible."
	if err != nil || got != want {
		t.Errorf("got %q, %v", got, err)
	}
}
