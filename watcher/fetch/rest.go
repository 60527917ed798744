package fetch

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"time"
)

// longestRest is the most that a Retry-After is obeyed between looks: a wrong one must not silence a source for days.
const longestRest = 4 * time.Hour

// Rest is what a Retry-After asked for: a host's where it limits us (429), else the one resource's.
type Rest struct {
	Until  time.Time `json:"until"`
	Status int       `json:"status"`
}

// RestError means that nothing was asked, because the upstream had asked to be left alone until then. It unwraps to the *StatusError that
// the upstream gave.
type RestError struct {
	Host string
	Rest
	last StatusError
}

// Error implements error.
func (e *RestError) Error() string {
	return fmt.Sprintf("%s answered %d and asked to wait until %s; it is not asked before", e.Host, e.Status,
		e.Until.UTC().Format("2006-01-02 15:04:05 MST"))
}

// Unwrap gives the answer that asked for it.
func (e *RestError) Unwrap() error { return &e.last }

// scope is whom a Retry-After speaks for.
func (c *Client) scope(u *url.URL, status int) string {
	if status == http.StatusTooManyRequests {
		return u.Host
	}
	return c.resource(u)
}

// resource names a URL's path on its host, without what is secret of it: it is stored.
func (c *Client) resource(u *url.URL) string { return c.o.Scrub.String(u.Host + u.EscapedPath()) }

// heed remembers for how long an answer asks to be left alone; one that is good ends the rest.
func (c *Client) heed(u *url.URL, err error) {
	var se *StatusError
	asked := errors.As(err, &se) && se.RetryAfter > 0
	if err != nil && !asked {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.rests, u.Host)
	delete(c.rests, c.resource(u))
	if asked {
		until := c.o.Now().Add(min(se.RetryAfter, longestRest)).UTC().Truncate(time.Second)
		c.rests[c.scope(u, se.Status)] = Rest{Until: until, Status: se.Status}
	}
}

// recall adds what is stored of rests to what is known of them, and gives those that last; nil where there are none.
func (c *Client) recall(stored map[string]Rest) map[string]Rest {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.o.Now()
	for of, r := range stored {
		if _, known := c.rests[of]; !known && r.Until.Sub(now) <= longestRest { // else the clock was set back since
			c.rests[of] = r
		}
	}
	maps.DeleteFunc(c.rests, func(_ string, r Rest) bool { return !r.Until.After(now) })
	if len(c.rests) == 0 {
		return nil
	}
	return maps.Clone(c.rests)
}

// resting is a *RestError where the upstream had asked, before this look began, for more time than has passed.
func (s *Session) resting(u *url.URL) error {
	now := s.client.o.Now()
	for _, of := range []string{u.Host, s.client.resource(u)} {
		if r, ok := s.rests[of]; ok && r.Until.After(now) {
			return &RestError{Host: u.Host, Rest: r, last: StatusError{Status: r.Status, URL: s.client.shown(u.String()), RetryAfter: r.Until.Sub(now)}}
		}
	}
	return nil
}
