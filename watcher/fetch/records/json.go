package records

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// JSON hands on the elements of one array of a document, one at a time: the array that is the document, or the one
// under key in the document's object. An element is found by its brackets alone, so a broken one spoils none of those
// behind it.
type JSON struct {
	r      *bufio.Reader
	tail   *tail
	key    string
	opened bool // the array is open
	object bool // it stands in an object
	line   int
	start  int // line of the element that Next gave last
	buf    []byte
	fields map[string]json.RawMessage
	size   size
}

// NewJSON reads the array under key from r, which Open has looked at.
func NewJSON(r io.Reader, key string) *JSON {
	t := &tail{r: r}
	return &JSON{r: bufio.NewReaderSize(t, 64<<10), tail: t, key: key, line: 1, fields: map[string]json.RawMessage{}}
}

// Next is the bytes of the next element, valid until the next call. io.EOF is the end of a whole document, ErrCut an
// end before it.
func (j *JSON) Next() ([]byte, error) {
	if !j.opened {
		if err := j.open(); err != nil {
			return nil, err
		}
	}
	for {
		c, err := j.skip()
		if err != nil {
			return nil, err
		}
		switch c {
		case ',':
		case ']':
			return nil, j.finish()
		default:
			j.start = j.line
			raw, err := j.value(c)
			if err == nil {
				err = j.size.add(valuesOf(raw))
			}
			if err != nil {
				return nil, err
			}
			return raw, nil
		}
	}
}

// Where is the line on which the element begins that Next gave last.
func (j *JSON) Where() string { return Line(j.start) }

// Field is the value of another key of the document's object, where the document stood before or, at the end, behind
// the array.
func (j *JSON) Field(name string, into any) bool {
	raw, ok := j.fields[name]
	return ok && json.Unmarshal(raw, into) == nil
}

// Others are, in the order of their names, the further keys of the document's object that have a value and are not
// known, as far as they were read.
func (j *JSON) Others(known ...string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(j.fields)) {
		if !slices.Contains(known, name) && string(j.fields[name]) != "null" {
			out = append(out, name)
		}
	}
	return out
}

// open goes to the array's first bracket.
func (j *JSON) open() error {
	c, err := j.skip()
	switch {
	case err != nil:
		return err
	case c == '[':
		j.opened = true
		return nil
	case c != '{':
		return Refuse("it is not JSON: it begins with %q", string(rune(c)))
	}
	j.object = true
	found, err := j.members()
	if err != nil {
		return err
	}
	if !found {
		return Refuse("the JSON has no array %q", j.key)
	}
	j.opened = true
	return nil
}

// members reads the object's keys until the array's opening bracket (true) or the object's end (false).
func (j *JSON) members() (bool, error) {
	for {
		c, err := j.skip()
		if err != nil {
			return false, err
		}
		switch c {
		case ',':
			continue
		case '}':
			return false, nil
		case '"':
		default:
			return false, Refuse("it is not JSON: line %d: %q stands where a key should", j.line, string(rune(c)))
		}
		name, err := j.member()
		if err != nil {
			return false, err
		}
		if c, err = j.skip(); err != nil {
			return false, err
		}
		if name == j.key && c == '[' {
			return true, nil
		}
		raw, err := j.value(c)
		if err == nil {
			err = j.size.add(valuesOf(raw))
		}
		if err != nil {
			return false, err
		}
		j.fields[name] = nil
		if len(raw) < 4096 { // only small values are facts about the file
			j.fields[name] = bytes.Clone(raw)
		}
	}
}

// member reads a key, whose opening quote was taken, and its colon.
func (j *JSON) member() (string, error) {
	raw, err := j.value('"')
	if err != nil {
		return "", err
	}
	var name string
	if err := json.Unmarshal(raw, &name); err != nil {
		return "", Refuse("it is not JSON: line %d: %v", j.line, err)
	}
	if c, err := j.skip(); err != nil || c != ':' {
		if err != nil {
			return "", err
		}
		return "", Refuse("it is not JSON: line %d: no colon behind %q", j.line, name)
	}
	return name, nil
}

// finish reads what stands behind the array.
func (j *JSON) finish() error {
	if j.object {
		again, err := j.members()
		if err != nil {
			return err
		}
		if again {
			return Refuse("the JSON has the array %q twice", j.key)
		}
	}
	return io.EOF
}

// skip gives the next byte that is no white space.
func (j *JSON) skip() (byte, error) {
	for {
		c, err := j.r.ReadByte()
		if err != nil {
			return 0, j.cut(err)
		}
		switch c {
		case '\n':
			j.line++
		case ' ', '\t', '\r':
		default:
			return c, nil
		}
	}
}

// value reads the value that begins with c: to its closing bracket or quote, or to the end of a bare word.
func (j *JSON) value(c byte) ([]byte, error) {
	j.buf = append(j.buf[:0], c)
	var v nesting
	switch c {
	case '{', '[':
		v.depth = 1
	case '"':
		v.quoted = true
	default:
		return j.word()
	}
	for {
		if _, err := j.r.Peek(1); err != nil {
			return nil, j.cut(err)
		}
		chunk, _ := j.r.Peek(j.r.Buffered()) // what is buffered is there
		n, lines := v.scan(chunk)
		j.line += lines
		j.buf = append(j.buf, chunk[:n]...)
		if _, err := j.r.Discard(n); err != nil {
			return nil, fmt.Errorf("read JSON: %w", err)
		}
		if len(j.buf) > maxBytes {
			return nil, Refuse("line %d: one record is larger than %d MB", j.start, maxBytes>>20)
		}
		if v.depth == 0 && !v.quoted {
			return j.buf, nil
		}
	}
}

// nesting is where in a value a scan stands.
type nesting struct {
	depth           int
	quoted, escaped bool
}

// scan goes on to the end of the value or of the chunk: how far that is, and how many line breaks it passed.
func (v *nesting) scan(chunk []byte) (n, lines int) {
	for i := 0; i < len(chunk); i++ {
		if v.quoted && !v.escaped { // most of a document is inside quotes
			end := bytes.IndexByte(chunk[i:], '"')
			if end < 0 {
				end = len(chunk) - i
			}
			if back := bytes.IndexByte(chunk[i:i+end], '\\'); back >= 0 {
				end = back
			}
			if i += end; i == len(chunk) {
				break
			}
		}
		c := chunk[i]
		switch {
		case v.escaped:
			v.escaped = false
		case v.quoted:
			v.escaped, v.quoted = c == '\\', c != '"'
		case c == '"':
			v.quoted = true
		case c == '{' || c == '[':
			v.depth++
		case c == '}' || c == ']':
			v.depth--
		case c == '\n':
			lines++
		}
		if v.depth == 0 && !v.quoted {
			return i + 1, lines
		}
	}
	return len(chunk), lines
}

func (j *JSON) word() ([]byte, error) {
	for {
		c, err := j.r.ReadByte()
		if err != nil {
			return nil, j.cut(err)
		}
		switch c {
		case ',', ']', '}', ' ', '\t', '\r', '\n':
			return j.buf, j.r.UnreadByte()
		}
		j.buf = append(j.buf, c)
	}
}

func (j *JSON) cut(err error) error {
	if errors.Is(err, io.EOF) {
		return ErrCut
	}
	return fmt.Errorf("read JSON: %w", err)
}
