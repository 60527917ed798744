package fetch

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"entitywatch/diff"
)

// StatusError is an answer with a status other than 200 and 304.
type StatusError struct {
	Status     int
	URL        string        // masked
	RetryAfter time.Duration // how long the upstream asks to wait; 0 where it does not say
	Body       string        // the beginning of its text, for a person
}

// Error implements error.
func (e *StatusError) Error() string {
	s := fmt.Sprintf("answered %d %s", e.Status, http.StatusText(e.Status))
	if e.RetryAfter > 0 {
		s += fmt.Sprintf(", asking to wait %v", e.RetryAfter.Round(time.Second))
	}
	if e.Status == http.StatusForbidden {
		s += " (some services refuse an unusual User-Agent: set user_agent for the source)"
	}
	return s
}

// Temporary reports whether asking again may help.
func (e *StatusError) Temporary() bool {
	switch e.Status {
	case http.StatusTooManyRequests, http.StatusRequestTimeout:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	}
	return e.Status >= 500
}

// ShapeError is an answer with status 200 that is not what was expected: an HTML challenge page, an empty body, a cut JSON text.
// It unwraps to a *diff.Refused: nothing may be concluded from the answer.
type ShapeError struct {
	Want        string // json, xml, csv, text, feed
	ContentType string
	Got         string // what the body is instead, for a person
}

// Error implements error.
func (e *ShapeError) Error() string {
	s := fmt.Sprintf("expected %s, got %s", strings.ToUpper(e.Want), e.Got)
	if e.ContentType != "" {
		s += " (content type " + strconv.Quote(e.ContentType) + ")"
	}
	return s
}

// Unwrap gives the refusal that parsers give for the same fault.
func (e *ShapeError) Unwrap() error { return &diff.Refused{Reason: e.Error()} }

// TooLargeError is a body beyond the limit, counted after decompression.
type TooLargeError struct{ Limit int64 }

// Error implements error.
func (e *TooLargeError) Error() string { return fmt.Sprintf("body is larger than %d bytes", e.Limit) }

// GuardError is an address that URLs from outside must not reach.
type GuardError struct{ Address string }

// Error implements error.
func (e *GuardError) Error() string {
	return "refused to connect to " + e.Address + ": not a public address, and its URL is not a configured one"
}

// RedirectError is a redirect that was not followed.
type RedirectError struct{ Reason string }

// Error implements error.
func (e *RedirectError) Error() string { return e.Reason }

// retryAfter reads the header in both of its forms, seconds and HTTP date. It is 0 where there is none, or it lies in the past.
func retryAfter(h string, now time.Time) time.Duration {
	h = strings.TrimSpace(h)
	if n, err := strconv.ParseInt(h, 10, 32); err == nil {
		return max(0, time.Duration(n)*time.Second)
	}
	if t, err := http.ParseTime(h); err == nil {
		return max(0, t.Sub(now))
	}
	return 0
}
