package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/time/rate"
)

// request is what the options of one Get say.
type request struct {
	expect    string
	accept    string
	fresh     bool
	reader    string
	maxBody   int64
	timeout   time.Duration
	attempts  int
	pace      string
	paceLimit rate.Limit
}

// Option changes one Get.
type Option func(*request)

var accepts = map[string]string{
	"json": "application/json",
	"xml":  "application/xml, text/xml;q=0.9, */*;q=0.1",
	"csv":  "text/csv, */*;q=0.5",
	"text": "text/plain, */*;q=0.5",
	"html": "text/html, */*;q=0.5",
	"feed": "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
}

// Expect says what the answer must be: json, xml, csv, text, html, or feed (XML or JSON under any content type). Content type and shape
// are checked, and a misfit is a *ShapeError.
func Expect(kind string) Option {
	return func(q *request) {
		q.expect = kind
		if a, ok := accepts[kind]; ok {
			q.accept = a
		}
	}
}

// Fresh asks without validators, for a body that is needed whether it changed or not.
func Fresh() Option { return func(q *request) { q.fresh = true } }

// Remember takes an answer with the very body that the same reader took in last for one that says "not modified": some servers know no better,
// and reading a list costs a hundred times as much as its hash. Its exchange stays on record as it was. Who stores the cursor says with
// Forgetful whether that body may stand for what was made of it.
func Remember(reader string) Option { return func(q *request) { q.reader = reader } }

// MaxBody limits the body of this answer, in bytes after decompression.
func MaxBody(n int64) Option { return func(q *request) { q.maxBody = n } }

// Timeout limits each attempt of this request, where an upstream takes longer, or may take less, than others. A limit that the admin set
// stands above it.
func Timeout(d time.Duration) Option { return func(q *request) { q.timeout = d } }

// Once asks a single time, without retries.
func Once() Option { return func(q *request) { q.attempts = 1 } }

// Pace is a rate limit of its own for one sort of request to a host, beside the host's.
func Pace(name string, perSecond float64) Option {
	return func(q *request) { q.pace, q.paceLimit = name, rate.Limit(perSecond) }
}

// Get asks for a URL, conditionally where the cursor holds its validators. The answer is whole, within the limits and of the
// expected kind, or NotModified; anything else is an error, after the retries: *StatusError, *ShapeError, *TooLargeError, *GuardError or
// *RedirectError among others. Every attempt is recorded.
func (s *Session) Get(ctx context.Context, rawURL string, opts ...Option) (*Response, error) {
	c := s.client
	q := &request{accept: "*/*", maxBody: c.o.MaxBody, timeout: c.o.Timeout, attempts: c.o.Attempts}
	for _, o := range opts {
		o(q)
	}
	u, err := c.parse(s.unmask(rawURL))
	if err != nil {
		return nil, err
	}
	if _, set := c.o.HostRates[u.Host]; set {
		q.pace = "" // a limit that was set for this host is the admin's word
	}
	q.timeout = c.timeout(q.timeout)
	key := c.shown(u.String())
	if err := s.resting(u); err != nil {
		s.keep(key, s.validators(key))
		return nil, fmt.Errorf("get %s: %w", short(key), err)
	}
	v := s.validators(key)
	if q.fresh || !v.Seen.IsZero() && c.o.Now().Sub(v.Seen) >= believed {
		v = Validators{}
	}
	r, err := s.attempts(ctx, u, q, v)
	if err != nil {
		s.keep(key, s.validators(key))
		return nil, fmt.Errorf("get %s: %w", short(key), err)
	}
	if q.reader != "" && !r.NotModified {
		is := r.SHA256 + " " + q.reader
		r.NotModified, v.Body = v.Body == is, is
	}
	s.keep(key, newValidators(r, v, c.o.Now().UTC()))
	return r, nil
}

// short leaves a long query out of an error that a person reads; the exchange on record has all of it.
func short(u string) string {
	if base, _, ok := strings.Cut(u, "?"); ok && len(u) > 160 {
		return base + "?…"
	}
	return u
}

func (c *Client) parse(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, errors.New("get: unreadable URL") // the parse error quotes the URL, secrets included
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("get %s: not an http or https URL", c.shown(raw))
	}
	return u, nil
}

// attempts tries until an answer, a failure that will not pass, or the last try.
func (s *Session) attempts(ctx context.Context, u *url.URL, q *request, v Validators) (*Response, error) {
	c := s.client
	for n := 1; ; n++ {
		if err := c.pace(ctx, u.Host, q); err != nil {
			return nil, err
		}
		r, err := s.try(ctx, u, q, v)
		err = clean(err, u, c.o.Scrub)
		c.heed(u, err)
		s.record(u, r, err, c.o.Now())
		if err == nil {
			return r, nil
		}
		wait, again := c.again(ctx, err, n, q.attempts)
		if !again {
			return nil, err
		}
		c.o.Logger.Info("asking again", "url", c.shown(u.String()), "attempt", n, "wait", wait, "error", err)
		if err := c.o.Sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// again says whether to try once more after the n-th attempt, and how long to wait before.
func (c *Client) again(ctx context.Context, err error, n, most int) (time.Duration, bool) {
	if n >= most || ctx.Err() != nil || !transient(err) {
		return 0, false
	}
	if se := (*StatusError)(nil); errors.As(err, &se) && se.RetryAfter > 0 {
		return se.RetryAfter, se.RetryAfter <= c.o.MaxRetryAfter
	}
	wait := min(c.o.Backoff<<(n-1), c.o.MaxBackoff)
	// between half and all of it, so that several daemons do not come back at the same instant
	return wait/2 + time.Duration(c.o.Jitter()*float64(wait/2)), true
}

// newValidators are what the answer gave; one that is not modified and gives none keeps the old ones, and always the time at which the body was
// taken in.
func newValidators(r *Response, old Validators, now time.Time) Validators {
	v := Validators{ETag: r.Header.Get("ETag"), LastModified: r.Header.Get("Last-Modified"), Seen: now.Truncate(time.Second), Body: old.Body}
	if r.NotModified {
		def(&v.ETag, old.ETag)
		def(&v.LastModified, old.LastModified)
		if !old.Seen.IsZero() {
			v.Seen = old.Seen
		}
	}
	return v
}

// record keeps one attempt for the store.
func (s *Session) record(u *url.URL, r *Response, err error, now time.Time) {
	if r == nil {
		r = &Response{URL: s.client.shown(u.String()), At: now.UTC(), Header: http.Header{}}
	}
	x := Exchange{Response: *r}
	x.Base = ""
	if err != nil {
		x.Err = err.Error()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.exchanges = append(s.exchanges, x)
}
