package fetch

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"entitywatch/redact"
)

// Addresses found in feeds and answers pass the guard, also where they lead to a configured origin; only what stands below the source's
// own base URL is reached there.
func TestOnlyTheSourcesOwnBasePathIsExempt(t *testing.T) {
	asked := ""
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		switch asked = r.URL.Path; asked {
		case "/feeds/away":
			http.Redirect(w, r, "/admin", http.StatusFound)
		default:
			io.WriteString(w, "here")
		}
	})
	for path, want := range map[string]bool{
		"/feeds": true, "/feeds/": true, "/feeds/a/b.xml?x=1": true, "/feeds/./a": true,
		"/": false, "/admin": false, "/feedsandmore": false, "/feeds/../admin": false, "/feeds/%2e%2e/admin": false, "/feeds/..%2fadmin": false,
		"/feeds/away": false, "/other/feeds": false,
	} {
		asked = ""
		_, err := c.Begin(Cursor{}, srv.URL+"/feeds").Get(t.Context(), srv.URL+path)
		var ge *GuardError
		if got := err == nil; got != want || !want && !errors.As(err, &ge) {
			t.Errorf("%s: %v, asked for %q", path, err, asked)
		}
		if !want && asked == "/admin" {
			t.Errorf("%s reached what it must not", path)
		}
	}
	// a file is its own base, and another source's base is no one else's
	if _, err := c.Begin(Cursor{}, srv.URL+"/feeds/a.xml").Get(t.Context(), srv.URL+"/feeds/b.xml"); err == nil {
		t.Error("a file beside the configured one was reached")
	}
	if _, err := c.Begin(Cursor{}, "https://feed.example/rss").Get(t.Context(), srv.URL+"/feeds/"); err == nil {
		t.Error("another source's address was reached")
	}
}

func TestNoRefererAndNoCredentialsGoToAnotherHost(t *testing.T) {
	var got []*http.Request
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { got = append(got, r) }))
	defer other.Close()
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		if got = append(got, r); r.URL.Path == "/same" {
			http.Redirect(w, r, "/end", http.StatusFound)
		} else if r.URL.Path == "/other" {
			http.Redirect(w, r, other.URL, http.StatusFound)
		}
	})
	for _, path := range []string{"/same?pass=s3cretvalue", "/other?page=2"} {
		if _, err := c.Begin(Cursor{}, srv.URL, other.URL).Get(t.Context(), srv.URL+path); err != nil {
			t.Error(path, err)
		}
	}
	before := len(got)
	for _, query := range []string{"pass=x", "pwd=x", "user_key=x", "k=x", "token=x", "api_key=x"} {
		_, err := c.Begin(Cursor{}, srv.URL, other.URL).Get(t.Context(), srv.URL+"/other?"+query)
		var re *RedirectError
		if !errors.As(err, &re) {
			t.Errorf("%s: %v", query, err)
		}
	}
	if len(got) != before+6 {
		t.Errorf("%d requests instead of 6", len(got)-before)
	}
	for _, r := range got {
		if ref := r.Header.Get("Referer"); ref != "" {
			t.Errorf("%s was asked for with the Referer %q", r.URL, ref)
		}
	}
}

// A publisher that repeats our address, secret included, in links to the next page: the link is stored masked, and still leads there.
func TestMaskedLinksLeadBackToTheirOwnOrigin(t *testing.T) {
	s := redact.New()
	var asked string
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.String()
		io.WriteString(w, "next: http://"+r.Host+r.URL.Path+"/two?k=abc123key&page=2")
	}, func(o *Options) { o.Scrub = s })
	base := srv.URL + "/private/quiet-words?k=abc123key"
	s.Add(base)
	session := c.Begin(Cursor{}, base)
	r, err := session.Get(t.Context(), base)
	if err != nil || strings.Contains(string(r.Body), "abc123key") || strings.Contains(string(r.Body), "quiet-words") {
		t.Fatalf("%s, %v", r.Body, err)
	}
	if r.Evidence().URL != srv.URL+"/…" {
		t.Errorf("recorded as %s", r.Evidence().URL)
	}
	_, link, _ := strings.Cut(string(r.Body), "next: ")
	if _, err := session.Get(t.Context(), link); err != nil || asked != "/private/quiet-words/two?k=abc123key&page=2" {
		t.Errorf("%s led to %s, %v", link, asked, err)
	}
	for _, other := range []string{"https://elsewhere.example/…?k=…", srv.URL + ".elsewhere.example/?k=…", srv.URL + ".elsewhere.example/?…",
		srv.URL + "@elsewhere.example/?k=…", srv.URL + "0/?k=…", srv.URL + `\@elsewhere.example/?k=…`} {
		if got := session.unmask(other); got != other {
			t.Errorf("another origin got %s", got)
		}
	}
	for _, x := range session.Exchanges() {
		if strings.Contains(x.URL+x.Final+x.Base+string(x.Body), "abc123key") {
			t.Errorf("on record: %+v", x)
		}
	}
}
