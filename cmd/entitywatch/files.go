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

// open opens a file, or stdin for "-", and unpacks gzip wherever the content is gzip.
func (a *app) open(path string) (io.ReadCloser, error) {
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
		return readCloser{r, raw}, nil
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: not a whole gzip file: %w", path, err), raw.Close())
	}
	return readCloser{cutGzip{z}, raw}, nil
}

type readCloser struct {
	io.Reader
	io.Closer
}

// cutGzip names what a sudden end of the compressed data means.
type cutGzip struct{ z io.Reader }

func (c cutGzip) Read(p []byte) (int, error) {
	n, err := c.z.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = &diff.Refused{Reason: "the compressed file is cut: it ends before its content does"}
	}
	return n, err
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
