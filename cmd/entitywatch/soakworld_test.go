package main

import (
	"fmt"
	"html"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/internal/damage"
	"entitywatch/replay"
)

// The upstreams of the soak: each source on a host of its own, its true answers from a script with the truth beside it, and on top of
// them whatever is wrong just now.

// wrong is one way in which an upstream misbehaves for some looks.
type wrong struct {
	name   string
	damage func(body string) string // of a good answer's bytes; nil where the transport is at fault
	status int                      // instead of the answer
	cut    bool                     // the connection ends within the body
	reset  bool                     // it ends before any answer
	same   bool                     // what was asked for with a validator is said to be unmodified
	gzip   string                   // instead of the answer, compressed

	trouble *replay.Trouble // of the replayed upstreams, which render what is wrong
	path    string          // only where the path holds this
}

// upstream is one host.
type upstream struct {
	*httptest.Server
	mu    sync.Mutex
	inner http.Handler
	wrong *wrong
}

func newUpstream(t *testing.T, inner http.Handler) *upstream {
	u := &upstream{inner: inner}
	u.Server = httptest.NewServer(u)
	t.Cleanup(u.Close)
	return u
}

func (u *upstream) be(w *wrong) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.wrong = w
}

// ServeHTTP answers what is true, or what is wrong just now.
func (u *upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	bad := u.wrong
	u.mu.Unlock()
	r.Header.Del("Accept-Encoding")
	if bad == nil || !strings.Contains(r.URL.Path, bad.path) {
		u.inner.ServeHTTP(w, r)
		return
	}
	if bad.status != 0 {
		http.Error(w, "not now", bad.status)
		return
	}
	if bad.reset {
		hangUp(w)
		return
	}
	if bad.same && r.Header.Get("If-None-Match") != "" {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	for _, h := range []string{"If-None-Match", "If-Modified-Since"} {
		r.Header.Del(h)
	}
	good := httptest.NewRecorder()
	u.inner.ServeHTTP(good, r)
	body := good.Body.String()
	if bad.damage != nil && good.Code == http.StatusOK {
		body = bad.damage(body)
	}
	w.Header().Set("Content-Type", good.Header().Get("Content-Type"))
	if bad.gzip != "" {
		w.Header().Set("Content-Encoding", "gzip")
		fmt.Fprint(w, bad.gzip)
		return
	}
	if bad.cut {
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		w.Write([]byte(body[:len(body)/2]))
		return
	}
	w.WriteHeader(good.Code)
	w.Write([]byte(body))
}

func hangUp(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		conn.Close()
	}
}

// soakList is a list source whose answers are made of parties that come, go and change.
type soakList struct {
	shape damage.Shape
	list  diff.ListID
	mu    sync.Mutex
	n     int
	gone  []int // which records, in the order in which they went
	moved []string
	grows bool
	was   string // the file before its last change, for some hours

	changed time.Time
}

// older is what a cache serves that missed the last change: the file before it, where that was just now.
func (l *soakList) older(body string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.was == "" {
		return body
	}
	return l.was
}

func (l *soakList) file() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.shape.Fixture(l.n)
	for _, nth := range l.gone {
		f = l.shape.Without(f, nth)
	}
	for _, no := range l.moved {
		f = strings.ReplaceAll(f, no+" Rue", no+"bis Rue")
	}
	return f
}

func (l *soakList) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	types := map[string]string{"uk": "text/csv", "csl": "application/json"}
	w.Header().Set("Content-Type", "application/xml")
	if t := types[l.shape.Name]; t != "" {
		w.Header().Set("Content-Type", t)
	}
	switch {
	case strings.Contains(r.URL.Path, "/changes/history"):
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `[{"publicationID":500,"datePublished":"2026-03-01T10:30:00.123"}]`)
		return
	case strings.HasSuffix(r.URL.Path, "CONSOLIDATED.XML"):
		fmt.Fprint(w, consolidatedXML)
		return
	}
	body := l.file()
	etag := `"` + diff.HashID("e", body) + `"`
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	fmt.Fprint(w, body)
}

const consolidatedXML = `<?xml version="1.0" standalone="yes"?><sdnList><publshInformation><Publish_Date>03/02/2026</Publish_Date>` +
	`<Record_Count>1</Record_Count></publshInformation><sdnEntry><uid>81004</uid><lastName>SUNDAL OPTICS</lastName><sdnType>Entity</sdnType>` +
	`<programList><program>CMIC-EO13959</program></programList></sdnEntry></sdnList>`

var streetNo = regexp.MustCompile(`(No\. \d+) Rue`)

// change makes one true change, and gives what it is: "added us-ofac-sdn name".
func (l *soakList) change(random *rand.Rand) string {
	before := l.file()
	defer func() { l.was = before }()
	records := l.shape.Record.FindAllString(l.file(), -1)
	nth := random.IntN(len(records)/4) * 2 // of those that were there from the first; with the UK, a primary name
	name := func(record string) string {
		return diff.Normalise(html.UnescapeString(l.shape.Title.FindStringSubmatch(record)[1]))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	switch kind := random.IntN(3); {
	case kind == 0 && l.grows:
		l.n++
		fresh := l.shape.Record.FindAllString(l.shape.Fixture(l.n), -1)
		last := fresh[len(fresh)-1]
		if l.shape.Name == "uk" {
			last = fresh[len(fresh)-2]
		}
		return "added " + string(l.list) + " " + name(last)
	case kind == 1 && !strings.Contains(records[nth], "bis Rue"):
		l.gone = append(l.gone, nth)
		return "removed " + string(l.list) + " " + name(records[nth])
	}
	for ; nth < len(records); nth += 2 {
		if m := streetNo.FindStringSubmatch(records[nth]); m != nil {
			l.moved = append(l.moved, m[1])
			return "amended " + string(l.list) + " " + name(records[nth])
		}
	}
	return ""
}

// follow has a list show the parties of another.
func (l *soakList) follow(of *soakList) {
	of.mu.Lock()
	defer of.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n, l.gone, l.moved = of.n, slices.Clone(of.gone), slices.Clone(of.moved)
}

// press is a feed whose items come one by one.
type press struct {
	mu    sync.Mutex
	items []string
}

func (p *press) add(id, title string, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.items = append([]string{fmt.Sprintf("<item><guid>%s</guid><title>%s</title><link>https://news.example/%s</link><pubDate>%s</pubDate></item>",
		id, html.EscapeString(title), id, at.Format(time.RFC1123Z))}, p.items[:min(len(p.items), 30)]...)
}

func (p *press) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Wire</title>%s</channel></rss>`, strings.Join(p.items, ""))
}
