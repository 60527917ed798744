package eu

import (
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// List says where the list stands. The service wants a token, which stands in the base URL: ?token=….
func List() fetch.List {
	return fetch.List{
		Name: "eu", URL: "https://webgate.ec.europa.eu",
		Files: []fetch.ListFile{{
			Path: "/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content", Expect: "xml", Timeout: 10 * time.Minute,
			Lists: []diff.ListID{diff.EUFSF}, Parse: Parse,
		}},
	}
}
