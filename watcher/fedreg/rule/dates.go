package rule

import (
	"regexp"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

var (
	effectiveRule = regexp.MustCompile(`(?i)\b(?:effective|takes?\s+effect|in\s+effect|effect\s+on)\b`)
	publishedRule = regexp.MustCompile(`(?i)\[INSERT[^\]]*PUBLICATION[^\]]*\]|(?:effective|effect)\s+(?:on` +
		`|upon)\s+(?:the\s+date\s+of\s+)?publication`)
)

// effectiveDate reads the day from which a rule is in force out of its DATES. Several effective days give the first,
// with a problem: which instruction waits for which day is for a human.
func effectiveDate(text string, published diff.Date) (diff.Date, []diff.Problem) {
	problems := []diff.Problem{}
	if !effectiveRule.MatchString(text) {
		return "", problems
	}
	var days []diff.Date
	for _, s := range lawtext.Sentences(lawtext.Tidy(text)) {
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
			problems = append(problems, diff.Problem{Kind: diff.Unread, Where: "DATES", Text: "takes effect on several days: " +
				lawtext.Tidy(text)})
			break
		}
	}
	return days[0], problems
}

// dayIn is the day that a clause about the effect names: a date, or the day of publication. ok also where that day is
// not known yet.
func dayIn(clause string, published diff.Date) (diff.Date, bool) {
	if d := lawtext.LongDate(clause); d != "" {
		return d, true
	}
	if publishedRule.MatchString(clause) {
		return published, true
	}
	d := lawtext.ShortDate(clause)
	return d, d != ""
}
