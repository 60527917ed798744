package un

import (
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// List says where the list stands.
func List() fetch.List {
	return fetch.List{
		Name: "un", URL: "https://scsanctions.un.org",
		Files: []fetch.ListFile{{
			Path: "/resources/xml/en/consolidated.xml", Expect: "xml", Timeout: 2 * time.Minute,
			Lists: []diff.ListID{diff.UNSC}, Parse: Parse,
		}},
	}
}
