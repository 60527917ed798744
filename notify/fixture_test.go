package notify

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"entitywatch/diff"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	if string(want) != got {
		t.Errorf("%s differs:\n%s", path, got)
	}
}

func newYork(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// party is an addition under a heading.
func party(country, name string, aliases ...string) diff.Change {
	e := &diff.Entry{
		List: diff.EntityList, Key: diff.MakeKey(diff.EntityList, country, name), Country: country, Name: name, Aliases: aliases,
		Addresses: []string{"1 Example Road, Example City"}, LicenseRequirement: "For all items subject to the EAR. (See § 744.11 of the EAR)",
		LicenseReviewPolicy: "Presumption of denial",
	}
	if code, ok := diff.CountryCode(country); ok {
		e.Countries = []string{code}
	}
	return diff.Change{
		ID: diff.HashID("chg", country, name), Change: diff.Added, Substantive: true, List: diff.EntityList, Key: e.Key, Country: country,
		Name: name, Entry: e, After: e, Act: "2023-03929", EffectiveOn: "2023-02-24", Stage: diff.Published,
	}
}

const china, russia, canada = "CHINA, PEOPLE'S REPUBLIC OF", "RUSSIA", "CANADA"

// twoCountries is a Case as the real rule 2023-03929 makes one, cut down to five parties.
func twoCountries() PendingCase {
	act := &diff.Act{
		DocumentNumber: "2023-03929", Citation: "88 FR 12170", Title: "Additions to the Entity List; Revisions to Existing Entries", Type: "Rule",
		Agencies: []string{"Bureau of Industry and Security"}, FiledOn: "2023-02-24", PublishedOn: "2023-02-27", EffectiveOn: "2023-02-24",
		URLs:          map[string]string{"html": "https://www.federalregister.gov/d/2023-03929", "pdf": "https://www.govinfo.gov/2023-03929.pdf"},
		SavingsClause: "Shipments of items removed from licence exception eligibility that were en route aboard a carrier on February 24, 2023, may proceed until March 27, 2023.",
		Status:        diff.ActPublished, Amendments: make([]diff.Amendment, 5),
	}
	act.Amendments[4].Problems = []diff.Problem{{Kind: diff.Unread, Text: "unknown verb", Where: "instruction 5"}}
	at := time.Date(2023, 2, 24, 13, 45, 0, 0, time.UTC)
	pc := PendingCase{
		Case: diff.Case{ID: diff.ActCaseID("2023-03929"), Status: diff.Open, Act: "2023-03929", Stages: map[diff.Stage]time.Time{
			diff.Filed: at, diff.Published: at.Add(63 * time.Hour), diff.Effective: at,
		}},
		Act:  act,
		Hits: map[string][]Hit{},
		News: []NewsRef{{ID: "n1", Feed: "dw", Title: "US blacklists firms over balloon programme", URL: "https://www.dw.com/en/a-1", Published: at}},
	}
	for _, c := range []diff.Change{
		party(canada, "CPUNTO Inc.", "CP Unto"),
		party(china, "AOOK Technology Ltd."),
		party(china, "Spacety Co., Ltd.", "Changsha Tianyi Space Science and Technology Research Institute Co. Ltd.", "天仪研究院"),
		party(russia, "Dexias Industrial Products and Trade Limited Company", "Dexias Turkiye"),
		party(russia, "Promtekhkomplekt JSC", "PTK"),
	} {
		pc.Changes = append(pc.Changes, PendingChange{Change: c})
	}
	pc.Changes[3].Entry.LicenseReviewPolicy = "Policy of denial"
	pc.Hits[pc.Changes[2].ID] = []Hit{{Counterparties: "vendors", ID: "V-7", Name: "Spacety GmbH", Match: "Spacety Co., Ltd.", Score: 0.93, MatchedOn: "name"}}
	return pc
}

// router routes with the given rules to one console-like channel "ops" and one with Slack-like limits "trade".
func testRouter(now time.Time, rules ...Rule) *Router {
	return &Router{
		Rules: rules, Operators: []string{"ops"}, PublicURL: "https://entitywatch.example.com", Location: time.UTC,
		Now: func() time.Time { return now },
	}
}

func targets() map[string]Target {
	return map[string]Target{
		"ops":   {Name: "ops", Recipients: []string{""}},
		"mail":  {Name: "mail", Recipients: []string{"a@example.com", "b@example.com"}},
		"trade": {Name: "trade", Recipients: []string{"#trade"}, Limits: Limits{Size: 3000, Items: 20, Attach: true}},
	}
}
