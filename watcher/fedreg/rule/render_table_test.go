package rule

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"entitywatch/diff"
)

const stars = `*         *         *         *         *         *`

// table renders the rows of one list, perhaps as two tables.
func (p *printer) table(list diff.ListID) string {
	cols := 5
	title := "Supplement No. 4 to Part 744—Entity List"
	switch list {
	case diff.UnverifiedList:
		cols, title = 3, "Supplement No. 6 to Part 744—Unverified List"
	case diff.MilitaryEndUserList:
		cols, title = 3, "Supplement No. 7 to Part 744—‘Military End-User’ (MEU) List"
	}
	open := fmt.Sprintf(`<GPOTABLE COLS="%d" OPTS="L1"><TTITLE> </TTITLE><BOXHD>%s</BOXHD>`, cols,
		strings.Repeat(`<CHED H="1"> </CHED>`, cols))
	var b strings.Builder
	fmt.Fprintf(&b, "<HD SOURCE=\"HD1\">%s</HD><STARS/>%s", title, open)
	b.WriteString(p.headerRow(cols))
	any := false
	for _, c := range p.countries(list) {
		rows := p.rowsOf(list, c)
		if len(rows) == 0 {
			continue
		}
		any = true
		if p.r.IntN(5) == 0 {
			b.WriteString("</GPOTABLE>" + open)
		}
		b.WriteString(p.spacer(cols))
		if p.r.IntN(2) == 0 {
			fmt.Fprintf(&b, "<ROW>\n<ENT I=\"01\">%s</ENT>\n<ENT A=\"0%d\">  %s</ENT></ROW>", html.EscapeString(c), cols-2,
				stars)
		} else {
			fmt.Fprintf(&b, "<ROW><ENT I=\"01\">%s</ENT></ROW>", html.EscapeString(c))
		}
		for _, e := range rows {
			b.WriteString(p.row(e, cols))
		}
	}
	if !any {
		return ""
	}
	return b.String() + p.spacer(cols) + "</GPOTABLE>\n<STARS/>"
}

// rowsOf are the rows that stand in the table under a country, in alphabetical order as the list prints them.
func (p *printer) rowsOf(list diff.ListID, country string) []diff.Entry {
	var out []diff.Entry
	for _, w := range p.wants {
		if w.list == list && w.country == country && w.entry != nil && w.action != diff.Remove {
			out = append(out, *w.entry)
		}
	}
	slices.SortFunc(out, func(a, b diff.Entry) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func (p *printer) headerRow(cols int) string {
	if p.r.IntN(2) == 0 {
		return ""
	}
	if cols == 3 {
		return `<ROW RUL="s"><ENT I="25">Country</ENT><ENT>Listed person and address</ENT><ENT><E T="02">Federal ` +
			`Register</E> citation</ENT></ROW>`
	}
	return `<ROW RUL="s"><ENT I="25">Country</ENT><ENT>Entity</ENT><ENT>License <LI>requirement</LI></ENT><ENT>License ` +
		`<LI>review policy</LI></ENT><ENT><E T="02">Federal Register</E> citation</ENT></ROW>`
}

func (p *printer) spacer(cols int) string {
	switch p.r.IntN(4) {
	case 0:
		return `<ROW><ENT I="22"> </ENT></ROW><ROW RUL="s"><ENT I="28">` + stars + `</ENT></ROW>`
	case 1:
		return fmt.Sprintf(`<ROW><ENT I="22"> </ENT><ENT A="0%d">  %s</ENT></ROW>`, cols-2, stars)
	case 2:
		return p.pageMark()
	}
	return `<ROW><ENT I="22"> </ENT></ROW>`
}

// row renders an entry; its addresses stand in the cell, or in a row that continues it.
func (p *printer) row(e diff.Entry, cols int) string {
	var cell strings.Builder
	addresses := html.EscapeString(strings.Join(e.Addresses, "\x00"))
	addresses = strings.ReplaceAll(addresses, "\x00", "; <E T=\"03\">and</E> ") + "."
	more := ""
	if len(e.Aliases) == 0 {
		cell.WriteString(html.EscapeString(e.Name) + ", " + addresses)
	} else {
		cell.WriteString(html.EscapeString(e.Name) + ", a.k.a., the following " + p.count(len(e.Aliases)) + ":\n")
		for i, a := range e.Aliases {
			end := ";"
			switch i {
			case len(e.Aliases) - 2:
				end = ";\n  <E T=\"03\">and</E>\n"
			case len(e.Aliases) - 1:
				end = "."
			}
			cell.WriteString("<LI>—" + html.EscapeString(strings.TrimSuffix(a, ".")) + end + "</LI>\n")
		}
		if p.r.IntN(4) == 0 {
			more = "<ROW><ENT I=\"22\"> </ENT><ENT>" + addresses + "</ENT></ROW>"
		} else {
			cell.WriteString("<LI>" + addresses + "</LI>")
		}
	}
	mark := ""
	if p.r.IntN(6) == 0 {
		mark = p.pageMark()
	}
	var cites []string
	for _, c := range e.Citations {
		cites = append(cites, c.Raw+".")
	}
	out := "<ROW RUL=\"s\">\n  " + mark + "<ENT I=\"22\"> </ENT>\n  <ENT>\n     " + cell.String() + "\n  </ENT>\n"
	if cols == 5 {
		out += "<ENT>" + html.EscapeString(e.LicenseRequirement) + "</ENT><ENT>" + html.EscapeString(e.LicenseReviewPolicy) +
			"</ENT>"
	}
	return out + "<ENT>" + html.EscapeString(strings.Join(cites, " ")) + "</ENT></ROW>" + more
}

func (p *printer) count(n int) string {
	if n == 1 {
		return []string{"alias", "one alias"}[p.r.IntN(2)]
	}
	if n < len(smallNumbers) {
		return smallNumbers[n] + " aliases"
	}
	return fmt.Sprint(n) + " aliases"
}
