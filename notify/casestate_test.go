package notify

import (
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
)

// The page of a Case shows a corrected entry as it stands, whole, and says which document corrected it.
func TestCaseStateShowsACorrectedEntryWhole(t *testing.T) {
	c := party("LEBANON", "Mithal Trading")
	right := *c.Entry
	right.Addresses, right.LicenseRequirement = []string{"Right Road 2"}, "For all items"
	c.Correction, c.Entry, c.After = diff.Corrected("2024-06001", "2024-05501", c.Entry, &right), &right, &right
	pc := PendingCase{Case: diff.Case{ID: "case-1"}, Standing: []PendingChange{{Change: c}}}
	text := CaseState(pc, nil, time.Now(), time.UTC).Text(TextOptions{})
	for _, want := range []string{"1 added", "For all items", "Right Road 2", "2024-06001 corrects 2024-05501"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if strings.Contains(text, "→") {
		t.Error(text)
	}
}
