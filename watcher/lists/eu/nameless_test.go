package eu

import (
	"strings"
	"testing"

	"entitywatch/diff"
)

// A record whose first name is lost is one that cannot be read: its alias in the place of the name would be told as a rename, and as another
// one when the name comes back.
func TestAnAliasTakesNotThePlaceOfALostName(t *testing.T) {
	body := `<export generationDate="2026-03-02T00:00:00"><sanctionEntity logicalId="1"><nameAlias wholeName="Sundal Bank"/></sanctionEntity>` +
		`<sanctionEntity logicalId="2"><nameAlias wholeName="" strong="true"/><nameAlias wholeName="Marsholm Lathes"/></sanctionEntity></export>`
	all, err := Parse(strings.NewReader(body), diff.ReadOptions{Partial: true})
	if err != nil {
		t.Fatal(err)
	}
	if s := all[0]; len(s.Entries) != 1 || len(s.Unread) != 1 {
		t.Errorf("%d entries, %d records not read: %+v", len(s.Entries), len(s.Unread), s.Entries)
	}
}
