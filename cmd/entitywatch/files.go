package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"entitywatch/diff"
)

// open opens a file, or stdin for "-", and unpacks it wherever the content is gzip, or a ZIP with a single file in it,
// as OFAC serves its exports. Compressed data that ends too early is a *diff.Refused, or with partial simply an end,
// which the file remembers.
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
	magic, _ := r.Peek(4)
	switch {
	case string(magic) == "PK\x03\x04":
		return openZip(path, r, raw)
	case len(magic) < 2 || magic[0] != 0x1f || magic[1] != 0x8b:
		return &file{Reader: r, Closer: raw, left: maxFile}, nil
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: not a whole gzip file: %w", path, err), raw.Close())
	}
	return &file{Reader: z, Closer: raw, partial: partial, left: maxFile}, nil
}

// maxFile bounds what a file may hold, unpacked; the largest that any source serves is OFAC's enhanced list with 130
// MB.
const maxFile = 512 << 20

// maxZip bounds a ZIP as it is, which is read whole; OFAC's largest has 12 MB.
const maxZip = 128 << 20

func openZip(path string, r io.Reader, raw io.Closer) (*file, error) {
	fail := func(err error) (*file, error) { return nil, errors.Join(fmt.Errorf("%s: %w", path, err), raw.Close()) }
	packed, err := io.ReadAll(io.LimitReader(r, maxZip+1))
	if err != nil {
		return fail(err)
	}
	if len(packed) > maxZip {
		return fail(fmt.Errorf("the ZIP file has more than %d MB; unpack it and give the file inside", maxZip>>20))
	}
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return fail(fmt.Errorf("not a whole ZIP file: %w", err))
	}
	inside := slices.DeleteFunc(z.File, func(f *zip.File) bool { return f.FileInfo().IsDir() })
	if slices.ContainsFunc(inside, func(f *zip.File) bool { return f.Name == "xl/workbook.xml" }) {
		return fail(errors.New("it is a spreadsheet; save it as CSV and give that"))
	}
	if len(inside) != 1 {
		return fail(fmt.Errorf("the ZIP file holds %d files; unpack it and give the one that is meant", len(inside)))
	}
	f, err := inside[0].Open()
	if err != nil {
		return fail(fmt.Errorf("%s in the ZIP file: %w", inside[0].Name, err))
	}
	return &file{Reader: f, Closer: raw, left: maxFile}, nil
}

// file is an input, unpacked. It is cut when its compressed data ended before its content did.
type file struct {
	io.Reader
	io.Closer
	partial, cut bool
	left         int64 // bytes that may still come
}

const cutGzip = "the compressed file is cut: it ends before its content does"

// Read implements io.Reader. It ends with a *diff.Refused where the file unpacks to more than maxFile bytes or its
// compressed data is cut; a cut file of which a part is wanted just ends.
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

// drain reads what a parser left, which may stop at the last brace, so that a wrong or missing checksum behind it is
// noticed.
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
