package rule

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"entitywatch/diff"
)

// render writes the script as the Federal Register's XML, with the markup noise of real rules.
func (s *script) render() string {
	p := &printer{script: s, page: 12171}
	var b strings.Builder
	b.WriteString(`<RULE><PREAMB><AGENCY TYPE="S">DEPARTMENT OF COMMERCE</AGENCY><SUBAGY>Bureau of Industry and ` +
		`Security</SUBAGY><CFR>15 CFR Part 744</CFR>` +
		`<SUBJECT>Changes to the Entity List and Other Lists</SUBJECT><SUM><HD SOURCE="HED">SUMMARY:</HD><P>` + p.summary() +
		`</P></SUM>` +
		`<EFFDATE><HD SOURCE="HED">DATES:</HD><P>This rule is effective February 24, 2023.</P></EFFDATE></PREAMB><SUPLINF>` +
		"\n")
	b.WriteString(`<P>The Entity List (supplement no. 4 to part 744) identifies entities.</P><PRTPAGE P="12171"/>` +
		p.preamble())
	b.WriteString(`<REGTEXT TITLE="15" PART="744"><AMDPAR>1. The authority citation for part 744 continues to read as ` +
		`follows:</AMDPAR><AUTH><P>50 U.S.C. 4801.</P></AUTH></REGTEXT>`)
	for i, list := range p.lists() {
		b.WriteString(`<REGTEXT TITLE="15" PART="744">` + p.instructions(list, i+2) + p.table(list) + `</REGTEXT>`)
	}
	b.WriteString(`<SIG><NAME>Somebody,</NAME></SIG></SUPLINF><FRDOC>[FR Doc. 2023-00001 Filed 2-24-23; 8:45 ` +
		`am]</FRDOC></RULE>`)
	return b.String()
}

type printer struct {
	*script
	page int
}

func (p *printer) lists() []diff.ListID {
	var out []diff.ListID
	for _, w := range p.wants {
		if !slices.Contains(out, w.list) {
			out = append(out, w.list)
		}
	}
	return out
}

func (p *printer) countries(list diff.ListID) []string {
	var out []string
	for _, w := range p.wants {
		if w.list == list && !slices.Contains(out, w.country) {
			out = append(out, w.country)
		}
	}
	return out
}

func (p *printer) of(list diff.ListID, country string, action diff.Action) []want {
	var out []want
	for _, w := range p.wants {
		if w.list == list && (country == "" || w.country == country) && w.action == action {
			out = append(out, w)
		}
	}
	return out
}

var listNamesInText = map[diff.ListID]string{diff.EntityList: "Entity List",
	diff.UnverifiedList: "Unverified List (UVL)", diff.MilitaryEndUserList: "Military End-User (MEU) List"}

var smallNumbers = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen " +
	"fourteen fifteen sixteen seventeen eighteen nineteen twenty")

func (p *printer) n(n int) string {
	if n < len(smallNumbers) && p.seed%2 == 0 {
		return smallNumbers[n]
	}
	return strconv.Itoa(n)
}

// summary states what the rule does, list by list.
func (p *printer) summary() string {
	if !p.script.summary {
		return "The Bureau of Industry and Security (BIS) amends the Export Administration Regulations (EAR)."
	}
	var out []string
	for _, list := range p.lists() {
		for _, v := range []struct {
			action diff.Action
			word   string
		}{{diff.Add, "adding"}, {diff.Remove, "removing"}, {diff.Revise, "revising"}} {
			ws := p.of(list, "", v.action)
			if v.action == diff.Revise {
				ws = append(ws, p.of(list, "", diff.EditFields)...)
			}
			if len(ws) == 0 {
				continue
			}
			noun := "entries"
			if len(ws) == 1 {
				noun = "entry"
			}
			prep := map[string]string{"adding": "to", "removing": "from", "revising": "on"}[v.word]
			out = append(out, fmt.Sprintf("The Bureau of Industry and Security (BIS) amends the Export Administration "+
				"Regulations (EAR) by %s %s %s %s the %s, under the destinations of %s.",
				v.word, p.n(len(ws)), noun, prep, listNamesInText[list], p.byCountry(ws)))
		}
	}
	return html.EscapeString(strings.Join(out, " "))
}

func (p *printer) byCountry(ws []want) string {
	counts := map[string]int{}
	var order []string
	for _, w := range ws {
		if counts[w.country] == 0 {
			order = append(order, w.country)
		}
		counts[w.country]++
	}
	var out []string
	for _, c := range order {
		out = append(out, fmt.Sprintf("%s (%d)", titled(c), counts[c]))
	}
	return strings.Join(out, ", ")
}

// titled is a heading as running text writes it.
func titled(heading string) string {
	switch heading {
	case "CHINA, PEOPLE'S REPUBLIC OF":
		return "the People's Republic of China (China)"
	case "UNITED ARAB EMIRATES":
		return "the United Arab Emirates (U.A.E.)"
	}
	words := strings.Fields(strings.ToLower(heading))
	for i, w := range words {
		r := []rune(w)
		if w != "of" {
			words[i] = strings.ToUpper(string(r[:1])) + string(r[1:])
		}
	}
	return strings.Join(words, " ")
}

// preamble lists the parties by country, or says nothing of them.
func (p *printer) preamble() string {
	var b strings.Builder
	for _, list := range p.lists() {
		for _, v := range []struct {
			action diff.Action
			word   string
		}{{diff.Add, "adds"}, {diff.Remove, "removes"}, {diff.Revise, "revises"}} {
			ws := p.of(list, "", v.action)
			if v.action == diff.Revise {
				ws = append(ws, p.of(list, "", diff.EditFields)...)
			}
			if !p.bullets {
				for _, w := range ws {
					fmt.Fprintf(&b, "<P>The ERC determined that %s, under the destination of %s, is one that this rule %s.</P>",
						html.EscapeString(w.name), html.EscapeString(titled(w.country)), v.word)
				}
			}
			if !p.bullets || len(ws) == 0 {
				continue
			}
			fmt.Fprintf(&b, "<P>For these reasons, this final rule %s the following %s entries on the %s:</P>", v.word,
				p.n(len(ws)), listNamesInText[list])
			for _, c := range p.countries(list) {
				first := true
				for _, w := range ws {
					if w.country != c {
						continue
					}
					if first {
						fmt.Fprintf(&b, "<HD SOURCE=\"HD1\">%s</HD>", html.EscapeString(titled(c)))
						first = false
					}
					fmt.Fprintf(&b, "<P>\n   • %s, <E T=\"03\">and</E>\n </P>", html.EscapeString(w.name))
				}
			}
		}
	}
	return b.String() + `<HD SOURCE="HD2">Rulemaking Requirements</HD><P>None.</P>`
}

// instructions are the AMDPARs of one list.
func (p *printer) instructions(list diff.ListID, number int) string {
	supplement := map[diff.ListID]string{diff.EntityList: "4", diff.UnverifiedList: "6",
		diff.MilitaryEndUserList: "7"}[list]
	intro := fmt.Sprintf("%d. Supplement No. %s to part 744 is amended:", number, supplement)
	if p.r.IntN(2) == 0 {
		intro = fmt.Sprintf("%d. Supplement no. %s to part 744 is amended by:", number, supplement)
	}
	var texts []string
	switch p.style {
	case nestedStyle:
		texts = p.nested(list)
	case oldStyle:
		texts = p.old(list)
	case verbStyle:
		texts = p.verbs(list)
	default:
		texts = p.flat(list)
	}
	out := amdpar(intro)
	for i, t := range texts {
		end := ";"
		switch i {
		case len(texts) - 2:
			end = "; <E T=\"03\">and</E>"
		case len(texts) - 1:
			end = "."
		}
		if strings.HasSuffix(t, ":") {
			end = ""
		}
		out += amdpar(p.noise(t) + end)
	}
	return out + amdpar("The additions and revisions read as follows:")
}

func amdpar(s string) string { return "<AMDPAR>\n      " + s + "\n   </AMDPAR>\n" }

// noise escapes a text and puts page breaks and split quotes in.
func (p *printer) noise(t string) string {
	t = html.EscapeString(t)
	if p.r.IntN(3) == 0 {
		t = strings.Replace(t, "; and “", "; <E T=\"03\">and “</E>\n   ", 1)
	}
	if p.r.IntN(4) == 0 {
		t += p.pageMark()
	}
	return t
}

func (p *printer) pageMark() string {
	p.page++
	return fmt.Sprintf("<PRTPAGE P=\"%d\"/>", p.page)
}

func (p *printer) flat(list diff.ListID) []string {
	var out []string
	for _, c := range p.countries(list) {
		for _, cl := range p.clauses(list, c) {
			if p.style == leadStyle && !strings.HasPrefix(cl, "in ") {
				verb, rest, _ := strings.Cut(strings.TrimPrefix(cl, "by "), " ")
				out = append(out, letter(len(out))+". "+strings.ToUpper(verb[:1])+verb[1:]+" "+rest+" under "+c)
				continue
			}
			out = append(out, letter(len(out))+". Under "+c+", "+cl)
		}
	}
	return out
}

func (p *printer) nested(list diff.ListID) []string {
	var out []string
	n := 0
	for _, c := range p.countries(list) {
		out = append(out, letter(n)+". Under "+c+":")
		n++
		for i, cl := range p.clauses(list, c) {
			out = append(out, strings.Fields("i ii iii iv v vi vii viii")[i]+". "+strings.ToUpper(cl[:1])+cl[1:])
		}
	}
	return out
}

// old is the wording before about 2019: names of additions and revisions only in the table.
func (p *printer) old(list diff.ListID) []string {
	var out []string
	for _, c := range p.countries(list) {
		for _, v := range []struct {
			action diff.Action
			word   string
		}{{diff.Add, "adding"}, {diff.Revise, "revising"}} {
			if ws := p.of(list, c, v.action); len(ws) > 0 {
				noun := "entities"
				if len(ws) == 1 {
					noun = "entity"
				}
				out = append(out, letter(len(out))+". By "+v.word+" under "+strings.TrimPrefix(titled(c),
					"the ")+", in alphabetical order, "+smallNumbers[len(ws)]+" "+adjectiveOf(c)+noun)
			}
		}
		for _, w := range p.of(list, c, diff.Remove) {
			out = append(out, letter(len(out))+". By removing under "+strings.TrimPrefix(titled(c),
				"the ")+", the "+adjectiveOf(c)+"entity: “"+w.name+", "+w.entry.Addresses[0]+"”")
		}
	}
	return out
}
