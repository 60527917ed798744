package fetch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"entitywatch/redact"
)

// Options configure a Client. The zero value of each field means its default.
type Options struct {
	Contact   string // an address for the upstream's operators, put into the User-Agent
	UserAgent string // the whole User-Agent, where an upstream wants an ordinary one; replaces name and contact
	Version   string // of this program, for the User-Agent

	Trusted []string         // base URLs exempt from the address guard, for looks that name none of their own
	Scrub   *redact.Scrubber // of everything that answers, errors and records hold; nil masks credentials by their names only

	Timeout  time.Duration // for one attempt, body included; default 60s, or what a source asks for
	MaxBody  int64         // bytes after decompression; default 128 MiB
	Attempts int           // tries in all; default 4

	Backoff       time.Duration // before the second try, doubled for each further one; default 1s
	MaxBackoff    time.Duration // default 30s
	MaxRetryAfter time.Duration // the longest Retry-After that is waited for; default 2m

	Rate      rate.Limit            // requests a second and host; default 4; rate.Inf turns limits off
	Burst     int                   // default 8
	HostRates map[string]rate.Limit // exceptions by host (with its port where the URL has one)

	MaxRedirects int // default 5

	Logger *slog.Logger
	Now    func() time.Time                           // default time.Now
	Sleep  func(context.Context, time.Duration) error // default waits on a timer
	Jitter func() float64                             // in [0,1); default random
	Wrap   func(http.RoundTripper) http.RoundTripper  // around both transports, for tests
}

// Client asks upstreams. It is safe for use by several sources at once.
type Client struct {
	o                Options
	trusted, guarded http.RoundTripper

	longest time.Duration // for one attempt, as the admin set it; 0 where nobody did

	mu       sync.Mutex
	limiters map[string]*rate.Limiter
	rests    map[string]Rest // by host, or host and path

	turns chan struct{} // holds a token while somebody is at work on a large answer
}

// New makes a client. It opens no connection.
func New(o Options) *Client {
	set := o.Timeout
	o = withDefaults(o)
	c := &Client{o: o, longest: set, limiters: map[string]*rate.Limiter{}, rests: map[string]Rest{}, turns: make(chan struct{}, 1)}
	c.trusted, c.guarded = newTransport(&net.Dialer{Timeout: 10 * time.Second}), GuardedTransport()
	if o.Wrap != nil {
		c.trusted, c.guarded = o.Wrap(c.trusted), o.Wrap(c.guarded)
	}
	return c
}

// Close lets go of the connections that are kept open for later requests; those under way go on.
func (c *Client) Close() {
	for _, t := range []http.RoundTripper{c.trusted, c.guarded} {
		if idle, ok := t.(interface{ CloseIdleConnections() }); ok {
			idle.CloseIdleConnections()
		}
	}
}

func withDefaults(o Options) Options {
	def(&o.Timeout, usual)
	def(&o.MaxBody, 128<<20)
	def(&o.Attempts, 4)
	def(&o.Backoff, time.Second)
	def(&o.MaxBackoff, 30*time.Second)
	def(&o.MaxRetryAfter, 2*time.Minute)
	def(&o.Rate, 4)
	def(&o.Burst, 8)
	def(&o.MaxRedirects, 5)
	def(&o.UserAgent, userAgent(o.Version, o.Contact))
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	return o
}

func def[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

func userAgent(version, contact string) string {
	def(&version, "1")
	ua := "EntityWatch/" + version
	if contact != "" {
		ua += " (+" + contact + ")"
	}
	return ua
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// usual is how long an attempt may take where neither the admin nor the source says so.
const usual = time.Minute

// timeout is the limit of one attempt of a request for which a source asks one. What the admin set stands in the place of a longer limit,
// and of the usual one; where less is enough for a source, less it is.
func (c *Client) timeout(asked time.Duration) time.Duration {
	if c.longest > 0 && (asked > usual || asked > c.longest) {
		return c.longest
	}
	return asked
}

// pace waits for the host's turn, and for the named pace's where the request has one.
func (c *Client) pace(ctx context.Context, host string, q *request) error {
	limit := c.o.Rate
	if l, ok := c.o.HostRates[host]; ok {
		limit = l
	}
	wait := c.reserve(host, limit, c.o.Burst)
	if q != nil && q.pace != "" && limit != rate.Inf {
		wait = max(wait, c.reserve(host+" "+q.pace, q.paceLimit, 1))
	}
	if wait <= 0 {
		return ctx.Err()
	}
	return c.o.Sleep(ctx, wait)
}

// reserve takes a place in a bucket and says how long until it comes.
func (c *Client) reserve(bucket string, limit rate.Limit, burst int) time.Duration {
	c.mu.Lock()
	l := c.limiters[bucket]
	if l == nil {
		l = rate.NewLimiter(limit, burst)
		c.limiters[bucket] = l
	}
	c.mu.Unlock()
	now := c.o.Now()
	return l.ReserveN(now, 1).DelayFrom(now)
}

// checkRedirect limits redirects, and refuses those that leave HTTPS for plain HTTP or take credentials to another host.
func (c *Client) checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > c.o.MaxRedirects {
		return &RedirectError{Reason: fmt.Sprintf("more than %d redirects", c.o.MaxRedirects)}
	}
	if req.URL.Scheme == "http" && via[len(via)-1].URL.Scheme == "https" {
		return &RedirectError{Reason: "redirected from https to plain http"}
	}
	req.Header.Del("Referer") // it would carry the query on, tokens included
	if origin(req.URL) != origin(via[0].URL) && holdsCredentials(via[0].URL) {
		return &RedirectError{Reason: "redirected to another host, and the address asked for holds credentials"}
	}
	// validators belong to the URL that was asked for, not to where it leads: keep them only within one origin
	if origin(req.URL) != origin(via[0].URL) {
		req.Header.Del("If-None-Match")
		req.Header.Del("If-Modified-Since")
	}
	return c.pace(req.Context(), req.URL.Host, nil)
}

// try makes one attempt. The response is returned beside an error wherever there was one, so that it can be recorded.
func (s *Session) try(ctx context.Context, u *url.URL, q *request, v Validators) (*Response, error) {
	c := s.client
	ctx, cancel := context.WithTimeout(ctx, q.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	c.setHeaders(req, q, v)
	hr, err := s.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer hr.Body.Close()
	final := hr.Request.URL.String()
	r := &Response{URL: c.shown(u.String()), Base: final, Final: c.shown(final), Status: hr.StatusCode, Header: kept(hr.Header), At: c.o.Now().UTC()}
	c.o.Scrub.Header(r.Header)
	if hr.StatusCode == http.StatusNotModified {
		r.NotModified = true
		if v.empty() {
			return r, errors.New("answered 304 Not Modified to a request without validators")
		}
		return r, nil
	}
	limit := q.maxBody
	if hr.StatusCode != http.StatusOK {
		limit = min(limit, errorBody)
	}
	r.Body, err = readBody(hr, limit, func() { s.turn(ctx) })
	r.Body = c.o.Scrub.Bytes(r.Body) // before it is evidence, and before anything is read out of it
	r.seal()
	if hr.StatusCode != http.StatusOK {
		return r, &StatusError{Status: hr.StatusCode, URL: r.URL, RetryAfter: retryAfter(hr.Header.Get("Retry-After"), c.o.Now()), Body: sample(r.Body)}
	}
	if err != nil {
		return r, err
	}
	return r, checkShape(q.expect, r.Header.Get("Content-Type"), r.Body)
}

// errorBody is how much of a failed answer's body is kept as evidence, in bytes.
const errorBody = 64 << 10

func (c *Client) setHeaders(req *http.Request, q *request, v Validators) {
	h := req.Header
	h.Set("User-Agent", c.o.UserAgent)
	h.Set("Accept", q.accept)
	h.Set("Accept-Encoding", "gzip")
	// a shared cache that honors max-age=86400 would hide a day of updates
	h.Set("Cache-Control", "no-cache")
	if v.ETag != "" {
		h.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		h.Set("If-Modified-Since", v.LastModified)
	}
}

// kept drops what must not be stored.
func kept(h http.Header) http.Header {
	h = h.Clone()
	h.Del("Set-Cookie")
	return h
}
