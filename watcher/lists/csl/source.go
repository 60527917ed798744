package csl

import (
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// List says where the list stands: as JSON, since that holds more than the CSV. The file carries no date.
func List() fetch.List {
	return fetch.List{
		Name: "csl", URL: "https://data.trade.gov/downloadable_consolidated_screening_list/v1",
		Files: []fetch.ListFile{{
			Path: "/consolidated.json", Expect: "json", Timeout: 5 * time.Minute,
			Lists: slices.DeleteFunc(diff.Lists(), func(l diff.ListID) bool { // those of the United States
				return !strings.HasPrefix(string(l), "us-")
			}),
			Parse: ParseJSON,
		}},
	}
}
