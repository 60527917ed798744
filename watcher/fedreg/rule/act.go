package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// documentTypes maps the roots of Federal Register documents to the API's names of their types.
var documentTypes = map[string]string{
	"RULE": "Rule", "PRORULE": "Proposed Rule", "NOTICE": "Notice", "PRESDOCU": "Presidential Document",
	"CORRECT": "Correction",
}

var documentRoots = []string{"RULE", "PRORULE", "NOTICE", "PRESDOCU", "CORRECT"}

// ParseXML reads the full-text XML of one Federal Register document. What it cannot read of a document that amends one
// of the three lists is a problem on the Act; an empty, cut, HTML or plainly wrong document gives *diff.Refused. With
// o.Partial, what is whole of a cut document is read, and the rest is a problem.
func ParseXML(r io.Reader, o diff.ReadOptions) (diff.Act, error) {
	acts, err := parseDocuments(r, o)
	if err != nil {
		return diff.Act{}, err
	}
	if len(acts) > 1 {
		return diff.Act{}, &diff.Refused{Reason: "the file holds " + strconv.Itoa(len(acts)) + " documents, not one"}
	}
	return acts[0], nil
}

// ParseIssue reads the XML of a whole day's issue: one Act for each of its documents, in order. Nearly all of them
// change no list and come back without Amendments and problems.
func ParseIssue(r io.Reader, o diff.ReadOptions) ([]diff.Act, error) { return parseDocuments(r, o) }

func parseDocuments(r io.Reader, o diff.ReadOptions) ([]diff.Act, error) {
	root, err := readTree(r)
	var cut *diff.Refused
	if err != nil && !(o.Partial && root != nil && errors.As(err, &cut)) {
		return nil, err
	}
	docs := root.all(documentRoots...)
	if len(docs) == 0 {
		if err != nil {
			return nil, err
		}
		return nil, &diff.Refused{Reason: "no Federal Register document in the file (RULE, PRORULE, NOTICE, PRESDOCU or " +
			"CORRECT)"}
	}
	issued := issueDate(root)
	acts := make([]diff.Act, len(docs))
	for i, d := range docs {
		acts[i] = readAct(d, issued)
	}
	if cut != nil {
		last := &acts[len(acts)-1]
		last.Problems = append(last.Problems, diff.Problem{Kind: diff.Unread, Text: cut.Reason})
		last.Doubt = cutOff
	}
	return acts, nil
}

func issueDate(root *node) diff.Date {
	for _, n := range root.kids {
		if n.name == "FEDREG" {
			return lawtext.LongDate(n.find("DATE").flat())
		}
	}
	return ""
}

var frDocRule = regexp.MustCompile(`(?i)FR\s+Doc\.?\s*(?:No[.:]*\s*)?(` + lawtext.DocumentNumber +
	`)(?:\s+Filed:?\s+([\d/–-]+))?`)

// readAct reads one document element.
func readAct(doc *node, issued diff.Date) diff.Act {
	a := diff.Act{Type: documentTypes[doc.name], PublishedOn: issued, Status: diff.ActPublished, Agencies: []string{},
		Problems: []diff.Problem{}}
	pre := doc.find("PREAMB")
	if pre == nil {
		pre = doc
	}
	for _, name := range pre.all("AGENCY", "SUBAGY") {
		if t := name.flat(); t != "" && !slices.Contains(a.Agencies, t) {
			a.Agencies = append(a.Agencies, t)
		}
	}
	a.Title = pre.find("SUBJECT").flat()
	if m := frDocRule.FindStringSubmatch(doc.find("FRDOC").flat()); m != nil {
		a.DocumentNumber, a.FiledOn = lawtext.ASCIIDashes(m[1]), lawtext.ShortDate(lawtext.ASCIIDashes(m[2]))
	}
	whole := doc.flat()
	sum := sha256.Sum256([]byte(whole))
	a.Text = hex.EncodeToString(sum[:])
	readPages(&a, doc)
	readPlaceholder(&a, whole)
	a.EffectiveOn, a.Problems = effectiveDate(datesOf(pre), a.PublishedOn)
	a.CorrectionOf = correctionOf(doc, whole)
	a.SavingsClause = savingsClause(doc)
	readRule(&a, doc)
	weigh(&a)
	return a
}

// readPages takes the document's pages from its page marks: the first mark begins its second page.
func readPages(a *diff.Act, doc *node) {
	marks := doc.all("PRTPAGE")
	if len(marks) == 0 {
		return
	}
	first, err1 := strconv.Atoi(marks[0].attr["P"])
	last, err2 := strconv.Atoi(marks[len(marks)-1].attr["P"])
	if err1 == nil && err2 == nil && first > 1 && last >= first {
		a.StartPage, a.EndPage = first-1, last
	}
}

var correctsRule = regexp.MustCompile(`\b[Ii]n\s+(?:FR\s+Doc\.?|[Rr]ule\s+document|[Pp]roposed\s+rule\s+document` +
	`|[Nn]otice\s+document|Federal Register\s+Doc\.?)\s*(?:No\.?\s*)?(` + lawtext.DocumentNumber + `)`)

// correctionOf is the number of the document that this one corrects, where it says so.
func correctionOf(doc *node, text string) string {
	if doc.name != "CORRECT" && !strings.Contains(text, "orrect") {
		return ""
	}
	if m := correctsRule.FindStringSubmatch(text); m != nil {
		return lawtext.ASCIIDashes(m[1])
	}
	return ""
}

// datesOf is the text of DATES, EFFDATE or whatever the document heads it with.
func datesOf(pre *node) string {
	var out []string
	for _, n := range pre.all("EFFDATE", "DATES") {
		for _, p := range n.all("P") {
			out = append(out, p.flat())
		}
	}
	return strings.Join(out, " ")
}

// savingsClause is the text under the heading "Savings Clause", or the paragraph that says what may proceed.
func savingsClause(doc *node) string {
	body := doc.find("SUPLINF")
	if body == nil {
		return ""
	}
	var under, loose []string
	on := false
	for _, n := range body.all("HD", "P", "FP", "REGTEXT") {
		t := n.flat()
		switch {
		case n.name == "REGTEXT":
			on = false
		case n.name == "HD":
			on = strings.Contains(strings.ToLower(t), "savings clause")
		case afterSavings.MatchString(t):
			on = false
		case on && t != "":
			under = append(under, t)
		case isSavings(t):
			loose = append(loose, t)
		}
	}
	if len(under) == 0 {
		under = loose
	}
	return strings.Join(under, "\n\n")
}

// isSavings knows a savings clause without a heading by its words (15 CFR 744 rules all use nearly the same ones).
func isSavings(t string) bool {
	low := strings.ToLower(t)
	return strings.Contains(low, "may proceed to that destination") ||
		strings.Contains(low, "savings clause") && strings.Contains(low, "proceed") ||
		strings.Contains(low, "en route aboard a carrier") && strings.Contains(low, "may proceed")
}
