package lawtext

import (
	"strconv"
	"strings"

	"entitywatch/diff"
)

// ReadCitations reads a citation cell: "79 FR 44683, 8/1/14. 87 FR 34154, 6/6/22." gives two. The first is the addition, later ones
// are revisions. A misprint ("77 FR 231164/18/12", no comma, "10/19/2023" alone) keeps its Raw text and whatever is certain. An empty cell gives none.
func ReadCitations(text string) []diff.Citation {
	var all []diff.Citation
	for _, raw := range citationTexts(text) {
		if c, ok := readCitation(raw); ok {
			all = append(all, c)
		}
	}
	return all
}

// citationTexts cuts the cell before each volume, that is before each number that "FR" follows.
func citationTexts(text string) []string {
	var starts []int
	for i := 0; ; {
		j := strings.Index(text[i:], "FR")
		if j < 0 {
			break
		}
		at := i + j
		i = at + 2
		k := len(strings.TrimRight(text[:at], " "))
		digits := k
		for digits > 0 && isDigit(text[digits-1]) {
			digits--
		}
		if digits == k { // "FR" without a volume: the doubled "88 FR FR 12158", or a text
			continue
		}
		if k-digits > 3 { // a year runs into the volume, "8/1/1487 FR": volumes have two digits until 2035
			digits = k - 2
		}
		starts = append(starts, digits)
	}
	if len(starts) == 0 {
		return []string{text}
	}
	parts := make([]string, 0, len(starts)+1)
	if head := text[:starts[0]]; hasAlnum(head) {
		parts = append(parts, head)
	}
	for i, s := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		parts = append(parts, text[s:end])
	}
	return parts
}

func readCitation(raw string) (diff.Citation, bool) {
	raw = strings.Trim(raw, " ;,.\n")
	if !hasAlnum(raw) {
		return diff.Citation{}, false
	}
	c := diff.Citation{Raw: raw}
	before, after, ok := strings.Cut(raw, "FR")
	if !ok {
		c.Date = citationDate(raw)
		return c, true
	}
	c.Volume, _ = strconv.Atoi(strings.TrimSpace(before))
	after = strings.TrimSpace(strings.ReplaceAll(after, "FR", ""))
	n := 0
	for n < len(after) && isDigit(after[n]) {
		n++
	}
	if n < len(after) && after[n] == '/' {
		c.Page, c.Date = apart(after, n, c.Volume)
		return c, true
	}
	c.Page, _ = strconv.Atoi(after[:n])
	c.Date = citationDate(after[n:])
	return c, true
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
