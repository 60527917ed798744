package lawtext

import (
	"regexp"
	"strconv"
	"strings"

	"entitywatch/diff"
)

var (
	// volumeMark finds the volume that a citation begins with, and its mark. A year may run into it, "8/1/1487 FR": volumes have two
	// digits until 2035.
	volumeMark = regexp.MustCompile(`(?:\d{2,}(\d{2})|(\d{1,3}))(?:\s*|\.)F\.?\s?R\.?`)
	// issueMark finds the volume of a citation of a whole issue.
	issueMark = regexp.MustCompile(`^Vol\.?\s*(\d+),\s*No\.?\s*\d+,`)
	// anotherPage finds a second page behind the first: "67 F.R. 56530, 10890 3/11/02".
	anotherPage = regexp.MustCompile(`^[\s,;]+\d{3,}\b`)
)

// ReadCitations reads a citation cell, or the notices of the Consolidated Screening List: "79 FR 44683, 8/1/14. 87 FR 34154, 6/6/22." and
// "67 F.R. 56530 9/4/02 67 F.R. 10890 3/11/02" give two, "Vol. 88, No. 151, 08/08/2023" one. In a cell, the first is the addition, later
// ones are revisions. A misprint ("77 FR 231164/18/12", no comma, "10/19/2023" alone) keeps its Raw text and whatever is certain. An empty
// cell gives none.
func ReadCitations(text string) []diff.Citation {
	var all []diff.Citation
	var c diff.Citation
	from, behind := 0, 0 // where the citation begins, and where its mark ends
	for _, at := range volumeMark.FindAllStringSubmatchIndex(text, -1) {
		begin, end := max(at[2], at[4]), max(at[3], at[5])
		all = appendCitation(all, c, text[from:begin], behind-from)
		c.Volume, _ = strconv.Atoi(text[begin:end])
		from, behind = begin, at[1]
	}
	return appendCitation(all, c, text[from:], behind-from)
}

// appendCitation appends a citation whose volume is known, and whose mark ends at a byte of raw: its page and date follow.
func appendCitation(all []diff.Citation, c diff.Citation, raw string, mark int) []diff.Citation {
	after := strings.TrimSpace(strings.ReplaceAll(raw[mark:], "FR", "")) // "88 FR FR 12158"
	if c.Raw = strings.Trim(raw, " ;,.\t\r\n"); !hasAlnum(c.Raw) {
		return all
	}
	if m := issueMark.FindStringSubmatch(c.Raw); m != nil {
		c.Volume, _ = strconv.Atoi(m[1])
	}
	n := 0
	for mark > 0 && n < len(after) && isDigit(after[n]) {
		n++
	}
	if n > 0 && n < len(after) && after[n] == '/' {
		c.Page, c.Date = apart(after, n, c.Volume)
		return append(all, c)
	}
	c.Page, _ = strconv.Atoi(after[:n])
	if !anotherPage.MatchString(after[n:]) { // whose day it is then cannot be told
		c.Date = citationDate(after[n:])
	}
	return append(all, c)
}

// apart reads "231164/18/12", a page that runs into its date: the cut is certain where only one gives a page that exists and a day of
// the volume's year (volume 1 is 1936). Otherwise nothing is.
func apart(s string, digits, volume int) (int, diff.Date) {
	const lastPage = 120_000 // no year has had more pages
	page, date := 0, diff.Date("")
	for cut := max(1, digits-2); cut < digits; cut++ {
		d := citationDate(s[cut:])
		p, _ := strconv.Atoi(s[:cut])
		if d == "" || p > lastPage || d.Time().Year() != volume+1935 {
			continue
		}
		if date != "" {
			return 0, ""
		}
		page, date = p, d
	}
	return page, date
}

// citationDate reads "8/1/14", "10/09/2019", "October 9, 2020" out of the rest of a citation. A day before the first volume is a misprint.
func citationDate(s string) diff.Date {
	if d := FirstDate(s); d >= "1936" {
		return d
	}
	return ""
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func hasAlnum(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	})
}
