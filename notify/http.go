package notify

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// What channels over HTTP share: how their errors are read, without the secrets in them.

// WithoutURL takes the address out of an HTTP client's error: addresses of webhooks and watchdogs are secrets.
func WithoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// RetryAfter reads the header in both its forms; a second where it is missing or makes no sense, an hour at most.
func RetryAfter(h http.Header, now time.Time) time.Duration {
	v := h.Get("Retry-After")
	wait := time.Second
	if n, err := strconv.Atoi(v); err == nil {
		wait = time.Duration(min(n, 3600)) * time.Second
	} else if t, err := http.ParseTime(v); err == nil {
		wait = t.Sub(now)
	}
	return min(max(wait, time.Second), time.Hour)
}

// NotConnected reports whether a request certainly never left: no name, or no connection.
func NotConnected(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var dns *net.DNSError
	var op *net.OpError
	return errors.As(err, &dns) || errors.As(err, &op) && op.Op == "dial"
}

// Unanswered sorts the error of a request that got no answer; what says what was being done. A request that certainly never left may be
// repeated, any other was perhaps taken.
func Unanswered(what string, err error) error {
	wrapped := fmt.Errorf("%s: %w", what, WithoutURL(err))
	if NotConnected(err) {
		return &Temporary{Err: wrapped}
	}
	return &Unknown{Err: wrapped}
}

// RefusedAnswer sorts an answer that is no success: busy and broken receivers are asked again, all others would refuse again. A redirect
// is a refusal, since the secret address of a webhook is not handed on.
func RefusedAnswer(what string, resp *http.Response, now time.Time) error {
	err := fmt.Errorf("%s: the receiver answered %s", what, resp.Status)
	var after time.Duration
	if resp.Header.Get("Retry-After") != "" {
		after = RetryAfter(resp.Header, now)
	}
	switch code := resp.StatusCode; {
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable:
		return &Temporary{After: after, Err: err}
	case code >= 500, code == http.StatusRequestTimeout, code == http.StatusTooEarly:
		return &Unknown{After: after, Err: err}
	case code/100 == 3:
		return fmt.Errorf("%w: redirects are not followed; configure the final address", err)
	}
	return err
}
