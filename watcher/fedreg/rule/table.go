package rule

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// row is a table row that states an entry, with the rows that continue it.
type row struct {
	list    diff.ListID
	country string
	party   []string // the lines of the party's cell
	require lawtext.Cell
	policy  lawtext.Cell
	cite    string
	parent  string // Military End-User List: the group that the row belongs to
	where   string
	entries []diff.Entry // the entry, then the parties named inside it
	claimed bool
}

// table reads GPOTABLEs of one list. The country in force runs on from row to row.
type tableReader struct {
	list     diff.ListID
	country  string
	parent   string
	rows     []*row
	problems []diff.Problem
	number   int // of the row, from 1
}

// ent is one cell of a row.
type ent struct {
	i, a string
	text string
	n    *node
}

// read reads one table.
func (t *tableReader) read(table *node) {
	for _, r := range table.all("ROW") {
		t.number++
		var cells []ent
		for _, e := range r.all("ENT") {
			text := e.flat()
			if strings.Trim(text, "* \u00a0") == "" {
				text = "" // asterisks stand for rows left out
			}
			cells = append(cells, ent{i: strings.TrimSpace(e.attr["I"]), a: e.attr["A"], text: text, n: e})
		}
		t.row(cells)
	}
}

// columns is how many cells a row of the list has.
func (t *tableReader) columns() int {
	if t.list == diff.EntityList {
		return 5
	}
	return 3
}

// row says what a row is: nothing, a header, a country, an entry, the continuation of the entry above, or a problem.
func (t *tableReader) row(cells []ent) {
	filled := 0
	for _, c := range cells {
		if c.text != "" {
			filled++
		}
	}
	switch {
	case filled == 0, isHeader(cells):
	case cells[0].text == "":
		t.body(cells[1:], filled)
	case filled == 1 && (cells[0].i == "01" || lawtext.IsHeading(cells[0].text) || len(cells) == 1 && cells[0].i == "25"):
		t.heading(cells[0].text)
	case len(cells) >= t.columns() && (cells[0].i == "01" || lawtext.IsHeading(cells[0].text)):
		t.heading(cells[0].text)
		t.body(cells[1:], filled-1)
	case len(cells) == t.columns()-1: // the country's cell was left out
		t.body(cells, filled)
	default:
		t.unread(cells)
	}
}

var headerWords = regexp.MustCompile(`(?i)^(?:country|entity|listed person and address|licen[sc]e\s+requirement` +
	`|licen[sc]e\s+review\s+policy|federal register citation)$`)

func isHeader(cells []ent) bool {
	words := 0
	for _, c := range cells {
		if c.text == "" {
			continue
		}
		if !headerWords.MatchString(c.text) {
			return false
		}
		words++
	}
	return words > 1 || words == 1 && cells[0].i == "25"
}

func (t *tableReader) heading(text string) {
	t.country, t.parent = strings.TrimRight(text, " .:"), ""
	if !lawtext.IsHeading(t.country) {
		t.problems = append(t.problems, diff.Problem{Kind: diff.Surprise, Where: t.where(),
			Text: strconv.Quote(text) + " stands where a country is expected, and is no country that we know"})
	}
}

// body reads the cells behind the country's.
func (t *tableReader) body(cells []ent, filled int) {
	full := len(cells) >= t.columns()-1
	switch {
	case cells[0].text == "":
		t.unread(cells)
	case t.list == diff.MilitaryEndUserList && t.label(cells[0].text, filled):
	case filled == 1 && t.continues(cells, full):
		last := t.rows[len(t.rows)-1]
		last.party = append(append(last.party, ""), partyLines(cells[0].n)...)
	case full && (filled > 1 || t.list == diff.MilitaryEndUserList):
		t.entry(cells)
	case full:
		t.unread(cells)
		t.entry(cells)
	default:
		t.unread(cells)
	}
}

// continues reports whether a row that has a party's cell alone goes on with the row above it: without further cells
// always, with empty ones where its text shows it. On the Military End-User List such a row is a subordinate
// institution, a party of its own.
func (t *tableReader) continues(cells []ent, full bool) bool {
	if len(t.rows) == 0 || t.rows[len(t.rows)-1].country != t.country {
		return false
	}
	return !full || t.list != diff.MilitaryEndUserList && lawtext.Continues(partyLines(cells[0].n))
}

// label acts on a row of the Military End-User List that is no entry: "Subordinate institution:" (in two spellings), or
// the heading of a group, whose parent need not be listed. The group lasts until a row with a citation of its own.
func (t *tableReader) label(text string, filled int) bool {
	low := strings.ToLower(text)
	if _, parent, ok := strings.Cut(text, " of "); ok && strings.HasPrefix(low, "the following ") &&
		strings.Contains(low, "subordinate") {
		t.parent = strings.TrimRight(parent, " :.")
		return true
	}
	if filled > 1 {
		t.parent = ""
		return false
	}
	return strings.HasPrefix(low, "subordinate inst") && len(strings.Fields(low)) == 2
}

func (t *tableReader) entry(cells []ent) {
	r := &row{list: t.list, country: t.country, where: t.where(), party: partyLines(cells[0].n)}
	if strings.Trim(cells[0].text, " []") == "Reserved" {
		return
	}
	r.parent = t.parent
	if t.list == diff.EntityList && len(cells) >= 4 {
		licenceCell(&r.require, cells[1].n)
		licenceCell(&r.policy, cells[2].n)
		r.cite = cells[3].text
	} else {
		r.cite = cells[1].text
	}
	t.rows = append(t.rows, r)
}

func (t *tableReader) where() string { return "table row " + strconv.Itoa(t.number) }

func (t *tableReader) unread(cells []ent) {
	var parts []string
	for _, c := range cells {
		if c.text != "" {
			parts = append(parts, c.text)
		}
	}
	t.problems = append(t.problems, diff.Problem{Kind: diff.Unread, Where: t.where(),
		Text: "cannot read the table row: " + strings.Join(parts, " | ")})
}

// parse makes the row's entries, under the list's own heading. page is that of the amendment.
func (r *row) parse(page int) {
	heading, ok := lawtext.Heading(r.list, r.country)
	if !ok {
		heading = r.country
	}
	requirement, marks := lawtext.ReadLicence(&r.require)
	policy, more := lawtext.ReadLicence(&r.policy)
	for _, m := range more {
		if !slices.Contains(marks, m) {
			marks = append(marks, m)
		}
	}
	r.entries = lawtext.Row{List: r.list, Country: heading, Party: r.party, Requirement: requirement, Policy: policy,
		Footnotes: marks, Citation: r.cite, Where: r.where}.Entries()
	if r.parent != "" && len(r.entries) > 0 {
		r.entries[0].Parent = r.parent
	}
	for i := range r.entries {
		r.entries[i].Printed = "" // how a rule is printed says nothing of how the list is
		for j := range r.entries[i].Citations {
			if c := &r.entries[i].Citations[j]; lawtext.IsPlaceholder(*c) && c.Page == 0 {
				c.Page = page
			}
		}
	}
}

// partyLines are the lines of a party's cell: list items stand on lines of their own.
func partyLines(n *node) []string {
	var c lawtext.Cell
	partyCell(&c, n)
	return c.Lines()
}

func partyCell(c *lawtext.Cell, n *node) {
	for i, k := range n.kids {
		switch k.name {
		case "":
			text := k.text
			// layout stands between "3" and "rd"
			if i+1 < len(n.kids) && n.kids[i+1].name == "SU" && !isMark(n.kids[i+1].flat()) {
				text = strings.TrimRight(text, " \t\r\n")
			}
			c.Text(text)
		case "PRTPAGE", "FTREF", "FTNT":
		case "LI", "P", "FP":
			c.Break()
			partyCell(c, k)
			if textFollows(n.kids[i+1:]) {
				c.Break()
			}
		case "E":
			c.Emphasis(k.flat())
		case "SU":
			c.Raised(k.flat())
		default:
			partyCell(c, k)
		}
	}
}

// textFollows reports whether the next thing with text is no list item, which would begin its line itself.
func textFollows(kids []*node) bool {
	for _, k := range kids {
		if k.name == "LI" || k.name == "P" || k.name == "FP" {
			return false
		}
		if k.flat() != "" {
			return true
		}
	}
	return false
}

func licenceCell(c *lawtext.Cell, n *node) {
	for _, k := range n.kids {
		switch k.name {
		case "":
			c.Text(k.text)
		case "PRTPAGE":
		case "SU":
			if t := k.flat(); isMark(t) {
				c.Mark(t)
			} else {
				c.Raised(t)
			}
		case "LI", "P":
			c.Text(" ")
			licenceCell(c, k)
			c.Text(" ")
		default:
			licenceCell(c, k)
		}
	}
}

func isMark(s string) bool { return s != "" && strings.Trim(s, "0123456789, ") == "" }
