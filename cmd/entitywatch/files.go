package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"

	"entitywatch/diff"
)

// open opens a file, or stdin for "-", and unpacks gzip wherever the content is gzip. Compressed data that ends too early
// is a *diff.Refused, or with partial simply an end, which the file remembers.
func (a *app) open(path string, partial bool) (*file, error) {
	var raw io.ReadCloser = io.NopCloser(a.stdin)
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		raw = f
	}
	r := bufio.NewReaderSize(raw, 1<<16)
	if magic, _ := r.Peek(2); len(magic) < 2 || magic[0] != 0x1f || magic[1] != 0x8b {
		return &file{Reader: r, Closer: raw, left: maxFile}, nil
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: not a whole gzip file: %w", path, err), raw.Close())
	}
	return &file{Reader: z, Closer: raw, partial: partial, left: maxFile}, nil
}

// maxFile bounds what a file may hold, unpacked; the largest that any source serves is OFAC's enhanced list with 130 MB.
const maxFile = 512 << 20

// file is an input, unpacked. It is cut when its compressed data ended before its content did.
type file struct {
	io.Reader
	io.Closer
	partial, cut bool
	left         int64 // bytes that may still come
}

const cutGzip = "the compressed file is cut: it ends before its content does"

func (f *file) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if f.left -= int64(n); f.left < 0 {
		return 0, &diff.Refused{Reason: fmt.Sprintf("it holds more than %d MB", maxFile>>20)}
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		return n, err
	}
	if f.cut = true; f.partial {
		return n, io.EOF
	}
	return n, &diff.Refused{Reason: cutGzip}
}

// drain reads what a parser left, which may stop at the last brace, so that a wrong or missing checksum behind it is noticed.
func (f *file) drain() error {
	_, err := io.Copy(io.Discard, f)
	return err
}

var dayInName = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)

// dayOf guesses the as-of date of a file from its name; the eCFR's files carry none inside.
func dayOf(path string) diff.Date {
	for _, s := range dayInName.FindAllString(filepath.Base(path), -1) {
		if d, err := diff.ParseDate(s); err == nil {
			return d
		}
	}
	return ""
}
