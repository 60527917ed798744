package fetch

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net/url"
	"regexp"
	"strings"

	"entitywatch/redact"
)

// transportError is a failure below HTTP, its text free of secrets. It unwraps only to errors that hold no text of the request.
type transportError struct {
	text  string
	cause error
}

// Error implements error.
func (e *transportError) Error() string { return e.text }

// Unwrap gives the standard error that callers test for, nil where there is none.
func (e *transportError) Unwrap() error { return e.cause }

// cause picks the sentinel within an error.
func cause(err error) error {
	for _, s := range []error{context.Canceled, context.DeadlineExceeded, io.ErrUnexpectedEOF, io.EOF} {
		if errors.Is(err, s) {
			return s
		}
	}
	return nil
}

var quotedURL = regexp.MustCompile(`"[a-z]+://[^"]*"`)

func redactQuoted(q string) string { return `"` + Redact(strings.Trim(q, `"`)) + `"` }

// permanent is an error that another try would meet again.
type permanent struct{ error }

func transient(err error) bool {
	var (
		status *StatusError
		shape  *ShapeError
		large  *TooLargeError
		inward *GuardError
		redir  *RedirectError
		perm   permanent
	)
	switch {
	case errors.As(err, &status):
		return status.Temporary()
	case errors.As(err, &shape), errors.As(err, &large), errors.As(err, &inward), errors.As(err, &redir), errors.As(err, &perm):
		return false
	}
	return true // cut bodies, resets, refused connections, timeouts, name servers
}

// clean makes an error that holds no secret: what our own types say is kept, everything else becomes scrubbed text. net/http quotes
// whole URLs in its errors, redirect targets included.
func clean(err error, u *url.URL, s *redact.Scrubber) error {
	if err == nil {
		return nil
	}
	if own := ownError(err); own != nil {
		return own
	}
	inner := err
	if ue := (*url.Error)(nil); errors.As(err, &ue) {
		inner = ue.Err
	}
	text := scrub(s.String(inner.Error()), secretsOf(u))
	out := error(&transportError{text: quotedURL.ReplaceAllStringFunc(text, redactQuoted), cause: cause(err)})
	if certificateFault(err) {
		return permanent{out}
	}
	return out
}

// ownError finds the error of ours that net/http wrapped.
func ownError(err error) error {
	if e := (*StatusError)(nil); errors.As(err, &e) {
		return e
	}
	if e := (*ShapeError)(nil); errors.As(err, &e) {
		return e
	}
	if e := (*TooLargeError)(nil); errors.As(err, &e) {
		return e
	}
	if e := (*GuardError)(nil); errors.As(err, &e) {
		return e
	}
	if e := (*RedirectError)(nil); errors.As(err, &e) {
		return e
	}
	return nil
}

func certificateFault(err error) bool {
	var a x509.UnknownAuthorityError
	var b x509.HostnameError
	var c x509.CertificateInvalidError
	return errors.As(err, &a) || errors.As(err, &b) || errors.As(err, &c)
}
