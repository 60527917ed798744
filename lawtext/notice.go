package lawtext

import (
	"regexp"
	"strconv"
	"strings"

	"entitywatch/diff"
)

var (
	noticeCitation = regexp.MustCompile(`(\d{1,3})\s*F\.?\s?R\.?\s*(\d+)(?:[,;]?\s*(\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})))?`)
	noticeIssue    = regexp.MustCompile(`^Vol\.?\s*(\d+),\s*No\.?\s*\d+,\s*(\d{1,2}/\d{1,2}/\d{4})$`)
)

// ReadNotice reads the federal_register_notice of the Consolidated Screening List: "84 FR 22963, 85 FR 29852", "67 F.R. 56530 9/4/02 67
// F.R. 10890 3/11/02", "Vol. 88, No. 151, 08/08/2023". Unlike a citation cell of the regulations it is written by several agencies;
// what is none of these stays as it is written, in Raw of a citation of its own.
func ReadNotice(notice string) []diff.Citation {
	if notice == "" {
		return nil
	}
	if m := noticeIssue.FindStringSubmatch(notice); m != nil {
		return []diff.Citation{{Volume: digits(m[1]), Date: ShortDate(m[2]), Raw: notice}}
	}
	var out []diff.Citation
	end := 0
	for _, at := range noticeCitation.FindAllStringSubmatchIndex(notice, -1) {
		out = append(out, uncited(notice[end:at[0]])...)
		c := diff.Citation{Volume: digits(notice[at[2]:at[3]]), Page: digits(notice[at[4]:at[5]]), Raw: notice[at[0]:at[1]]}
		if at[6] >= 0 {
			c.Date = ShortDate(notice[at[6]:at[7]])
		}
		out, end = append(out, c), at[1]
	}
	return append(out, uncited(notice[end:])...)
}

// uncited keeps what stands between two citations.
func uncited(s string) []diff.Citation {
	if s = strings.Trim(s, " ,;.\t\r\n"); s == "" {
		return nil
	}
	return []diff.Citation{{Raw: s}}
}

func digits(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
