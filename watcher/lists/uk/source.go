package uk

import (
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// List says where the list stands.
func List() fetch.List {
	return fetch.List{
		Name: "uk", URL: "https://sanctionslist.fcdo.gov.uk",
		Files: []fetch.ListFile{{
			Path: "/docs/UK-Sanctions-List.csv", Expect: "csv", Timeout: 2 * time.Minute,
			Lists: []diff.ListID{diff.UKSanctions}, Parse: Parse,
		}},
	}
}
