package lawtext

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Cell collects the text of one table cell. Layout white space collapses to single spaces; only Break ends a line. The zero Cell is
// empty and ready to use.
type Cell struct {
	text  []byte
	marks []string
	tight bool // the text so far ends a line or a space
	begun bool
}

// Reset empties the cell for the next use; its memory is kept.
func (c *Cell) Reset() {
	c.text, c.marks, c.tight, c.begun = c.text[:0], nil, false, false
}

// Text adds running text. Line ends inside it are layout.
func (c *Cell) Text(s string) {
	for i := 0; i < len(s); {
		b := s[i]
		if b == ' ' || b == '\n' || b == '\t' || b == '\r' {
			c.space()
			i++
			continue
		}
		if b == 0xC2 && i+1 < len(s) && (s[i+1] == 0xA0 || s[i+1] == 0xAD) { // no-break space; soft hyphen
			if s[i+1] == 0xA0 {
				c.space()
			}
			i += 2
			continue
		}
		j := i + 1
		for j < len(s) && s[j] > ' ' && s[j] != 0xC2 {
			j++
		}
		c.text = append(c.text, s[i:j]...)
		c.tight, c.begun = false, true
		i = j
	}
}

// Break ends a line: <br/>, the end of a paragraph or of a list item.
func (c *Cell) Break() {
	if !c.begun {
		return
	}
	c.trim()
	c.text = append(c.text, '\n')
	c.tight = true
}

// Emphasis adds emphasized text. An emphasized "and" between two addresses separates them, even where the semicolon before it is
// missing, so one is put there; inside an alias ("Arbor Telecom and Technology") it is part of the name.
func (c *Cell) Emphasis(s string) {
	if strings.EqualFold(strings.TrimSpace(s), "and") {
		c.trim()
		if last := c.last(); last != 0 && last != ';' && last != ',' && last != ':' && last != '\n' && !c.inBullet() {
			c.text = append(c.text, ';')
		}
		c.tight = false
		c.space()
		c.Text("and ")
		return
	}
	c.Text(s)
}

// Raised adds superscript text that belongs to the running text: a fraction's numerator, "9th".
func (c *Cell) Raised(s string) {
	if last := c.last(); last >= '0' && last <= '9' && isDigits(s) {
		c.space()
	}
	c.Text(s)
}

// Mark notes a footnote mark, which is not part of the text.
func (c *Cell) Mark(s string) {
	for mark := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' }) {
		c.marks = append(c.marks, mark)
	}
}

// Empty reports whether the cell has no text.
func (c *Cell) Empty() bool { return len(strings.TrimSpace(string(c.text))) == 0 }

// Lines are the lines of the cell, each trimmed; blank lines between others are kept as "".
func (c *Cell) Lines() []string {
	text := strings.TrimSpace(string(c.text))
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	return lines
}

// String is the cell's text on one line.
func (c *Cell) String() string {
	text := strings.TrimSpace(string(c.text))
	if strings.IndexByte(text, '\n') < 0 {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}

// Marks are the footnote marks in the order of the text.
func (c *Cell) Marks() []string { return c.marks }

func (c *Cell) space() {
	if c.begun && !c.tight {
		c.text = append(c.text, ' ')
		c.tight = true
	}
}

func (c *Cell) trim() {
	for len(c.text) > 0 && c.text[len(c.text)-1] == ' ' {
		c.text = c.text[:len(c.text)-1]
	}
}

func (c *Cell) inBullet() bool {
	line := c.text[bytes.LastIndexByte(c.text, '\n')+1:]
	return bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte("—"))
}

func (c *Cell) last() rune {
	r, _ := utf8.DecodeLastRune(c.text)
	if r == utf8.RuneError {
		return 0
	}
	return r
}

func isDigits(s string) bool {
	if s == "" {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
