package notifytest

import (
	"net/url"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
)

// Hostile is an alert in which every text from outside is the one given: what a channel makes of it must be inert.
func Hostile(text string) notify.Message {
	word := text // what stands in the config, or is the program's own
	if r := []rune(text); len(r) > 60 {
		word = string(r[:60])
	}
	e := &diff.Entry{
		List: diff.EntityList, Name: text, Country: text, Aliases: []string{text, text}, WeakAliases: []string{text}, FormerNames: []string{text},
		Addresses: []string{text}, LicenseRequirement: text, LicenseReviewPolicy: text, Footnotes: []string{text}, Notes: []string{text}, Remarks: text,
		Programs: []string{text}, IDs: []diff.ID{{Type: text, Value: text}}, Citations: []diff.Citation{{Raw: text}},
	}
	address := "https://news.example.com/" + url.PathEscape(text) // the parsers pass on nothing that is no address
	hit := notify.Hit{Counterparties: word, ID: text, Name: text, Match: text, Score: 0.97, Reason: text}
	news := notify.NewsRef{Title: text, URL: address, Also: []string{"https://also.example.com/" + text, text}, Feed: text, Names: []string{text}}
	c := diff.Change{
		ID: "chg_1", Change: diff.Amended, List: e.List, Country: text, Name: text, Entry: e, Before: e, After: e, Note: text,
		Fields: []diff.FieldChange{{Field: word, Before: text, After: text, Substantive: true}}, Problems: []diff.Problem{{Kind: diff.Unread, Text: text, Where: text}},
	}
	return notify.Message{
		Kind: notify.KindAlert, Headline: text, Subject: text, Severity: notify.High, Rules: []string{word}, AsOf: time.Date(2026, 1, 2, 14, 0, 0, 0, time.UTC),
		Case: "case_1", Act: &notify.Act{Number: text, Citation: text, Title: text, Type: text, Agencies: []string{text}, URLs: map[string]string{"html": address}},
		ToCome: []string{text}, Items: []notify.Item{{Change: c, Hits: []notify.Hit{hit}}}, Hits: []notify.Hit{hit}, News: []notify.NewsRef{news},
		NeedsHuman: []string{text}, Notes: []string{text}, Savings: text, Reason: text, Links: []notify.Link{{Rel: "document", Label: text, URL: address}},
		Terms: &notify.Terms{Requirement: text, Policy: text, N: 1, Of: 1}, Part: 1, Parts: 1, Delivery: "dlv_1", Recipient: "trade@example.com",
	}
}
