package fedreg

import (
	"regexp"
	"strconv"

	"entitywatch/diff"
)

// placeholderRule finds a citation whose page the printer has still to set: "88 FR [INSERT FR PAGE NUMBER AND 2/27/2023].",
// "88 FR [INSERT FIRST PAGE OF PUBLICATION], 2/27/2023".
var placeholderRule = regexp.MustCompile(`(?i)(\d{1,3})\s*F\.?R\.?\s*\[\s*INSERT[^\]]*\](?:[\s,.]*\[\s*INSERT[^\]]*\])?(?:[\s,]*\d{1,2}/\d{1,2}/\d{2,4})?`)

// readPlaceholder takes volume and day of publication from the document's first placeholder citation.
func readPlaceholder(a *diff.Act, text string) {
	m := placeholderRule.FindStringSubmatch(text)
	if m == nil {
		return
	}
	a.Volume, _ = strconv.Atoi(m[1])
	if d := anyDate(m[0]); d != "" && a.PublishedOn == "" {
		a.PublishedOn = d
	}
}

// isPlaceholder reports whether a citation is one that stands for the act itself.
func isPlaceholder(c diff.Citation) bool { return placeholderRule.MatchString(c.Raw) }

// ResolveCitations makes the placeholder citations of an act's entries real: the act's volume, the page on which the amendment
// begins (not the document's first page), the day of publication. What is not known yet stays unset; Raw keeps the source's words.
// It may be called again when the act's pages become known.
func ResolveCitations(a *diff.Act) {
	for i := range a.Amendments {
		e := a.Amendments[i].Entry
		if e == nil {
			continue
		}
		for j := range e.Citations {
			c := &e.Citations[j]
			if !isPlaceholder(*c) {
				continue
			}
			if m := placeholderRule.FindStringSubmatch(c.Raw); c.Volume == 0 {
				c.Volume, _ = strconv.Atoi(m[1])
			}
			if c.Volume == 0 {
				c.Volume = a.Volume
			}
			if c.Page == 0 {
				c.Page = a.StartPage
			}
			if c.Date == "" {
				c.Date = anyDate(c.Raw)
			}
			if c.Date == "" {
				c.Date = a.PublishedOn
			}
		}
	}
	if a.Citation == "" && a.Volume > 0 && a.StartPage > 0 {
		a.Citation = strconv.Itoa(a.Volume) + " FR " + strconv.Itoa(a.StartPage)
	}
}
