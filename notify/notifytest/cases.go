package notifytest

import (
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
)

// party is an addition to the Entity List.
func party(country, name, address string, aliases ...string) notify.PendingChange {
	e := &diff.Entry{
		List: diff.EntityList, Key: diff.MakeKey(diff.EntityList, country, name), Country: country, Name: name,
		Aliases: aliases, Addresses: []string{address},
		LicenseRequirement:  "For all items subject to the EAR. (See § 744.11 of the EAR)",
		LicenseReviewPolicy: "Presumption of denial",
	}
	if code, ok := diff.CountryCode(country); ok {
		e.Countries = []string{code}
	}
	return notify.PendingChange{Change: diff.Change{
		ID: diff.HashID("chg", country, name), Change: diff.Added, Substantive: true, List: diff.EntityList, Key: e.Key,
		Country: country, Name: name,
		Entry: e, After: e, Act: "2023-03929", EffectiveOn: "2023-02-24", Stage: diff.Published,
	}}
}

// additions is the rule 2023-03929 with five of its thirteen entries.
func additions() notify.PendingCase {
	act := &diff.Act{
		DocumentNumber: "2023-03929", Citation: "88 FR 12170",
		Title: "Additions to the Entity List; Revisions to Existing Entries", Type: "Rule",
		Agencies: []string{"Bureau of Industry and Security"}, FiledOn: "2023-02-24", PublishedOn: "2023-02-27",
		EffectiveOn: "2023-02-24",
		URLs: map[string]string{
			"html": "https://www.federalregister.gov/d/2023-03929",
			"pdf":  "https://www.govinfo.gov/content/pkg/FR-2023-02-27/pdf/2023-03929.pdf",
		},
		SavingsClause: "Shipments of items that were en route aboard a carrier on February 24, 2023, may proceed to their destination until March 27, 2023.",
		Status:        diff.ActPublished, Amendments: make([]diff.Amendment, 5),
	}
	act.Amendments[4].Problems = []diff.Problem{{Kind: diff.Unread, Text: "its verb is not known", Where: "instruction f"}}
	filed := time.Date(2023, 2, 24, 13, 45, 0, 0, time.UTC)
	pc := notify.PendingCase{
		Case: diff.Case{ID: diff.ActCaseID("2023-03929"), Title: act.Title, Status: diff.Open, Act: "2023-03929",
			Stages: map[diff.Stage]time.Time{
				diff.Filed: filed, diff.Published: filed.Add(63 * time.Hour), diff.Effective: filed,
			}},
		Act: act,
		News: []notify.NewsRef{{ID: "n1", Feed: "dw", Title: "US blacklists firms over balloon programme",
			URL: "https://www.dw.com/en/a-1", Published: filed}},
		Changes: []notify.PendingChange{
			party(canada, "CPUNTO Inc.", "750 Example Street, Vancouver, British Columbia, Canada", "CP Unto"),
			party(china, "AOOK Technology Ltd.", "Room 5, Example Building, Shenzhen, China"),
			party(china, "Spacety Co., Ltd.", "Room 1, Example Road, Changsha, China",
				"Changsha Tianyi Space Science and Technology Research Institute Co. Ltd.", "天仪研究院"),
			party(russia, "Dexias Industrial Products and Trade Limited Company", "Example Street 8, Moscow, Russia",
				"Dexias Türkiye"),
			party(russia, "Promtekhkomplekt JSC", "Example Prospekt 1, Saint Petersburg, Russia", "PTK"),
		},
	}
	pc.Changes[3].Entry.LicenseReviewPolicy = "Policy of denial"
	pc.Hits = map[string][]notify.Hit{pc.Changes[2].ID: {{
		Counterparties: "vendors", ID: "V-7", Name: "Spacety GmbH", Match: "Spacety Co., Ltd.", Score: 0.93,
		MatchedOn: "name", Reason: "the rare word “spacety” agrees",
	}}}
	return pc
}

// told is the alert that additions led to.
func told(pc notify.PendingCase) []notify.Told {
	m := notify.Message{Kind: notify.KindAlert, Headline: "Entity List: 5 added (China 2, Russia 2, Canada 1)",
		Severity: notify.High, Rules: []string{"all"}}
	for _, c := range pc.Changes {
		m.Counts = append(m.Counts, notify.Count{List: c.List, Change: c.Change.Change,
			Country: notify.CountryName(c.Country), N: 1})
	}
	return []notify.Told{{Channel: "out", Kind: notify.KindAlert, Stage: diff.Filed, Rules: []string{"all"}, Message: m}}
}

func stage() notify.PendingCase {
	pc := additions()
	pc.Told, pc.Standing = told(pc), pc.Changes
	pc.Changes = nil
	pc.Case.Stages[diff.Codified] = now
	pc.Stages = []notify.StageTime{{Stage: diff.Published, At: pc.Case.Stages[diff.Published]},
		{Stage: diff.Codified, At: now}}
	return pc
}

func retraction() notify.PendingCase {
	pc := stage()
	pc.Stages, pc.Case.Status = nil, diff.Withdrawn
	pc.Case.Stages = map[diff.Stage]time.Time{diff.Filed: pc.Case.Stages[diff.Filed]} // it never came to print
	pc.Act.Citation, pc.Act.PublishedOn, pc.Act.Status = "", "", diff.ActWithdrawn
	pc.Act.URLs = map[string]string{"pdf": "https://public-inspection.federalregister.gov/2023-03929.pdf"}
	pc.Notes = []notify.CaseNote{{Kind: notify.NoteWithdrawn,
		Text: "The document was withdrawn from public inspection before it was published."}}
	return pc
}

func readThis() notify.PendingCase {
	pc := additions()
	pc.Changes, pc.Hits, pc.News = nil, nil, nil
	pc.Act.Title, pc.Act.Type, pc.Act.Amendments,
		pc.Act.SavingsClause = "Order Renewing Temporary Denial of Export Privileges", "Notice", nil, ""
	pc.Act.ReadThis = "it speaks of denied persons, and has no table that could be read"
	pc.Notes = []notify.CaseNote{{Kind: notify.NoteReadThis, Lists: []diff.ListID{diff.DeniedPersons}}}
	return pc
}

// amended is a Case without an act: the eCFR shows other aliases, another policy, and a removal that is in doubt.
func amended() notify.PendingCase {
	c := party(china, "AOOK Technology Limited", "Room 5, Example Building, Shenzhen, China", "AOOK")
	c.Act, c.Source, c.Unconfirmed, c.EffectiveOn = "", "csl", true, ""
	c.Change.Change = diff.Amended
	c.Fields = []diff.FieldChange{
		{Field: "name", Before: "AOOK Technology Ltd.", After: "AOOK Technology Limited", Substantive: true},
		{Field: "aliases", After: "AOOK", Substantive: true}, {Field: "aliases", Before: "AOOK Tech", Substantive: true},
		{Field: "license_review_policy", Before: "Presumption of denial", After: "Case-by-case review", Substantive: true},
	}
	gone := party(russia, "Promtekhkomplekt JSC", "Example Prospekt 1, Saint Petersburg, Russia")
	gone.Act, gone.Change.Change, gone.EffectiveOn = "", diff.Discrepancy, ""
	gone.Problems = []diff.Problem{{Kind: diff.Surprise, Text: "one source no longer shows it, and no rule removed it",
		Where: "csl"}}
	return notify.PendingCase{
		Case: diff.Case{ID: diff.SourceCaseID("csl", "2023-04-17"), Title: "csl 2023-04-17", Status: diff.Open, Source: "csl",
			Stages: map[diff.Stage]time.Time{diff.Listed: now}},
		Changes: []notify.PendingChange{c, gone},
	}
}

// hostile has names that are markup, formulas or directions somewhere.
func hostile() notify.PendingCase {
	pc := additions()
	pc.News[0].Title = "<script>alert(1)</script> & *bold*"
	pc.Act.Title = "Additions <!channel> & <https://evil.example|x>"
	pc.Hits = nil
	pc.Changes = []notify.PendingChange{
		party(china, "<!channel> & <https://evil.example|x>", "=cmd()|' /C calc'!A0", `"><script>alert(1)</script>`,
			"*bold* _it_ ~no~ `code` :fire:"),
		party(china, "Right\u202eotfel\u202c to left\u200f", "one\x1b[2Jtwo\r\nthree",
			strings.Repeat("A very long alias of three thousand characters ", 64)),
	}
	return pc
}
