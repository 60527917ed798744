package rule

import (
	"strings"

	"entitywatch/diff"
)

func letter(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return strings.Repeat(string(rune('a'+i-26)), 2)
}

func quoteNames(ws []want) string {
	var out []string
	for _, w := range ws {
		out = append(out, "“"+w.name+"”")
	}
	switch len(out) {
	case 1:
		return out[0]
	case 2:
		return out[0] + " and " + out[1]
	}
	return strings.Join(out[:len(out)-1], "; ") + "; and " + out[len(out)-1]
}

func anEntry(ws []want, article string) string {
	if len(ws) == 1 {
		return article + " entry for "
	}
	return strings.TrimPrefix(article+" entries for ", "an ")
}

func (p *printer) comma() string { return []string{",", ""}[p.r.IntN(2)] }

// clauses are what is done under one country, each beginning with its gerund.
func (p *printer) clauses(list diff.ListID, country string) []string {
	var out []string
	if ws := p.of(list, country, diff.Add); len(ws) > 0 {
		out = append(out, "by adding"+p.comma()+" in alphabetical order"+p.comma()+" "+anEntry(ws, "an")+quoteNames(ws))
	}
	if ws := p.of(list, country, diff.Revise); len(ws) > 0 {
		out = append(out, "by revising "+anEntry(ws, "the")+quoteNames(ws))
	}
	if ws := p.of(list, country, diff.Remove); len(ws) > 0 {
		out = append(out, "by removing "+anEntry(ws, "the")+quoteNames(ws))
	}
	for _, w := range p.of(list, country, diff.EditFields) {
		out = append(out, "in the entry for “"+w.name+"”, "+editWords(w.edits))
	}
	return out
}

func editWords(edits []diff.Edit) string {
	var values []want
	for _, e := range edits {
		values = append(values, want{name: e.Value})
	}
	switch e := edits[0]; {
	case e.Op == diff.EditReplace && e.Old != "":
		return "by removing the address “" + e.Old + "” and adding in its place “" + e.Value + "”"
	case e.Op == diff.EditReplace:
		return "by revising the “License requirement” column to read “" + e.Value + "”"
	case e.Op == diff.EditAdd:
		return "by adding the alias " + quoteNames(values)
	case e.Field == "addresses":
		return "by removing the address " + quoteNames(values)
	}
	return "by removing the aliases " + quoteNames(values)
}

// adjectiveOf is the adjective of some countries, as old rules write it; of others there is none.
func adjectiveOf(heading string) string {
	for word, country := range map[string]string{
		"British": "United Kingdom", "Canadian": "Canada", "Chinese": "China", "French": "France", "German": "Germany",
		"Iranian":   "Iran",
		"Malaysian": "Malaysia", "Pakistani": "Pakistan", "Russian": "Russia", "Singaporean": "Singapore",
		"Turkish": "Turkey", "Emirati": "United Arab Emirates",
	} {
		if diff.SameCountry(country, heading) {
			return word + " "
		}
	}
	return ""
}

// verbs nests the countries below the verbs.
func (p *printer) verbs(list diff.ListID) []string {
	var out []string
	n := 0
	for _, v := range []struct {
		action diff.Action
		word   string
	}{{diff.Add, "By adding, in alphabetical order:"}, {diff.Revise, "By revising:"}, {diff.Remove, "By removing:"}} {
		i := 0
		for _, c := range p.countries(list) {
			ws := p.of(list, c, v.action)
			if len(ws) == 0 {
				continue
			}
			if i == 0 {
				out = append(out, letter(n)+". "+v.word)
				n++
			}
			out = append(out, strings.Fields("i ii iii iv v vi vii viii")[i]+". Under "+c+", "+anEntry(ws, "the")+quoteNames(ws))
			i++
		}
	}
	return out
}
