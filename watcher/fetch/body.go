package fetch

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"entitywatch/diff"
)

// limited reads at most n bytes and then fails, where io.LimitReader would pretend that the body ended.
type limited struct {
	r    io.Reader
	n    int64
	size int64
}

// Read implements io.Reader. What came within the limit is given with the *TooLargeError.
func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.n+1 {
		p = p[:l.n+1]
	}
	n, err := l.r.Read(p)
	if int64(n) > l.n {
		return int(l.n), &TooLargeError{Limit: l.size}
	}
	l.n -= int64(n)
	return n, err
}

// readBody reads a body whole, decompressed, within limit bytes, and calls wait where it is large. What was read until a failure is returned
// beside the error.
func readBody(r *http.Response, limit int64, wait func()) ([]byte, error) {
	var src io.Reader = r.Body
	switch enc := strings.ToLower(strings.TrimSpace(r.Header.Get("Content-Encoding"))); enc {
	case "", "identity":
		if r.ContentLength > limit {
			return nil, &TooLargeError{Limit: limit}
		}
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r.Body)
		if errors.Is(err, io.EOF) {
			return nil, nil // an empty body has no gzip header either
		}
		if err != nil {
			return nil, fmt.Errorf("decompress body: %w", err)
		}
		src = z
	default:
		return nil, fmt.Errorf("body has content encoding %q, which was not asked for", enc)
	}
	b, err := io.ReadAll(&limited{r: &patient{Reader: src, wait: wait}, n: limit, size: limit})
	if err != nil {
		return b, fmt.Errorf("read body: %w", err)
	}
	return b, nil
}

func (r *Response) seal() {
	sum := sha256.Sum256(r.Body)
	r.SHA256 = hex.EncodeToString(sum[:])
}

// sample is the beginning of a text body on one line, for a person.
func sample(b []byte) string {
	const most = 160
	b = b[:min(len(b), 4*most)]
	s := strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, string(b))
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return s
}

// Bounded reads R and refuses it (*diff.Refused) behind Max bytes, where io.LimitReader would pretend that it ended.
type Bounded struct {
	R    io.Reader
	Max  int64 // bytes
	read int64
}

// Read implements io.Reader.
func (b *Bounded) Read(p []byte) (int, error) {
	n, err := b.R.Read(p)
	if b.read += int64(n); b.read > b.Max {
		return 0, &diff.Refused{Reason: fmt.Sprintf("it holds more than %d MB", b.Max>>20)}
	}
	return n, err
}
