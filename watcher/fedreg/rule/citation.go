package rule

import (
	"cmp"
	"strconv"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// readPlaceholder takes volume and day of publication from the document's first placeholder citation.
func readPlaceholder(a *diff.Act, text string) {
	volume, published, ok := lawtext.ReadPlaceholder(text)
	if !ok {
		return
	}
	a.Volume = volume
	if a.PublishedOn == "" {
		a.PublishedOn = published
	}
}

// resolveCitations makes the placeholder citations of an act's entries real: the act's volume, the page on which the
// amendment begins (not the document's first page), the day of publication. What is not known yet stays unset; Raw
// keeps the source's words. It may be called again when the act's pages become known.
func resolveCitations(a *diff.Act) {
	for i := range a.Amendments {
		e := a.Amendments[i].Entry
		if e == nil {
			continue
		}
		for j := range e.Citations {
			c := &e.Citations[j]
			volume, published, ok := lawtext.ReadPlaceholder(c.Raw)
			if !ok {
				continue
			}
			c.Volume = cmp.Or(c.Volume, volume, a.Volume)
			c.Page = cmp.Or(c.Page, a.StartPage)
			c.Date = cmp.Or(c.Date, published, a.PublishedOn)
		}
	}
	if a.Citation == "" && a.Volume > 0 && a.StartPage > 0 {
		a.Citation = strconv.Itoa(a.Volume) + " FR " + strconv.Itoa(a.StartPage)
	}
}
