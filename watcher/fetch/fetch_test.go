package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"entitywatch/diff"
)

// clock is a fake: sleeping moves it on, and what was slept is kept.
type clock struct {
	now   time.Time
	slept []time.Duration
}

func (c *clock) Now() time.Time { return c.now }

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.slept = append(c.slept, d)
	c.now = c.now.Add(d)
	return ctx.Err()
}

// newTest starts an upstream on a real socket and a client that trusts it and never sleeps for real.
func newTest(t *testing.T, h http.HandlerFunc, change ...func(*Options)) (*Client, *httptest.Server, *clock) {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	c := &clock{now: time.Date(2024, 7, 2, 14, 0, 0, 0, time.UTC)}
	o := Options{
		Contact: "trade@example.com", Trusted: []string{srv.URL}, Rate: rate.Inf,
		Now: c.Now, Sleep: c.Sleep, Jitter: func() float64 { return 1 },
	}
	for _, f := range change {
		f(&o)
	}
	return New(o), srv, c
}

func get(t *testing.T, c *Client, cur Cursor, url string, opts ...Option) (*Response, *Session, error) {
	t.Helper()
	s := c.Begin(cur)
	r, err := s.Get(t.Context(), url, opts...)
	return r, s, err
}

func TestConditionalGetSendsAndCollectsValidators(t *testing.T) {
	version := "v1"
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"`+version+`"`)
		w.Header().Set("Last-Modified", "Mon, 01 Jul 2024 10:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"`+version+`"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, "body of "+version)
	})
	r, s, err := get(t, c, Cursor{}, srv.URL+"/list")
	if err != nil || string(r.Body) != "body of v1" || r.NotModified {
		t.Fatalf("first look: %v, %v", r, err)
	}
	if got := s.Next().Validators[srv.URL+"/list"]; got.ETag != `"v1"` || got.LastModified == "" {
		t.Errorf("validators = %+v", got)
	}
	r, s2, err := get(t, c, s.Next(), srv.URL+"/list")
	if err != nil || !r.NotModified || r.Body != nil {
		t.Fatalf("second look: %+v, %v; want not modified", r, err)
	}
	version = "v2"
	r, s3, err := get(t, c, s2.Next(), srv.URL+"/list")
	if err != nil || string(r.Body) != "body of v2" || s3.Next().Validators[srv.URL+"/list"].ETag != `"v2"` {
		t.Fatalf("third look: %+v, %v", r, err)
	}
	if len(r.SHA256) != 64 || r.Evidence().SHA256 != r.SHA256 || r.At.IsZero() {
		t.Errorf("evidence = %+v", r.Evidence())
	}
}

func TestNotModifiedWithoutValidatorsKeepsTheOldOnes(t *testing.T) {
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNotModified) })
	cur := Cursor{Validators: map[string]Validators{srv.URL: {ETag: `"x"`}}, Marks: map[string]string{"day": "2024-07-01"}}
	_, s, err := get(t, c, cur, srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	next := s.Next()
	if next.Validators[srv.URL].ETag != `"x"` || next.Marks["day"] != "2024-07-01" {
		t.Errorf("next = %+v, want the old validators and marks", next)
	}
	if _, _, err := get(t, c, cur, srv.URL, Fresh(), Once()); err == nil {
		t.Error("a 304 to an unconditional request passed as an answer")
	}
}

func TestFailedLookKeepsOldValidators(t *testing.T) {
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"new"`)
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"cut": tru`)
	})
	cur := Cursor{Validators: map[string]Validators{srv.URL: {ETag: `"old"`}}}
	_, s, err := get(t, c, cur, srv.URL, Expect("json"))
	if err == nil {
		t.Fatal("a cut JSON text passed")
	}
	if got := s.Next().Validators[srv.URL].ETag; got != `"old"` {
		t.Errorf("ETag after a failed look = %q, want the old one", got)
	}
}

func TestRejectDropsValidatorsOfAnUnusableAnswer(t *testing.T) {
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v"`)
		io.WriteString(w, "x")
	})
	_, s, err := get(t, c, Cursor{}, srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.Reject(srv.URL)
	if len(s.Next().Validators) != 0 {
		t.Errorf("validators = %v after Reject", s.Next().Validators)
	}
}

func TestUserAgentNamesTheContact(t *testing.T) {
	var ua string
	h := func(w http.ResponseWriter, r *http.Request) { ua = r.UserAgent() }
	c, srv, _ := newTest(t, h)
	get(t, c, Cursor{}, srv.URL)
	if !strings.HasPrefix(ua, "EntityWatch/") || !strings.Contains(ua, "trade@example.com") {
		t.Errorf("User-Agent = %q", ua)
	}
	c, srv, _ = newTest(t, h, func(o *Options) { o.UserAgent = "Mozilla/5.0" })
	get(t, c, Cursor{}, srv.URL)
	if ua != "Mozilla/5.0" {
		t.Errorf("configured User-Agent = %q", ua)
	}
}

func gzipped(b []byte) []byte {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	z.Write(b)
	z.Close()
	return buf.Bytes()
}

func TestBodiesThatAreNotWhole(t *testing.T) {
	long := strings.Repeat("listed party; ", 4000)
	cases := map[string]http.HandlerFunc{
		"shorter than Content-Length": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(long)))
			io.WriteString(w, long[:len(long)/2])
		},
		"cut chunked": func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, long)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		},
		"cut gzip with a length that agrees": func(w http.ResponseWriter, r *http.Request) {
			z := gzipped([]byte(long))
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(z[:len(z)-9])
		},
		"encoding nobody asked for": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			io.WriteString(w, long)
		},
	}
	for name, h := range cases {
		t.Run(name, func(t *testing.T) {
			c, srv, _ := newTest(t, h)
			r, s, err := get(t, c, Cursor{}, srv.URL)
			if err == nil {
				t.Fatalf("%d bytes passed as a whole body", len(r.Body))
			}
			if n := len(s.Exchanges()); n != 4 || s.Exchanges()[0].Err == "" {
				t.Errorf("%d exchanges, first error %q; want 4 tries, each with its error", n, s.Exchanges()[0].Err)
			}
		})
	}
}

func TestGzipIsDecodedAndLimitedAfterwards(t *testing.T) {
	bomb := gzipped(make([]byte, 8<<20))
	plain := []byte(strings.Repeat("a", 5000))
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("Accept-Encoding = %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		if r.URL.Path == "/bomb" {
			w.Write(bomb)
			return
		}
		w.Write(gzipped(plain))
	}, func(o *Options) { o.MaxBody = 5000 })
	r, _, err := get(t, c, Cursor{}, srv.URL+"/plain")
	if err != nil || !bytes.Equal(r.Body, plain) {
		t.Fatalf("a body of exactly the limit: %v", err)
	}
	_, s, err := get(t, c, Cursor{}, srv.URL+"/bomb")
	var large *TooLargeError
	if !errors.As(err, &large) || large.Limit != 5000 {
		t.Fatalf("bomb of %d bytes: %v, want *TooLargeError", len(bomb), err)
	}
	if len(s.Exchanges()) != 1 {
		t.Errorf("asked %d times for a body that is too large", len(s.Exchanges()))
	}
}

// Slow or silent upstreams end at the attempt's timeout. The upstream here hangs until the client gives up; nothing waits for real time
// beyond the tiny timeout itself.
func TestTimeoutIsTriedAgain(t *testing.T) {
	var n atomic.Int32
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) == 1 {
			io.WriteString(w, "beginning")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
			return
		}
		io.WriteString(w, "whole")
	})
	r, s, err := get(t, c, Cursor{}, srv.URL, Timeout(200*time.Millisecond))
	if err != nil || string(r.Body) != "whole" || len(s.Exchanges()) < 2 || s.Exchanges()[0].Err == "" {
		t.Fatalf("%v, %v, %d exchanges", r, err, len(s.Exchanges()))
	}
}

func TestCancelledContextEndsAtOnce(t *testing.T) {
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := c.Begin(Cursor{})
	if _, err := s.Get(ctx, srv.URL); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want context.Canceled", err)
	}
}

func TestExpectTellsAChallengePage(t *testing.T) {
	page := `<!DOCTYPE html><html><head><title>Federal Register :: Request Access</title></head><body>…</body></html>`
	cases := []struct {
		name, want, contentType, body string
		fault                         string // part of the error, "" where the answer is good
	}{
		{"json", "json", "application/json; charset=utf-8", ` {"count": 1} `, ""},
		{"json list in a file store", "json", "binary/octet-stream", "\xef\xbb\xbf[1]\n", ""},
		{"challenge page", "json", "text/html", page, `an HTML page titled "Federal Register :: Request Access"`},
		{"challenge page that lies about its type", "json", "application/json", page, "an HTML page"},
		{"json under an html type", "json", "text/html", `{"count": 1}`, "content type text/html"},
		{"cut json", "json", "application/json", `{"count": 1, "res`, "breaks off"},
		{"empty json", "json", "application/json", " \n", "an empty body"},
		{"a sentence", "json", "text/plain", "Service moved", `begins "Service moved"`},
		{"xml", "xml", "application/xml", `<?xml version="1.0"?><RULE></RULE>`, ""},
		{"xml rss type", "xml", "application/rss+xml", `<rss></rss>`, ""},
		{"html for xml", "xml", "text/xml", `<?xml version="1.0"?>` + page, "an HTML page"},
		{"cut xml", "xml", "application/xml", `<RULE><PREAMB>text`, "breaks off"},
		{"json for xml", "xml", "application/xml", `{"errors":{}}`, "begins"},
		{"feed under a wrong type", "feed", "text/html", `<rss version="2.0"></rss>`, ""},
		{"html for a feed", "feed", "application/rss+xml", page, "an HTML page"},
		{"csv", "csv", "text/csv", "a,b\n1,2\n", ""},
		{"html for csv", "csv", "text/csv", "\n<html><body>down</body></html>", "an HTML page"},
		{"empty text", "text", "text/plain", "", "an empty body"},
		{"html wanted", "html", "text/html", page, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", tc.contentType)
				io.WriteString(w, tc.body)
			})
			_, s, err := get(t, c, Cursor{}, srv.URL, Expect(tc.want))
			if tc.fault == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var shape *ShapeError
			var refused *diff.Refused
			if !errors.As(err, &shape) || !errors.As(err, &refused) || !strings.Contains(err.Error(), tc.fault) {
				t.Fatalf("err = %v, want a *ShapeError with %q", err, tc.fault)
			}
			if x := s.Exchanges(); len(x) != 1 || x[0].Err == "" || string(x[0].Body) != tc.body {
				t.Errorf("exchanges = %+v, want one with its body and error", x)
			}
		})
	}
}
