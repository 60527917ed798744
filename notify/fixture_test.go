package notify

import (
	"testing"
	"time"

	"entitywatch/diff"
)

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
		List: diff.EntityList, Key: diff.MakeKey(diff.EntityList, country, name), Country: country, Name: name,
		Aliases:             aliases,
		Addresses:           []string{"1 Example Road, Example City"},
		LicenseRequirement:  "For all items subject to the EAR. (See § 744.11 of the EAR)",
		LicenseReviewPolicy: "Presumption of denial",
	}
	if code, ok := diff.CountryCode(country); ok {
		e.Countries = []string{code}
	}
	return diff.Change{
		ID: diff.HashID("chg", country, name), Change: diff.Added, Substantive: true, List: diff.EntityList, Key: e.Key,
		Country: country,
		Name:    name, Entry: e, After: e, Act: "2023-03929", EffectiveOn: "2023-02-24", Stage: diff.Published,
	}
}

const china, russia, canada = "CHINA, PEOPLE'S REPUBLIC OF", "RUSSIA", "CANADA"
