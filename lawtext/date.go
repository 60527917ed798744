package lawtext

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"entitywatch/diff"
)

var (
	longDate = regexp.MustCompile(`(?i)\b(January|February|March|April|May|June|July|August|September|October|November|December|` +
		`Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`)
	shortDate = regexp.MustCompile(`\b(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})\b`)
)

// FirstDate reads the first date of a text, in digits or else in words: the Unverified List cites "88 FR 17708, March 24, 2023".
func FirstDate(s string) diff.Date {
	if d := ShortDate(s); d != "" {
		return d
	}
	return LongDate(s)
}

// LongDate reads the first "February 24, 2023" of a text; "" where it has none, or that day does not exist.
func LongDate(s string) diff.Date {
	m := longDate.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	month, err := time.Parse("Jan", strings.ToUpper(m[1][:1])+strings.ToLower(m[1][1:3]))
	if err != nil {
		return ""
	}
	return day(m[3], int(month.Month()), m[2])
}

// ShortDate reads the first "2/27/2023", "2-24-23" of a text, the month first; "" where it has none, or that day does not exist.
func ShortDate(s string) diff.Date {
	m := shortDate.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	month, _ := strconv.Atoi(m[1])
	return day(m[3], month, m[2])
}

// DayFirst reads the word with which a British file dates itself: "13-Feb-2026", "27/04/2020", "2020-04-27". ok is false where it is
// no such date.
func DayFirst(word string) (d diff.Date, ok bool) {
	for _, form := range [...]string{"2-Jan-2006", "2/1/2006", time.DateOnly} {
		if t, err := time.Parse(form, word); err == nil {
			return diff.DateOf(t), true
		}
	}
	return "", false
}

// StampDate is the day of a time stamp as XML writes it, "2026-01-16T10:01:44.740051". ok is false where it begins with no day.
func StampDate(stamp string) (d diff.Date, ok bool) {
	d, err := diff.ParseDate(stamp[:min(len(stamp), len(time.DateOnly))])
	return d, err == nil
}

// pivot is the first two-digit year that means the last century. Citations of the Denied Persons List go back to the seventies, and
// nothing cites a Federal Register to come.
const pivot = 70

// day is the day of a year in two or four digits; "" where it does not exist.
func day(year string, month int, dayOfMonth string) diff.Date {
	y, err := strconv.Atoi(year)
	if err != nil {
		return ""
	}
	if len(year) == 2 {
		if y += 2000; y >= 2000+pivot {
			y -= 100
		}
	}
	d, err := strconv.Atoi(dayOfMonth)
	if err != nil || y < 1 {
		return ""
	}
	t := time.Date(y, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if t.Month() != time.Month(month) || t.Day() != d {
		return ""
	}
	return diff.DateOf(t)
}
