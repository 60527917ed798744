package ours

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// maxLine is the longest line of a file that is read, in bytes.
const maxLine = 1 << 20

// lineSource gives the lines of a text file, whatever it is compressed with and encoded in.
type lineSource struct {
	r       *bufio.Reader
	line    int      // the number of the last line given
	back    []string // lines given back, the next one last
	size    int      // bytes of the lines given
	foreign int      // lines that were not UTF-8
	first   int      // the first of them
	note    string   // what was found out about the file as a whole
}

// What a file of names may hold: twenty times the largest that we know of, 100,000 counterparties.
const (
	maxLines = 2_000_000
	maxFile  = 512 << 20
)

// errNotText is the error of a file that is no text at all.
var errNotText = errors.New("this is not a text file")

// newLineSource looks at the first bytes of r to find out about compression and encoding.
func newLineSource(r io.Reader) (*lineSource, error) {
	br := bufio.NewReaderSize(r, 1<<16)
	head, _ := br.Peek(4)
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(br)
		if err != nil {
			return nil, fmt.Errorf("unpacking gzip: %w", err)
		}
		br = bufio.NewReaderSize(z, 1<<16)
		head, _ = br.Peek(4)
	}
	s := &lineSource{r: br}
	sample, _ := br.Peek(512)
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil, fmt.Errorf("%w but a spreadsheet or a ZIP archive: save it as CSV", errNotText)
	case bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return nil, fmt.Errorf("%w but an Excel workbook: save it as CSV", errNotText)
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		_, _ = br.Discard(3)
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), looksUTF16(sample, 1):
		s.utf16(unicode.LittleEndian)
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}), looksUTF16(sample, 0):
		s.utf16(unicode.BigEndian)
	case bytes.IndexByte(sample, 0) >= 0:
		return nil, fmt.Errorf("%w: it holds NUL bytes", errNotText)
	}
	return s, nil
}

// looksUTF16 reports whether the bytes at every other place, from odd on, are mostly zero.
func looksUTF16(sample []byte, odd int) bool {
	zero, all := 0, 0
	for i := odd; i < len(sample); i += 2 {
		all++
		if sample[i] == 0 {
			zero++
		}
	}
	return all > 4 && zero*10 > all*6
}

func (s *lineSource) utf16(order unicode.Endianness) {
	s.note = "the file is UTF-16; it was read as such"
	s.r = bufio.NewReaderSize(transform.NewReader(s.r, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), 1<<16)
}

// next is the next line without its end; io.EOF after the last.
func (s *lineSource) next() (string, error) {
	if s.line >= maxLines || s.size > maxFile {
		return "", fmt.Errorf("the file has more than %d lines or %d MB", maxLines, maxFile>>20)
	}
	if n := len(s.back); n > 0 {
		line := s.back[n-1]
		s.back = s.back[:n-1]
		s.line++
		return line, nil
	}
	raw, err := s.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		long := append([]byte(nil), raw...)
		for errors.Is(err, bufio.ErrBufferFull) && len(long) < maxLine {
			raw, err = s.r.ReadSlice('\n')
			long = append(long, raw...)
		}
		for errors.Is(err, bufio.ErrBufferFull) { // the rest of an endless line is dropped
			_, err = s.r.ReadSlice('\n')
		}
		raw = long
	}
	if len(raw) == 0 && err != nil {
		return "", err
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	s.line++
	s.size += len(raw)
	return s.decode(bytes.TrimRight(raw, "\r\n")), nil
}

// giveBack makes lines be given again, in their order.
func (s *lineSource) giveBack(lines []string) {
	for i := len(lines) - 1; i >= 0; i-- {
		s.back = append(s.back, lines[i])
	}
	s.line -= len(lines)
}

// decode reads a line that is no UTF-8 as Windows-1252, the usual encoding of a spreadsheet's export.
func (s *lineSource) decode(raw []byte) string {
	if utf8.Valid(raw) {
		return string(raw)
	}
	if s.foreign++; s.first == 0 {
		s.first = s.line
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return string(bytes.ToValidUTF8(raw, []byte("\uFFFD")))
	}
	return string(out)
}
