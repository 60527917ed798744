package replay

import (
	"fmt"
	"regexp"
	"strings"

	"entitywatch/diff"
)

// layout is one of the ways in which the eCFR has printed the same row. Layouts differ in what is editorial only.
type layout struct {
	blank      string // a country cell that repeats the one above
	bullet     string // before an alias
	blankLine  string // between aliases and addresses
	split      bool   // a blank line between name and address too, where there is no alias
	and        string // between addresses
	fullStop   bool   // after the reference in parentheses
	citations  string // between citations
	cellEnd    string
	straighten bool // typewriter quotes
	half       bool
}

func layouts() []layout {
	return []layout{
		{blank: " ", bullet: "<br/>&#x2014;", blankLine: "<br/> <br/> ", and: `; <E T="03">and</E> `, citations: " ", cellEnd: "\n"},
		{blank: "\n", bullet: "\n<br/>&#x2014;", blankLine: "\n<br/>\n<br/> ", split: true, and: "; and ", fullStop: true, citations: "<br/>", cellEnd: ""},
		{blank: "", bullet: "\n<br/>&#x2014;", blankLine: "<br/> <br/> ", split: true, and: `; <E T="03">and</E>` + "\n", citations: "\n<br/>", cellEnd: "\n", straighten: true},
	}
}

func (l layout) row(b *strings.Builder, list diff.ListID, country string, e Entry) {
	const cell = `<TD class="left border-right-single">`
	fmt.Fprintf(b, "<TR>\n%s%s</TD>\n%s%s</TD>\n", cell, country, cell, l.entity(list, e))
	if list == diff.EntityList {
		fmt.Fprintf(b, "%s%s</TD>\n%s%s</TD>\n", cell, l.requirement(e), cell, l.text(e.Policy))
	}
	cites := strings.ReplaceAll(numeric(escape(e.Citation)), ". ", "."+l.citations)
	if list == diff.UnverifiedList {
		cites = numeric(escape(e.Citation))
	}
	fmt.Fprintf(b, "<TD class=\"left\">%s%s</TD>\n</TR>\n", cites, l.cellEnd)
}

func (l layout) requirement(e Entry) string {
	s := l.text(e.Requirement)
	if l.fullStop && strings.HasSuffix(s, ")") {
		s += "."
	}
	return s
}

// entity renders the cell of name, aliases and addresses.
func (l layout) entity(list diff.ListID, e Entry) string {
	if e.Cell != "" {
		return e.Cell
	}
	var b strings.Builder
	b.WriteString(l.text(e.Name))
	switch {
	case len(e.Aliases) > 0 && list == diff.EntityList:
		b.WriteString(", a.k.a., the following " + aliasCount(len(e.Aliases)) + ":")
		for i, a := range e.Aliases {
			b.WriteString(l.bullet + l.text(a) + [3]string{";", `; <E T="03">and</E>`, endOfAliases(a)}[place(i, len(e.Aliases))])
		}
		b.WriteString(l.blankLine)
	default:
		for _, a := range e.Aliases {
			b.WriteString(", a.k.a. " + l.text(a))
		}
		if l.split && list == diff.EntityList {
			b.WriteString("," + l.blankLine)
		} else {
			b.WriteString(", ")
		}
	}
	for i, a := range e.Addresses {
		if i > 0 {
			b.WriteString(l.and)
		}
		b.WriteString(l.text(a))
	}
	if list == diff.EntityList {
		b.WriteString(".")
	}
	if e.See != "" {
		b.WriteString(" (" + l.text(e.See) + ")")
	}
	return b.String()
}

func (l layout) text(s string) string {
	if l.straighten {
		s = strings.NewReplacer("“", `"`, "”", `"`, "’", "'").Replace(s)
	}
	return superscript.ReplaceAllString(numeric(escape(s)), "<sup>$1</sup>")
}

// superscript is how scenarios write one: "734.9(g),<3>", "9<th> Floor".
var superscript = regexp.MustCompile(`&lt;(\w{1,2})&gt;`)

// endOfAliases closes the last alias; one that ends in an abbreviation has its full stop already.
func endOfAliases(alias string) string {
	if strings.HasSuffix(alias, ".") {
		return ""
	}
	return "."
}

// place says whether item i of n is in the middle (0), the last but one (1) or the last (2).
func place(i, n int) int {
	switch i {
	case n - 1:
		return 2
	case n - 2:
		return 1
	}
	return 0
}

func aliasCount(n int) string {
	if n == 1 {
		return "one alias"
	}
	return number(n) + " aliases"
}

// number spells small numbers out, as rules and lists do.
func number(n int) string {
	words := []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
		"fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
	tens := []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	switch {
	case n < len(words):
		return words[n]
	case n < 100 && n%10 == 0:
		return tens[n/10]
	case n < 100:
		return tens[n/10] + "-" + words[n%10]
	}
	return fmt.Sprint(n)
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// numeric writes everything outside ASCII as a character reference, as the eCFR does.
func numeric(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "&#x%X;", r)
		}
	}
	return b.String()
}
