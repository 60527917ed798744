package rule

import (
	"regexp"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fedreg/summary"
)

// readRule reads what a document does to the three lists.
func readRule(a *diff.Act, doc *node) {
	items := flatten(doc, a.StartPage)
	switch a.Type {
	case "Rule":
	case "Correction":
		readCorrection(a, doc)
		return
	default:
		proposed(a, items)
		return
	}
	b := collect(items)
	declared, problems := summary.Read(a.Title, summaryOf(doc))
	if !b.in.touched && len(b.rows) == 0 && (len(declared) == 0 || a.CorrectionOf != "") {
		if a.CorrectionOf != "" {
			readCorrection(a, doc)
		}
		return
	}
	a.Declared = declared
	a.Problems = append(a.Problems, problems...)
	a.Problems = append(a.Problems, b.in.problems...)
	a.Problems = append(a.Problems, b.problems...)
	words := preambleText(items)
	m := &matcher{ops: b.in.ops, rows: b.rows, pages: b.in.page, preamble: words}
	shortenRemovals(m.ops, bulletBlocks(items))
	m.match()
	a.Problems = append(a.Problems, m.problems...)
	amend(a, m)
	resolveCitations(a)
	checkPreamble(a, items, words)
	CheckDeclared(a)
}

// summaryOf is the text of SUMMARY.
func summaryOf(doc *node) string {
	var out []string
	for _, s := range doc.all("SUM") {
		for _, p := range s.all("P") {
			out = append(out, p.flat())
		}
	}
	return strings.Join(out, " ")
}

// body is what a rule's text holds about the lists.
type body struct {
	in       instructions
	rows     []*row
	problems []diff.Problem
}

// collect reads instructions and tables in document order. A table belongs to the list that the heading above it names,
// else to the list of the last instruction.
func collect(items []item) *body {
	b := &body{}
	readers := map[diff.ListID]*tableReader{}
	var titled, other bool
	var list diff.ListID
	for _, it := range items {
		switch it.kind {
		case instructionItem:
			b.in.read(it)
			titled, other = false, false
		case headingItem:
			if m := supplement.FindStringSubmatch(it.text); m != nil {
				list = listOfSupplement(m[1], m[2])
				titled, other = list != "", list == ""
			}
		case tableItem:
			of := b.in.last
			if titled {
				of = list
			}
			if of == "" || other || it.part != "" && it.part != "15/744" && !titled {
				continue
			}
			if readers[of] == nil {
				readers[of] = &tableReader{list: of}
			}
			readers[of].table(it.n)
		}
	}
	b.in.finish()
	for _, id := range []diff.ListID{diff.EntityList, diff.UnverifiedList, diff.MilitaryEndUserList} {
		if t := readers[id]; t != nil {
			b.rows = append(b.rows, t.rows...)
			b.problems = append(b.problems, t.problems...)
		}
	}
	return b
}

// table reads one more table of the list; each begins without a country.
func (t *tableReader) table(n *node) {
	t.country = ""
	t.read(n)
}

// amend makes the Amendments of what was matched.
func amend(a *diff.Act, m *matcher) {
	for i := 0; i < len(m.ops); i++ {
		o := m.ops[i]
		for i+1 < len(m.ops) && joins(o, m.ops[i+1]) {
			i++
			o.edits = append(o.edits, m.ops[i].edits...)
			o.columns = append(o.columns, m.ops[i].columns...)
			if o.row == nil {
				o.row = m.ops[i].row
			}
		}
		a.Amendments = append(a.Amendments, amendments(o)...)
	}
	for _, r := range m.rows {
		if r.claimed || len(r.entries) == 0 {
			continue
		}
		if m.republished(r) {
			o := op{action: diff.AddOrRevise, list: r.list, country: r.country, name: name(r), row: r, where: r.where}
			a.Amendments = append(a.Amendments, amendments(o)...)
			continue
		}
		m.contradict(a, r)
		o := op{action: diff.AddOrRevise, list: r.list, country: r.country, name: name(r), row: r, where: r.where}
		o.note = append(o.note, diff.Problem{Kind: diff.Unread, Where: r.where,
			Text: "no instruction names this row: " + name(r) + " under " + r.country})
		a.Problems = append(a.Problems, o.note...)
		a.Amendments = append(a.Amendments, amendments(o)...)
	}
}

// contradict marks the removal of an entry that the table states anew: one of the two is misread.
func (m *matcher) contradict(a *diff.Act, r *row) {
	for i := range a.Amendments {
		am := &a.Amendments[i]
		if am.Action == diff.Remove && am.List == r.list && diff.SameCountry(am.Country, r.country) &&
			diff.Normalise(am.Name) == diff.Normalise(name(r)) {
			am.Problems = append(am.Problems, diff.Problem{Kind: diff.Surprise, Where: r.where,
				Text: "the table has a row for " + am.Name + ", which the instruction removes"})
		}
	}
}

// joins reports whether two instructions following each other are about one entry's fields.
func joins(o, next op) bool {
	return next.action == diff.EditFields && (o.action == diff.EditFields || o.action == diff.Revise) &&
		o.where == next.where &&
		o.name == next.name && o.list == next.list && o.country == next.country
}

// amendments are those of one instruction: its own, and one for each party that its row names inside the entry.
func amendments(o op) []diff.Amendment {
	country := o.country
	if o.row != nil {
		country = o.row.country
	}
	if h, ok := lawtext.Heading(o.list, country); ok {
		country = h
	}
	am := diff.Amendment{Action: o.action, List: o.list, Country: country, Name: o.name, Edits: o.edits,
		Instruction: o.text, Problems: o.note}
	out := []diff.Amendment{am}
	first := &out[0]
	switch {
	case o.action == diff.Republish:
		return out
	case o.row == nil || len(o.row.entries) == 0:
		missing(first, o)
		return out
	case o.action == diff.EditFields || o.action == diff.Revise && len(o.edits) > 0:
		fillColumns(first, o)
	}
	e := o.row.entries[0]
	first.Entry = &e
	for _, part := range o.row.entries[1:] {
		child := am
		child.Name, child.Entry, child.Edits = part.Name, &part, nil
		if child.Action != diff.Add {
			child.Action = diff.AddOrRevise
		}
		out = append(out, child)
	}
	return out
}

// shortenRemovals takes the address off the names in old-style removals, whose quotation marks hold it too. Where the
// preamble lists the party, its name ends where the preamble's does.
func shortenRemovals(ops []op, blocks []bulletBlock) {
	for i := range ops {
		o := &ops[i]
		if o.action != diff.Remove || !o.old && !strings.Contains(strings.ToLower(o.name), "a.k.a.") {
			continue
		}
		whole, name := diff.Normalise(o.name)+" ", ""
		for _, b := range blocks {
			for _, it := range b.items {
				if n := diff.Normalise(it.name); b.action == diff.Remove && len(it.name) > len(name) && n != "" &&
					strings.HasPrefix(whole, n+" ") {
					name = it.name
				}
			}
		}
		if name == "" {
			name = lawtext.ReadParty([]string{o.name}).Name
		}
		if name != "" {
			o.name = name
		}
	}
}

// missing handles an instruction without a row: removals and edits with their own values need none.
func missing(am *diff.Amendment, o op) {
	if o.action == diff.Revise && len(o.edits) > 0 {
		am.Action = diff.EditFields
	}
	if o.country == "" {
		am.Problems = append(am.Problems, diff.Problem{Kind: diff.Unread, Where: o.where, Text: "names no country: " +
			o.text})
	}
	if am.Action == diff.Remove || am.Action == diff.EditFields && len(o.columns) == 0 {
		return
	}
	am.Problems = append(am.Problems, diff.Problem{Kind: diff.Unread, Where: o.where,
		Text: "the table has no row for " + o.name + " under " + o.country})
}

// fillColumns takes the new text of the columns that an instruction revises from the row.
func fillColumns(am *diff.Amendment, o op) {
	e := o.row.entries[0]
	for _, f := range o.columns {
		value := ""
		switch f {
		case "license_requirement":
			value = e.LicenseRequirement
		case "license_review_policy":
			value = e.LicenseReviewPolicy
		case "citations":
			value = o.row.cite
		default: // the row gives the whole entry
			am.Action = diff.Revise
			continue
		}
		am.Edits = append(am.Edits, diff.Edit{Field: f, Op: diff.EditReplace, Value: value})
	}
	if o.action == diff.Revise {
		am.Action, am.Edits = diff.Revise, nil
	}
}

var touchesList = regexp.MustCompile(`(?i)supplements?\s+nos?\.?\s*(?:4|6|7)\b[^.]{0,40}\bpart\s+744`)

// proposed marks a document that would change a list, but is no rule in force.
func proposed(a *diff.Act, items []item) {
	for _, it := range items {
		if it.kind == instructionItem && touchesList.MatchString(it.text) {
			a.ReadThis = "a " + strings.ToLower(a.Type) + " that concerns 15 CFR part 744: " + it.text
			return
		}
	}
}

// readCorrection reads a document that corrects a published rule: it amends that act's text and no list. Where the
// lists are concerned, each of its instructions is for a human.
func readCorrection(a *diff.Act, doc *node) {
	text := doc.flat()
	if !touchesList.MatchString(text) && !listNames.MatchString(a.Title) &&
		!(strings.Contains(text, "744") && listNames.MatchString(text)) || summary.OfAnotherList(text) {
		return
	}
	found := false
	for _, it := range flatten(doc, a.StartPage) {
		if it.kind != tableItem && correctingRule.MatchString(it.text) {
			found = true
			a.Problems = append(a.Problems, diff.Problem{Kind: diff.Unread, Where: "correction", Text: "corrects the act " +
				a.CorrectionOf + ": " + it.text})
		}
	}
	if !found {
		a.Problems = append(a.Problems, diff.Problem{Kind: diff.Unread, Where: "correction",
			Text: "corrects a rule on a list: " + a.Title})
	}
	a.ReadThis = "corrects a published rule on a list" + strings.TrimRight(" "+a.CorrectionOf, " ")
}

var correctingRule = regexp.MustCompile(`(?i)\b(?:on\s+page\s+\d+|is\s+corrected|are\s+corrected|should\s+(?:read` +
	`|have)|correct(?:ed|ing)\s+(?:to|by|the))\b`)
