package notify

import (
	"context"
	"crypto/tls"
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

// Unanswered sorts the error of a request that got no answer; what says what was being done. A request that certainly
// never left may be repeated, one to a receiver whose certificate is not trusted waits for a person, any other was
// perhaps taken.
func Unanswered(what string, err error) error {
	wrapped := fmt.Errorf("%s: %w", what, WithoutURL(err))
	switch {
	case Untrusted(err):
		return &Misconfigured{Remedy: "Have the receiver's certificate renewed, or its issuer trusted on this machine.",
			Err: wrapped}
	case NotConnected(err):
		return &Temporary{Err: wrapped}
	}
	return &Unknown{Err: wrapped}
}

// Untrusted reports whether a connection was given up because the other side's certificate is not trusted: nothing was
// said on it.
func Untrusted(err error) bool {
	var cert *tls.CertificateVerificationError
	return errors.As(err, &cert)
}

// RefusedAddress is the error of an address that the client's own guard refuses: private ones are only allowed by name.
func RefusedAddress(what string, err error) error {
	return &Misconfigured{
		Remedy: "Where the receiver is meant to stand in your own network, set allow_private: true at the channel; else correct its url.",
		Err:    fmt.Errorf("%s: %w", what, WithoutURL(err)),
	}
}

// RefusedAnswer sorts an answer that is no success: busy and broken receivers are asked again; what is too large or
// makes no sense to the receiver would be refused again; any other refusal is one of us, not of the message, and waits
// for a person. A redirect is a refusal too, since the secret address of a webhook is not handed on.
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
	case code == http.StatusRequestEntityTooLarge, code == http.StatusUnprocessableEntity, code == http.StatusConflict:
		return err
	case code/100 == 3:
		return &Misconfigured{Remedy: "Configure the address that it is sent on to.",
			Err: fmt.Errorf("%w: redirects are not followed", err)}
	}
	return &Misconfigured{Remedy: refusalRemedy(resp.StatusCode), Err: err}
}

func refusalRemedy(code int) string {
	switch code {
	case http.StatusNotFound, http.StatusGone, http.StatusMethodNotAllowed:
		return "Check the channel's url: the receiver knows no such address."
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden:
		return "Check the channel's url and secret: the receiver does not accept what we send there."
	}
	return "Ask whoever runs the receiver why it refuses our messages."
}
