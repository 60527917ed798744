package notify

import (
	"context"
	"errors"
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
