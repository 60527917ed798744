package rule

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// The marks of a document's number in its text, in brackets: "[FR Doc No: 2014-14935]" at the head of what the
// Government Publishing Office serves, "[FR Doc. 2014-14935 Filed 6-25-14; 8:45 am]" at the end of each document. Only
// the second shows that the text is whole.
var (
	numberMark = regexp.MustCompile(`(?i)\[\s*FR\s+Doc\.?\s*(?:No[.:]*\s*)?(` + lawtext.DocumentNumber +
		`)(\s+Filed:?\s+([\d/–-]+)?)?`)
	// scheduledRule is what public inspection writes at the head of a typescript.
	scheduledRule = regexp.MustCompile(`(?i)federalregister\.gov/d/(` + lawtext.DocumentNumber + `)`)
)

// numbered takes the document's number from its marks and reports whether the text has its end.
func (t *typescript) numbered(a *diff.Act, whole string) (ended bool) {
	if m := scheduledRule.FindStringSubmatch(whole); m != nil {
		a.DocumentNumber = lawtext.ASCIIDashes(m[1])
	}
	body := len(whole)
	if at := captionRule.FindStringIndex(whole); at != nil {
		body = at[0]
	}
	for _, at := range numberMark.FindAllStringSubmatchIndex(whole, -1) {
		number := lawtext.ASCIIDashes(whole[at[2]:at[3]])
		filed := at[4] >= 0
		switch {
		case at[0] < body && !filed: // GPO's head
			a.DocumentNumber = cmp.Or(a.DocumentNumber, number)
		case filed || at[0] > len(whole)-lastPart:
			a.DocumentNumber, ended = number, true
			if at[6] >= 0 {
				a.FiledOn = lawtext.ShortDate(lawtext.ASCIIDashes(whole[at[6]:at[7]]))
			}
		}
	}
	return ended
}

// lastPart is how near to the end of a text, in bytes, a mark without a day of filing must stand to be its end: only
// the billing code and a page number follow.
const lastPart = 400

var captionRule = regexp.MustCompile(`(?m)^(?:AGENCY|ACTION|SUMMARY|DATES?):`)

var (
	gpoIssue = regexp.MustCompile(`^\[Federal Register(?: Volume (\d+), Number \d+ \(|: )([^()\]]+?)(?:\)| \(Volume ` +
		`(\d+), Number \d+\))\]$`)
	gpoPages = regexp.MustCompile(`^\[Pages? (\d+)[A-Z]?(?:-(\d+)[A-Z]?)?\]$`)
	gpoLine  = regexp.MustCompile(`^From the Federal Register Online`)
	// gpoBracket is a line of the head in brackets: the section ("[Rules and Regulations]", "[Corrections]"), or
	// "[DOCID:fr21de01-9]".
	gpoBracket = regexp.MustCompile(`^\[(?:DOCID:[^\]]*|[A-Z][A-Za-z ]+)\]$`)
	gpoPage    = regexp.MustCompile(`^\[\[Page \d+\]\]$`)
	ruledLine  = regexp.MustCompile(`^[-=_]{5,}$`)
	// sectionRule stands before and behind what heads a section of an issue, in the text of its first document: "Rules and
	// Regulations … This section of the FEDERAL REGISTER contains regulatory documents having general applicability".
	sectionRule = regexp.MustCompile(`^={20,}$`)
)

// partTitle stands on the title page of a document that is a part of its issue by itself, as long rules are.
var (
	partTitle  = regexp.MustCompile(`^Part [IVXLC]+$`)
	partVolume = regexp.MustCompile(`^Vol\. \d+$`)
)

// withoutPartTitle drops the title page of a part ("Vol. 78, Monday, No. 145, July 29, 2013, Part II, Department of
// Commerce"), which names agencies and title ahead of the document's own head: from its volume to the next page.
func (t *typescript) withoutPartTitle() {
	from, part := -1, false
	for i, l := range t.lines {
		switch {
		case captions.MatchString(l):
			return
		case from < 0 && partVolume.MatchString(l):
			from = i
		case from >= 0 && partTitle.MatchString(l):
			part = true
		case part && (gpoPage.MatchString(l) || sectionRule.MatchString(l)):
			t.lines = slices.Delete(t.lines, from, i)
			return
		}
	}
}

// withoutSectionHead drops the head of the issue's section, which is none of the document's.
func (t *typescript) withoutSectionHead() {
	from, to := -1, -1
	for i, l := range t.lines {
		if captions.MatchString(l) {
			break
		}
		if sectionRule.MatchString(l) {
			if to = i; from < 0 {
				from = i
			}
		}
	}
	if to > from && strings.Contains(strings.Join(t.lines[from:to], " "), "This section of the FEDERAL REGISTER") {
		t.lines = slices.Delete(t.lines, from, to+1)
	}
}

// headLines are how many lines, from that of the issue, GPO's own head may take.
const headLines = 10

// printed reads and drops the lines that the Government Publishing Office puts around the text of a printed document:
// the issue, the pages, and a mark at each new page. The number stays for numbered.
func (t *typescript) printed(a *diff.Act) {
	head := -1
	for i, l := range t.lines {
		if m := gpoIssue.FindStringSubmatch(l); m != nil && i < 20 {
			a.Status, a.PublishedOn = diff.ActPublished, lawtext.LongDate(m[2])
			a.Volume, _ = strconv.Atoi(m[1] + m[3])
			head = i
		}
	}
	if head < 0 {
		return
	}
	t.lines = append(slices.DeleteFunc(slices.Clone(t.lines[:min(head+headLines, len(t.lines))]), func(l string) bool {
		return gpoBracket.MatchString(l)
	}), t.lines[min(head+headLines, len(t.lines)):]...)
	t.withoutPartTitle()
	t.withoutSectionHead()
	t.lines = slices.DeleteFunc(t.lines, func(l string) bool {
		if m := gpoPages.FindStringSubmatch(l); m != nil {
			a.StartPage, _ = strconv.Atoi(m[1])
			a.EndPage, _ = strconv.Atoi(cmp.Or(m[2], m[1]))
			return true
		}
		return gpoPage.MatchString(l) || gpoIssue.MatchString(l) || gpoLine.MatchString(l)
	})
}
