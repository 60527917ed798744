package redact

import (
	"bytes"
	"io"
	"net/http"
)

// Writer masks what is written to w. A secret must stand within one Write, as it does where a line or page is written at once.
func (s *Scrubber) Writer(w io.Writer) *Writer { return &Writer{w, s} }

// Writer is an output that holds no secret.
type Writer struct {
	to io.Writer
	s  *Scrubber
}

// Write implements io.Writer; the count is that of the text before it was masked.
func (w *Writer) Write(p []byte) (int, error) {
	masked := w.s.Bytes(p)
	n, err := w.to.Write(masked)
	if err == nil {
		n = len(p)
	}
	return min(n, len(p)), err
}

// Unwrap gives the output itself, say to ask whether it is a terminal.
func (w *Writer) Unwrap() io.Writer { return w.to }

// Transport masks what the other side answers to a request that carries a secret: its reason phrase, its headers, its body. Whatever
// makes an error or a receipt of the answer cannot repeat what the other side echoed.
func (s *Scrubber) Transport(next http.RoundTripper) http.RoundTripper { return transport{next, s} }

type transport struct {
	next http.RoundTripper
	s    *Scrubber
}

// mostBody is how much of an answer is read to be masked, in bytes; what follows is cut. A page of Slack's history has some 500,000.
const mostBody = 16 << 20

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(req)
	if err != nil || resp.StatusCode == http.StatusSwitchingProtocols {
		return resp, err
	}
	resp.Status = t.s.String(resp.Status)
	t.s.Header(resp.Header)
	resp.Body, resp.ContentLength = &body{from: resp.Body, s: t.s}, -1
	return resp, nil
}

// Header masks all values in place.
func (s *Scrubber) Header(h http.Header) {
	for _, values := range h {
		for i, v := range values {
			values[i] = s.String(v)
		}
	}
}

// body is masked when it is first read: an answer whose body nobody reads keeps nobody waiting.
type body struct {
	from io.ReadCloser
	s    *Scrubber
	text *bytes.Reader
	err  error
}

// Read gives the whole body scrubbed: it is read to its end, at most mostBody bytes, at the first call, since a secret
// may lie across two pieces. An error of the body comes after what was read before it.
func (b *body) Read(p []byte) (int, error) {
	if b.text == nil {
		var all []byte
		all, b.err = io.ReadAll(io.LimitReader(b.from, mostBody))
		b.text = bytes.NewReader(b.s.Bytes(all))
	}
	n, err := b.text.Read(p)
	if err == io.EOF && b.err != nil {
		err = b.err
	}
	return n, err
}

// Close closes the body that is scrubbed.
func (b *body) Close() error { return b.from.Close() }
