package replay

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// RenderRule renders the full-text XML of a document as the Federal Register publishes it. The layout's white space is the
// publisher's too: readers must collapse it.
func RenderRule(d *Document) string {
	if d.XML != "" {
		return d.XML
	}
	root := map[string]string{"Notice": "NOTICE", "Proposed Rule": "PRORULE", "Presidential Document": "PRESDOCU"}[d.Type]
	if root == "" {
		root = "RULE"
	}
	b := &builder{}
	b.line("<%s>", root)
	b.preamble(d)
	b.line("<SUPLINF>")
	b.line(`<HD SOURCE="HED">SUPPLEMENTARY INFORMATION:</HD>`)
	b.line(`<HD SOURCE="HD1">Background</HD>`)
	b.background(d)
	b.named(d)
	if d.SavingsClause != "" {
		b.line(`<HD SOURCE="HD2">Savings Clause</HD>`)
		b.line("<P>%s</P>", escape(d.SavingsClause))
	}
	if len(d.Amend) > 0 {
		b.amendments(d)
	}
	b.line("<SIG>\n<NAME>%s,</NAME>\n<TITLE>Assistant Secretary for Export Administration.</TITLE>\n</SIG>", escape(d.signer()))
	b.line("</SUPLINF>")
	filed := d.Published.AddDays(-1)
	if !d.FiledAt.IsZero() {
		filed = diff.DateOf(d.FiledAt)
	}
	b.line("<FRDOC>[FR Doc. %s Filed %s; 8:45 am]</FRDOC>", d.Number, filed.Time().Format("1-2-06"))
	b.line("<BILCOD>BILLING CODE 3510-33-P</BILCOD>")
	b.line("</%s>", root)
	return b.String()
}

// background is the text before the amendments, with the marks of all pages up to theirs: a mark stands where its page begins.
func (b *builder) background(d *Document) {
	var marks strings.Builder
	if len(d.Amend) > 0 {
		for page := d.StartPage + 1; page <= d.AmendPage; page++ {
			fmt.Fprintf(&marks, "\n<PRTPAGE P=\"%d\"/>\n", page)
		}
	}
	for i, p := range d.Background {
		text := escape(p)
		if i == len(d.Background)-1 {
			text += marks.String()
		}
		b.line("<P>%s</P>", text)
	}
}

func (d *Document) signer() string {
	if d.Signer == "" {
		return "A. N. Official"
	}
	return d.Signer
}

// builder writes lines.
type builder struct{ strings.Builder }

func (b *builder) line(format string, args ...any) {
	fmt.Fprintf(b, format+"\n", args...)
}

func (b *builder) preamble(d *Document) {
	b.line("<PREAMB>\n<AGENCY TYPE=\"S\">DEPARTMENT OF COMMERCE</AGENCY>\n<SUBAGY>Bureau of Industry and Security</SUBAGY>")
	for _, c := range d.CFR {
		b.line("<CFR>%d CFR Part %d</CFR>", c.Title, c.Part)
	}
	if d.Docket != "" {
		b.line("<DEPDOC>[%s]</DEPDOC>", escape(d.Docket))
	}
	if d.RIN != "" {
		b.line("<RIN>RIN %s</RIN>", d.RIN)
	}
	b.line("<SUBJECT>%s</SUBJECT>", escape(d.Title))
	b.hed("AGY", "AGENCY:", "Bureau of Industry and Security, Department of Commerce.")
	b.hed("ACT", "ACTION:", d.action())
	b.hed("SUM", "SUMMARY:", d.Abstract)
	b.hed("EFFDATE", "DATES:", "This rule is effective "+d.Effective.Time().Format("January 2, 2006")+".")
	b.line("</PREAMB>")
}

func (d *Document) action() string {
	if d.Action == "" {
		return "Final rule."
	}
	return d.Action
}

func (b *builder) hed(tag, head, text string) {
	b.line("<%s>\n<HD SOURCE=\"HED\">%s</HD>\n<P>%s</P>\n</%s>", tag, head, escape(text), tag)
}

// named is the preamble's own list of what is added, by country.
func (b *builder) named(d *Document) {
	for _, a := range d.Amend {
		if len(a.Add) == 0 {
			continue
		}
		b.line(`<HD SOURCE="HD1">%s</HD>`, escape(plainCountry(a.Under)))
		for i, e := range a.Add {
			b.line("<P>• %s%s</P>", escape(e.Name), [3]string{",", ", <E T=\"03\">and</E>", endOfAliases(e.Name)}[place(i, len(a.Add))])
		}
	}
}

// plainCountry is a heading as running text writes it.
func plainCountry(heading string) string {
	if strings.HasPrefix(heading, "CHINA,") {
		return "China"
	}
	words := strings.Fields(strings.ToLower(heading))
	for i, w := range words {
		if i == 0 || w != "of" && w != "and" {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}

// amendments renders one REGTEXT for each list, with its instructions and its table.
func (b *builder) amendments(d *Document) {
	b.line("<P>Accordingly, part 744 of the Export Administration Regulations (15 CFR parts 730-774) is amended as follows:</P>")
	b.line("<PART>\n<HD SOURCE=\"HED\">PART 744—CONTROL POLICY: END-USER AND END-USE BASED</HD>\n</PART>")
	b.line("<REGTEXT TITLE=\"15\" PART=\"744\">\n<AMDPAR>1. The authority citation for 15 CFR part 744 continues to read as follows:</AMDPAR>\n<AUTH>\n<HD SOURCE=\"HED\">Authority: </HD>\n<P>50 U.S.C. 4801-4852; 50 U.S.C. 4601 <E T=\"03\">et seq.</E></P>\n</AUTH>\n</REGTEXT>")
	for i, in := range d.amended() {
		b.line(`<REGTEXT TITLE="15" PART="744">`)
		b.line("<AMDPAR>%d. Supplement No. %d to part 744 is amended:</AMDPAR>", i+2, in.number)
		for _, p := range instructions(in.amend) {
			b.line("<AMDPAR>%s</AMDPAR>", p)
		}
		b.table(d, in.supplement, in.amend)
		b.line("</REGTEXT>")
	}
}

// amended is a supplement that a document amends, and how.
type amended struct {
	supplement
	amend []Amendment
}

// amended are the supplements that the document amends, in the order of the part. The authority citation is instruction 1.
func (d *Document) amended() (all []amended) {
	for _, s := range supplements() {
		of := slices.DeleteFunc(slices.Clone(d.Amend), func(a Amendment) bool { return a.List != s.list })
		if len(of) > 0 {
			all = append(all, amended{s, of})
		}
	}
	return all
}

// instructions words the amendments of one list, as markup.
func instructions(of []Amendment) []string {
	var out []string
	for i, a := range of {
		mark, end := string(rune('a'+i))+". Under "+escape(a.Under), endMark(i, len(of), a.PageAfter)
		verbs := a.verbs()
		if len(verbs) == 1 {
			out = append(out, mark+", by "+verbs[0]+end)
			continue
		}
		out = append(out, mark+":")
		for k, v := range verbs {
			last := ";"
			switch {
			case k == len(verbs)-2:
				last = `; <E T="03">and</E>`
			case k == len(verbs)-1 && i == len(of)-1:
				last = end
			}
			out = append(out, []string{"i", "ii", "iii", "iv", "v", "vi"}[k]+". By "+v+last)
		}
	}
	return out
}

func endMark(i, n, page int) string {
	end := [3]string{";", `; <E T="03">and</E>`, "."}[place(i, n)]
	if page > 0 {
		end += fmt.Sprintf("\n<PRTPAGE P=\"%d\"/>\n", page)
	}
	return end
}

// verbs are the amendment's clauses after "by".
func (a Amendment) verbs() []string {
	var out []string
	if len(a.Add) > 0 {
		out = append(out, "adding in alphabetical order, "+quoted(a.Add))
	}
	if len(a.Remove) > 0 {
		var gone []Entry
		for _, n := range a.Remove {
			gone = append(gone, Entry{Name: n})
		}
		out = append(out, "removing the "+strings.TrimPrefix(quoted(gone), "an "))
	}
	if len(a.Revise) > 0 {
		out = append(out, "revising the "+strings.TrimPrefix(quoted(a.Revise), "an "))
	}
	return append(out, a.Words...)
}

// quoted is `an entry for “A”` or `entries for “A”; “B”; and “C”`.
func quoted(es []Entry) string {
	s := "entries for "
	if len(es) == 1 {
		s = "an entry for "
	}
	for i, e := range es {
		name := e.Name
		if e.Was != "" {
			name = e.Was
		}
		open := "“"
		switch {
		case i == 0:
		case i < len(es)-1:
			s += "; "
		case e.QuoteInside:
			s += "; \n<E T=\"03\">and “</E>\n"
			open = ""
		case len(es) == 2:
			s += " and "
		default:
			s += "; \n<E T=\"03\">and</E>\n "
		}
		s += open + escape(name) + "”"
	}
	return s
}
