package replay

import (
	"fmt"
	"strings"

	"entitywatch/diff"
)

const stars = `*         *         *         *         *         *         *`

// table renders the rows that a rule adds or revises, where there are any.
func (b *builder) table(d *Document, s supplement, of []Amendment) {
	rows := 0
	for _, a := range of {
		rows += len(a.Add) + len(a.Revise)
	}
	if rows == 0 {
		return
	}
	heads := []string{"Country", "Entity", "License\n<LI>requirement</LI>", "License\n<LI>review policy</LI>", "<E T=\"02\">Federal Register</E>\n citation"}
	if s.list != diff.EntityList {
		heads = []string{"Country", s.columns[1], "<E T=\"02\">Federal Register</E>\n citation"}
	}
	b.line(`<HD SOURCE="HD1">Supplement No. %d to Part 744—%s</HD>`, s.number, escape(s.title))
	b.line("<STARS/>\n<GPOTABLE COLS=\"%d\" OPTS=\"L1,tp0,p0,8/9,i1\" CDEF=\"xs60,xl75,r50,r50,r50\">\n<TTITLE> </TTITLE>\n<BOXHD>", len(heads))
	for _, h := range heads {
		if d.BlankHeader {
			h = " "
		}
		b.line(`<CHED H="1">%s</CHED>`, h)
	}
	b.line("</BOXHD>")
	b.gap()
	if d.BlankHeader {
		b.line("<ROW RUL=\"s\">\n<ENT I=\"25\">%s</ENT>\n<ENT>%s</ENT>\n</ROW>", heads[0], strings.Join(heads[1:], "</ENT>\n<ENT>"))
		b.gap()
	}
	for _, a := range of {
		b.country(d, s.list, a)
	}
	b.line("</GPOTABLE>\n<STARS/>")
}

// gap is a spacer and a row of asterisks: rows left out.
func (b *builder) gap() {
	b.line("<ROW>\n<ENT I=\"22\"> </ENT>\n</ROW>\n<ROW RUL=\"s\">\n<ENT I=\"28\">%s</ENT>\n</ROW>", stars)
}

func (b *builder) country(d *Document, list diff.ListID, a Amendment) {
	if len(a.Add)+len(a.Revise) == 0 {
		return
	}
	b.line("<ROW>\n<ENT I=\"01\">%s</ENT>\n<ENT A=\"03\">  %s</ENT>\n</ROW>", escape(a.Under), stars)
	entries := append(append([]Entry{}, a.Add...), a.Revise...)
	for i, e := range entries {
		b.entry(d, list, e, i >= len(a.Add))
		if i < len(entries)-1 {
			b.line("<ROW>\n<ENT I=\"22\"> </ENT>\n<ENT A=\"03\">  %s</ENT>\n</ROW>", stars)
		}
	}
	b.gap()
}

// entry is one row, or two where the addresses stand in a row of their own.
func (b *builder) entry(d *Document, list diff.ListID, e Entry, revised bool) {
	b.line("<ROW>")
	if e.PageBefore > 0 {
		b.line(`<PRTPAGE P="%d"/>`, e.PageBefore)
	}
	b.line("<ENT I=\"22\"> </ENT>\n<ENT>\n%s\n</ENT>", ruleCell(list, e))
	if list == diff.EntityList {
		b.line("<ENT>\n%s\n</ENT>\n<ENT>%s</ENT>", ruleText(e.Requirement), ruleText(e.Policy))
	}
	// the page is not known before the document is set
	cite := fmt.Sprintf("%d FR [INSERT FR PAGE NUMBER AND %s].", d.Volume, d.Published.Time().Format("1/2/2006"))
	if revised && e.Citation != "" {
		cite = e.Citation + " " + cite
	}
	b.line("<ENT>%s</ENT>\n</ROW>", escape(cite))
	if e.Continuation {
		b.line("<ROW>\n<ENT I=\"22\"> </ENT>\n<ENT>\n%s\n</ENT>\n</ROW>", ruleAddresses(list, e))
	}
}

// ruleCell is the entity cell: aliases are LI with a dash, the addresses an LI without.
func ruleCell(list diff.ListID, e Entry) string {
	var b strings.Builder
	b.WriteString(ruleText(e.Name))
	if list != diff.EntityList || len(e.Aliases) == 0 {
		for _, a := range e.Aliases {
			b.WriteString(", a.k.a. " + escape(a))
		}
		if !e.Continuation {
			b.WriteString(", " + ruleAddresses(list, e))
		}
		return b.String()
	}
	b.WriteString(", a.k.a., the following " + aliasCount(len(e.Aliases)) + ":")
	for i, a := range e.Aliases {
		b.WriteString("\n<LI>—" + ruleText(a) + [3]string{";</LI>", ";\n<E T=\"03\">and</E>\n</LI>", endOfAliases(a) + "</LI>"}[place(i, len(e.Aliases))])
	}
	if !e.Continuation {
		b.WriteString("\n<LI>" + ruleAddresses(list, e) + "</LI>")
	}
	return b.String()
}

func ruleAddresses(list diff.ListID, e Entry) string {
	var b strings.Builder
	for i, a := range e.Addresses {
		if i > 0 {
			b.WriteString(";\n<E T=\"03\">and</E>\n ")
		}
		b.WriteString(ruleText(a))
	}
	if list == diff.EntityList {
		b.WriteString(".")
	}
	if e.See != "" {
		b.WriteString(" (" + escape(e.See) + ").")
	}
	return b.String()
}

// ruleText is running text, its superscripts on lines of their own as the publisher's layout has them.
func ruleText(s string) string {
	return superscript.ReplaceAllString(escape(s), "\n<SU>$1</SU>\n")
}
