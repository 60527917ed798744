package replay_test

import (
	"context"
	"crypto/sha256"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"entitywatch/diff"
	"entitywatch/internal/damage"
	"entitywatch/internal/require"
	"entitywatch/replay"
	"entitywatch/store"
	"entitywatch/testdata"
	"entitywatch/watcher"
	"entitywatch/watcher/fedreg"
	httpfetch "entitywatch/watcher/fetch"
	"entitywatch/watcher/lists/csl"
	"entitywatch/watcher/lists/ecfr"
	"entitywatch/watcher/lists/eu"
	"entitywatch/watcher/lists/ofac"
	"entitywatch/watcher/lists/uk"
	"entitywatch/watcher/lists/un"
	"entitywatch/watcher/news"
)

// files are what stands at the ends of paths, with a validator each.
type files map[string]string

func (f files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for end, body := range f {
		if strings.HasSuffix(r.URL.Path, end) {
			w.Header().Set("ETag", `"1"`)
			http.ServeContent(w, r, end, time.Time{}, strings.NewReader(body))
			return
		}
	}
	http.NotFound(w, r)
}

// asked notes the requests that a look makes, so that they can be made without it.
type asked struct {
	http.Handler
	mu   sync.Mutex
	all  []*http.Request
	bare bool          // validators are not heeded: everything is sent whole, again and again
	hash time.Duration // the least that hashing an answer took
}

func (a *asked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.all = append(a.all, r.Clone(context.Background()))
	a.mu.Unlock()
	if a.bare {
		r.Header.Del("If-None-Match")
	}
	a.Handler.ServeHTTP(w, r)
}

// again makes the requests noted once more, and no others.
func (a *asked) again(b *testing.B, url string) {
	for _, r := range a.all {
		next, err := http.NewRequest(r.Method, url+r.URL.RequestURI(), nil)
		if err != nil {
			b.Fatal(err)
		}
		next.Header = r.Header.Clone()
		answer, err := http.DefaultClient.Do(next)
		if err != nil {
			b.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			b.Fatal(err)
		}
		answer.Body.Close()
		start := time.Now()
		sha256.Sum256(body)
		a.hash = min(a.hash, time.Since(start))
	}
}

func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// upstreams serves every kind of source over loopback: a scenario, and whole lists beside it.
func upstreams(b *testing.B) (*asked, *replay.Server, string) {
	s, err := replay.Load(testdata.Scenarios(), "xinjiang-2019")
	if err != nil {
		b.Fatal(err)
	}
	v, err := replay.NewServer(s)
	if err != nil {
		b.Fatal(err)
	}
	for v.Next() {
	}
	shape := map[string]string{}
	for _, s := range damage.Shapes() {
		shape[s.Name] = s.Fixture(2000)
	}
	mux := http.NewServeMux()
	mux.Handle("/", v)
	mux.Handle("/un/", files{".xml": shape["un"]})
	mux.Handle("/uk/", files{".csv": shape["uk"]})
	mux.Handle("/eu/", files{"/content": shape["eu"]})
	mux.Handle("/downloadable_consolidated_screening_list/", files{".json": string(require.File(b, "csl/consolidated_2026-07-31_reshaped.json.gz"))})
	mux.Handle("/ofac/changes/history/", files{"": `[{"publicationID":500,"datePublished":"2019-10-01T10:01:44.740051"}]`})
	mux.Handle("/ofac/api/", files{"SDN.XML": shape["ofac"], "CONSOLIDATED.XML": string(require.File(b, "ofac/consolidated_2025-05.xml.gz"))})
	a := &asked{Handler: mux}
	srv := httptest.NewServer(a)
	b.Cleanup(srv.Close)
	return a, v, srv.URL
}

// BenchmarkUnchangedLook is the CPU time of a look at each kind of source that brings nothing, beyond that of its requests alone, which
// are made again without it. All of the client, the parsing of what answers 200, and the commit are in it.
func BenchmarkUnchangedLook(b *testing.B) {
	a, v, url := upstreams(b)
	ends, lists := v.Endpoints(url), []diff.ListID{diff.EntityList, diff.UnverifiedList, diff.MilitaryEndUserList}
	then, today := v.Now(), time.Date(2026, 8, 3, 12, 0, 0, 0, time.UTC)
	now := func() time.Time { return then }
	unchangedLooks(b, a, url, &then, []watcher.Spec{
		{Kind: "ecfr", Source: ecfr.New(httpfetch.ListOptions{BaseURL: ends["ecfr"], Now: now}), Lists: lists},
		{Kind: "federal-register", Source: fedreg.NewRegister(fedreg.Options{URL: ends["federal-register"], Now: now})},
		{Kind: "public-inspection", Source: fedreg.NewInspection(fedreg.Options{URL: ends["public-inspection"], Now: now})},
		{Kind: "news", Source: news.New(news.Options{URL: ends["news"], Now: now})},
	})
	unchangedLooks(b, a, url, &today, listSpecs(ends, &today))
}

// BenchmarkSameBody is the same for lists on a server that knows no validators: the requests bring the whole file each time. What its hash costs
// stands apart.
func BenchmarkSameBody(b *testing.B) {
	a, v, url := upstreams(b)
	today := time.Date(2026, 8, 3, 1, 0, 0, 0, time.UTC)
	a.bare = true
	unchangedLooks(b, a, url, &today, listSpecs(v.Endpoints(url), &today))
}

// listSpecs are the lists that have whole files.
func listSpecs(ends map[string]string, today *time.Time) []watcher.Spec {
	now := func() time.Time { return *today }
	return []watcher.Spec{
		{Kind: "csl", Source: csl.List().New(httpfetch.ListOptions{BaseURL: ends["csl"], Now: now}), Lists: []diff.ListID{diff.EntityList}},
		{Kind: "ofac", Source: ofac.New(httpfetch.ListOptions{BaseURL: ends["ofac"], Now: now}, 0), Lists: []diff.ListID{diff.SDN}},
		{Kind: "un", Source: un.List().New(httpfetch.ListOptions{BaseURL: ends["un"], Now: now}), Lists: []diff.ListID{diff.UNSC}},
		{Kind: "uk", Source: uk.List().New(httpfetch.ListOptions{BaseURL: ends["uk"], Now: now}), Lists: []diff.ListID{diff.UKSanctions}},
		{Kind: "eu", Source: eu.List().New(httpfetch.ListOptions{BaseURL: ends["eu"], Now: now}), Lists: []diff.ListID{diff.EUFSF}},
	}
}

// unchangedLooks measures looks at each of some sources with one database, a minute apart.
func unchangedLooks(b *testing.B, a *asked, url string, now *time.Time, specs []watcher.Spec) {
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "ew.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	for i := range specs {
		specs[i].Name, specs[i].Primary = specs[i].Kind, specs[i].Lists
	}
	w, err := watcher.New(watcher.Options{Store: db, Now: func() time.Time { return *now }, Specs: specs,
		Client: httpfetch.New(httpfetch.Options{Trusted: []string{url}, Rate: rate.Inf}), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	look := func(b *testing.B, kind string) watcher.Look {
		*now = now.Add(time.Minute)
		r, err := w.Poll(b.Context(), kind)
		if err != nil {
			b.Fatal(err)
		}
		return r.Looks[0]
	}
	for _, s := range specs {
		b.Run(s.Kind, func(b *testing.B) {
			look(b, s.Kind)
			a.all = nil
			if l := look(b, s.Kind); l.Outcome != "unchanged" {
				b.Fatalf("%s: %s", l.Outcome, l.Reason)
			}
			alone := &asked{all: a.all}
			var whole, requests time.Duration
			n := 0
			alone.hash = time.Hour
			for b.Loop() {
				n++
				start := cpu()
				look(b, s.Kind)
				whole += cpu() - start
				start = cpu()
				alone.again(b, url)
				requests += cpu() - start
			}
			b.ReportMetric(float64((whole-requests).Microseconds())/float64(n), "cpu-µs") // the requests are hashed, too
			b.ReportMetric(float64(alone.hash.Microseconds()), "hash-µs")
			b.ReportMetric(float64(whole.Microseconds())/float64(n), "with-requests-µs")
			b.ReportMetric(float64(len(alone.all)), "requests")
		})
	}
}
