package fedreg

import (
	"regexp"
	"strings"
	"time"

	"entitywatch/diff"
)

var (
	longDateRule  = regexp.MustCompile(`(?i)\b(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`)
	shortDateRule = regexp.MustCompile(`\b(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})\b`)
	effectiveRule = regexp.MustCompile(`(?i)\b(?:effective|takes?\s+effect|in\s+effect|effect\s+on)\b`)
	publishedRule = regexp.MustCompile(`(?i)\[INSERT[^\]]*PUBLICATION[^\]]*\]|(?:effective|effect)\s+(?:on|upon)\s+(?:the\s+date\s+of\s+)?publication`)
)

// longDate reads the first "February 24, 2023" of a text.
func longDate(s string) diff.Date {
	if m := longDateRule.FindStringSubmatch(s); m != nil {
		return dateOf(m[1][:3], m[2], m[3])
	}
	return ""
}

func dateOf(month, day, year string) diff.Date {
	month = strings.ToUpper(month[:1]) + strings.ToLower(month[1:3])
	t, err := time.Parse("Jan 2 2006", month+" "+strings.TrimLeft(day, "0")+" "+year)
	if err != nil {
		return ""
	}
	return diff.DateOf(t)
}

// shortDate reads the first "2/27/2023", "2-24-23" of a text; two digits of a year are of this century, or of the nineties.
func shortDate(s string) diff.Date {
	m := shortDateRule.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	year := m[3]
	if len(year) == 2 && year >= "90" {
		year = "19" + year
	} else if len(year) == 2 {
		year = "20" + year
	}
	t, err := time.Parse("1/2/2006", strings.TrimLeft(m[1], "0")+"/"+strings.TrimLeft(m[2], "0")+"/"+year)
	if err != nil {
		return ""
	}
	return diff.DateOf(t)
}

// anyDate reads the first date of a text, in digits or words: the Unverified List cites "88 FR 17708, March 24, 2023".
func anyDate(s string) diff.Date {
	if d := shortDate(s); d != "" {
		return d
	}
	return longDate(s)
}

// effectiveDate reads the day from which a rule is in force out of its DATES. Several effective days give the first, with a problem:
// which instruction waits for which day is for a human.
func effectiveDate(text string, published diff.Date) (diff.Date, []diff.Problem) {
	problems := []diff.Problem{}
	if !effectiveRule.MatchString(text) {
		return "", problems
	}
	var days []diff.Date
	for _, s := range sentences(tidy(text)) {
		at := effectiveRule.FindAllStringIndex(s, -1)
		for i, m := range at {
			until := len(s)
			if i+1 < len(at) {
				until = at[i+1][0]
			}
			if d, ok := dayIn(s[m[0]:until], published); ok {
				days = append(days, d)
			}
		}
	}
	if len(days) == 0 {
		return "", problems
	}
	for _, d := range days[1:] {
		if d != days[0] {
			problems = append(problems, diff.Problem{Kind: diff.Unread, Where: "DATES", Text: "takes effect on several days: " + tidy(text)})
			break
		}
	}
	return days[0], problems
}

// dayIn is the day that a clause about the effect names: a date, or the day of publication. ok also where that day is not known yet.
func dayIn(clause string, published diff.Date) (diff.Date, bool) {
	if d := longDate(clause); d != "" {
		return d, true
	}
	if publishedRule.MatchString(clause) {
		return published, true
	}
	return shortDate(clause), shortDate(clause) != ""
}
