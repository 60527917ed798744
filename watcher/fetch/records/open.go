package records

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Open looks at the beginning of a file and refuses what is plainly no list: nothing at all, white space, a page of
// HTML, bytes that are still compressed. A byte order mark is taken off.
func Open(r io.Reader) (*bufio.Reader, error) {
	br := bufio.NewReaderSize(r, 64<<10)
	head, err := br.Peek(1024)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && len(head) == 0 {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		if _, err := br.Discard(3); err != nil {
			return nil, err
		}
		head = head[3:]
	}
	text := strings.ToLower(strings.TrimSpace(string(head)))
	switch {
	case text == "" && len(head) < 1024:
		return nil, Refuse("the file is empty")
	case isHTML(text):
		return nil, Refuse("the file is a page of HTML, not a list (a block or an error page?)")
	case bytes.HasPrefix(head, []byte("\x1f\x8b")), bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil, Refuse("the file is still compressed")
	}
	return br, nil
}

func isHTML(head string) bool {
	for strings.HasPrefix(head, "<?xml") || strings.HasPrefix(head, "<!--") {
		_, after, ok := strings.Cut(head, ">")
		if !ok {
			return false
		}
		head = strings.TrimSpace(after)
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if rest, ok := strings.CutPrefix(head, tag); ok && (rest == "" || strings.ContainsAny(rest[:1], " >/\r\n\t")) {
			return true
		}
	}
	return false
}

// Text is s as valid UTF-8: bytes that are none are read as Windows-1252, which is what older official files are
// written in.
func Text(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	out, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return out
}

// IsIdentifier tells an identifier from the other facts that OFAC writes into its lists of ids ("Gender", "Secondary
// sanctions risk:", "Listing Date (CMIC)"): these describe a party, they do not single it out.
func IsIdentifier(kind string) bool {
	kind = strings.ToLower(kind)
	if strings.HasSuffix(kind, ":") || strings.HasSuffix(kind, " -") {
		return false
	}
	for _, fact := range []string{
		"gender", "secondary sanctions", "executive order", "transactions prohibited", "additional sanctions", "listing date",
		"effective date", "target type", "organization established", "organization type", "caatsa", "purchase/sales", "peesa",
		"nationality of registration", "vessel flag", "vessel type", "vessel year", "aircraft model", "aircraft mode ",
		"aircraft operator",
		"aircraft manufacture date", "former vessel flag", "citizen", "nationality", "website", "email", "phone", "fax",
	} {
		if strings.HasPrefix(kind, fact) {
			return false
		}
	}
	return true
}
