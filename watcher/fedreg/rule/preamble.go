package rule

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fedreg/summary"
)

// bulletBlock is a list by country in the preamble: "this final rule adds the following 10 entities under 13 entries:".
type bulletBlock struct {
	subject
	lead  string
	items []bulletItem
}

// subject is what is done, and to which list.
type subject struct {
	list   diff.ListID
	action diff.Action
}

type bulletItem struct{ country, name string }

var (
	leadRule = regexp.MustCompile(`(?i)\b(adds?|adding|removes?|removing|revises?|revising|modif(?:ies|y|ying)` +
		`|corrects?|amends)\b.*\bfollow(?:ing|s)\b`)
	bulletRule = regexp.MustCompile(`^(?:[•●▪·]|\(\d{1,3}\)|-\s)\s*`)
	tailAnd    = regexp.MustCompile(`(?i)[\s,;]*\b(?:and)?\s*[.;,]*$`)
)

// preambleText is the text outside the amendments, normalised and between spaces, to look names up in.
func preambleText(items []item) string {
	var b strings.Builder
	for _, it := range items {
		if it.part == "" && it.kind != tableItem && it.kind != instructionItem {
			b.WriteString(diff.Normalise(it.text))
			b.WriteByte(' ')
		}
	}
	return " " + b.String()
}

// bulletBlocks reads the preamble's lists by country.
func bulletBlocks(items []item) []bulletBlock {
	var out []bulletBlock
	var cur *bulletBlock
	country := ""
	for _, it := range items {
		if it.part != "" || it.kind == tableItem || it.kind == instructionItem || it.text == "" {
			continue
		}
		m := leadRule.FindStringSubmatch(it.text)
		switch {
		case m != nil && it.kind == paragraphItem && strings.HasSuffix(strings.TrimSpace(it.text), ":"):
			out = append(out, bulletBlock{subject: subject{cmp.Or(summary.ListIn(it.text), diff.EntityList),
				actions[verbOf(m[1])]}, lead: it.text})
			cur, country = &out[len(out)-1], ""
		case cur == nil:
		case bulletRule.MatchString(it.text):
			name := bulletRule.ReplaceAllString(it.text, "")
			cur.items = append(cur.items, bulletItem{country, strings.TrimSpace(tailAnd.ReplaceAllString(name, ""))})
		case lawtext.IsHeading(strings.TrimRight(it.text, " .:")):
			country = strings.TrimRight(it.text, " .:")
		default:
			cur = nil
		}
	}
	return out
}

// checkPreamble compares the amendments with what the preamble lists by country, and the names removed with the
// preamble's words.
func checkPreamble(a *diff.Act, items []item, words string) {
	listed := map[subject][]bulletItem{}
	var order []subject
	for _, b := range bulletBlocks(items) {
		if len(b.items) > 0 {
			if listed[b.subject] == nil {
				order = append(order, b.subject)
			}
			listed[b.subject] = append(listed[b.subject], b.items...)
			checkLead(a, b)
		}
	}
	for _, k := range order {
		compareBullets(a, k, listed[k])
	}
	checkRemoved(a, words)
}

// checkLead compares the numbers of a list's leading sentence with those of the SUMMARY.
func checkLead(a *diff.Act, b bulletBlock) {
	lead, _ := summary.Read("", b.lead)
	said, stated := lead[b.list], a.Declared[b.list]
	for _, p := range [][2]*int{{said.AddedEntries, stated.AddedEntries}, {said.AddedEntities, stated.AddedEntities},
		{said.RemovedEntries, stated.RemovedEntries}, {said.RemovedEntities, stated.RemovedEntities},
		{said.RevisedEntries, stated.RevisedEntries}, {said.RevisedEntities, stated.RevisedEntities}} {
		if p[0] != nil && p[1] != nil && *p[0] != *p[1] {
			surprise(a, "SUMMARY and preamble disagree on the numbers: "+b.lead, "preamble")
			return
		}
	}
}

func surprise(a *diff.Act, text, where string) {
	for _, p := range a.Problems {
		if p.Text == text {
			return
		}
	}
	a.Problems = append(a.Problems, diff.Problem{Kind: diff.Surprise, Text: text, Where: where})
}

// compareBullets: every bullet has an amendment of that kind, and every such amendment a bullet.
func compareBullets(a *diff.Act, of subject, bullets []bulletItem) {
	used := make([]bool, len(bullets))
	names := indexTexts(len(bullets), func(i int) string { return diff.Normalise(bullets[i].name) + " " })
	for i := range a.Amendments {
		am := &a.Amendments[i]
		if am.List != of.list || !does(am, of.action) {
			continue
		}
		found := false
		for _, j := range named(names, am) {
			if b := bullets[j]; !used[j] && (b.country == "" || diff.SameCountry(b.country, am.Country)) {
				used[j], found = true, true
				break
			}
		}
		if !found && am.Action != diff.AddOrRevise {
			am.Problems = append(am.Problems, diff.Problem{Kind: diff.Surprise, Where: "preamble",
				Text: "the preamble does not list " + am.Name + " under " + am.Country + " among what is " + done[of.action]})
		}
	}
	for j, b := range bullets {
		if !used[j] {
			surprise(a, "the preamble says that "+b.name+" under "+b.country+" is "+done[of.action]+", but no instruction "+
				"read does so", "preamble")
		}
	}
}

var done = map[diff.Action]string{diff.Add: "added", diff.Remove: "removed", diff.Revise: "revised"}

// does reports whether an amendment is one that the preamble lists under an action.
func does(am *diff.Amendment, action diff.Action) bool {
	switch {
	case isPart(am):
		return false
	case am.Action == diff.AddOrRevise:
		return action != diff.Remove
	case am.Action == diff.EditFields:
		return action == diff.Revise
	}
	return am.Action == action
}

// named are the bullets that name an amendment's party: a bullet may go on behind the name with aliases and addresses.
func named(bullets prefixIndex, am *diff.Amendment) []int {
	out := bullets.beginning(diff.Normalise(am.Name) + " ")
	if am.Entry != nil && am.Entry.Name != am.Name {
		out = append(out, bullets.beginning(diff.Normalise(am.Entry.Name)+" ")...)
		slices.Sort(out)
	}
	return out
}

// checkRemoved looks up the names of what no table row confirms. Where the preamble names most parties of the rule, or
// names one that differs in a single word, a name that it does not know may be garbled.
func checkRemoved(a *diff.Act, words string) {
	var absent []*diff.Amendment
	named := 0
	for i := range a.Amendments {
		am := &a.Amendments[i]
		if strings.Contains(words, " "+diff.Normalise(am.Name)+" ") {
			named++
		} else if am.Action == diff.Remove || am.Action == diff.EditFields {
			absent = append(absent, am)
		}
	}
	for _, am := range absent {
		if named >= len(absent) {
			am.Problems = append(am.Problems, diff.Problem{Kind: diff.Surprise, Where: "preamble",
				Text: "the preamble does not name " + am.Name})
		} else if len(absent) > mostGarbled {
			continue
		} else if near := nearest(words, am.Name); near != "" {
			am.Problems = append(am.Problems, diff.Problem{Kind: diff.Surprise, Where: "preamble",
				Text: "the instruction names " + am.Name + ", the preamble " + near})
		}
	}
}

// mostGarbled is how many names are looked for among the preamble's words by likeness; more are not garbled names but
// another text.
const mostGarbled = 200

// nearest finds, in normalised text, a name that differs from the one given in one of its words; "" where there is
// none.
func nearest(text, name string) string {
	all, want := strings.Fields(text), strings.Fields(diff.Normalise(name))
	if len(want) < 2 {
		return ""
	}
	for i := 0; i+len(want) <= len(all); i++ {
		same := 0
		for j, w := range want {
			if all[i+j] == w {
				same++
			} else if j > same {
				break // a second word differs
			}
		}
		if same == len(want)-1 {
			return strings.Join(all[i:i+len(want)], " ")
		}
	}
	return ""
}
