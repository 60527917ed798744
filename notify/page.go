package notify

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Role is what a piece of plain text is for, so that a terminal may color it.
type Role int

// The roles.
const (
	RoleRule    Role = iota // the line that frames a message
	RoleTitle               // the headline
	RoleHeading             // of a group
	RoleLabel
	RoleName
	RoleWarning
)

// TextOptions say how wide plain text may be, and how a terminal shows the roles. Style gets text that is inert
// already; nil is no style.
type TextOptions struct {
	Width int // in columns; 100 where zero
	Style func(Role, string) string
}

// page collects lines of plain text, inert already, none of them wider than its width but for a long address.
type page struct {
	b     strings.Builder
	width int
	style func(Role, string) string
}

func newPage(o TextOptions) *page {
	p := &page{width: o.Width, style: o.Style}
	if p.width == 0 {
		p.width = 100
	}
	if p.style == nil {
		p.style = func(_ Role, s string) string { return s }
	}
	return p
}

func (p *page) blank() { p.b.WriteByte('\n') }

// rule draws the framing line with a text at its left and one at its right.
func (p *page) rule(left, right string) {
	s := "━━"
	if left != "" {
		s += " " + left + " "
	}
	if right != "" {
		right = " " + right + " ━━"
	}
	fill := max(0, p.width-Columns(s)-Columns(right))
	p.b.WriteString(p.style(RoleRule, s+strings.Repeat("━", fill)+right))
	p.blank()
}

// put writes a text, wrapped, its further lines indented to hang.
func (p *page) put(role Role, indent, hang int, s string) {
	for i, line := range wrap(s, p.width-max(indent, hang)) {
		if i > 0 {
			indent = hang
		}
		p.b.WriteString(strings.Repeat(" ", indent))
		p.b.WriteString(p.style(role, line))
		p.blank()
	}
}

// numbered writes a party's name behind its number.
func (p *page) numbered(n int, name string) {
	lead := fmt.Sprintf("%4d  ", n)
	for _, line := range wrap(name, p.width-len(lead)) {
		p.b.WriteString(lead + p.style(RoleName, line))
		p.blank()
		lead = strings.Repeat(" ", len(lead))
	}
}

func (p *page) fields(indent, column int, lines []Line) {
	for _, l := range lines {
		p.field(indent, column, l)
	}
}

// field writes a label and its values: each value on a line of its own, or all in one paragraph.
func (p *page) field(indent, column int, l Line) {
	values, role := l.Values, Role(-1)
	switch l.Kind {
	case LineRun:
		values = []string{strings.Join(values, "; ")}
	case LineAlarm:
		role = RoleWarning
	}
	lead := strings.Repeat(" ", indent) + p.style(RoleLabel, l.Label) +
		strings.Repeat(" ", max(1, column-indent-Columns(l.Label)))
	for _, v := range values {
		for _, line := range wrap(v, p.width-column) {
			p.b.WriteString(lead)
			p.b.WriteString(p.style(role, line))
			p.blank()
			lead = strings.Repeat(" ", column)
		}
	}
}

// wrap breaks a text between words into lines of at most so many columns; a word that is wider is broken where it must
// be, an address never.
func wrap(s string, most int) []string {
	most = max(most, 20)
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(s) {
		w := Columns(word)
		switch {
		case used > 0 && used+1+w <= most:
			line, used = line+" "+word, used+1+w
			continue
		case used > 0:
			lines = append(lines, line)
		}
		for w > most && !strings.Contains(word, "://") { // a broken address cannot be followed
			head := fitting(word, most)
			lines = append(lines, head)
			word = word[len(head):]
			w = Columns(word)
		}
		line, used = word, w
	}
	if used > 0 {
		lines = append(lines, line)
	}
	return lines
}

// fitting is the longest start of a word that is no wider than width.
func fitting(word string, most int) string {
	used := 0
	for i, r := range word {
		if used += runeColumns(r); used > most && i > 0 {
			return word[:i]
		}
	}
	return word
}

// Columns is how wide a text is in a terminal: Han, Hangul and full-width forms take two columns, marks none.
func Columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	switch {
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), r == 0x200C, r == 0x200D:
		return 0
	case r < 0x1100:
		return 1
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
