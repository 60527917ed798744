package rule

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fedreg/summary"
	"entitywatch/watcher/fetch"
)

// A text of a document may have so many bytes and lines; the longest rules have about 2 MB, and 10 MB as XML.
const (
	maxText  = 64 << 20
	maxLines = 500_000
)

// ParseText reads the raw text of a document on public inspection (pdftotext of the typescript): title, dates, the
// document's own numbers, and the amendatory instructions. The Act is filed, not published. The table is not read from
// running text: additions come with country and name only, and each such Amendment says what is to come with the
// published text. A text that is cut gives *diff.Refused; with o.Partial, what is whole of it is read, and the cut is a
// problem. The text may come in an HTML page with one PRE, as the Government Publishing Office serves it, with its
// header lines; then the Act is published.
func ParseText(r io.Reader, o diff.ReadOptions) (diff.Act, error) {
	whole, err := readText(r)
	if err != nil {
		return diff.Act{}, err
	}
	if reason := notTypescript(whole); reason != "" {
		return diff.Act{}, &diff.Refused{Reason: reason}
	}
	t := &typescript{lines: textLines(whole)}
	a := diff.Act{Status: diff.ActFiled, Agencies: []string{}, Problems: []diff.Problem{}}
	t.printed(&a)
	whole = strings.Join(t.lines, "\n")
	t.cut = !t.numbered(&a, whole)
	if t.cut && !o.Partial {
		return diff.Act{}, &diff.Refused{Reason: "the text is cut: it has no line [FR Doc. … Filed …] at its end"}
	}
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(whole), " ")))
	a.Text = hex.EncodeToString(sum[:])
	t.head(&a, whole)
	t.amendments(&a)
	if t.cut {
		a.Doubt = cutOff
	}
	weigh(&a)
	return a, nil
}

// readText is the text of a stream, out of the page that it may be wrapped in.
func readText(r io.Reader) (string, error) {
	b, err := io.ReadAll(&fetch.Bounded{R: r, Max: maxText})
	if err != nil {
		return "", fmt.Errorf("federal register: read public-inspection text: %w", err)
	}
	if bytes.Count(b, []byte("\n")) > maxLines {
		return "", &diff.Refused{Reason: fmt.Sprintf("the text has more than %d lines", maxLines)}
	}
	return plain(b)
}

func textLines(whole string) []string {
	lines := strings.Split(whole, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(l, "\ufffd"), "\f", ""))
	}
	return lines
}

func notTypescript(s string) string {
	low := strings.ToLower(s[:min(len(s), 1024)])
	switch {
	case strings.TrimSpace(s) == "":
		return "the text is empty"
	case strings.HasPrefix(strings.TrimSpace(low), "<") || strings.HasPrefix(strings.TrimSpace(low), "{"):
		return "this is not the plain text of a document"
	case !strings.Contains(s, "AGENCY:") && !strings.Contains(s, "BILLING CODE") &&
		!strings.Contains(s, "Billing Code") && !numberMark.MatchString(s):
		return "the text has neither a billing code nor an agency: it is no Federal Register document"
	}
	return ""
}

// typescript is a document as typed: hard line breaks, blank lines at page ends, no markup.
type typescript struct {
	lines []string
	cut   bool
}

var captions = regexp.MustCompile(`^(AGENCY|ACTION|SUMMARY|DATES?|EFFECTIVE DATES?|ADDRESSES|FOR FURTHER ` +
	`INFORMATION CONTACT|SUPPLEMENTARY INFORMATION):`)

// caption is the text under one of the capital captions, on one line.
func (t *typescript) caption(names ...string) string {
	var out []string
	on := false
	for _, l := range t.lines {
		if m := captions.FindStringSubmatch(l); m != nil {
			if on {
				break
			}
			on = slices.Contains(names, m[1])
			l = l[len(m[0]):]
		}
		if on {
			out = append(out, l)
		}
	}
	return lawtext.Tidy(strings.Join(out, " "))
}

var (
	headLine    = regexp.MustCompile(`(?i)^(?:billing code|\d+ CFR|\[|docket|RIN\b|(?:FR )?doc(?:ument)?\b)`)
	pubDateRule = regexp.MustCompile(`(?i)Publication\s+Date:?\s*([\d/-]+)`)
)

// head reads what stands before the text proper.
func (t *typescript) head(a *diff.Act, whole string) {
	seen := false
	var title []string
	for _, l := range t.lines {
		if captions.MatchString(l) {
			break
		}
		switch {
		case l == "" || ruledLine.MatchString(l) || numberMark.MatchString(l):
		case headLine.MatchString(l):
			seen, title = seen || !strings.HasPrefix(strings.ToLower(l), "billing"), nil
		case seen:
			title = append(title, l)
		default:
			a.Agencies = append(a.Agencies, l)
		}
	}
	a.Title = lawtext.Tidy(strings.Join(title, " "))
	a.Type = typeOfAction(t.caption("ACTION"))
	if m := pubDateRule.FindStringSubmatch(whole); m != nil {
		a.PublishedOn = lawtext.ShortDate(m[1])
	}
	var problems []diff.Problem
	a.EffectiveOn, problems = effectiveDate(t.caption("DATES", "DATE", "EFFECTIVE DATE", "EFFECTIVE DATES"), a.PublishedOn)
	a.Problems = append(a.Problems, problems...)
	if m := correctsRule.FindStringSubmatch(whole); m != nil && strings.Contains(strings.ToLower(a.Title), "correct") {
		a.CorrectionOf = lawtext.ASCIIDashes(m[1])
	}
	a.SavingsClause = t.savings()
}

// afterSavings begins what follows upon a savings clause where no heading stands between.
var afterSavings = regexp.MustCompile(`^(?:Accordingly,|For the reasons (?:set|stated|discussed|described)|List of ` +
	`Subjects|PART \d+|\[FR Doc|Export Control Reform Act|Rulemaking Requirements|Executive Order)`)

func typeOfAction(action string) string {
	low := strings.ToLower(action)
	switch {
	case strings.Contains(low, "proposed"):
		return "Proposed Rule"
	case strings.Contains(low, "rule"), strings.Contains(low, "correction"), strings.Contains(low, "order"):
		return "Rule"
	case low != "":
		return "Notice"
	}
	return ""
}

// savings is the text under "Savings Clause", up to the next heading (a short line without a full stop) or the words
// that lead on to the amendments.
func (t *typescript) savings() string {
	var out []string
	for i, l := range t.lines {
		if !strings.EqualFold(strings.TrimSpace(l), "savings clause") {
			continue
		}
		for _, n := range t.lines[i+1:] {
			if n == "" {
				continue
			}
			ended := len(out) > 0 && strings.HasSuffix(out[len(out)-1], ".")
			if ended && len(n) < 60 && !strings.HasSuffix(n, ".") || afterSavings.MatchString(n) {
				break
			}
			out = append(out, n)
			if len(out) > 60 {
				break
			}
		}
		break
	}
	return lawtext.Tidy(strings.Join(out, " "))
}

// amendments reads what the document does to the lists.
func (t *typescript) amendments(a *diff.Act) {
	if t.cut {
		a.Problems = append(a.Problems, diff.Problem{Kind: diff.Unread, Text: "the text is cut; only its beginning was read"})
	}
	var problems []diff.Problem
	a.Declared, problems = summary.Read(a.Title, t.caption("SUMMARY"))
	a.Problems = append(a.Problems, problems...)
	if a.Type != "Rule" {
		a.Declared = nil
		return
	}
	var in instructions
	for _, text := range t.instructions() {
		in.read(item{kind: instructionItem, text: text, part: "15/744"})
	}
	in.finish()
	items := t.preamble()
	if !in.touched && len(a.Declared) == 0 {
		return
	}
	a.Problems = append(a.Problems, in.problems...)
	shortenRemovals(in.ops, bulletBlocks(items))
	for _, o := range in.ops {
		t.amend(a, o)
	}
	t.fromBullets(a, items)
	t.unnamed(a, in.ops)
	checkPreamble(a, items, preambleText(items))
	if len(a.Amendments) > 0 || !t.cut {
		CheckDeclared(a)
	}
}

// What the running text of a typescript's table holds: expected with the published text.
const (
	addedToCome = "names only, from the filed text; aliases, addresses and license requirements follow with the " +
		"published text"
	republishedToCome = "the whole text is given anew: what that adds, removes and revises is seen when the text is " +
		"published"
	newToCome = "from the filed text, which does not have the entry's new text; it follows with the published text"
)

// toCome is what an instruction leaves to the table.
func toCome(am diff.Amendment) string {
	switch {
	case am.Action == diff.Add:
		return addedToCome
	case am.Action == diff.Republish:
		return republishedToCome
	case am.Entry == nil && (am.Action == diff.Revise || am.Action == diff.AddOrRevise):
		return newToCome
	}
	return ""
}

// unnamed reports instructions of which no name was read, and whose parties the preamble does not name either: nobody
// can be alerted yet. The names may stand in the table only, or in the instruction without quotation marks.
func (t *typescript) unnamed(a *diff.Act, ops []op) {
	for _, o := range ops {
		named := slices.ContainsFunc(a.Amendments, func(am diff.Amendment) bool {
			return am.List == o.list && diff.SameCountry(am.Country, o.country) && am.Action != diff.Remove
		})
		if o.unnamed && !named {
			a.Problems = append(a.Problems, diff.Problem{Kind: diff.Unread, Where: o.text,
				Text: "no party's name could be read in it: " +
					"read it yourself; names that stand in the table only follow with the published text"})
		}
	}
}

// amend makes the Amendment of an instruction without its row.
func (t *typescript) amend(a *diff.Act, o op) {
	if o.unnamed {
		return // its names are in the preamble's list, or wait for the table
	}
	am := amendments(o)[0]
	am.Problems = o.note
	if am.Action == diff.Add {
		am.Entry = bareEntry(am)
	}
	am.ToCome = toCome(am)
	a.Amendments = append(a.Amendments, am)
}

// bareEntry is an entry of which only list, country and name are known.
func bareEntry(am diff.Amendment) *diff.Entry {
	e := &diff.Entry{List: am.List, Country: am.Country, Name: am.Name, Key: diff.MakeKey(am.List, am.Country, am.Name)}
	if code, ok := diff.CountryCode(am.Country); ok {
		e.Countries = []string{code}
	}
	return e
}

// fromBullets takes the parties from the preamble's lists where no instruction read names any for that list and action.
func (t *typescript) fromBullets(a *diff.Act, items []item) {
	read := map[subject]bool{}
	for _, am := range a.Amendments {
		read[subject{am.List, am.Action}] = true
	}
	for _, b := range bulletBlocks(items) {
		if read[b.subject] {
			continue
		}
		for _, it := range b.items {
			if it.country == "" {
				continue
			}
			am := amendments(op{action: b.action, list: b.list, country: it.country, name: it.name, text: b.lead})[0]
			am.Problems = nil
			if am.Action == diff.Add {
				am.Entry = bareEntry(am)
			}
			am.ToCome = toCome(am)
			a.Amendments = append(a.Amendments, am)
		}
	}
}
